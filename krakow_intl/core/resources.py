"""How the register leaves as a sheet: rows of plain cells that no spreadsheet takes for formulas."""

import csv
from decimal import Decimal

from django.http import StreamingHttpResponse
from django.utils.translation import get_language, override

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
BYTE_ORDER_MARK = "\ufeff"  # tells spreadsheet programs that the text is UTF-8


class Echo:
    """A file that gives back what is written to it."""

    def write(self, text):
        return text


def safe_cell(value):
    """What stands in a cell: numbers as they are, text that would run as a formula behind an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, int | float | Decimal):
        return value
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def csv_lines(names, rows):
    """The lines of a CSV file (comma, CRLF, with a byte order mark): the names of its columns, then its rows."""
    write = csv.writer(Echo()).writerow
    yield BYTE_ORDER_MARK + write(names)
    for row in rows:
        yield write([safe_cell(cell) for cell in row])


def said_in(language, lines):
    """The lines in the language of the request, which may be over when they are asked for."""
    while True:
        with override(language):
            line = next(lines, None)
        if line is None:
            return
        yield line


def csv_response(filename, columns, records):
    """A download of `records`, line by line; `columns` gives for each name the function that reads a record."""
    rows = ([read(record) for read in columns.values()] for record in records)
    lines = said_in(get_language(), csv_lines(columns, rows))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
