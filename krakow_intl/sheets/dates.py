"""What a column of dates means: numbers by their epoch, words in two languages, and whether day or month leads."""

import re
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache, partial
from math import floor
from zoneinfo import ZoneInfo

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.dates import (
    MAX_TEXT_LENGTH,
    PartialDate,
    PartialDateError,
    format_partial_date,
    parse_partial_date,
)
from krakow_intl.sheets.date_words import plain
from krakow_intl.sheets.messages import MAX_VALUE_LENGTH, fill
from krakow_intl.sheets.vague_dates import A_YEAR, DECADE, NAMED, among_words, partly_unknown, two_dates

in_words = lazy(format_partial_date, str)
# how a date in figures may be read: what leads, and the century of a short year
DAY, MONTH, YEAR = "day", "month", "year"
CENTURIES = ("19", "20")
MAX_DAY = 31
WARSAW = ZoneInfo("Europe/Warsaw")
WRITTEN, LOCAL = "written", "local"  # which day counts of a time in a zone: as it is written, or that in Warsaw
EPOCH_1900, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
LEAP_BUG = 60  # the day Excel takes for 29 February 1900; the days before it are one off
LAST_SERIAL = 2_958_465  # 31 December 9999
FIRST_PLAIN_SERIAL = 3_000  # a plain number below is a year or a slip, from here on a serial number (1908)

# a day in figures with the same sign twice: "12.05.2020", "5/12/95", "12. 5. 2020"
FIGURES = re.compile(r"(?<![0-9])([0-9]{1,2})\s*([./-])\s*([0-9]{1,2})\s*\2\s*([0-9]{4}|[0-9]{2})(?![0-9])")
# what stands behind a year in Polish: the "r." of "12/05/2020 r.", "roku"
YEAR_IN_POLISH = re.compile(r"[0-9]\s*(?:r\.?|roku)\s*$", re.I)
# the time behind a day: the " 12:30" of "2005-04-12 12:30", the "T08:00:00Z" of "2005-04-12T08:00:00Z"
TIME = r"(?<=[0-9])(?:\s+|T)[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?"
# a zone behind a time: the "Z" of "08:00:00Z", the "+02:00" of "08:00+02:00"
ZONE = r"\s*(?:Z|[+-][0-9]{2}:?[0-9]{2})"
# such a time with or without a zone: that of "2005-04-12 12:30", of "2005-04-12T08:00:00Z"
TIME_OF_DAY = re.compile(rf"{TIME}(?:{ZONE})?$")
# a time in a zone behind a day: that of "2005-04-12T23:30:00Z"
TIME_IN_A_ZONE = re.compile(rf"{TIME}{ZONE}$")
# a date that is about right, and the date: "ok. 1995", "około maja 1995", "circa 1995", "~1995"
ABOUT = re.compile(r"\s*(?:(?:ok(?:oło|\.)|ca?\.|ca|circa|about|around)\s+|ok\.|~)\s*(.+)", re.I)
# a date that bounds another, and the date: "przed 1995", "after 9 July 2001"
BEFORE_OR_AFTER = re.compile(r"\s*(?:przed|po|before|after)\s+(.+)", re.I)
# a date with a question mark behind it, and the date: "1995?", "1995 (?)"
DOUBTED = re.compile(r"(.*[0-9].*?)\s*(?:\?|\(\?\))\s*")
# a day as programs write it, which has one reading: "2005-04-12", not "2005-04-00"
ISO_DAY = re.compile(r"[0-9]{4}-(?!00)[0-9]{2}-(?!00)[0-9]{2}")
# two figures, the last of a text: the "95" of "maj 95 r."
SHORT_YEAR = re.compile(r"(?<![0-9])([0-9]{2})(?=[^0-9]*$)")

