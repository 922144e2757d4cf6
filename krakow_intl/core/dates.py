"""Dates as the register knows them: to the day, to the month or only to the year."""

import re
from calendar import monthrange
from datetime import date
from functools import cache, lru_cache

from babel import Locale
from django.utils.functional import keep_lazy_text, lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext, pgettext_lazy, to_locale

from krakow_intl.core.page_language import page_language
from krakow_intl.core.sorting import fold

FIRST_YEAR, LAST_YEAR = 1000, 2999
MAX_TEXT_LENGTH = 60
PRECISIONS = {4: "year", 7: "month", 10: "day"}  # by the length of a date
SHORTEST_MONTH = 28  # days
NBSP = "\N{NO-BREAK SPACE}"
DASH = "\N{EN DASH}"

# a reduced ISO date: "1996", "2005-09", "1976-12-12"; a year of five figures is refused later by name
ISO = re.compile(r"([0-9]{4,5})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
# a character that nobody sees: a soft hyphen, a zero-width space, a byte order mark
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
# a dash of whatever length, or a minus sign: the "–" of "9–7–2001"
DASHES = re.compile("[\u2010-\u2015\u2212]")
# words before a date that say nothing of it: the "z dnia " of "z dnia 9 lipca 2001", the "on the " of "on the 9th of"
LEAD = re.compile(r"^(?:(?:z|we?|dnia|dniu|roku?|in|on|the)\s+|r[.\s]\s*)+")
# what may stand behind a date: the " r." of "9 lipca 2001 r.", a full stop
TAIL = re.compile(r"\s*(?:(?<=[0-9\s])(?:r|roku?)\.?|[.,])$")

# the parts of a date: "2001" and "9", a year that comes first, "7" and "july", the "th" of "9th" and what divides parts
YEAR, DAY = r"(?P<year>[0-9]{1,5})", r"(?P<day>[0-9]{1,2})"
LEADING_YEAR = r"(?P<year>[0-9]{3,5})"
MONTH, NAME = r"(?P<month>[0-9]{1,2})", r"(?P<month>[a-z]+)"
ORDINAL, GAP = r"(?:(?:st|nd|rd|th)\b)?", r"[\s./,-]*"
SHAPES = [
    # a date as people write it, folded: each with an example
    re.compile(shape)
    for shape in (
        # "2001"
        YEAR,
        # "2001-07"
        rf"{LEADING_YEAR}-{MONTH}",
        # "2001-07-09", "2001.07.09"
        rf"{LEADING_YEAR}(?P<sep>[./-]){MONTH}(?P=sep){DAY}",
        # "07.2001", "7/2001"
        rf"{MONTH}[./-]{YEAR}",
        # "9.07.2001", "9/7/2001"
        rf"{DAY}(?P<sep>[./-]){MONTH}(?P=sep){YEAR}",
        # "lipiec 2001", "july 2001", "vii.2001"
        rf"{NAME}{GAP}{YEAR}",
        # "9 lipca 2001", "9th of july 2001", "9 vii 2001"
        rf"{DAY}{ORDINAL}(?:\s+of\b)?{GAP}{NAME}{GAP}{YEAR}",
        # "july 9th, 2001"
        rf"{NAME}{GAP}{DAY}{ORDINAL}[\s,]+{YEAR}",
    )
]
ROMAN = "i ii iii iv v vi vii viii ix x xi xii"
IN_SENTENCE = {
    "on": pgettext_lazy("within a sentence", "on %(date)s"),
    "in": pgettext_lazy("within a sentence", "in %(date)s"),
    "since": pgettext_lazy("within a sentence", "since %(date)s"),
    "from": pgettext_lazy("within a sentence", "from %(date)s"),
    "until": pgettext_lazy("within a sentence", "until %(date)s"),
}
LOCATIVE = "styczniu lutym marcu kwietniu maju czerwcu lipcu sierpniu wrześniu październiku listopadzie grudniu"


class PartialDateError(ValueError):
    """Why a text is no date: "impossible", "two-digit-year", "out-of-range" or "unreadable"; `message` is lazy."""

    def __init__(self, message, code="unreadable"):
        super().__init__(message)
        self.message, self.code = message, code


class PartialDate(str):
    """A date as reduced ISO 8601 text ("1996", "2005-09", "1976-12-12"), which sorts as text."""

    __slots__ = ()

    def __new__(cls, text):
        match = ISO.fullmatch(text)
        if not match:
            raise _unreadable()
        _refuse_impossible(*(part and int(part) for part in match.groups()))
        return super().__new__(cls, text)

    @classmethod
    def of(cls, day):
        return cls(date.isoformat(day))

    @property
    def precision(self):
        return PRECISIONS[len(self)]

    @property
    def year(self):
        return int(self[:4])

    @property
    def month(self):
        return int(self[5:7]) if len(self) > 4 else None

    @property
    def day(self):
        return int(self[8:]) if len(self) > 7 else None

    @property
    def first_day(self):
        return _first_day(self)

    @property
    def last_day(self):
        return _last_day(self)

    def is_before(self, other):
        """Whether it lies before another partial date for certain."""
        return self.last_day < other.first_day


@lru_cache(maxsize=5000)
def stored_partial_date(text):
    """The date that a database holds, each of which many records share."""
    return PartialDate(text)


@lru_cache(maxsize=5000)
def _first_day(partial):
    return date(partial.year, partial.month or 1, partial.day or 1)


@lru_cache(maxsize=5000)
def _last_day(partial):
    month = partial.month or 12
    return date(partial.year, month, partial.day or monthrange(partial.year, month)[1])


def parse_partial_date(text):
    """The date a person wrote in Polish or English; raises `PartialDateError` if the text is none.

    Figures alone are read as they are written in Poland, day.month.year, with slashes and dashes too; only with the
    year in front is it year-month-day.
    """
    year, month, day = _read(text)
    if len(year) < 3:
        raise PartialDateError(_("Write the year with four digits, such as 1996 or 2005."), "two-digit-year")
    if len(year) > 4 and year.startswith("0"):
        raise _unreadable()
    return PartialDate("-".join([year.zfill(4), *(part.zfill(2) for part in (month, day) if part)]))


def format_partial_date(value, language=None):
    """A `PartialDate` or a `datetime.date` in words with no-break spaces: "9 lipca 2001", "wrzesień 2005", "1996"."""
    return _words(value, language)


def format_period(start, end, language=None):
    """A period from one partial date to another in words; either may be None."""
    if not (start and end):
        return _format_open_period(start, end, language)
    start, end = _partial(start), _partial(end)
    last = _words(end, language)
    if start == end:
        return last
    first = _first_of_period(start, end, language)
    return f"{first}{DASH}{last}" if _is_dash_close(first, start, end, language) else f"{first}{NBSP}{DASH} {last}"


def format_in_sentence(value, word, language=None):
    """A date as a sentence has it after "on" (or "in") and the like: in Polish with „roku” and its case."""
    value, language = _partial(value), _language(language)
    word = "in" if word == "on" and value.precision != "day" else word
    is_locative = word == "in" and language.startswith("pl")
    words = _in_locative(value) if is_locative else _words(value, language, inflect=True)
    with override(language):
        return str(IN_SENTENCE[word]) % {"date": words}


def _read(text):
    """The year, the month and the day of a text as (unchecked) figures, None where it is silent."""
    text = _plain(text) if len(text) <= MAX_TEXT_LENGTH else ""
    match = next(filter(None, (shape.fullmatch(text) for shape in SHAPES)), None)
    if not match:
        raise _unreadable()
    parts = match.groupdict()
    month = parts.get("month")
    if month and month.isalpha():
        month = _month_figures().get(month)
        if not month:
            raise _unreadable()
    return parts["year"], month, parts.get("day")


def _plain(text):
    """`text` in plain lower-case letters, without the words that may surround a date and say nothing of it."""
    text = fold(DASHES.sub("-", INVISIBLE.sub("", text))).strip()
    # a sign between figures with blanks around it: the " . " of "9 . 07 . 2001"
    text = re.sub(r"\s*([./-])\s*", r"\1", text)
    return TAIL.sub("", LEAD.sub("", text))


@cache
def _month_figures():
    """Folded names of the months in both languages, in every case a date takes, and all they are shortened to."""
    figures = {name: str(number) for number, name in enumerate(ROMAN.split(), 1)}
    names = [LOCATIVE.split(), *_month_names("pl"), *_month_names("en")]
    for number, forms in enumerate(zip(*names, strict=True), 1):
        for name in map(fold, forms):
            figures |= {name[:length]: str(number) for length in range(3, len(name) + 1)}
    return figures


@cache
def _month_names(language):
    """The names of the twelve months as they stand alone ("wrzesień") and within a date ("września")."""
    months = Locale.parse(to_locale(language)).months
    return tuple(tuple(months[use]["wide"][number] for number in range(1, 13)) for use in ("stand-alone", "format"))


def _refuse_impossible(year, month, day):
    if not FIRST_YEAR <= year <= LAST_YEAR:
        text = _("The year %(year)s is out of range: the register keeps years from %(first)s to %(last)s.")
        raise PartialDateError(_fill(text, year=year, first=FIRST_YEAR, last=LAST_YEAR), "out-of-range")
    if month is None:
        return
    if not 1 <= month <= 12:
        text = _("There is no month %(month)s: the months are 1 to 12.")
        raise PartialDateError(_fill(text, month=month), "impossible")
    if day is None or 1 <= day <= SHORTEST_MONTH:
        return
    days = monthrange(year, month)[1]
    if not 1 <= day <= days:
        text = _("%(date)s does not exist: %(month)s has %(days)s days.")
        names = {"date": _spell_lazy(year, month, day), "month": _spell_lazy(year, month)}
        raise PartialDateError(_fill(text, **names, days=days), "impossible")


def _unreadable():
    return PartialDateError(
        _("This is not a date the register can read. Write it as “9 July 2001”, “9.07.2001”, “09.2005” or “1996”.")
    )


@keep_lazy_text
def _fill(message, **values):
    return message % values


def _partial(value):
    """A date as parts to be told: also one of a year that the register does not take in."""
    return value if isinstance(value, PartialDate) else str.__new__(PartialDate, date.isoformat(value))


def _words(value, language, *, inflect=False):
    return _words_in(value, _language(language), inflect)


@lru_cache(maxsize=5000)
def _words_in(value, language, inflect):
    value = _partial(value)
    return _spell(value.year, value.month, value.day, language, inflect=inflect)


def _spell(year, month=None, day=None, language=None, *, inflect=False):
    """The parts given, in words; a month without a day is inflected only where a preposition governs it."""
    name = month and _month_names(_language(language))[day is not None or inflect][month - 1]
    return NBSP.join(str(part) for part in (day, name, year) if part is not None)


_spell_lazy = lazy(_spell, str)


def _language(language):
    return language or page_language()


def _first_of_period(start, end, language):
    """The start without what the end says again: "21", "31 March", "September 2005"."""
    if start.precision != end.precision or start.year != end.year:
        return _words(start, language)
    month = None if start.day and start.month == end.month else start.month
    return _spell(None, month, start.day, language)


def _is_dash_close(first, start, end, language):
    """Whether the dash joins two single words; in English only figures are joined so."""
    is_single = start.precision == end.precision and NBSP not in first
    return is_single and (first.isdecimal() or _language(language).startswith("pl"))


def _in_locative(value):
    """„we wrześniu 2005”, „w 1996”."""
    month = value.month and LOCATIVE.split()[value.month - 1]
    return NBSP.join(filter(None, ("we" if value.month == 9 else "w", month, str(value.year))))


def _format_open_period(start, end, language):
    with override(_language(language)):
        if start:
            return pgettext("period", "since %(date)s") % {"date": _words(start, language, inflect=True)}
        if end:
            return pgettext("period", "until %(date)s") % {"date": _words(end, language, inflect=True)}
    return ""
