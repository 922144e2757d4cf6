"""Several worksheets, or tables beside each other on one, each read by its own column names, as one list."""

from collections import defaultdict
from dataclasses import replace

from krakow_intl.sheets.grid import Grid
from krakow_intl.sheets.joining import enter_columns, read_tables, reordered
from krakow_intl.sheets.messages import IN_COLUMNS, Message, Row, RowNumber, SheetError, column_letters, fill
from krakow_intl.sheets.safety import MAX_ROWS
from krakow_intl.sheets.table import MIN_RECOGNIZED, Table

SHEET_COLUMN = "Arkusz / Sheet"  # holds the name of the sheet in which a row stands
MIN_SHARED = 0.6  # of the columns of a table that another one beside it has too


def read_parts(parts, meaning):
    """(names, rows, messages, prefixes of the numbers of rows) of some (table, headers)."""
    names, places, rows, messages = [], {}, [], []
    prefixes = _prefixes([table for table, _headers in parts])
    for part, (table, headers) in enumerate(parts):
        own, found, told = read_tables(table, headers, meaning)
        order = enter_columns(own, names, places, meaning)
        _enter_places(table.cells, part, order)
        rows += [_numbered(reordered(row, order), part, prefixes[part]) for row in found]
        messages += [_told(message, part, prefixes[part]) for message in told]
    if len(rows) > MAX_ROWS:
        raise SheetError("too-many-rows", limit=MAX_ROWS)
    rows = [Row(row.number, row.values + [None] * (len(names) - len(row.values))) for row in rows]
    sheets = [table.grid.name for table, _headers in parts]
    if len({*sheets}) > 1:
        names.append(SHEET_COLUMN)
        rows = [Row(row.number, [*row.values, sheets[row.number.part]]) for row in rows]
    return names, rows, messages, prefixes


def beside(table, headers, is_header, meaning):
    """The (table, headers) in which tables that stand beside each other are read; as they came where none do."""
    starts = _starts(headers[0].names, is_header, meaning) if len(headers) == 1 else []
    if not starts:
        return [(table, headers)]
    ends = [*(start - 1 for start in starts[1:]), max(map(len, table.rows.values()))]
    parts = [Table(_part_of(table.grid, first, last)) for first, last in zip([1, *starts[1:]], ends, strict=True)]
    header = headers[0]
    found = []
    for part, start, end in zip(parts, starts, ends, strict=True):
        names = [name if start <= place <= end else "" for place, name in enumerate(header.names, 1)]
        found.append((part, [replace(header, names=names[:end])]))
    columns = ", ".join(
        f"{column_letters(first)}–{column_letters(last)}" for first, last in zip(starts, ends, strict=True)
    )
    parts[0].messages.append(Message.of("tables-beside", row=header.first, columns=columns))
    return found


def _starts(names, is_header, meaning):
    """The columns with which tables beside each other begin; none where the names are those of one table."""
    starts, tables, gap = [1], [set()], 0
    for column, name in enumerate(names, 1):
        meant = name and meaning(name)
        if not name:
            gap = column
        elif meant and meant in tables[-1]:
            starts.append(gap + 1 if gap > starts[-1] else column)
            tables.append({meant})
        elif meant:
            tables[-1].add(meant)
    enough = max(MIN_RECOGNIZED, MIN_SHARED * len(tables[0]))
    return starts if len(tables) > 1 and all(len(table & tables[0]) >= enough for table in tables[1:]) else []


def _part_of(grid, first, last):
    """The columns of a grid from the first to the last; what stands elsewhere is left out of it."""
    part = Grid(
        grid.name,
        grid.is_hidden,
        is_turned=grid.is_turned,
        hidden_rows=grid.hidden_rows,
        hidden_columns=grid.hidden_columns,
    )
    part.rows = {
        number: [value if first <= column else None for column, value in enumerate(values[:last], 1)]
        for number, values in grid.rows.items()
    }
    part.forms = {
        number: {column: form for column, form in forms.items() if first <= column <= last}
        for number, forms in grid.forms.items()
    }
    part.merges = [area for area in grid.merges if first <= area[1] and area[3] <= last]
    part.cell_errors = [error for error in grid.cell_errors if first <= error[1] <= last]
    for name in ("formulas", "partial_dates"):
        found = {column: rows for column, rows in getattr(grid, name).items() if first <= column <= last}
        setattr(part, name, defaultdict(list, found))
    return part


def _prefixes(tables):
    """What stands before the number of a row: its sheet, or its first column where tables stand side by side."""
    names = [table.grid.name for table in tables]
    prefixes = []
    for place, table in enumerate(tables):
        sheet = f"{table.grid.name}!" if len({*names}) > 1 else ""
        is_further = table.grid.name in names[:place]
        turned = IN_COLUMNS if table.grid.is_turned else ""
        prefixes.append(sheet + (column_letters(table.first_column) if is_further else "") + turned)
    return prefixes


def _enter_places(cells, part, order):
    cells.part = part
    for table in cells.tables:
        table.places = {column: order[place] for column, place in table.places.items()}


def _numbered(row, part, prefix):
    return Row(RowNumber(part, row.number, prefix), row.values)


def _told(message, part, prefix):
    """A message about a part, which says of which."""
    number = message.row and RowNumber(part, message.row, prefix)
    sheet = prefix.partition("!")[0] if "!" in prefix else ""
    text = (
        fill("%(sheet)s: %(text)s", sheet=sheet, text=message.text)
        if sheet and message.level == "warning"
        else message.text
    )
    return replace(message, row=number, text=text)