DATE_ERRORS = {
    "impossible": "impossible-date",
    "out-of-range": "out-of-range",
    "unreadable": "not-a-date",
    "two-digit-year": "two-digit-year",
}
DATE_WARNINGS = {
    "date-serial": (
        "warning",
        _("%(value)s is the number of a day in a spreadsheet and was read as %(date)s."),
    ),
    "approximate-date": (
        "decision",
        _("“%(value)s” is no exact date. Choose the year or the month that is certain, or write a date."),
    ),
    "before-or-after": (
        "decision",
        _(
            "“%(value)s” only says before or after which date. Write the date itself, or the year or month that is "
            "certain, or say that none is known."
        ),
    ),
    "several-dates": ("decision", _("“%(value)s” names more than one date. Choose the one that counts, or write it.")),
    "words-beside-date": (
        "decision",
        _("“%(value)s” says more than a date. Choose the date if it alone counts, or write it."),
    ),
    "two-digit-year": ("decision", _("The year in “%(value)s” has two digits. Choose the year that is meant.")),
    "day-or-month": (
        "decision",
        _("In “%(value)s” the day or the month may come first, and no other date in the column settles it. Choose."),
    ),
    "time-zone": (
        "decision",
        _("“%(value)s” is a time in another zone, near midnight: in Warsaw it was %(date)s. Choose which day counts."),
    ),
    "contradictory-order": (
        "decision",
        _(
            "In “%(value)s” the day or the month may come first, and the other dates in the column contradict each "
            "other or its name. Choose, or write it as year-month-day, such as 2005-09-30."
        ),
    ),
    "leap-bug": ("error", _("Day 60 of Excel’s calendar is 29 February 1900, which never was. Write the date anew.")),
    "not-a-date": ("error", None),
    "impossible-date": ("error", None),
    "out-of-range": ("error", None),
}
DECADE_ONLY = _("“%(value)s” names no year. Write the year or month that is certain, or say that none is known.")


@dataclass(frozen=True, slots=True)
class DateReading:
    """What one cell of a date column says: a date, or none and why, perhaps with dates for a person to choose from."""

    value: PartialDate | None = None
    level: str | None = None  # "error", "decision" or "warning"; None where the date is plain or the cell empty
    code: str | None = None
    text: str = ""  # lazy
    choices: tuple = ()
    rules: dict = field(default_factory=dict)  # {how it may be read: the date}, in the same words for all of a shape


@lru_cache(maxsize=10_000)
def from_serial(number, is_1904=False):
    """The day, the moment or the time that a serial number of a spreadsheet stands for.

    Raises ValueError("leap-bug") for the day that never was and ValueError("impossible-serial") for what is none.
    """
    if not 0 <= number <= LAST_SERIAL:
        raise ValueError("impossible-serial")
    days = floor(number)
    seconds = round((number - days) * 86_400)
    if days == 0 and seconds:
        return (datetime.min + timedelta(seconds=seconds)).time()
    if not is_1904 and days in (0, LEAP_BUG):
        raise ValueError("leap-bug" if days else "impossible-serial")
    try:
        day = _day(days, is_1904)
    except OverflowError as error:
        raise ValueError("impossible-serial") from error
    return datetime.combine(day, time()) + timedelta(seconds=seconds) if seconds else day


def _day(days, is_1904):
    if is_1904:
        return EPOCH_1904 + timedelta(days)
    return EPOCH_1900 + timedelta(days + 1 if days < LEAP_BUG else days)


