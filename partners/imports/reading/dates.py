"""The days that the cells of a sheet name, and what only a person can say of them."""

from dataclasses import replace

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.dates import PartialDate, format_partial_date
from krakow_intl.imports.reading.cell_text import as_text
from krakow_intl.imports.reading.words import key_of
from krakow_intl.sheets import Message, parse_date_column
from krakow_intl.sheets.cells import months_of
from krakow_intl.sheets.dates import LOCAL, WRITTEN
from krakow_intl.sheets.messages import MAX_VALUE_LENGTH, fill
from partners.event_words import EXAMPLE
from partners.imports.planning.messages import remark
from partners.imports.reading.cities import CONFIRMATION, LEAVE_OUT
from partners.imports.reading.columns import BY_CODE

FIRST_YEAR = 1257  # Kraków's charter
DAY, MONTH = "day", "month"
ORDER = [(DAY, _("the day comes first")), (MONTH, _("the month comes first"))]
DAY_OF_A_TIME = [(LOCAL, _("the day in Warsaw")), (WRITTEN, _("the day as it is written"))]
# what is asked once for a column, by the code of what is said of a cell
OF_THE_COLUMN = {"day-or-month": "order", "contradictory-order": "order", "time-zone": "zone"}
ANSWERS = {"order": ORDER, "zone": DAY_OF_A_TIME}
NO_DATE = "none"
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
        return parse_date_column(values, is_1904=self.sheet.is_1904, **self._order(heading))

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
        if heading.code == "valid_until" and (term := self.vocabulary.meaning("term", value)):
            self._take_term(row, heading, term)
            return None
        if self.vocabulary.says_nothing(value):
            return self._take_no_date(row, heading)
        return value

    def _take_no_date(self, row, heading):
        if heading.code == "signed_on":
            row.facts["signed_on"] = row.values["signed_on"] = None

    def _take_date(self, row, heading, value, reading):
        day = self._day(row, heading, value, reading)
        if day is None:
            return
        if heading.code == "signed_on" and day.first_day > timezone.localdate():
            message = remark("future-date", row=row.number, column=heading.name, value=as_text(value))
            self.confirm(row, f"future:{day}", message)
        row.facts[heading.code] = row.values[heading.code] = day

    def _day(self, row, heading, value, reading):
        """The day that a cell, or a part of it, names; None where it names none or what it says must be told."""
        day = reading.value
        if reading.level == "decision":
            day = self._decided_date(row, heading, value, reading)
        elif reading.code == "not-a-date" and heading.code == "valid_until":
            self._tell_what_is_no_end(row, heading, value, reading)
        elif reading.code == "not-a-date" and heading.code == "events":
            message = _message(row, heading, value, reading)
            row.messages.append(replace(message, text=fill(NO_EVENT, value=message.value, example=EXAMPLE)))
        elif reading.level:
            row.messages.append(_message(row, heading, value, reading))
        if day is not None and day.year < FIRST_YEAR:
            return self.say(row, heading, "before-the-city", as_text(value))
        return day

    def _tell_what_is_no_end(self, row, heading, value, reading):
        if months_of(as_text(value)):
            self.say(row, heading, "period-for-date", value, guess=BY_CODE["term_months"].both_names)
        else:
            message = _message(row, heading, value, reading)
            text = fill(NO_END, value=message.value, known=self.vocabulary.labels("term"))
            row.messages.append(replace(message, text=text))

    def _decided_date(self, row, heading, value, reading):
        """The day a person chose; one order of day and month, and one zone, count for the whole column."""
        about = OF_THE_COLUMN.get(reading.code)
        key = f"{about}:{heading.code}" if about else f"date:{heading.code}:{key_of(str(value))}"
        answer = self.decisions.get(key)
        if not about and answer in reading.choices:
            return PartialDate(answer)
        if answer == NO_DATE:
            return self._take_no_date(row, heading)
        if answer == LEAVE_OUT:
            row.is_left_out = True
            return None
        message = _message(row, heading, value, reading)
        row.messages.append(message)
        self.ask(row, key, message.text, lambda: ANSWERS[about] if about else _dates(reading))
        return None


def _message(row, heading, value, reading):
    return Message(row.number, heading.name, str(value)[:MAX_VALUE_LENGTH], reading.level, reading.code, reading.text)


def _dates(reading):
    choices = [(str(day), format_partial_date(day)) for day in reading.choices]
    return [*choices, (NO_DATE, _("no date is known")), CONFIRMATION[1]]
