"""Any spreadsheet file from outside as clean rows, or the reason why not; no database, and nothing guessed in silence.

`read` is the way in. A file is first held against what a list of agreements needs (`safety`), then read by its kind
(`xlsx`, `ods`, `xls`, `delimited`) into a grid, in which `table` finds the list; `parts` joins several. `dates` and
`cells` say what single values mean.
"""

from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from krakow_intl.sheets.cells import clean, parse_number
from krakow_intl.sheets.dates import DateReading, parse_date_column
from krakow_intl.sheets.delimited import read_delimited
from krakow_intl.sheets.heads import head_rows
from krakow_intl.sheets.joining import read_tables
from krakow_intl.sheets.messages import IN_COLUMNS, Message, Row, Sheet, SheetError
from krakow_intl.sheets.ods import read_ods
from krakow_intl.sheets.parts import beside, read_parts
from krakow_intl.sheets.safety import MAX_BYTES, MAX_COLUMNS, kind_of, open_archive
from krakow_intl.sheets.table import MIN_RECOGNIZED, Table
from krakow_intl.sheets.turning import turned
from krakow_intl.sheets.xls import read_xls
from krakow_intl.sheets.xlsx import read_xlsx

__all__ = [
    "ALL",
    "Book",
    "DateReading",
    "Message",
    "Row",
    "Sheet",
    "SheetError",
    "clean",
    "open_book",
    "parse_date_column",
    "parse_number",
    "read",
]

ALL = "*"  # worksheets; no worksheet can be called so
FAULTS_OF_ONE_SHEET = ("too-many-rows", "too-many-columns", "text-too-long")


def read(source, *, is_header, meaning=str.casefold, sheet=None, header=None, encoding=None):
    """The list in a file (its bytes, its path or its `Book`) as a `Sheet`; raises SheetError where it cannot be read.

    `is_header(texts)` says how many texts of a row are names of known columns. Without `sheet`, the name of one or ALL,
    the only worksheet with a row of at least two such names is read; columns of further tables on it, and of further
    worksheets, are joined to those of the first whose names have the same `meaning(name)`. `header` is (place of the
    worksheet, first row, last row) where a person said in which rows the names stand, or (place,) where the list
    there is turned, `encoding` that of a text file.
    """
    book = source if isinstance(source, Book) else open_book(source, is_header, encoding)
    if sheet not in (None, ALL) and book.kind == "csv":
        raise SheetError("no-sheets", sheet)
    tables = map(Table, _turned(book.grids, header))
    tables = [(table, table.find_headers(is_header, _said(header, place))) for place, table in enumerate(tables)]
    chosen = _choose(tables, sheet, header, is_header)
    parts = [part for table, headers in chosen for part in beside(table, headers, is_header, meaning)]
    names, rows, messages, prefixes = _read(parts, meaning)
    read_here = [table for table, _headers in chosen]
    others = _left_out((table, headers) for table, headers in tables if table not in read_here)
    return Sheet(
        kind=book.kind,
        headers=names,
        rows=rows,
        header_row=parts[0][1][0].first,
        name=", ".join(dict.fromkeys(table.grid.name for table in read_here)),
        encoding=book.encoding,
        delimiter=book.delimiter,
        is_1904=book.is_1904,
        messages=messages,
        cells=[*(table.cells for table, _headers in parts), *others],
        heads=head_rows([table for table, _headers in tables]),
        prefixes=prefixes,
    )


@dataclass(frozen=True, slots=True)
class Book:
    """A file that was read once, of whose worksheets several may be looked at."""

    kind: str  # "xlsx", "ods", "xls" or "csv"
    grids: list
    is_1904: bool = False
    encoding: str | None = None
    delimiter: str | None = None

    def only(self, name):
        """The book as if it had but one worksheet."""
        return replace(self, grids=[grid for grid in self.grids if grid.name == name])


