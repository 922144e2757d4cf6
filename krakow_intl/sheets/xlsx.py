"""The Excel workbook: its sheets, shared texts and number formats, each followed once from beginning to end."""

import posixpath
import re
from functools import cache
from math import isfinite

from krakow_intl.sheets.dates import at_precision, from_iso, from_serial
from krakow_intl.sheets.forms import MAX_PIECES, PLAIN, form_of, note_comments, note_forms
from krakow_intl.sheets.grid import MAX_SHEETS, Grid
from krakow_intl.sheets.messages import SheetError, cell_name
from krakow_intl.sheets.safety import MAX_TEXT
from krakow_intl.sheets.xlsx_forms import RUN, Comments, RichText, looks_of, theme_colours, unescape

MAX_CELL_ELEMENTS = 4_000_000  # of all sheets: six for each cell of the largest list
TRUE = ("1", "true", "on")
DATE_FORMATS = dict.fromkeys((14, 15, 16, 22, *range(27, 32), 36, *range(50, 59)), "day") | {17: "month"}
TIME_FORMATS = dict.fromkeys((18, 19, 20, 21, *range(32, 36), 45, 47), "time")
# what a number format holds beside its letters: '" r."', "\\ ", "_-", "*-", "[$-415]", "General"
NO_TOKENS = re.compile(r'"[^"]*"|\\.|[_*].|\[[^\]]*\]|general|standard', re.I)
# a time that is counted beyond a day: the "[h]" of "[h]:mm"
ELAPSED = re.compile(r"\[[hms]+\]", re.I)
# a text within a formula: the '"a|b"' of 'IF(A1="a|b",1,2)'
QUOTED = re.compile(r'"[^"]*"')
# the name of a cell: the "A3" and the "B7" of "A3:B7"
REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
DIGITS = "0123456789"
DEFAULT_STYLE = "0"
COMMENTS = ("comments", "threadedComment")  # as the relations of a sheet call them; the latter say more


def read_xlsx(archive):
    """The worksheets of the workbook, in its order, and whether its days are counted from 1904."""
    book = _book_part(archive)
    relations = _relations(archive, book)
    elements = archive.elements(book)
    is_1904 = any(name == "workbookPr" and attributes.get("date1904") in TRUE for name, attributes in elements)
    styles = _elements(archive, relations, "styles")
    looks = looks_of(styles, cache(lambda: theme_colours(_elements(archive, relations, "theme"))))
    texts = _texts(archive, relations, any(look.is_struck for look in looks.values()))
    context = _Context(texts, _formats(styles), looks, is_1904)
    grids = []
    for sheet in (attributes for name, attributes in elements if name == "sheet"):
        kind, part = relations.get(sheet.get("id"), ("", ""))
        if kind == "worksheet":
            grids.append(_worksheet(archive, sheet, part, context))
        if len(grids) > MAX_SHEETS:
            raise SheetError("too-much", book)
    return grids, is_1904


def _book_part(archive):
    kinds = _relations(archive, "").values()
    return next((part for kind, part in kinds if kind == "officeDocument"), "xl/workbook.xml")


def _relations(archive, part):
    """What a part refers to: id -> (kind, part)."""
    folder, name = posixpath.split(part)
    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    found = archive.elements(rels) if rels in archive else []
    return {
        attributes.get("Id"): (attributes.get("Type", "").rpartition("/")[2], _resolve(folder, attributes))
        for name, attributes in found
        if name == "Relationship"
    }


def _resolve(folder, attributes):
    target = attributes.get("Target", "").replace("\\", "/")
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _part_of_kind(archive, relations, kind):
    part = next((part for found, part in relations.values() if found == kind), None)
    return part if part and part in archive else None


def _elements(archive, relations, kind):
    part = _part_of_kind(archive, relations, kind)
    return archive.elements(part) if part else []


def _texts(archive, relations, are_cells_struck):
    part = _part_of_kind(archive, relations, "sharedStrings")
    texts = _Texts(part, are_cells_struck)
    return texts.follow(archive.pieces(part)) if part else texts


def _formats(elements):
    """What the number format of each style shows: "day", "month", "year", "time", or None for a plain number."""
    precisions, formats, section = DATE_FORMATS | TIME_FORMATS, [], ""
    for name, attributes in elements:
        if name == "numFmt":
            precisions[_integer(attributes.get("numFmtId"))] = precision_of_format(attributes.get("formatCode", ""))
        elif name in ("cellStyleXfs", "cellXfs", "cellStyles", "dxfs"):
            section = name
        elif name == "xf" and section == "cellXfs":
            formats.append(precisions.get(_integer(attributes.get("numFmtId"))))
    return formats


