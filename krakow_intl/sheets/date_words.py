"""Dates as offices write them in the plain form that is read: without weekdays and words that say nothing."""

import re
from functools import cache, lru_cache

from babel import Locale

from krakow_intl.core.sorting import fold

LANGUAGES_OF_MONTHS = ("de", "fr", "cs", "sk", "uk", "ru", "it", "es", "hu")  # beside Polish and English
ROMAN = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"]

SAYS_NOTHING = [
    # what is taken out of a folded text, one after the other: each with an example
    re.compile(pattern)
    for pattern in (
        # words that lead to a day: "dn. 12.12.1976", "data: 1976", "am 12. Dezember", "dne 12.", "le 12 décembre"
        r"^(?:z\s)?(?:dn\.?|dnia|data|date|am|den|vom|dne|dna|le|du|el|il|від|от)[\s:]+",
        # an hour behind a day: " o godz. 12:00", ", godz. 9"
        r"[\s,]*(?:o\s)?godz\.?\s*[0-9]{1,2}(?:[:.][0-9]{2})?$",
        # the year in words: "12 грудня 1976 року", "12 декабря 1976 г."
        r"(?<=[0-9])\s*(?:р\.?|року|рік|г\.?|года?|rok)$",
        # an ordinal: "12-go", "12go", "1er"
        r"(?<=[0-9])\s?-?\s?(?:e?go|tego|szego|giego|ciego|er)\b(?!\w)",
        # a short year: the sign before "76" in "12.12.'76"
        r"[’'ʼ‘`´](?=[0-9]{2}$)",
        # words between the parts: "12 de diciembre de 1976"
        r"(?<=[\s.])(?:de|del)(?=\s)",
    )
]
# a word: "Dezember", "déc."
WORD = re.compile(r"[^\W\d_]+\.?")
# a year before a month in letters and a day: "1976. december 12.", "1976-xii-12"
YEAR_BEFORE_NAME = re.compile(r"([0-9]{4})[\s.,/-]+([a-z]+)[\s.,/-]+([0-9]{1,2})\.?")
# figures with any signs between them, the year last: "12.12 1976", "12,12,1976"
FIGURES_LOOSELY = re.compile(r"([0-9]{1,2})[\s.,/-]+([0-9]{1,2})[\s.,/-]+([0-9]{4}|[0-9]{2})\.?")
# figures with the year first: "1976 12 12"
YEAR_BEFORE_FIGURES = re.compile(r"([0-9]{4})[\s.,/-]+([0-9]{1,2})[\s.,/-]+([0-9]{1,2})\.?")
# eight figures that begin with a year: "19761212"
YEAR_MONTH_DAY = re.compile(r"((?:1[89]|20)[0-9]{2})([01][0-9])([0-3][0-9])")
# eight figures that end with a year: "12121976"
DAY_MONTH_YEAR = re.compile(r"([0-3][0-9])([01][0-9])((?:1[89]|20)[0-9]{2})")


def plain(text):
    """The text of a date in the form that is read, folded: "12. Dezember 1976" -> "12. xii 1976"."""
    text = fold(text).strip()
    is_in_brackets = text.startswith("(") and text.find(")") == len(text) - 1
    text = _without_weekday(text[1:-1] if is_in_brackets else text)
    for pattern in SAYS_NOTHING:
        text = pattern.sub("", text).strip()
    text = " ".join(WORD.sub(_month_in_figures, text).split())
    if match := YEAR_BEFORE_NAME.fullmatch(text):
        return "{2} {1} {0}".format(*match.groups())
    if match := YEAR_BEFORE_FIGURES.fullmatch(text) or YEAR_MONTH_DAY.fullmatch(text):
        return "{}-{:>02}-{:>02}".format(*match.groups())
    if match := FIGURES_LOOSELY.fullmatch(text) or DAY_MONTH_YEAR.fullmatch(text):
        return "{}.{}.{}".format(*match.groups())
    return text


@lru_cache(maxsize=10_000)
def shape_of(text):
    """The shape of a date: figures as 9, months as M, names in brackets or before a comma as A.

    "12.12.76" and "3.05.81" -> "99.99.99"; "12 maja 76" -> "99 m 99"; "Kraków, 1976" -> "a, 9999".
    """
    text = NAMES.sub(" a ", " ".join(text.split()))
    text = WORD.sub(lambda word: "m" if _is_month(fold(word[0]).strip(".")) else word[0], fold(text))
    return " ".join(FIGURES.sub(lambda figures: "9" * max(2, len(figures[0])), text).split())


# a capital letter: the "K" of "Kraków"
CAPITAL = r"[^\W\d_a-ząćęłńóśźż]"
# names of places beside a date: the "Kraków" of "Kraków, 1976", of "1976 (Kraków)" and of "1976, Kraków"
NAMES = re.compile(rf"^{CAPITAL}[^\d,]*(?=,)|(?<=\(){CAPITAL}[^\d()]*(?=\))|(?<=,\s){CAPITAL}[^\d]*$")
# figures in a row: "12"
FIGURES = re.compile("[0-9]+")


def _without_weekday(text):
    """Without the name of a weekday that stands before a date, or in brackets behind it."""
    first, _space, rest = text.partition(" ")
    if rest and first.strip(".,") in _weekdays():
        return rest
    before, _bracket, last = text.removesuffix(")").rpartition("(")
    return before.strip() if before and text.endswith(")") and last in _weekdays() else text


def _month_in_figures(word):
    """A month of another language as a Roman numeral; any other word as it stands."""
    number = _months().get(word[0].strip("."))
    return ROMAN[number - 1] if number else word[0]


def _is_month(word):
    return word in ROMAN or word in _months() or word in _own_months()


@cache
def _months():
    """{folded name of a month, perhaps cut short: its number} of other languages, where that is never another one."""
    known = {}
    for language in LANGUAGES_OF_MONTHS:
        for number, name in _names("months", language):
            known.setdefault(name, set()).add(number)
    own = _own_months()
    return {name: min(numbers) for name, numbers in known.items() if len(numbers) == 1 and name not in own}


@cache
def _own_months():
    """The folded names of months in Polish and English, and all they are shortened to."""
    names = [name for language in ("pl", "en") for _number, name in _names("months", language)]
    return {name[:length] for name in names for length in range(3, len(name) + 1)}


@cache
def _weekdays():
    """Those of other languages in full only: "do" and "po" are weekdays too when they are cut short."""
    own = {name for language in ("pl", "en") for _number, name in _names("days", language)}
    return own | {name for language in LANGUAGES_OF_MONTHS for _number, name in _names("days", language, ("wide",))}


def _names(kind, language, widths=("wide", "abbreviated")):
    """(number, folded name) of the months or weekdays of a language, in each form of two letters or more."""
    names = getattr(Locale.parse(language), kind)
    for use in ("stand-alone", "format"):
        for width in widths:
            for number, name in names[use][width].items():
                if len(word := fold(name).strip(".")) > 1:
                    yield number, word
