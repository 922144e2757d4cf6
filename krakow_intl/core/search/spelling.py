"""What somebody may have meant who typed words that the register does not know."""

from difflib import get_close_matches

from krakow_intl.core.search.words import words_in
from krakow_intl.core.sorting import fold

MIN_NAME_RATIO, MIN_WORD_RATIO = 0.76, 0.8  # of two words, as `difflib` measures it: of a name, and of others


def did_you_mean(typed, names, texts=(), found=()):
    """The typed words with the unknown ones replaced by the nearest known word, or "" if nothing is near.

    The words `found` stay; `names` are proposed as they are written, other words of `texts` in lower case.
    """
    of_names = _by_key(names)
    known = _by_key(text.lower() for text in texts) | of_names
    near = {word: _nearest(word, known, of_names) for word in typed if word not in found}
    if not any(near.values()):
        return ""
    return " ".join(near.get(word) or of_names.get(fold(word), word) for word in typed)


def _by_key(texts):
    known = {}
    for word in words_in(" ".join(texts)):
        if len(word) > 2:
            known.setdefault(fold(word), word)
    return known


def _nearest(word, known, names):
    """The known word nearest to an unknown one, a name before other words."""
    key = fold(word)
    if key in known or key.isdecimal():
        return None
    close = get_close_matches(key, names, 1, MIN_NAME_RATIO) or get_close_matches(key, known, 1, MIN_WORD_RATIO)
    return known[close[0]] if close else None