def precision_of_format(code):
    """What a number format shows of a day: "yyyy-mm-dd" -> "day", "mmm yyyy" -> "month", "0.00" -> None."""
    if ELAPSED.search(code):
        return None
    tokens = NO_TOKENS.sub("", code.partition(";")[0]).lower()
    has_time = "h" in tokens or "s" in tokens
    if "d" in tokens or ("y" in tokens and has_time):
        return "day"
    if "y" in tokens:
        return "month" if "m" in tokens else "year"
    if has_time:
        return "time"
    return "day" if "m" in tokens else None


def _worksheet(archive, sheet, part, context):
    grid = Grid(name=sheet.get("name", ""), is_hidden=sheet.get("state", "visible") != "visible")
    cells = _Cells(part, grid, context)
    try:
        cells.follow(archive.pieces(part))
        note_comments(grid, _comments(archive, part, cells.columns))
    except SheetError as error:
        grid.fault = error
    context.budget -= cells.starts
    return grid


def _comments(archive, part, columns):
    """{(row, column): (text, author)} of what is noted beside cells; a thread replaces the comment that tells of it."""
    parts = {kind: path for kind, path in _relations(archive, part).values() if path in archive}
    found = {}
    for kind in COMMENTS:
        if part := parts.get(kind):
            found |= Comments(part).follow(archive.pieces(part)).found(columns)
    return found


class _Context:
    """What the cells of all sheets refer to."""

    def __init__(self, texts, formats, looks, is_1904):
        self.texts, self.rich, self.looks = texts.texts, texts.rich, looks
        self.is_1904, self.budget = is_1904, MAX_CELL_ELEMENTS
        self.formats = {str(number): precision for number, precision in enumerate(formats) if precision}


class _Columns(dict):
    """The numbers of columns by their letters: "AB" -> 28."""

    def __missing__(self, letters):
        number = 0
        for letter in letters[:7]:
            number = number * 26 + ord(letter) - 64
        self[letters] = number
        return number


class _Texts(RichText):
    """The texts that cells share, without what only tells how to pronounce them."""

    names = ("si", "t", "rPh", *RUN)
    max_elements = 2_000_000

    def __init__(self, part, are_cells_struck):
        super().__init__(part)
        self.texts, self.is_phonetic = [], False
        self.are_cells_struck, self.rich, self.count = are_cells_struck, {}, 0

    def start(self, tag, attributes):
        self.starts += 1
        name = self.known.get(tag)
        if name == "t":
            self.gathered = None if self.is_phonetic else self.runs
        elif name == "si":
            self.runs = []
        elif name == "rPh":
            self.is_phonetic = True
        elif name in RUN:
            self.start_run(name, attributes)
        else:
            self.other(tag)

    def end(self, tag):
        self.ends += 1
        name = self.known.get(tag)
        if name == "t":
            self.gathered = None
        elif name == "si":
            if self.pieces is not None:
                self.keep_pieces(self.take_pieces())
            self.texts.append(unescape("".join(self.runs)))
        elif name == "rPh":
            self.is_phonetic = False

    def keep_pieces(self, pieces):
        """Those of a text that is struck in part, or may be so in a cell that is struck."""
        if any(is_struck for _text, is_struck in pieces) or (pieces and self.are_cells_struck):
            self.rich[len(self.texts)] = pieces
            self.count += len(pieces)
            if self.count > MAX_PIECES:
                raise SheetError("too-much", self.part)


