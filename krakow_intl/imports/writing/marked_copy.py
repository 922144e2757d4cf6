"""A copy of a sheet in which each cell shows what became of it: a workbook of ours, never the file saved again."""

import io
from collections import defaultdict

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from krakow_intl.core.workbooks import MAX_CELL_LENGTH, cell
from krakow_intl.imports.planning.messages import ON_MANY_ROWS
from krakow_intl.imports.reading.headings import MARKED_BY
from krakow_intl.sheets.messages import ROWS_OF_A_PART

FILLS = {"left-out": "D9D9D9", "warning": "DDEBF7", "decision": "FFF2CC", "error": "F8CBAD"}  # the gravest last
MAX_TITLE = 31  # letters in the name of a sheet


def marked_copy(plan, reasons):
    """The bytes of an XLSX; `reasons` says in words why cells of a code were left out."""
    book = Workbook(write_only=True)
    for sheet in plan.sheet.cells:
        notes = {} if sheet.left_out else _notes(plan, sheet)
        _write(book.create_sheet(sheet.name[:MAX_TITLE] or None), sheet, reasons, notes)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _notes(plan, sheet):
    """{(row, column, or None for the whole row): the messages} of a sheet that holds the list, or a part of it."""
    places = {name: place for place, name in enumerate(plan.sheet.headers)}
    found = defaultdict(list)
    for message in plan.messages:
        if message.row is not None and message.code not in ON_MANY_ROWS:
            part, row = divmod(message.row, ROWS_OF_A_PART)
            if plan.sheet.pieces.get(part, part) == sheet.part:
                found[row, _column(sheet, row, places.get(message.column))].append(message)
    return found


def _column(sheet, row, place):
    table = sheet.table(row)
    return next((column for column, read_as in table.places.items() if read_as == place), None) if table else None


def _write(written, sheet, reasons, notes):
    for row in range(1, max(sheet.rows, default=0) + 1):
        values = sheet.rows.get(row, [])
        cells = [_marked(written, sheet, row, column, value, reasons, notes) for column, value in enumerate(values, 1)]
        written.append(cells)


def _marked(written, sheet, row, column, value, reasons, notes):
    messages = notes.get((row, column), []) + (notes.get((row, None), []) if column == _first(sheet.rows[row]) else [])
    code = sheet.code(row, column) if value is not None else ""
    kinds = [*(["left-out"] if code else []), *(message.level for message in messages)]
    if not kinds:
        return cell(value) if value is not None else None
    marked = WriteOnlyCell(written, cell(value) if value is not None else None)
    gravest = max(kinds, key=list(FILLS).index)
    marked.fill = PatternFill("solid", fgColor=FILLS[gravest])
    texts = [*([str(reasons[code])] if code else []), *(str(message.text) for message in messages)]
    marked.comment = Comment("\n".join(dict.fromkeys(texts))[:MAX_CELL_LENGTH], MARKED_BY, width=320, height=120)
    return marked


def _first(values):
    """The first column of a row that holds anything."""
    return next((column for column, value in enumerate(values, 1) if value is not None), 1)
