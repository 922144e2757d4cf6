"""What the rows of a list say, column by column, as far as cells can be read."""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from krakow_intl.core.dates import PartialDate, format_partial_date
from krakow_intl.imports.cells import EMPTIED, CellFault, DateCell
from krakow_intl.imports.planning.messages import remark
from krakow_intl.imports.planning.plan import Row
from krakow_intl.imports.reading.cell_text import as_text
from krakow_intl.imports.reading.words import key_of
from krakow_intl.sheets import Message, parse_date_column
from krakow_intl.sheets.dates import LOCAL, WRITTEN
from krakow_intl.sheets.messages import MAX_VALUE_LENGTH, ranges

LEAVE_OUT, CONFIRM = "leave-out", "confirm"
CONFIRMATION = [(CONFIRM, _("it is right")), (LEAVE_OUT, _("leave the row out"))]
ORDER = [("day", _("the day comes first")), ("month", _("the month comes first"))]
ZONE = [(LOCAL, _("the day in Warsaw")), (WRITTEN, _("the day as it is written"))]
OF_THE_COLUMN = {"day-or-month": ("order", ORDER), "contradictory-order": ("order", ORDER), "time-zone": ("zone", ZONE)}
EMPTY = object()  # what a cell says that holds a dash


@dataclass(slots=True)
class ListRow(Row):
    """A row as understood, before it is known of which record it speaks."""

    number: int  # as Excel shows it
    cells: list
    values: dict = field(default_factory=dict)  # by the code of a column, for the report
    facts: dict = field(default_factory=dict)  # by the code of a column, as fields hold it
    version: int | None = None
    known_to: str = ""  # what the row says of what the register works out itself
    messages: list = field(default_factory=list)
    is_left_out: bool = False


class ListReader:
    """Reads the rows of a sheet under its headings; asks what only a person can say."""

    def __init__(self, plan, references, decisions):
        self.plan, self.references, self.decisions = plan, references, decisions
        self.left_out = {"beside-the-list": []}
        self.general, self.doubts = [], {}  # messages of no row; {(number of a row, column): what is doubted}
        self.rows = [row for row in map(self._row_of_the_list, plan.sheet.rows) if row]
        self._take_over_messages()
        if numbers := self.left_out["beside-the-list"]:
            self.general.append(remark("beside-the-list", row=numbers[0], rows=ranges(numbers)))
        if numbers := [row.number for row in self.rows if self._says_more_by_form(row.number)]:
            self.general.append(remark("form-not-read", row=numbers[0], rows=ranges(numbers)))

    def _says_more_by_form(self, number):
        """Whether something in a row is struck through or commented on."""
        cells = self.plan.sheet.cells[0]
        forms = cells.forms.get(number, {}).values()
        return any(form.is_struck or form.unstruck is not None or form.comment for form in forms)

    def _row_of_the_list(self, row):
        """A row, or None if nothing stands in any known column."""
        if any(row.values[heading.index] is not None for heading in self.plan.headings):
            return ListRow(row.number, row.values)
        self.left_out["beside-the-list"].append(row.number)
        return None

    def _take_over_messages(self):
        rows = {row.number: row for row in self.rows}
        for message in self.plan.sheet.messages:
            if message.row not in rows:
                self.general.append(message)
            elif message.level == "decision":
                self.doubts[message.row, message.column] = message
            else:
                rows[message.row].messages.append(message)

    def read(self, headings):
        for heading in headings:
            if heading.column.cell is None:
                self._read_computed(heading)
            elif isinstance(heading.column.cell, DateCell):
                self._read_dates(heading)
            else:
                self._read_cells(heading)

    def say(self, row, heading, code, value, **details):
        row.messages.append(remark(code, row=row.number, column=heading.name, value=value, **details))

    def _read_cells(self, heading):
        for row in self.rows:
            value = row.cells[heading.index]
            if value is None or value == "":
                continue
            try:
                read = EMPTY if value in EMPTIED else heading.column.cell.read(value, self.references)
            except CellFault as fault:
                self.say(row, heading, fault.code, **{"value": as_text(value)} | fault.details)
            else:
                self._take(row, heading, read, value)

    def _take(self, row, heading, read, value):
        column = heading.column
        row.facts[column.code] = column.cell.empty if read is EMPTY else read
        row.values[column.code] = "" if read is EMPTY else as_text(value)[:MAX_VALUE_LENGTH]

    def _read_computed(self, heading):
        for row in self.rows:
            value = row.cells[heading.index]
            if heading.code == "version" and type(value) in (int, float):
                row.version = int(value)
            elif heading.code == "version" and as_text(value).isdecimal():
                row.version = int(as_text(value))
            elif heading.code == "known_to":
                row.known_to = as_text(value)

    def _read_dates(self, heading):
        values = [row.cells[heading.index] for row in self.rows]
        plain = [None if type(value) is str and value in EMPTIED else value for value in values]
        readings = parse_date_column(plain, is_1904=self.plan.sheet.is_1904, **self._order(heading))
        for row, value, reading in zip(self.rows, values, readings, strict=True):
            if value is not None and value in EMPTIED:
                self._take(row, heading, EMPTY, value)
            elif reading.value is not None or reading.code:
                self._take_date(row, heading, value, reading)

    def _order(self, heading):
        zone, order = (self.decisions.get(f"{what}:{heading.code}") for what in ("zone", "order"))
        if order:
            return {"zone": zone, "day_first": order == "day", "is_decided": True}
        return {"zone": zone, "day_first": heading.language == "pl" or None}

    def _take_date(self, row, heading, value, reading):
        day = reading.value
        if reading.level == "decision":
            day = self._decided_date(row, heading, value, reading)
        elif reading.level:
            row.messages.append(message_of(row, heading, value, reading))
        if day is None:
            return
        if heading.column.cell.is_partial:
            self._take(row, heading, day, day)
        elif day.precision == "day":
            self._take(row, heading, day.first_day, day)
        else:
            self.say(row, heading, "not-a-whole-day", as_text(value))

    def _decided_date(self, row, heading, value, reading):
        """The day a person chose; one order of day and month, and one zone, count for the whole column."""
        about, choices = OF_THE_COLUMN.get(reading.code, ("date", None))
        key = f"{about}:{heading.code}" if choices else f"date:{heading.code}:{key_of(str(value))}"
        answer = self.decisions.get(key)
        if not choices and answer in reading.choices:
            return PartialDate(answer)
        if answer == LEAVE_OUT:
            row.is_left_out = True
            return None
        message = message_of(row, heading, value, reading)
        row.messages.append(message)
        self.plan.questions.ask(row, key, message.text, lambda: choices or _dates(reading))
        return None

    def settle_doubts(self, row, is_known):
        """Asks of the garbled texts of a row, unless the register says the same: `is_known(code)`."""
        for heading in self.plan.headings:
            message = self.doubts.get((row.number, heading.name))
            if message is None or is_known(heading.code):
                continue
            answer = self.decisions.get(key := f"text:{key_of(message.value or '')}")
            if answer == LEAVE_OUT:
                row.is_left_out = True
            elif answer != CONFIRM:
                row.messages.append(message)
                self.plan.questions.ask(row, key, message.text, lambda: CONFIRMATION)


def message_of(row, heading, value, reading):
    """What is said of a cell by the `DateReading` of it."""
    return Message(row.number, heading.name, str(value)[:MAX_VALUE_LENGTH], reading.level, reading.code, reading.text)


def _dates(reading):
    choices = [(str(day), format_partial_date(day)) for day in reading.choices]
    return [*choices, CONFIRMATION[1]]
