"""The OpenDocument spreadsheet: all sheets stand in one part, whose rows and cells say how often they repeat."""

import re

from krakow_intl.sheets import markup
from krakow_intl.sheets.dates import at_precision, from_iso
from krakow_intl.sheets.forms import PLAIN, Pieces, form_of, note_comments, note_forms
from krakow_intl.sheets.grid import MAX_SHEETS, Grid
from krakow_intl.sheets.messages import SheetError, cell_name
from krakow_intl.sheets.ods_forms import OF_A_STYLE, Looks, Note
from krakow_intl.sheets.safety import MAX_COLUMNS, MAX_TEXT
from krakow_intl.sheets.xlsx import MAX_CELL_ELEMENTS, number_of

CONTENT, STYLES = "content.xml", "styles.xml"
HIDDEN = ("collapse", "filter")
NUMBERS = ("float", "percentage", "currency")
NOTE = "office:annotation"
ASIDE = {NOTE, "text:note", "text:ruby-text", "table:shapes", "table:tracked-changes"}
CELLS = {"table:table-cell", "table:covered-table-cell"}
LINKS = {"table:table-source", "table:cell-range-source", "office:dde-source", "table:dde-links"}
# the name of a month or its Roman number: "maj", "V"
MONTH = re.compile(r"[^\W\d_]{3,}|\b[IVX]+\b")
MAX_SPACES = 100


def read_ods(archive):
    """The sheets of the document, in its order, and whether its days are counted from 1904."""
    looks = Looks()
    looks.note_all(archive.elements(STYLES) if STYLES in archive else [])
    content = _Content(CONTENT, looks).follow(archive.pieces(CONTENT))
    if not content.grids:
        raise SheetError("damaged", CONTENT)
    return content.grids, content.is_1904


def precision_shown(text):
    """How closely a date is shown: "12.05.2020" -> "day", "maj 2020" and "05.2020" -> "month", "2020" -> "year"."""
    # a number: "12", "05" and "2020" of "12.05.2020"
    figures = len(re.findall("[0-9]+", text)) + bool(MONTH.search(text))
    return {1: "year", 2: "month"}.get(figures, "day")


