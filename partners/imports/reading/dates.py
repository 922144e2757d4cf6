"""The days that the cells of a sheet name, and what only a person can say of them."""

import re
from dataclasses import replace
from functools import partial

from django.utils.translation import gettext_lazy as _

from krakow_intl.core.dates import PartialDate, format_partial_date
from krakow_intl.imports.reading.cell_text import as_text
from krakow_intl.imports.reading.rows import ZONE, message_of
from krakow_intl.imports.reading.words import key_of
from krakow_intl.sheets import parse_date_column
from krakow_intl.sheets.date_words import shape_of
from krakow_intl.sheets.dates import DAY, MONTH
from krakow_intl.sheets.messages import fill
from krakow_intl.sheets.vague_dates import A_YEAR
from partners.event_words import EXAMPLE
from partners.imports.planning.messages import remark
from partners.imports.reading.cities import CONFIRMATION, LEAVE_OUT
from partners.imports.reading.date_shapes import ASK_OF_EACH, DateShapes, day_by
from partners.imports.reading.vocabulary import DATE
from partners.imports.reading.words import NO_DATE_IS_KNOWN

FIRST_YEAR = 1257  # Kraków's charter
# what is asked once for a column, by the code of what is said of a cell
OF_THE_COLUMN = {"day-or-month": "order", "contradictory-order": "order", "time-zone": "zone"}
LEADS = {
    # words before a day that say again what the column says: "podpisano 12.12.1976", "od 1976", "do końca 2005"
    code: re.compile(rf"^(?:{words})[\s:]+(?=\S)", re.I)
    for code, words in {
        "signed_on": r"(?:podpisan[aeoy]|podpisano|zawart[aeoy]|signed|concluded|unterzeichnet|signée?|podepsáno)"
        r"(?:\s+(?:w\s+dniu|dnia|dn\.|on|am|le|dne))?|data podpisania|date of signature",
        "valid_from": r"(?:obowiązuje\s+|w\s+mocy\s+|in\s+force\s+|valid\s+)?"
        r"(?:od(?:\s+dnia)?|from|since|ab|seit|à partir du|від)",
        "valid_until": r"(?:obowiązuje\s+|w\s+mocy\s+|ważn[aey]\s+|in\s+force\s+|valid\s+|wygasa\s+)?"
        r"(?:do(?:\s+(?:dnia|końca))?|(?:until\s+)?(?:the\s+)?end\s+of|until|till|to|koniec|bis(?:\s+(?:zum|Ende))?|Ende"
        r"|jusqu['’]au|до)|wygasa|expires(?:\s+on)?",
    }.items()
}
NO_DATE = "none"
NO_DATE_CHOICES = [(NO_DATE, NO_DATE_IS_KNOWN), CONFIRMATION[1]]
NO_END = _("“%(value)s” is no date and no word for the term. Write a date such as 31.12.2005, or one of: %(known)s.")
NO_EVENT = _("“%(value)s” is no date. Write an event as “%(example)s”, and several divided by “;”.")


