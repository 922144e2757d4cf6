"""The words that somebody types, and what holds them."""

import re
from functools import lru_cache

from django.db.models import Q

from krakow_intl.core.dates import PartialDateError, format_partial_date, parse_partial_date
from krakow_intl.core.search.index import TITLE
from krakow_intl.core.search.stems import stems
from krakow_intl.core.search.words import WORD
from krakow_intl.core.sorting import fold

MAX_QUERY_LENGTH = 500
MAX_WORDS = 8  # of a query; the rest says nothing more
MAX_WORD_LENGTH = 40
MIN_PREFIX_STEM, MAX_CUT = 6, 2  # letters of a stem that finds what begins with it, and those it may lack of the word
# a date in figures: "1973-07-18", "1973-07", "18.07.1973", "18/7/1973", "07.1973"
DATE = re.compile(r"\b(?:\d{4}-\d\d?(?:-\d\d?)?|\d\d?([./-])\d\d?\1\d{4}|\d\d?[./]\d{4})\b")
# however it is typed, it stands within a word: "L’viv"
APOSTROPHE = re.compile(r"[’'ʼ`´]")
ENGLISH_STOP_WORDS = """
    a an the and or of in on at to for from by with without about into than as is are was were be been has have had do
    does did not no it its this that these those what which who whom whose when where why how there out up all any
"""
POLISH_STOP_WORDS = """
    i oraz lub albo ani a ale że żeby o od do w we z ze za na nad po pod przed przez przy dla u ku bez co czy kto kogo
    kim czym jak jaki jaka jakie jakich gdzie kiedy ile jest są był była było były być się nie to ten ta te tego tej
    tych tym ich jej jego który która które których
"""
STOP_WORDS = {*ENGLISH_STOP_WORDS.split(), *POLISH_STOP_WORDS.split()}


def query_words(text):
    """The words typed, at most `MAX_WORDS`, each once, in order; "we", "of" only if nothing else is."""
    text = DATE.sub(_spelt_out, APOSTROPHE.sub("", text[:MAX_QUERY_LENGTH]))
    typed = list(dict.fromkeys(word[:MAX_WORD_LENGTH].casefold() for word in WORD.findall(text)))
    words = [word for word in typed if word.isdecimal() or (len(word) > 2 and word not in STOP_WORDS)]
    return (words or typed)[:MAX_WORDS]


def _spelt_out(match):
    try:
        return format_partial_date(parse_partial_date(match[0]))
    except PartialDateError:
        return match[0]


@lru_cache(maxsize=1000)
def patterns(word):
    """What search words that hold `word` contain behind a space: the beginning of a word, or a whole one and a space.

    As it was typed it finds what begins with it, by its stems what has the same ones.
    """
    folded = fold(word)
    if folded.isdecimal() or word in STOP_WORDS:
        return [f"{stem} " for stem in stems(word)]
    prefixes = {stem for stem in stems(word) if _is_prefix(stem, folded)}
    return sorted(prefixes | {f"{stem} " for stem in stems(word) if not stem.startswith(tuple(prefixes))})


def _is_prefix(stem, folded):
    return folded.startswith(stem) and len(folded) - len(stem) <= (MAX_CUT if len(stem) >= MIN_PREFIX_STEM else 0)


def matching(word, in_title=False):
    """The condition that a record holds `word`, or that its title does."""
    prefix = f" {TITLE}" if in_title else " "
    return Q(*(("search_words__contains", prefix + pattern) for pattern in patterns(word)), _connector=Q.OR)


def holds(search_words, word):
    """Whether the search words of a record hold a typed word."""
    return any(f" {pattern}" in search_words for pattern in patterns(word))
