"""A worksheet on its side: what stands in its columns as rows, each called by the letters of its column."""

from collections import defaultdict

from krakow_intl.sheets.grid import Grid
from krakow_intl.sheets.messages import IN_COLUMNS, RowNumber, SheetError
from krakow_intl.sheets.safety import MAX_COLUMNS


def turned(grid):
    """A `Grid` whose rows are the columns of another one; SheetError where it has more rows than a list has columns."""
    if max(grid.rows, default=0) > MAX_COLUMNS:
        raise SheetError("too-many-columns", grid.name, cell=f"A{MAX_COLUMNS + 1}", limit=MAX_COLUMNS)
    turned = Grid(grid.name, grid.is_hidden, is_turned=True)
    _turn_cells(grid, turned)
    turned.merges = [(left, top, right, bottom) for top, left, bottom, right in grid.merges]
    turned.hidden_columns = [(number, number) for number in sorted(grid.hidden_rows) if number <= MAX_COLUMNS]
    turned.hidden_rows = {number for number in turned.rows if _is_within(number, grid.hidden_columns)}
    turned.cell_errors = [(_number(column), row, *error) for row, column, *error in grid.cell_errors]
    for name in ("formulas", "partial_dates"):
        setattr(turned, name, _turned_places(getattr(grid, name)))
    return turned


def _turn_cells(grid, turned):
    width = max(map(len, grid.rows.values()), default=0)
    for column in range(1, width + 1):
        values = [(row, cells[column - 1]) for row, cells in sorted(grid.rows.items()) if column <= len(cells)]
        cells = [None] * max((row for row, _value in values), default=0)
        for row, value in values:
            cells[row - 1] = value
        turned.rows[_number(column)] = cells
    for row, forms in grid.forms.items():
        for column, form in forms.items():
            turned.forms.setdefault(_number(column), {})[row] = form


def _turned_places(rows_by_column):
    places = defaultdict(list)
    for column, rows in sorted(rows_by_column.items()):
        for row in rows:
            places[row].append(_number(column))
    return places


def _is_within(number, spans):
    return any(first <= number <= last for first, last in spans)


def _number(column):
    return RowNumber(0, column, IN_COLUMNS)
