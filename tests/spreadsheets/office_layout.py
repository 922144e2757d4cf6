"""A list as an office lays it out: a title across the sheet, coloured column names, borders, dates that are dates."""

import io
import zipfile
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.xml.functions import tostring

from krakow_intl.core.dates import PartialDate, format_partial_date
from tests.spreadsheets import samples
from tests.spreadsheets.writers import archive

NAME = "Umowy"
OFFICE = "Wydział Współpracy Międzynarodowej"
SAVED = datetime(2016, 4, 20, 12)
WIDEST = 34  # characters; longer texts go on in the next line
LINE = Side(style="thin", color="808080")
BORDER = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
HEAD_COLOUR = "D9E2EF"
DATE_FORMATS = {"day": "dd.mm.yyyy", "month": "mmmm yyyy"}

NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns"
MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
LINES = 'fo:border="0.5pt solid #808080" style:vertical-align="top" fo:wrap-option="wrap"'
ODS_STYLES = f"""
<number:date-style style:name="day-format"><number:day number:style="long"/><number:text>.</number:text>
<number:month number:style="long"/><number:text>.</number:text><number:year number:style="long"/></number:date-style>
<number:date-style style:name="month-format"><number:month number:style="long" number:textual="true"/>
<number:text> </number:text><number:year number:style="long"/></number:date-style>
<style:style style:name="title" style:family="table-cell">
<style:text-properties fo:font-weight="bold" fo:font-size="14pt"/></style:style>
<style:style style:name="head" style:family="table-cell">
<style:table-cell-properties fo:background-color="#{HEAD_COLOUR}" {LINES}/>
<style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="cell" style:family="table-cell"><style:table-cell-properties {LINES}/></style:style>
<style:style style:name="day" style:family="table-cell" style:data-style-name="day-format">
<style:table-cell-properties {LINES}/></style:style>
<style:style style:name="month" style:family="table-cell" style:data-style-name="month-format">
<style:table-cell-properties {LINES}/></style:style>
"""
CONTENT = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.3"'
    f' xmlns:office="{NAMESPACE}:office:1.0" xmlns:table="{NAMESPACE}:table:1.0" xmlns:text="{NAMESPACE}:text:1.0"'
    f' xmlns:style="{NAMESPACE}:style:1.0" xmlns:number="{NAMESPACE}:datastyle:1.0"'
    f' xmlns:fo="{NAMESPACE}:xsl-fo-compatible:1.0"><office:automatic-styles>{{styles}}</office:automatic-styles>'
    f'<office:body><office:spreadsheet><table:table table:name="{NAME}">{{columns}}{{rows}}</table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)
MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    f'<manifest:manifest xmlns:manifest="{NAMESPACE}:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{MIMETYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


@dataclass(frozen=True)
class Sheet:
    """`titles` stand above the list and an empty row; `rows` hold texts, numbers, partial dates and None."""

    titles: list
    rows: list  # the names of the columns first

    @property
    def head_row(self):
        """The number of the row of column names, as Excel counts."""
        return len(self.titles) + 2

    @property
    def widths(self):
        """Of each column in characters."""
        longest = [max(len(shown(value) or "") for value in column) for column in zip(*self.rows, strict=True)]
        return [min(length + 2, WIDEST) for length in longest]


def shown(value):
    """What a spreadsheet program shows of a value in Poland: "9.07.2001", "maj 2010"."""
    if not isinstance(value, PartialDate):
        return value if value is None else str(value)
    if value.precision == "day":
        return f"{value.day}.{value.month:02}.{value.year}"
    return format_partial_date(value, "pl").replace("\N{NO-BREAK SPACE}", " ")


def csv(sheet):
    """As a Polish Excel saves "CSV": windows-1250, semicolons, every row as long as the list is wide."""
    width = len(sheet.rows[0])
    rows = [*([title] for title in sheet.titles), [], *(map(shown, row) for row in sheet.rows)]
    filled = [[*row, *[None] * width][:width] for row in rows]
    return samples.text(filled).encode("cp1250")


def xlsx(sheet):
    book = Workbook()
    page = book.active
    page.title = NAME
    book.properties.creator = OFFICE
    book.properties.created = SAVED
    _write_titles(page, sheet)
    for number, row in enumerate(sheet.rows, sheet.head_row):
        for column, value in enumerate(row, 1):
            _write_cell(page.cell(number, column), value, is_head=number == sheet.head_row)
    _lay_out(page, sheet)
    return _saved(book)


def _write_titles(page, sheet):
    for number, title in enumerate(sheet.titles, 1):
        page.cell(number, 1, title).font = Font(bold=number == 1, italic=number > 1, size=14 if number == 1 else 11)
    page.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(sheet.rows[0]))


def _write_cell(cell, value, is_head):
    is_date = isinstance(value, PartialDate)
    cell.value = value.first_day if is_date else value
    cell.alignment = Alignment(wrap_text=True, vertical="center" if is_head else "top")
    cell.border = BORDER
    if is_date:
        cell.number_format = DATE_FORMATS[value.precision]
    if is_head:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor=HEAD_COLOUR)


def _lay_out(page, sheet):
    for number, width in enumerate(sheet.widths, 1):
        page.column_dimensions[get_column_letter(number)].width = width
    page.freeze_panes = page.cell(sheet.head_row + 1, 1)
    page.auto_filter.ref = f"A{sheet.head_row}:{page.dimensions.split(':')[1]}"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True


def _saved(book):
    """The bytes of a workbook, the same whenever it is saved."""
    file = io.BytesIO()
    book.save(file)
    book.properties.modified = SAVED
    with zipfile.ZipFile(file) as saved:
        parts = {name: saved.read(name) for name in saved.namelist()}
    return archive(parts | {"docProps/core.xml": tostring(book.properties.to_tree())})


def ods(sheet):
    columns = "".join(f'<table:table-column table:style-name="width-{width}"/>' for width in sheet.widths)
    widths = "".join(map(_ods_width, sorted(set(sheet.widths))))
    titles = [_ods_title(title, len(sheet.widths)) for title in sheet.titles]
    head, *rows = sheet.rows
    lines = [*titles, "<table:table-cell/>", _ods_cells(head, "head"), *(_ods_cells(row, "cell") for row in rows)]
    rows = "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
    content = CONTENT.format(styles=ODS_STYLES + widths, columns=columns, rows=rows)
    return archive({"mimetype": MIMETYPE, "content.xml": content, "META-INF/manifest.xml": MANIFEST})


def _ods_width(width):
    return (
        f'<style:style style:name="width-{width}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width * 0.19:.2f}cm"/></style:style>'
    )


def _ods_title(title, width):
    return (
        f'<table:table-cell table:style-name="title" office:value-type="string" table:number-columns-spanned="{width}">'
        f"<text:p>{escape(title)}</text:p></table:table-cell>"
        f'<table:covered-table-cell table:number-columns-repeated="{width - 1}"/>'
    )


def _ods_cells(row, style):
    return "".join(_ods_cell(value, style) for value in row)


def _ods_cell(value, style):
    if value is None:
        return f'<table:table-cell table:style-name="{style}"/>'
    if isinstance(value, PartialDate):
        style, kind = value.precision, f'office:value-type="date" office:date-value="{value.first_day}"'
    elif isinstance(value, int):
        kind = f'office:value-type="float" office:value="{value}"'
    else:
        kind = 'office:value-type="string"'
    text = f"<text:p>{escape(shown(value))}</text:p>"
    return f'<table:table-cell table:style-name="{style}" {kind}>{text}</table:table-cell>'


WRITERS = {".xlsx": xlsx, ".ods": ods, ".csv": csv}