class DateReader:
    """Mixin of a `RowReader`: the cells that hold days."""

    def _read_date(self, heading):
        values = [self._without_words(row, heading) for row in self.rows]
        readings = self._readings(heading, values)
        for row, value, reading in zip(self.rows, values, readings, strict=True):
            if reading.value is not None or reading.code:
                self._take_date(row, heading, value, reading)

    def _readings(self, heading, values):
        readings = parse_date_column(values, is_1904=self.sheet.is_1904, **self._order(heading))
        self.shapes[heading.code] = DateShapes(values, readings, OF_THE_COLUMN)
        return readings

    def _order(self, heading):
        zone = {"zone": self.decisions.get(f"zone:{heading.code}")}
        answer = self.decisions.get(f"order:{heading.code}")
        if answer in (DAY, MONTH):
            return zone | {"day_first": answer == DAY, "is_decided": True}
        return zone | {"day_first": heading.language == "pl" or None}

    def _without_words(self, row, heading):
        """A cell of a column of dates; a word about the term, or that nothing is known, is taken out and kept."""
        value = self._value(row, heading)
        if type(value) is not str:
            return value
        if heading.code == "valid_until" and self._is_taken_as_term(row, heading, value):
            return None
        if self.vocabulary.says_nothing(value) or self.meaning(DATE, value) == "":
            return self._take_no_date(row, heading)
        return LEADS[heading.code].sub("", value) if heading.code in LEADS else value

    def _is_taken_as_term(self, row, heading, value):
        """Whether a cell that should hold the last day says something else of the term: a word, or its length."""
        term = self._word_for_the_term(heading, value)
        months = None if term is not None or A_YEAR.search(value) else self._length(row, heading, value)
        if term:
            self._take_term(row, heading, term)
        elif months is not None:
            self._ask_of_length(row, heading, value, months)
        return term is not None or months is not None

    def _take_no_date(self, row, heading):
        if heading.code == "signed_on":
            row.facts["signed_on"] = row.values["signed_on"] = None

    def _take_date(self, row, heading, value, reading):
        day = self._day(row, heading, value, reading)
        if day is None:
            return
        if heading.code == "signed_on" and day.first_day > self.today:
            message = remark("future-date", row=row.number, column=heading.name, value=as_text(value))
            self.confirm(row, f"future:{day}", message)
        row.facts[heading.code] = row.values[heading.code] = day

    def _day(self, row, heading, value, reading):
        """The day that a cell, or a part of it, names; None where it names none or what it says must be told."""
        day = reading.value
        if reading.level == "decision":
            day = self._decided_date(row, heading, value, reading)
        elif reading.code == "not-a-date" and heading.code in LEADS and self.is_unknown(_about(heading), value):
            self.note_unknown(row, heading, _about(heading), _written(row, heading))
        elif reading.code == "not-a-date" and heading.code == "valid_until":
            self._tell_what_is_no_end(row, heading, value, reading)
        elif reading.code == "not-a-date" and heading.code == "events":
            message = message_of(row, heading, value, reading)
            row.messages.append(replace(message, text=fill(NO_EVENT, value=message.value, example=EXAMPLE)))
        elif reading.level:
            row.messages.append(message_of(row, heading, value, reading))
        if day is not None and day.year < FIRST_YEAR:
            return self.say(row, heading, "before-the-city", as_text(value))
        return day

    def _tell_what_is_no_end(self, row, heading, value, reading):
        message = message_of(row, heading, value, reading)
        text = fill(NO_END, value=message.value, known=self.vocabulary.labels("term"))
        row.messages.append(replace(message, text=text))

    def _decided_date(self, row, heading, value, reading):
        """The day a person chose; one order of day and month, and one zone, count for the whole column."""
        shapes, shape = self.shapes[heading.code], shape_of(str(value))
        if about := OF_THE_COLUMN.get(reading.code):
            key, choices = f"{about}:{heading.code}", partial(_of_the_column, about, shapes)
            return self._ask_of_date(row, heading, value, reading, key, choices)
        key, of_all = f"date:{heading.code}:{key_of(str(value))}", f"shape:{heading.code}:{shape}"
        answer = self.decisions.get(key) or self.decisions.get(of_all)
        if isinstance(answer, str) and (day := _chosen(answer, reading)):
            return day
        if self.decisions.get(of_all) is None and shapes.is_shared(shape):
            choices, text = lambda: [*shapes.choices(shape), ASK_OF_EACH, *NO_DATE_CHOICES], shapes.question(shape)
            return self._ask_of_date(row, heading, value, reading, of_all, choices, answer, text)
        return self._ask_of_date(row, heading, value, reading, key, lambda: _offered(reading), answer)

    def _ask_of_date(self, row, heading, value, reading, key, choices, answer=None, text=None):
        answer = answer or self.decisions.get(key)
        if answer == NO_DATE:
            return self._take_no_date(row, heading)
        if answer == LEAVE_OUT:
            row.is_left_out = True
            return None
        message = message_of(row, heading, value, reading)
        row.messages.append(message)
        self.ask(row, key, text or message.text, choices)
        return None


def _of_the_column(about, shapes):
    return ZONE if about == "zone" else shapes.choices(about)


def _chosen(answer, reading):
    """The date that an answer names, or that the rule which it names leads to."""
    return PartialDate(answer) if answer in reading.choices else day_by(answer, reading)


def _written(row, heading):
    return as_text(row.cells[heading.index])


def _about(heading):
    """What a word in a column of days is about."""
    return "term" if heading.code == "valid_until" else DATE


def _offered(reading):
    return [*((str(day), format_partial_date(day)) for day in reading.choices), *NO_DATE_CHOICES]
