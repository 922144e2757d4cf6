"""Dates of a column that are written alike: what a person says of some counts for all of their shape."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.dates import format_partial_date
from krakow_intl.sheets.date_words import shape_of
from krakow_intl.sheets.dates import CENTURIES, DAY, MONTH, YEAR, DateReading
from krakow_intl.sheets.messages import MAX_VALUE_LENGTH, fill, listed
from krakow_intl.sheets.vague_dates import FIRST, LAST, NAMED, SHARED

EACH = "each"  # the answer: ask about each text
PAST = "past"  # the century whose date is the latest that is not to come
MAX_SAMPLES = 5
HOW_ARE_THEY_MEANT = _("Dates such as %(samples)s (cells: %(count)s): how are they meant?")
READ_SO = _("%(rule)s: “%(sample)s” is %(date)s (fits %(fitting)s of %(count)s)")
LABELS = {
    DAY: _("the day comes first"),
    MONTH: _("the month comes first"),
    YEAR: _("the year comes first"),
    "19": _("the year is 19…"),
    "20": _("the year is 20…"),
    PAST: _("the latest year that is not to come"),
    NAMED: _("the date that is named"),
    FIRST: _("the first date"),
    LAST: _("the last date"),
    SHARED: _("the month or year that they share"),
    EACH: _("ask me about each of them"),
}
ASK_OF_EACH = (EACH, LABELS[EACH])


@dataclass(slots=True)
class Spelling:
    """A text of a shape, what it may mean, and in how many cells it stands."""

    text: str
    reading: DateReading
    cells: int = 0


class DateShapes:
    """The texts of a column of dates that a person is asked about, by their shapes.

    What is `asked_of_all`, by the code of a reading, is asked of all shapes of the column together.
    """

    def __init__(self, values, readings, asked_of_all):
        self.questions, self.spellings = {}, defaultdict(dict)  # shape -> its question, {text: Spelling}
        for value, reading in zip(values, readings, strict=True):
            if reading.level == "decision":
                text = str(value)
                shape = asked_of_all.get(reading.code) or shape_of(text)
                self.spellings[shape].setdefault(text, Spelling(text, reading)).cells += 1

    def is_shared(self, shape):
        return len(self.spellings[shape]) > 1

    def question(self, shape):
        """The text of the question how dates of a shape are meant, put together once."""
        if shape not in self.questions:
            found = self.spellings[shape].values()
            samples = listed([one.text[:MAX_VALUE_LENGTH] for one in found][:MAX_SAMPLES])
            self.questions[shape] = fill(HOW_ARE_THEY_MEANT, samples=samples, count=_cells(found))
        return self.questions[shape]

    def choices(self, shape):
        """(rule, label) of each way to read the dates of a shape, with a sample and how many cells it fits."""
        found = list(self.spellings[shape].values())
        return [(rule, self._label(rule, found)) for rule in _rules(found)]

    @staticmethod
    def _label(rule, found):
        fitting = [(one, day) for one in found if (day := day_by(rule, one.reading))]
        sample, day = fitting[0]
        counts = {"fitting": _cells(one for one, _day in fitting), "count": _cells(found)}
        return fill(READ_SO, rule=_name(rule), sample=sample.text, date=_in_words(day), **counts)


def day_by(rule, reading):
    """The date that a text is by a rule; None where the rule does not fit it."""
    stem = rule.removesuffix(PAST)
    if stem == rule:
        return reading.rules.get(rule)
    today = timezone.localdate()
    dates = (reading.rules.get(f"{stem}{century}") for century in reversed(CENTURIES))
    return next((day for day in dates if day and day.first_day <= today), None)


def _rules(found):
    """The likely ways to read some texts; that of the latest past years only where the centuries differ by it."""
    rules = dict.fromkeys(
        rule for one in found for rule, day in one.reading.rules.items() if day in one.reading.choices
    )
    stems = dict.fromkeys(rule[:-2] for rule in rules if rule[-2:] in CENTURIES)
    mixed = [f"{stem}{PAST}" for stem in stems if len(_centuries(stem, found)) > 1]
    return [*mixed, *rules]


def _centuries(stem, found):
    """The centuries of the latest past dates of some texts."""
    days = (day_by(f"{stem}{PAST}", one.reading) for one in found)
    return {day[:2] for day in days if day}


def _cells(found):
    return sum(one.cells for one in found)


_in_words = lazy(format_partial_date, str)
_name = lazy(lambda rule: ", ".join(str(LABELS[part]) for part in rule.split("-")), str)