class _Content(markup.Follower):
    max_elements = MAX_CELL_ELEMENTS

    def __init__(self, part, looks):
        super().__init__(part)
        self.looks = looks
        self.grids, self.is_1904 = [], False
        self.hidden_styles, self.style = set(), ""
        self.skipped = 0  # elements open within one that is not the cell's own
        self.grid = self.cell = None  # the attributes of the cell that is open
        self.row, self.column, self.repeated, self.is_hidden = 0, 1, 1, False
        self.cells, self.forms = [], {}
        self.pieces, self.spans = None, []  # of the text of the cell; whether the spans that are open are struck
        self.has_looks, self.look_of_row, self.looks_of_columns = False, "", {}
        self.note, self.comments = None, {}

    def start(self, tag, attributes):
        self.starts += 1
        if self.skipped:
            self.skipped += 1
            if self.note:
                self.gathered = self.note.start(tag)
        elif tag == "text:p" and self.cell is not None:
            if self.has_paragraph:
                self.runs.append("\n")
            self.gathered, self.has_paragraph = self.runs, True
        elif tag in CELLS and self.grid:
            self.cell, self.runs, self.has_paragraph = attributes, [], False
        elif tag == "table:table-row" and self.grid:
            self.row, self.column, self.cells = self.row + 1, 1, []
            self.repeated = _count(attributes, "table:number-rows-repeated")
            self.is_hidden = attributes.get("table:visibility") in HIDDEN
            self.look_of_row, self.forms = attributes.get("table:default-cell-style-name"), {}
        elif tag == NOTE and self.cell is not None:
            self.skipped, self.note = 1, Note()
        elif tag in ASIDE or tag.startswith("draw:") or (tag == "table:table" and self.grid):
            self.skipped = 1
        elif self.gathered is not None:
            self.gather_sign(tag, attributes)
        else:
            self.other(tag)
            self.describe(tag, attributes)

    def end(self, tag):
        self.ends += 1
        if self.skipped:
            self.skipped -= 1
            if self.note:
                self.gathered = None
                self.end_note()
        elif tag == "text:p":
            self.gathered = None
        elif tag in CELLS and self.cell is not None:
            self.end_cell()
            self.cell = None
        elif tag == "table:table-row" and self.grid:
            self.end_row()
        elif tag == "text:span" and self.spans:
            self.spans.pop()
            self.begin_piece()
        elif tag == "table:table":
            self.end_table()

    def describe(self, tag, attributes):
        """What stands around the rows."""
        if tag == "table:table":
            is_hidden = attributes.get("table:style-name") in self.hidden_styles
            self.grid = Grid(name=attributes.get("table:name", ""), is_hidden=is_hidden)
            self.grids.append(self.grid)
            if len(self.grids) > MAX_SHEETS:
                raise SheetError("too-much", self.part)
            self.row, self.column = 0, 1
            self.looks_of_columns, self.comments, self.has_looks = {}, {}, self.looks.say_anything()
        elif tag == "table:table-column" and self.grid:
            last = self.column + _count(attributes, "table:number-columns-repeated") - 1
            look = attributes.get("table:default-cell-style-name")
            self.looks_of_columns |= dict.fromkeys(range(self.column, min(last, MAX_COLUMNS) + 1), look)
            if attributes.get("table:visibility") in HIDDEN:
                self.grid.hidden_columns.append((self.column, last))
            self.column = last + 1
        elif tag in OF_A_STYLE:
            self.style = attributes.get("style:name", self.style)
            self.looks.note_tag(tag, attributes)
        elif tag == "style:table-properties" and attributes.get("table:display") == "false":
            self.hidden_styles.add(self.style)
        elif tag == "table:null-date":
            self.is_1904 = attributes.get("table:date-value", "").startswith("1904")
        elif tag in LINKS:
            raise SheetError("external-links", attributes.get("xlink:href", tag)[:80])

    def gather_sign(self, tag, attributes):
        if tag == "text:s":
            self.gathered.append(" " * min(_count(attributes, "text:c"), MAX_SPACES))
        elif tag in ("text:tab", "text:line-break"):
            self.gathered.append("\t" if tag == "text:tab" else "\n")
        elif tag == "text:span":
            is_struck = self.looks.is_struck(attributes.get("text:style-name"))
            self.spans.append(self.spans[-1] if is_struck is None and self.spans else is_struck)
            self.begin_piece()

    def begin_piece(self):
        self.pieces = self.pieces or Pieces()
        self.pieces.begin(len(self.runs), self.spans[-1] if self.spans else None)

    def end_note(self):
        if not self.skipped:
            self.comments[self.row, self.column] = self.note.told
            self.note = None

    def end_table(self):
        if self.grid:
            note_comments(self.grid, self.comments)
        self.grid = None

    def end_cell(self):
        cell = self.cell
        repeated = _count(cell, "table:number-columns-repeated")
        if self.pieces or self.has_looks:
            self.note_form(cell, repeated)
        if cell or self.runs:
            self.note_merge(cell)
            self.note_value(cell, "".join(self.runs), repeated)
        self.column += repeated

    def note_form(self, cell, repeated):
        """By its own style, or that of its row, or that of its column."""
        pieces, self.pieces, self.spans = self.pieces.of(self.runs) if self.pieces else (), None, []
        name = cell.get("table:style-name") or self.look_of_row or self.looks_of_columns.get(self.column)
        look = self.looks.of_cell(name)
        form = form_of(look, pieces) if pieces else look
        if form is not PLAIN:
            last = min(self.column + repeated - 1, MAX_COLUMNS)
            self.forms |= dict.fromkeys(range(self.column, last + 1), form)

    def note_merge(self, cell):
        columns, rows = _count(cell, "table:number-columns-spanned"), _count(cell, "table:number-rows-spanned")
        if columns > 1 or rows > 1:
            self.grid.merges.append((self.row, self.column, self.row + rows - 1, self.column + columns - 1))

    def note_value(self, cell, text, repeated):
        formula, code, is_partial = cell.get("table:formula"), None, False
        if formula:
            self.check_formula(formula)
        try:
            value, is_partial = self.value(cell, text)
        except ValueError as error:
            value, code = text or formula, str(error)
        if (code or value not in (None, "")) and len(self.cells) <= MAX_COLUMNS:
            columns = range(self.column, self.column + repeated)
            self.cells.append((columns, value, code, formula and not code, is_partial))

    def value(self, cell, text):
        """(what the cell says, whether it is a date that shows no day); a ValueError names why it says nothing."""
        if cell.get("calcext:value-type") == "error":
            raise ValueError("error-value")
        if "table:formula" in cell and "office:value-type" not in cell:
            raise ValueError("formula-without-value")
        kind = cell.get("office:value-type", "string")
        if kind in NUMBERS:
            return number_of(cell.get("office:value", "")), False
        if kind == "date":
            moment = from_iso(cell.get("office:date-value", ""))
            return (moment, False) if isinstance(moment, str) else at_precision(moment, precision_shown(text))
        if kind == "boolean":
            return cell.get("office:boolean-value") == "true", False
        text = cell.get("office:string-value", text)
        if len(text) > MAX_TEXT:
            raise SheetError("text-too-long", cell=cell_name(self.row, self.column), limit=MAX_TEXT)
        return text, False

    def check_formula(self, formula):
        if "DDE(" in formula.upper():
            raise SheetError("dde", cell=cell_name(self.row, self.column))
        if "'file:" in formula or "'http" in formula:
            raise SheetError("external-links", formula[:80])

    def end_row(self):
        try:
            for number in range(self.row, self.row + self.repeated) if self.cells else ():
                self.put_row(number)
        except SheetError as error:
            self.grid.fault = self.grid.fault or error
        self.row += self.repeated - 1

    def put_row(self, number):
        grid = self.grid
        for columns, value, code, is_formula, is_partial in self.cells:
            for column in columns:
                if code:
                    grid.add_error(number, column, code, value)
                else:
                    grid.put(number, column, value)
                if is_formula:
                    grid.formulas[column].append(number)
                if is_partial:
                    grid.partial_dates[column].append(number)
        if self.is_hidden:
            grid.hidden_rows.add(number)
        if self.forms:
            note_forms(grid, number, self.forms)


def _count(attributes, name):
    if name not in attributes:
        return 1
    text = attributes[name]
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 8 else 1
