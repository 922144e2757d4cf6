"""What stands in the lists of a noun, and how they leave the register: cells that no spreadsheet takes for formulas."""

import csv
from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from django.http import StreamingHttpResponse
from django.utils.translation import get_language, override
from import_export.fields import Field
from import_export.resources import Resource

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
BYTE_ORDER_MARK = "\ufeff"  # tells spreadsheet programs that the text is UTF-8
USUAL_WIDTH = 20  # of a column, in characters


class Data(NamedTuple):
    """How a column leaves as public data for programs, whatever the language: its name, its value, what it means."""

    name: str
    read: Callable  # of a record
    meaning: str


class Column(Field):
    """A column of the lists of a noun; the name under which a resource declares it is its code."""

    def __init__(
        self,
        pl="",
        en="",
        kind="",
        attribute="",
        *,
        meaning="",
        choices="",
        write=None,
        data=None,
        width=USUAL_WIDTH,
        is_translated=False,
        is_required=False,
        is_internal=False,
        is_written=True,
    ):
        super().__init__(attribute or None)
        self.pl, self.en = pl, en  # what it is called in sheets; "": it stands in none
        self.kind = kind  # how the import reads its cells
        self.meaning = meaning  # what goes into its cells, for those who fill a sheet in; "": they do not
        self.choices = choices  # the vocabulary of what may stand there
        self.data, self.width = data, width
        self.is_translated = is_translated  # then the language of its name is that of its texts
        self.is_required, self.is_internal = is_required, is_internal
        self.is_written = is_written  # by the register itself; else it is only read, where an office has such a column
        self.write = write or self._value  # what stands in the cell of a record, in a language

    @property
    def code(self):
        return self.column_name

    @property
    def both_names(self):
        return f"{self.pl} / {self.en}"

    def name(self, language=None):
        return getattr(self, language or _language())

    def export(self, instance, **kwargs):
        return self.write(instance, _language())

    def _value(self, record, language):
        value = getattr(record, f"{self.attribute}_{language}" if self.is_translated else self.attribute)
        if self.kind == "choice":
            return getattr(record, f"get_{self.attribute}_display")() if value else ""
        return value


class ListResource(Resource):
    """The columns of a noun, in order; sheets, blank sheets, imports, public data and its dictionary read them."""

    @classmethod
    def sheet_columns(cls, is_public=False):
        """The columns of the sheets that people read and correct, without internal ones for the public."""
        columns = (column for column in cls.fields.values() if column.pl)
        return [column for column in columns if not (is_public and column.is_internal)]

    @classmethod
    def written_columns(cls, is_public=False):
        """Those of them that the register itself writes."""
        return [column for column in cls.sheet_columns(is_public) if column.is_written]

    @classmethod
    def data(cls):
        """The columns of the public data."""
        return [column.data for column in cls.fields.values() if column.data]

    def get_export_fields(self, selected_fields=None):
        return [column for column in self.fields.values() if column.pl and column.is_written]

    def get_export_headers(self, selected_fields=None):
        return [column.name() for column in self.written_columns()]


LISTS = {}  # model: what says in which columns its list goes out and comes back; entered where that is known


def _language():
    return (get_language() or "pl")[:2]


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
    """A download of `records`, line by line; `columns` are the `Data` of a resource."""
    rows = ([column.read(record) for column in columns] for record in records)
    lines = said_in(get_language(), csv_lines([column.name for column in columns], rows))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
