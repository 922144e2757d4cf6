"""One worksheet as the file holds it: the cells that have a value, and what is known of how they are shown."""

from collections import defaultdict
from dataclasses import dataclass, field

from krakow_intl.sheets.messages import SheetError, cell_name
from krakow_intl.sheets.safety import MAX_COLUMNS, MAX_ROWS

ROWS_AROUND_THE_LIST = 100  # titles, totals and notes around a list of the most rows

MAX_SHEETS = 200
MAX_CELL_ERRORS = MAX_ROWS * 20


@dataclass(slots=True)
class Grid:
    """Rows and columns count from 1, as in the names of cells; a row is as long as its last value."""

    name: str = ""
    is_hidden: bool = False
    rows: dict = field(default_factory=dict)
    merges: list = field(default_factory=list)  # (first row, first column, last row, last column)
    hidden_rows: set = field(default_factory=set)
    hidden_columns: list = field(default_factory=list)  # (first, last)
    formulas: dict = field(default_factory=lambda: defaultdict(list))  # the rows, by column
    partial_dates: dict = field(default_factory=lambda: defaultdict(list))  # the same, where dates show no day
    cell_errors: list = field(default_factory=list)  # (row, column, code, value)
    widths: dict = field(default_factory=dict)  # cells in a row of text, where they say anything
    forms: dict = field(default_factory=dict)  # {row: {column: Form}} of those that say something beside their value
    is_turned: bool = False  # its rows are the columns of the file
    fault: SheetError | None = None  # why the sheet was not read to its end

    def put(self, number, column, value):
        cells = self.rows.get(number)
        if cells is None:
            cells = self.new_row(number)
        missing = column - len(cells) - 1
        if not 1 <= column <= MAX_COLUMNS:
            code = "damaged" if column < 1 else "too-many-columns"
            raise SheetError(code, self.name, cell=cell_name(number, column), limit=MAX_COLUMNS)
        if missing < 0:
            cells[column - 1] = value
            return
        if missing:
            cells.extend([None] * missing)
        cells.append(value)

    def new_row(self, number):
        if number < 1:
            raise SheetError("damaged", self.name)
        if len(self.rows) == MAX_ROWS + ROWS_AROUND_THE_LIST:
            raise SheetError("too-many-rows", limit=MAX_ROWS)
        self.rows[number] = []
        return self.rows[number]

    def add_error(self, number, column, code, value):
        """A cell that holds something, though nothing that can be read."""
        self.put(number, column, None)
        self.cell_errors.append((number, column, code, value))
        if len(self.cell_errors) > MAX_CELL_ERRORS:
            raise SheetError("too-much", self.name)
