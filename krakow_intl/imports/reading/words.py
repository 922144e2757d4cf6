"""Words in cells and the known ones they may mean, whatever their case, spaces and slips of the pen."""

from difflib import SequenceMatcher, get_close_matches
from functools import cache, lru_cache

from babel.core import Locale, get_global

from krakow_intl.core.fields import country_choices
from krakow_intl.core.sorting import name_key

MAX_WORD_LENGTH = 200  # what is longer is no word, nor a name
MIN_LIKENESS = 0.7
LANGUAGES_ABROAD = ("de", "fr", "cs", "uk", "it", "es")  # in which names of countries are known too
MIN_LETTERS = 4  # shorter words are like too many


def closest(key, known):
    """The known text most like another: by its words in whatever order, else by its letters; None if none is."""
    is_long_enough = len(key) >= MIN_LETTERS
    swapped = next(filter(known.__contains__, _with_two_letters_swapped(key)), None)
    if swapped and is_long_enough:
        return swapped
    typed = set(key.split())
    likeness = {text: _share(typed, text.split()) for text in known}
    by_words = max(likeness, key=likeness.get, default=None)
    by_letters = next(iter(get_close_matches(key, known, n=1, cutoff=MIN_LIKENESS) if is_long_enough else []), None)
    if by_words is None or likeness[by_words] < MIN_LIKENESS:
        return by_letters
    is_closer = by_letters is not None and SequenceMatcher(None, by_letters, key).ratio() > likeness[by_words]
    return by_letters if is_closer else by_words


def _with_two_letters_swapped(key):
    for place in range(len(key) - 1):
        yield key[:place] + key[place + 1] + key[place] + key[place + 2 :]


def _share(typed, words):
    """Which share of the words of two texts stand in both."""
    return 2 * len(typed.intersection(words)) / ((len(typed) + len(words)) or 1)


@cache
def codes_of_three_letters():
    """{ISO 3166 code of three letters: that of two} of the countries there are: "rus" -> "RU"."""
    codes = get_global("territory_aliases").items()
    return {old.lower(): new[0] for old, new in codes if len(old) == 3 and old.isalpha() and len(new) == 1}


@cache
def countries_abroad():
    """{key of what a country is called in another language: its code}: "osterreich" -> "AT"."""
    codes = {code for code, _name in country_choices("en")}
    names = [Locale.parse(language).territories for language in LANGUAGES_ABROAD]
    return {name_key(countries[code]): code for countries in names for code in codes & countries.keys()}


@lru_cache(maxsize=20_000)
def key_of(text):
    """`name_key` of a cell, computed once for all rows that say the same; what is too long for a word is cut."""
    return name_key(text[:MAX_WORD_LENGTH])
