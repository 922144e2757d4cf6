"""The words that somebody types, and what holds them."""

import re
from functools import lru_cache

from krakow_intl.core.dates import PartialDateError, format_partial_date, parse_partial_date
from krakow_intl.core.search.stems import before_shifts, stems
from krakow_intl.core.search.words import MAX_WORD_LENGTH, STOP_WORDS, clean, words_of
from krakow_intl.core.sorting import fold

MAX_QUERY_LENGTH = 500
MAX_WORDS = 8  # of a query; the rest says nothing more
MIN_PREFIX = 3  # letters of a word that finds what begins with it
MIN_PREFIX_STEM, MAX_CUT = 6, 2  # letters of a stem that finds what begins with it, and those it may lack of the word
# a date in figures: "1973-07-18", "1973-07", "18.07.1973", "18/7/1973", "07.1973"
DATE = re.compile(r"\b(?:\d{4}-\d\d?(?:-\d\d?)?|\d\d?([./-])\d\d?\1\d{4}|\d\d?[./]\d{4})\b")


def query_words(text):
    """The words typed, at most `MAX_WORDS`, each once, in order; "we", "of" only if nothing else is."""
    text = DATE.sub(_spelt_out, clean(text[:MAX_QUERY_LENGTH]))
    typed = list(dict.fromkeys(word[:MAX_WORD_LENGTH].casefold() for word in words_of(text)))
    words = [word for word in typed if word.isdecimal() or (len(word) > 2 and word not in STOP_WORDS)]
    return (words or typed)[:MAX_WORDS]


def _spelt_out(match):
    try:
        return format_partial_date(parse_partial_date(match[0]))
    except PartialDateError:
        return match[0]


@lru_cache(maxsize=1000)
def patterns(word):
    """What the stems of words that `word` finds are: the beginning of one, or a whole one and a space.

    As it was typed it finds what begins with it, by its stems what has the same ones.
    """
    folded = fold(word)
    if is_whole(word):
        return tuple(f"{stem} " for stem in stems(word))
    prefixes = {stem for stem in stems(word) if _is_prefix(stem, folded)}
    return (*sorted(prefixes), *sorted(f"{stem} " for stem in stems(word) if not stem.startswith(tuple(prefixes))))


def is_whole(word):
    """Whether a word finds none that only begin with it: a figure, a word such as "of", a single letter."""
    return word.isdecimal() or word in STOP_WORDS or len(word) < MIN_PREFIX


def _is_prefix(stem, folded):
    return folded.startswith(stem) and len(folded) - len(stem) <= (MAX_CUT if len(stem) >= MIN_PREFIX_STEM else 0)


@lru_cache(maxsize=50_000)
def finds(word, key):
    """Whether a typed word finds one that the index holds."""
    return any(f"{stem} ".startswith(patterns(word)) for stem in stems(key))


@lru_cache(maxsize=1000)
def beginnings(word):
    """What every word that `word` finds begins with: one of these."""
    found = {form for pattern in patterns(word) for form in before_shifts(pattern.strip())}
    return sorted(form for form in found if not any(form != other and form.startswith(other) for other in found))