def open_book(source, is_header, encoding=None):
    """The `Book` of a file (its bytes or its path); raises SheetError where it cannot be read as a whole."""
    data = _bytes(source)
    kind = kind_of(data)
    if kind == "csv":
        grid, told, separator = read_delimited(data, is_header, encoding)
        return Book(kind, [grid], False, told, separator)
    if kind == "xls":
        return Book(kind, *read_xls(data))
    archive, kind = open_archive(data)
    return Book(kind, *(read_xlsx if kind == "xlsx" else read_ods)(archive))


def _turned(grids, header):
    """The worksheets, one of them on its side where a person said that its list is turned."""
    is_turned = header and len(header) == 1
    return [turned(grid) if is_turned and place == header[0] else grid for place, grid in enumerate(grids)]


def _said(header, place):
    """The rows of the names of columns on a worksheet, where a person said them."""
    return header[1:] or None if header and header[0] == place else None


def _read(parts, meaning):
    if len(parts) > 1:
        return read_parts(parts, meaning)
    [(table, headers)] = parts
    try:
        return *read_tables(table, headers, meaning), [IN_COLUMNS] if table.grid.is_turned else []
    except SheetError as error:
        error.headers = headers[0].names
        raise


def _bytes(source):
    try:
        size = len(source) if isinstance(source, bytes) else Path(source).stat().st_size
        if size > MAX_BYTES:
            raise SheetError("too-large", limit=MAX_BYTES >> 20)
        return source if isinstance(source, bytes) else Path(source).read_bytes()
    except FileNotFoundError as error:
        raise SheetError("no-such-file", str(source)) from error
    except OSError as error:
        raise SheetError("unreadable-file", str(source)) from error


def _left_out(tables):
    """The cells of the worksheets that are not read: "hidden-list" or "other-list" if they name columns."""
    for table, headers in tables:
        what = "list" if headers else "sheet"
        table.cells.left_out = f"{'hidden' if table.grid.is_hidden else 'other'}-{what}"
        yield table.cells


def _choose(tables, name, header, is_header):
    """The (table, headers) of the sheet asked for, of ALL, or of the only one with a header; visible ones go first."""
    for table, _headers in tables:
        if table.grid.fault and table.grid.fault.code not in FAULTS_OF_ONE_SHEET:
            raise table.grid.fault
    candidates = tables
    if header and header[0] < len(tables):
        candidates = [tables[header[0]]]
    elif name not in (None, ALL):
        candidates = [_named(tables, name)]
    found = [(table, headers) for table, headers in candidates if headers]
    visible = [choice for choice in found if not choice[0].grid.is_hidden] or found
    if len(visible) > 1 and name != ALL:
        error = SheetError("choose-sheet", choices=[table.grid.name for table, _headers in visible])
        error.names = list(dict.fromkeys(name for _table, headers in visible for name in headers[0].names if name))
        raise error
    if not visible:
        raise _no_header([table for table, _headers in candidates], [table for table, _headers in tables], is_header)
    for table, headers in visible:
        if fault := table.grid.fault:
            fault.headers = headers[0].names
            raise fault
    for other, _headers in found:
        if all(other is not table for table, _headers in visible):
            visible[0][0].messages.append(Message.of("hidden-sheet-left-out", value=other.grid.name))
    return visible


def _named(tables, name):
    for table, headers in tables:
        if table.grid.name.strip().casefold() == name.strip().casefold():
            return table, headers
    raise SheetError("no-such-sheet", name, choices=[table.grid.name for table, _headers in tables])


def _no_header(tables, all_tables, is_header):
    names = max((table.likeliest_names() for table in tables), key=len, default=[])
    if not names:
        return next((table.grid.fault for table in tables if table.grid.fault), SheetError("empty-file"))
    is_turned = any(is_header(_first_column(table)) >= MIN_RECOGNIZED for table in tables)
    error = SheetError("turned-list") if is_turned else SheetError("no-header", choices=names)
    error.heads = head_rows(all_tables)
    return error


def _first_column(table):
    """The texts that stand one below the other in the first column that holds anything."""
    place = table.first_column - 1
    cells = (values[place] for values in table.rows.values() if place < len(values) and values[place] is not None)
    return [" ".join(str(cell).split()) for cell in islice(cells, MAX_COLUMNS)]
