"""What became of every cell of a file that holds anything: it was read, or left out and why."""

from dataclasses import dataclass, field
from itertools import islice

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from krakow_intl.sheets.messages import ROWS_OF_A_PART, cell_name, fill

SAMPLES = 3  # values that are shown of what was left out for one reason


@dataclass(slots=True)
class SheetCells:
    """The cells of a worksheet: what is left out has a code by its row, or by its column within some rows."""

    name: str
    rows: dict  # {number: cleaned values}; a value that cannot be read is None
    faults: set = field(default_factory=set)  # (row, column) of those
    left_out: str = ""  # why the whole sheet is
    left_out_rows: dict = field(default_factory=dict)  # {number: code}
    tables: list = field(default_factory=list)  # `TableCells`, one below the other
    forms: dict = field(default_factory=dict)  # {row: {column: Form}}
    is_turned: bool = False  # its rows are the columns of the file
    part: int = 0  # which part of the list they are, where that stands in several

    def number(self, row):
        """That of a row among the rows of a list that may stand in several parts."""
        return self.part * ROWS_OF_A_PART + row

    def cell_name(self, row, column):
        """What a cell is called in the file."""
        return cell_name(column, row) if self.is_turned else cell_name(row, column)

    def filled(self):
        """(row, [(column, value)]) of the cells that hold anything."""
        faults = {row: set() for row, _column in self.faults}
        for row, column in self.faults:
            faults[row].add(column)
        for row, values in self.rows.items():
            faulty = faults.get(row, ())
            yield row, [(at, value) for at, value in enumerate(values, 1) if value is not None or at in faulty]

    def is_read(self, row):
        """Whether no cell of a row was left out."""
        table = None if self.left_out or row in self.left_out_rows else self.table(row)
        return table is not None and not table.left_out_columns

    def code(self, row, column):
        """Why a cell was left out; "" if it was read."""
        if code := self.left_out or self.left_out_rows.get(row):
            return code
        table = self.table(row)
        return table.left_out_columns.get(column, "") if table else "above-the-list"

    def table(self, row):
        """The `TableCells` in which a row stands, or None."""
        return next((table for table in self.tables if table.first <= row < table.end), None)


@dataclass(slots=True)
class TableCells:
    """A table of a worksheet, from its column names to the row before its end."""

    first: int
    end: int
    places: dict  # {column of the sheet: that of the list as it was read, from 0}
    left_out_columns: dict = field(default_factory=dict)  # {column of the sheet: code}


@dataclass(slots=True)
class LeftOut:
    """Cells of one sheet that were left out for one reason, of one column if it is the column's."""

    sheet: str
    code: str
    column: int | None
    cells: int = 0
    rows: dict = field(default_factory=dict)  # their numbers, as keys
    values: dict = field(default_factory=dict)  # those that could be read, as keys

    def samples(self):
        return [str(value) for value in islice(self.values, SAMPLES)]


@dataclass(slots=True)
class SeenForm:
    """A form of cells of one sheet that was seen but not understood: "fill", "fills", "struck", "comment"."""

    sheet: str
    code: str
    value: str = ""  # the colour of a fill
    rows: dict = field(default_factory=dict)  # their numbers, as keys
    cells: int = 0


@dataclass(slots=True)
class Ledger:
    cells: int = 0
    left_out: list = field(default_factory=list)
    forms: list = field(default_factory=list)  # `SeenForm`

    @property
    def read(self):
        return self.cells - sum(some.cells for some in self.left_out)


def ledger_of(sheets):
    """The `Ledger` of some `SheetCells`."""
    ledger, found = Ledger(), {}
    for sheet in sheets:
        for row, cells in sheet.filled():
            ledger.cells += len(cells)
            for column, value in () if sheet.is_read(row) else cells:
                _account_for(sheet, row, column, value, found)
    ledger.left_out = list(found.values())
    return ledger


def _account_for(sheet, row, column, value, found):
    """Notes a cell with those that were `found` left out for the same reason, if it was."""
    if code := sheet.code(row, column):
        is_of_column = not (sheet.left_out or row in sheet.left_out_rows or code == "above-the-list")
        if sheet.is_turned:
            row, column, is_of_column = column, row, not is_of_column
        key = sheet.name, code, column if is_of_column else None
        _note(found.setdefault(key, LeftOut(*key)), row, value)


def where(sheet, column, rows):
    """Where cells stand, in words: in a column or in rows such as "5, 8–10"; a text file has no sheet: lazy."""
    if column:
        text = _("sheet “%(sheet)s”, column %(column)s") if sheet else _("column %(column)s")
    else:
        number = 1 if rows.isdecimal() else 2
        text = (
            ngettext_lazy("sheet “%(sheet)s”, row %(rows)s", "sheet “%(sheet)s”, rows %(rows)s", number)
            if sheet
            else ngettext_lazy("row %(rows)s", "rows %(rows)s", number)
        )
    return fill(text, sheet=sheet, column=column, rows=rows)


def _note(left_out, row, value):
    left_out.cells += 1
    left_out.rows[row] = True
    if value is not None:
        left_out.values[value] = True