class _Cells(RichText):
    """The cells of one worksheet, put into its grid."""

    names = ("row", "c", "v", "f", "is", "t", "rPh", "col", "mergeCell", *RUN)

    def __init__(self, part, grid, context):
        super().__init__(part)
        self.grid, self.context, self.columns = grid, context, _Columns()
        self.max_elements = context.budget
        self.row = self.column = 0
        self.type = self.style = self.formula = None
        self.looks, self.look_of_row = context.looks, None
        self.rich, self.forms = [], {}  # the pieces of the text of the cell, and the forms of the row
        self.is_phonetic = self.is_hidden = False

    def start(self, tag, attributes):
        self.starts += 1
        name = self.known.get(tag)
        if name == "c":
            get = attributes.get
            reference = get("r")
            self.column = self.columns[reference.rstrip(DIGITS)] if reference else self.column + 1
            self.type, self.style, self.formula, self.runs = get("t", "n"), get("s"), None, []
        elif name == "v" or name == "t":
            self.gathered = None if self.is_phonetic else self.runs
        elif name == "f":
            self.gathered = self.formula = []
        elif name == "row":
            self.row = _integer(attributes["r"]) if "r" in attributes else self.row + 1
            self.column, self.is_hidden = 0, attributes.get("hidden") in TRUE
            self.look_of_row = attributes.get("s") if attributes.get("customFormat") in TRUE else None
        elif name == "rPh":
            self.is_phonetic = True
        elif name in RUN:
            self.start_run(name, attributes)
        elif name != "is":
            self.other(tag)
            self.describe(name, attributes)

    def end(self, tag):
        self.ends += 1
        name = self.known.get(tag)
        if name == "c":
            if self.pieces is not None:
                self.rich = self.take_pieces()
            if self.runs or self.formula is not None:
                self.end_cell("".join(self.runs))
            if self.looks or self.rich:
                self.note_form()
        elif name == "rPh":
            self.is_phonetic = False
        elif name == "row" and self.forms:
            note_forms(self.grid, self.row, self.forms)
            self.forms = {}
        else:
            self.gathered = None

    def note_form(self):
        form = self.looks.get(self.style or self.look_of_row or DEFAULT_STYLE, PLAIN)
        if self.rich:
            form, self.rich = form_of(form, self.rich), []
        if form is not PLAIN:
            self.forms[self.column] = form

    def describe(self, name, attributes):
        if name == "col" and attributes.get("hidden") in TRUE:
            self.grid.hidden_columns.append((_integer(attributes.get("min")), _integer(attributes.get("max"))))
        elif name == "mergeCell":
            self.grid.merges.append(self.area(attributes.get("ref", "")))

    def area(self, reference):
        corners = REFERENCE.findall(reference)
        if len(corners) == 1:
            corners *= 2
        if len(corners) != 2:
            raise SheetError("damaged", self.part)
        (left, top), (right, bottom) = corners
        return int(top), self.columns[left], int(bottom), self.columns[right]

    def end_cell(self, text):
        """Puts what the cell says into the grid, or what is wrong with it, as a reader's ValueError names it."""
        try:
            if self.formula is not None:
                self.check_formula(text)
            value = self.readers[self.type](self, text)
        except ValueError as error:
            self.grid.add_error(self.row, self.column, str(error), text)
        except (KeyError, IndexError) as error:
            raise SheetError("damaged", self.part) from error
        else:
            if value is not None and value != "":
                self.grid.put(self.row, self.column, value)
                if self.is_hidden:
                    self.grid.hidden_rows.add(self.row)

    def check_formula(self, text):
        if "|" in QUOTED.sub("", "".join(self.formula)):
            raise SheetError("dde", cell=cell_name(self.row, self.column))
        if not text and self.type != "str":
            raise ValueError("formula-without-value")
        self.grid.formulas[self.column].append(self.row)

    def shared_text(self, text):
        if not text:
            return None
        place = number_of(text)
        if type(place) is not int or place < 0:
            raise IndexError(place)
        if place in self.context.rich:
            self.rich = self.context.rich[place]
        return self.checked(self.context.texts[place])

    def own_text(self, text):
        return self.checked(unescape(text))

    def checked(self, text):
        if len(text) > MAX_TEXT:
            raise SheetError("text-too-long", cell=cell_name(self.row, self.column), limit=MAX_TEXT)
        return text

    def flag(self, text):
        return text.strip() in TRUE

    def error(self, text):
        raise ValueError("error-value")

    def date(self, text):
        return from_iso(text)

    def number(self, text):
        if not text:
            return None
        number = number_of(text)
        precision = self.context.formats.get(self.style)
        if precision is None:
            return number
        value, is_partial = at_precision(from_serial(number, self.context.is_1904), precision)
        if is_partial:
            self.grid.partial_dates[self.column].append(self.row)
        return value

    readers = {"s": shared_text, "str": own_text, "inlineStr": own_text, "b": flag, "e": error, "d": date, "n": number}


def number_of(text):
    """The number a file stores as text."""
    if text.isdecimal() and text.isascii() and len(text) < 16:
        return int(text)
    try:
        return plain(float(text))
    except ValueError:
        raise ValueError("error-value") from None


def plain(number):
    """A whole number as int; ValueError("error-value") where it is infinite or none."""
    if not isfinite(number):
        raise ValueError("error-value")
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _integer(text):
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0