def from_iso(text):
    """A day or a moment from its ISO text; what is none stays the text it is."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return text
    if moment.tzinfo and moment.astimezone(WARSAW).date() != moment.date():
        return text.strip()
    moment = moment.replace(tzinfo=None)
    return moment if moment.time() != time() else moment.date()


def at_precision(moment, precision):
    """(value, whether it is partial): the first of a month that is shown as "May 2020" is known to the month only."""
    if isinstance(moment, time):
        return moment.isoformat("seconds"), False
    if isinstance(moment, datetime) or moment.day != 1:
        return moment, False
    if precision == "month":
        return f"{moment:%Y-%m}", True
    if precision == "year" and moment.month == 1:
        return f"{moment:%Y}", True
    return moment, False


def parse_date_column(values, *, day_first=None, is_decided=False, zone=None, is_1904=False):
    """A `DateReading` for each value of a column, whose dates in figures are all read in one order.

    `day_first` is what the language of the column's name tells; None if it tells nothing. One date that has no other
    reading settles the order then ("25/12/2005"); where nothing does, or the two are at odds, a person is asked,
    whose `day_first` is decided; so they are about dates with strokes that could all be American under a Polish name.
    `zone` is WRITTEN or LOCAL where a person said which day counts of times in another zone.
    """
    order = ("day" if day_first else "month") if is_decided else _order(values, day_first)
    known = {}
    for value in values:
        key = type(value), value
        if key not in known:
            known[key] = _read(value, order, zone, is_1904)
    return [known[type(value), value] for value in values]


def _order(values, day_first):
    """Which leads in the figures of a column: "day", "month", None if nothing tells, "contradictory"."""
    leads, signs = set(), set()
    for value in {value for value in values if type(value) is str and len(value) <= MAX_TEXT_LENGTH}:
        figures = FIGURES.search(value)
        if figures and (int(figures[1]) > 12) != (int(figures[3]) > 12):
            leads.add("day" if int(figures[1]) > 12 else "month")
        elif figures and int(figures[1]) != int(figures[3]):
            signs.add("r." if YEAR_IN_POLISH.search(value) else figures[2])
    may_be_american = "/" in signs and signs.isdisjoint({".", "r."})  # no American writes dots, or "r." behind a year
    if day_first is None or (day_first and may_be_american and not leads):
        return leads.pop() if len(leads) == 1 else "contradictory" if leads else None
    named = "day" if day_first else "month"
    return "contradictory" if leads and named not in leads else named


def _read(value, order, zone, is_1904):
    try:
        if value is None or value == "":
            return DateReading()
        if isinstance(value, date):
            return DateReading(PartialDate.of(value.date() if isinstance(value, datetime) else value))
        if type(value) in (int, float):
            return _read_number(value, is_1904)
        if type(value) is str and ISO_DAY.fullmatch(value):
            return DateReading(PartialDate(value))
        text = str(value).strip()
        if len(text) > MAX_TEXT_LENGTH:  # no date; the patterns below would take their time to say so
            parse_partial_date(text)
        if TIME_IN_A_ZONE.search(text) and (reading := _read_in_a_zone(text, zone)):
            return reading
        return _read_text(TIME_OF_DAY.sub("", text), order, is_1904, text)
    except PartialDateError as error:
        return _with_warning(DATE_ERRORS[error.code], value, text=error.message)


def _read_in_a_zone(text, zone):
    """The day of a time in a zone where it was another one in Warsaw; None where it was the same."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    days = {WRITTEN: PartialDate.of(moment.date()), LOCAL: PartialDate.of(moment.astimezone(WARSAW).date())}
    if days[WRITTEN] == days[LOCAL]:
        return None
    if zone in days:
        return DateReading(days[zone])
    return _with_warning("time-zone", text, choices=tuple(days.values()), date=in_words(days[LOCAL]))


def _read_number(number, is_1904):
    if number == LEAP_BUG and not is_1904:
        return _with_warning("leap-bug", number)
    if number < FIRST_PLAIN_SERIAL and float(number).is_integer():
        return _read_text(str(floor(number)), None, is_1904, number)
    try:
        moment = from_serial(number if number >= FIRST_PLAIN_SERIAL else -1, is_1904)
    except ValueError:
        return DateReading(_read_what_counts_no_days(number))
    day = PartialDate.of(moment.date() if isinstance(moment, datetime) else moment)
    return _with_warning("date-serial", number, read=day, date=in_words(day))


def _read_what_counts_no_days(number):
    """A number such as 20050412, or 12.2005 for a month and a year; any other fraction is no date."""
    try:
        return parse_partial_date(str(number))
    except PartialDateError:
        return parse_partial_date("" if number % 1 else plain(str(number)))


def _read_text(text, order, is_1904, written):
    """What a text says; `written` is the text of the whole cell."""
    try:
        return _read_plain(text, order, is_1904, written)
    except PartialDateError as error:
        reading = error.code == "unreadable" and _read_otherwise(text, order, is_1904, written)
        if not reading:
            raise
        return reading


def _read_plain(text, order, is_1904, written):
    if text.isascii() and text.isdigit() and len(text) == 5:
        return _read_number(int(text), is_1904)
    if partly := partly_unknown(text):
        return _asked("approximate-date", written, {NAMED: PartialDate(partly)})
    about = ABOUT.fullmatch(text) or DOUBTED.fullmatch(text)
    if about:
        reading = _read_text(about[1], order, is_1904, written)
        rules = {NAMED: reading.value} if reading.value else reading.rules
        return _asked("approximate-date", written, rules) if rules else reading
    bound = BEFORE_OR_AFTER.fullmatch(text)
    if bound:
        reading = _read_text(bound[1], order, is_1904, written)
        return _with_warning("before-or-after", written) if reading.value or reading.choices else reading
    figures = FIGURES.search(text)
    if figures:
        return _read_figures(text, figures, order, written)
    try:
        return DateReading(parse_partial_date(text))
    except PartialDateError as error:
        if error.code != "two-digit-year":
            raise
        return _read_short_year(text, written)


