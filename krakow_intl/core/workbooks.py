"""A workbook of plain sheets as bytes: XLSX, OpenDocument, or its first sheet as CSV; no cell runs as a formula."""

import csv
import io
import zipfile
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import chain
from xml.sax.saxutils import escape, quoteattr

from django.http import HttpResponse
from django.utils.translation import get_language
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from krakow_intl.core.dates import PartialDate
from krakow_intl.core.resources import BYTE_ORDER_MARK, safe_cell

FORMATS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv; charset=utf-8",
}
SEPARATORS = {"pl": ";", "en": ","}  # what a spreadsheet program of that language expects in CSV
MAX_CELL_LENGTH = 32_767  # characters: no spreadsheet program keeps more
LAST_ROW = 10_001
FIRST_DAY = date(1900, 3, 1)  # before it, spreadsheet programs count differently
NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns"
CONTENT = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.3"'
    f' xmlns:office="{NAMESPACE}:office:1.0" xmlns:table="{NAMESPACE}:table:1.0" xmlns:text="{NAMESPACE}:text:1.0"'
    f' xmlns:style="{NAMESPACE}:style:1.0" xmlns:number="{NAMESPACE}:datastyle:1.0">'
    '<office:automatic-styles><number:date-style style:name="iso"><number:year number:style="long"/>'
    '<number:text>-</number:text><number:month number:style="long"/><number:text>-</number:text>'
    '<number:day number:style="long"/></number:date-style>'
    '<style:style style:name="day" style:family="table-cell" style:data-style-name="iso"/></office:automatic-styles>'
    "<office:body><office:spreadsheet>{}</office:spreadsheet></office:body></office:document-content>"
)
MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    f'<manifest:manifest xmlns:manifest="{NAMESPACE}:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{FORMATS["ods"]}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


@dataclass
class Page:
    """One sheet: `rows` of texts, numbers, dates or None, the first of them its head.

    `choices` names, by column from 0, the cells that list what may stand there: "'Sheet'!$C$5:$C$9"; XLSX offers them.
    """

    name: str
    rows: object
    widths: list = field(default_factory=list)  # in characters
    choices: dict = field(default_factory=dict)


def book_response(pages, kind, name):
    """A download of a workbook; as CSV of its first page, divided as spreadsheet programs of the language expect."""
    return file_response(write_book(pages, kind, SEPARATORS[get_language()[:2]]), kind, name)


def file_response(data, kind, name):
    """A download of the bytes of a workbook."""
    response = HttpResponse(data, content_type=FORMATS[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


def write_book(pages, kind, separator=","):
    return {"xlsx": write_xlsx, "ods": write_ods, "csv": lambda pages: write_csv(pages, separator)}[kind](pages)


def cell(value):
    """What stands in a cell: numbers and days as they are, text neutralized; what is too long is left out."""
    if isinstance(value, PartialDate) and value.precision == "day":
        value = value.first_day
    if isinstance(value, date) and value >= FIRST_DAY:
        return value
    value = safe_cell(value)
    return "" if isinstance(value, str) and len(value) > MAX_CELL_LENGTH else value


def write_csv(pages, separator):
    file = io.StringIO(newline="")
    file.write(BYTE_ORDER_MARK)
    csv.writer(file, delimiter=separator).writerows(
        [_csv_cell(value, separator) for value in row] for row in pages[0].rows
    )
    return file.getvalue().encode()


def _csv_cell(value, separator):
    """Where a semicolon divides the cells, a comma divides a number; with a point it may be taken for a day."""
    value = cell(value)
    return str(value).replace(".", ",") if isinstance(value, Decimal) and separator == ";" else value


def write_xlsx(pages):
    workbook = Workbook(write_only=True)
    for page in pages:
        _write_worksheet(workbook.create_sheet(page.name), page)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def _write_worksheet(sheet, page):
    sheet.freeze_panes = "A2"
    for number, width in enumerate(page.widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for column, cells in page.choices.items():
        letter = get_column_letter(column + 1)
        sheet.data_validations.append(DataValidation("list", formula1=cells, sqref=f"{letter}2:{letter}{LAST_ROW}"))
    for number, row in enumerate(page.rows):
        sheet.append([_xlsx_cell(sheet, cell(value), is_head=number == 0) for value in row])


def _xlsx_cell(sheet, value, is_head):
    if not is_head and (value == "" or isinstance(value, int | float | Decimal)):
        return value if value != "" else None
    if not is_head and isinstance(value, str) and "\n" not in value and value[0] not in "=#":
        return value  # much quicker than a cell of its own, and taken for text
    written = WriteOnlyCell(sheet, value)
    if isinstance(value, date):
        written.number_format = "yyyy-mm-dd"
    else:
        written.data_type = "s"
        written.alignment = Alignment(wrap_text=is_head or "\n" in value, vertical="top")
    if is_head:
        written.font = Font(bold=True)
    return written


def write_ods(pages):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", FORMATS["ods"], zipfile.ZIP_STORED)
        with archive.open("content.xml", "w") as content:
            before, after = CONTENT.split("{}")
            for part in chain([before], *map(_table, pages), [after]):
                content.write(part.encode())
        archive.writestr("META-INF/manifest.xml", MANIFEST)
    return file.getvalue()


def _table(page):
    """The parts of a table, row by row."""
    yield f"<table:table table:name={quoteattr(page.name)}>"
    for row in page.rows:
        yield f"<table:table-row>{''.join(map(_ods_cell, map(cell, row)))}</table:table-row>"
    yield "</table:table>"


def _ods_cell(value):
    if value == "":
        return "<table:table-cell/>"
    if isinstance(value, date):
        kind, attribute, text = "date", f'office:date-value="{value}" table:style-name="day"', str(value)
    elif isinstance(value, str):
        kind, attribute, text = "string", "", value
    else:
        kind, attribute, text = "float", f'office:value="{value}"', str(value)
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n"))
    return f'<table:table-cell office:value-type="{kind}" {attribute}>{lines}</table:table-cell>'
