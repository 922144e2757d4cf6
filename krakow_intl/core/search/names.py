"""Which of the names that we know the typed words mean."""

from functools import lru_cache

from krakow_intl.core.search.stems import is_same_word, stems
from krakow_intl.core.sorting import fold

MIN_PREFIX = 5  # letters of a stem that means what begins with it


def match_names(typed, names):
    """What the typed words name: {word: keys}; `names` are (key, words), of which all must have been typed.

    A word that is none of theirs stands for what begins with its stem: "Belgii" for "Belgia".
    """
    exact, begun = ({word: set() for word in typed} for _ in range(2))
    heads = {_head(word) for word in typed}
    for key, parts in (name for name in names if all(_head(part) in heads for part in name[1])):
        for is_meant, result in ((is_same_word, exact), (_is_begun, begun)):
            found = [[word for word in typed if is_meant(word, part)] for part in parts]
            for word in {word for words in found for word in words if all(found)}:
                result[word].add(key)
    return {word: exact[word] or begun[word] for word in typed}


def _is_begun(word, name):
    return is_same_word(word, name) or any(stem.startswith(_prefixes(word)) for stem in stems(name, shifted=False))


@lru_cache(maxsize=5000)
def _head(word):
    """The letters that all forms of a word have in common."""
    return fold(word)[:2]


@lru_cache(maxsize=1000)
def _prefixes(word):
    return tuple(stem for stem in stems(word) if len(stem) >= MIN_PREFIX)
