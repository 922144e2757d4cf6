"""What the inflected forms of a Polish or English word have in common."""

import re
from functools import lru_cache
from threading import local

import snowballstemmer

from krakow_intl.core.sorting import fold

SHIFTS = (("rdz", "rg"), ("dz", "d"), ("dz", "g"), ("rz", "r"), ("sz", "ch"), ("c", "k"), ("ci", "t"), ("szcz", "st"))
CONSONANTS = "bcdfghjklmnpqrstvwxz"
# an e before the last consonant, which endings drop: "wieden", "zabytek"; not that of "szkolen"
FLEETING_E = re.compile(f"^(.*[{CONSONANTS}])(?<!l(?=en))e([{CONSONANTS}])$")
# two consonants at the end, between which an e may have been: "wiedn", "zabytk"; not the "ln" of "szkolna"
CLUSTER = re.compile(f"^(.*[{CONSONANTS}])(?<!l(?=n))([{CONSONANTS}])$")
# the ending of a folded Polish word: "ami" of "umowami", "ego" of "honorowego", "i" of "hiszpani"
ENDING = re.compile("(?:i?(?:ami|ach|om|em|e|a|u)|owi|ow|ego|emu|[yi](?:ch|mi|m)|ej|ii|[yio])$")
MIN_SHARED_STEM = 4  # letters that two forms of one word have in common


class Stemmers(local):
    """The stemmers of one thread: each keeps the word it is at work on, and two threads would mix theirs up."""

    def __init__(self):
        self.all = [snowballstemmer.stemmer(language) for language in ("polish", "english")]

    def stems(self, word):
        return {stemmer.stemWord(word) for stemmer in self.all}


STEMMERS = Stemmers()


def stems(word, shifted=True):
    """The keys under which one word is kept and looked for: "Norymberdze" -> {"norymberdze", "norymberg", ...}."""
    if word.isdecimal():  # a figure has no inflections, and there are many
        return frozenset({str(int(word))})
    return _stems(word, shifted)


@lru_cache(maxsize=20_000)
def _stems(word, shifted):
    word = word.casefold()
    folded = fold(word)
    if folded.isdecimal():  # "²"
        return frozenset({str(int(folded))})
    stems = {fold(stem) for stem in STEMMERS.stems(word)} | STEMMERS.stems(folded)
    stems.add(ENDING.sub("", folded))
    if shifted:
        stems |= {other for stem in stems for other in _shifted(stem, stem == folded)}
    return frozenset({folded} | {stem for stem in stems if len(stem) >= max(3, len(folded) // 2)})


def _shifted(stem, is_bare):
    """What a Polish stem may have been before its ending changed it: "wiedn" -> "wieden", "ksiazek" -> "ksiazk".

    An e between its last consonants stands only where no ending does: in "zabytek", not in "zabytkach".
    """
    if len(stem) < 4:
        return
    for soft, hard in SHIFTS:
        if stem.endswith(soft):
            yield stem.removesuffix(soft) + hard
    match = (FLEETING_E if is_bare else CLUSTER).match(stem)
    if match:
        yield match[1] + match[2] if is_bare else f"{match[1]}e{match[2]}"


def before_shifts(stem):
    """What a word begins with that has this stem, shifted or not: "norymberg" -> {"norymberg", "norymberdz", ...}."""
    found = {stem}
    if len(stem) >= 3:
        found |= {stem.removesuffix(hard) + soft for soft, hard in SHIFTS if stem.endswith(hard)}
        found |= {match[1] + match[2] for match in [FLEETING_E.match(stem)] if match}
        found |= {f"{match[1]}e{match[2]}" for match in [CLUSTER.match(stem)] if match}
        found |= {stem[:-1]} if stem[-1] in "ie" else set()  # "city" has the stem "citi", "hoping" "hope"
    return found


def is_same_word(word, other):
    """Whether two words are forms of one: "Lwowie" and "Lwów"."""
    common = stems(word) & stems(other, shifted=False)
    return bool(common) and (fold(word) == fold(other) or any(len(stem) >= MIN_SHARED_STEM for stem in common))
