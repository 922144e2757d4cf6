"""In which eight-bit encoding a text is written, told by its letters; where they do not tell, a person is asked."""

import re
import unicodedata
from collections import Counter

from krakow_intl.sheets.messages import SheetError

EIGHT_BIT = {"windows-1250": "cp1250", "iso-8859-2": "iso-8859-2", "DOS (cp852)": "cp852", "Mac OS": "mac_latin2"}
# a word with bytes beyond ASCII: the b"Krak\xf3w" of "Kraków" in windows-1250
WORD = re.compile(rb"[A-Za-z]*[\x80-\xff][A-Za-z\x80-\xff]*")
POLISH = set("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ")
USUAL = set("äöüßéáíčšžřěůýőűôâăîțșţşÄÖÜÉÁČŠŽŘ")  # letters of the neighbours
EDGES = set("„”“»«’‘‚–—…\u00a0§°€±µ·×")  # signs that may stand before and behind a word
MAX_WORDS = 5_000
VOWELS = set("aeiouyø")
# by how much a word on average must speak for an encoding rather than for another before nobody is asked
SURE = {"windows-1250": 0.25, "iso-8859-2": 0.25, "DOS (cp852)": 0.4, "Mac OS": 0.4}
RARE = {"windows-1250": 0, "iso-8859-2": 0, "DOS (cp852)": 0.2, "Mac OS": 0.2}  # against what few programs write
SAMPLES = 3


def decode_eight_bit(data, said=None):
    """(text, name of the encoding) of bytes; `said` is the name that a person said. Raises "choose-encoding"."""
    if said in EIGHT_BIT:
        return data.decode(EIGHT_BIT[said], "replace"), said
    words = Counter(WORD.findall(data)).most_common(MAX_WORDS)
    words = [word for word, _count in words]
    readings = {name: [word.decode(codec, "replace") for word in words] for name, codec in EIGHT_BIT.items()}
    marks = {name: [_implausibility(word) + RARE[name] for word in texts] for name, texts in readings.items()}
    best, *others = sorted(readings, key=lambda name: sum(marks[name]))
    rivals = [name for name in others if readings[name] != readings[best]]
    if any(_speaks_for(best, name, readings, marks) < SURE[best] for name in rivals):
        error = SheetError("choose-encoding")
        error.readings = _samples([best, *rivals], readings)
        raise error
    return data.decode(EIGHT_BIT[best], "replace"), best


def _speaks_for(best, rival, readings, marks):
    """How much a word that two encodings read in two ways speaks for the one rather than the other, on average."""
    pairs = zip(readings[best], readings[rival], marks[best], marks[rival], strict=True)
    margins = [mark_of_rival - mark for one, other, mark, mark_of_rival in pairs if one != other]
    return sum(margins) / len(margins)


def _implausibility(word):
    """How little a text looks like a word: by signs and capitals within it, rare letters, and letters of one kind."""
    return sum(
        _mark(before, sign, after)
        for before, sign, after in zip(f" {word}", word, f"{word[1:]} ", strict=False)
        if not sign.isascii()
    )


def _mark(before, sign, after):
    """What a sign beyond ASCII says against a word, between the one before and the one behind it."""
    if not sign.isalpha():
        return 3 if sign not in EDGES else 0.2 if before.isalpha() else 0
    if sign.isupper() and (before.islower() or (before.isalpha() and after.islower())):
        return 3
    is_between = before.isalpha() and after.isalpha() and len({*map(_is_vowel, (before, sign, after))}) == 1
    return is_between + (-0.3 if sign in POLISH else 0 if sign in USUAL else 0.7)


def _is_vowel(sign):
    return unicodedata.normalize("NFD", sign)[0].lower() in VOWELS


def _samples(names, readings):
    """[(encoding, some words as it has them)] of the readings that differ, words that show the difference first."""
    places = range(len(readings[names[0]]))
    telling = sorted(places, key=lambda place: -len({readings[name][place] for name in names}))[:SAMPLES]
    found = {}
    for name in names:
        found.setdefault(tuple(map(_visible, (readings[name][place] for place in telling))), name)
    return [(name, words) for words, name in found.items()]


def _visible(word):
    return "".join("\ufffd" if unicodedata.category(sign) == "Cc" else sign for sign in word)