def _read_otherwise(text, order, is_1904, written):
    """What a text says that is no plain date: one in another form, two of them, ten years, or one among words."""
    known = plain(text)
    with suppress(PartialDateError):
        return _read_plain(known, order, is_1904, written)
    if DECADE.fullmatch(text):
        return _with_warning("approximate-date", written, text=fill(DECADE_ONLY, value=str(written)[:MAX_VALUE_LENGTH]))
    if not A_YEAR.search(text):
        return None
    rules = two_dates(known, partial(_certain, order=order)) or among_words(text, partial(_certain, order=order))
    return rules and _asked("words-beside-date" if NAMED in rules else "several-dates", written, rules)


def _certain(text, order):
    """The date that a part of a text is, if it is one for certain."""
    if not A_YEAR.search(text):
        return None
    for form in (text, plain(text)):
        with suppress(PartialDateError):
            return _read_plain(form, order, False, form).value
    return None


def _read_short_year(text, written):
    if not SHORT_YEAR.search(text):  # one figure alone
        parse_partial_date("")
    years = {century: SHORT_YEAR.sub(rf"{century}\1", text) for century in CENTURIES}
    return _asked("two-digit-year", written, _possible(years))


def _read_figures(text, figures, order, written):
    first, _sign, second, year = figures.groups()
    readings = {DAY: (second, first), MONTH: (first, second)}
    possible = [lead for lead in readings if int(readings[lead][0]) <= 12]
    leads = [order] if order in readings else possible or [DAY]

    years = {"": year} if len(year) == 4 else {f"-{century}": f"{century}{year}" for century in CENTURIES}
    dates = {
        f"{lead}{century}": f"{whole}-{month:>02}-{day:>02}"
        for century, whole in years.items()
        for lead in leads
        for month, day in [readings[lead]]
    }
    rules = {rule: text.replace(figures[0], date) for rule, date in dates.items()}
    if len(year) == 2:
        return _of_short_year(text, figures, rules, written)
    rules = _possible(rules)
    if len({*rules.values()}) == 1:
        return DateReading(next(iter(rules.values())))
    return _asked("contradictory-order" if order == "contradictory" else "day-or-month", written, rules)


def _of_short_year(text, figures, rules, written):
    """What "12.12.76" may be; that its year leads is likely only where nothing else can be."""
    year, month, day = figures.group(1, 3, 4)
    leading = {f"{YEAR}-{century}": f"{century}{year:>02}-{month:>02}-{day}" for century in CENTURIES}
    others, _fault = _dates({rule: text.replace(figures[0], date) for rule, date in leading.items()})
    likely, fault = _dates(rules)
    if not likely and int(year) > MAX_DAY:
        likely = others
    if not likely:
        raise PartialDateError(*fault)
    return _asked("two-digit-year", written, others | likely, likely)


def _possible(rules):
    """{rule: date} of those texts that are dates; the error of the last where none is one."""
    dates, fault = _dates(rules)
    if fault and not dates:
        raise PartialDateError(*fault)
    return dates


def _dates(rules):
    """({rule: date} of those texts that are dates, (message, code) of the last that is none)."""
    dates, fault = {}, None
    for rule, text in rules.items():
        try:
            dates[rule] = parse_partial_date(text)
        except PartialDateError as error:
            fault = error.message, error.code
    return dates, fault


def _asked(code, written, rules, likely=None):
    """A question which of some dates is meant; `rules` may hold others than the `likely` ones, which are offered."""
    choices = dict.fromkeys((rules if likely is None else likely).values())
    return _with_warning(code, written, choices=choices, rules=rules)


def _with_warning(code, value, *, read=None, choices=(), rules=None, text=None, **details):
    level, sentence = DATE_WARNINGS[code]
    shown = str(value)[:MAX_VALUE_LENGTH]
    return DateReading(read, level, code, text or fill(sentence, value=shown, **details), tuple(choices), rules or {})
