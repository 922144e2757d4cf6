"""The workbook of Excel 97 to 2003: a stream of records, first those of the workbook, then those of each sheet."""

import struct
from collections import defaultdict

from krakow_intl.sheets.compound import read_streams
from krakow_intl.sheets.dates import at_precision, from_serial
from krakow_intl.sheets.forms import MAX_PIECES, PLAIN, form_of, note_comments, note_forms
from krakow_intl.sheets.grid import MAX_SHEETS, Grid
from krakow_intl.sheets.messages import SheetError
from krakow_intl.sheets.safety import MAX_COLUMNS
from krakow_intl.sheets.xls_forms import FONT, NOTE, OBJ, PALETTE, TXO, Notes, Styles
from krakow_intl.sheets.xlsx import DATE_FORMATS, TIME_FORMATS, plain, precision_of_format

MAX_RECORDS = 2_000_000
BIFF8, WORKSHEET, MACROSHEET = 0x0600, 0, 1
BOF, EOF, CONTINUE, FILEPASS, DATEMODE, BOUNDSHEET, SUPBOOK = 0x809, 0x0A, 0x3C, 0x2F, 0x22, 0x85, 0x1AE
SST, FORMAT, XF, ROW, COLINFO, MERGECELLS = 0xFC, 0x41E, 0xE0, 0x208, 0x7D, 0xE5
NUMBER, RK, MULRK, LABELSST, LABEL, RSTRING, BOOLERR = 0x203, 0x27E, 0xBD, 0xFD, 0x204, 0xD6, 0x205
FORMULA, STRING, BLANK, MULBLANK = 0x06, 0x207, 0x201, 0xBE
NO_OTHER_FILE = (b"\x01\x04", b"\x01\x3a")  # a reference to the workbook's own sheets, or to an add-in
ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


def read_xls(data):
    """The worksheets of the workbook, in its order, and whether its days are counted from 1904."""
    stream, names = read_streams(data, "Workbook")
    embedded = next((name for name in names if name.startswith("MBD")), None)
    if embedded:
        raise SheetError("embedded-object", embedded)
    try:
        book = _Book(stream)
        return [_read_sheet(book, *sheet) for sheet in book.sheets], book.is_1904
    except (struct.error, IndexError, OverflowError, UnicodeDecodeError) as error:
        raise SheetError("damaged", "xls") from error


class _Book:
    """What the sheets refer to: texts, formats and the epoch."""

    def __init__(self, stream):
        self.stream, self.budget = stream, MAX_RECORDS
        self.texts, self.sheets, self.is_1904 = [], [], False
        self.precisions, self.styles = DATE_FORMATS | TIME_FORMATS, []
        self.looks, self.rich = Styles(), {}
        first, _size, version = struct.unpack_from("<3H", stream)
        if first != BOF or version != BIFF8:
            raise SheetError("unsupported-type", "old-excel")
        blocks = []
        for kind, body in self.records(0):
            if kind == CONTINUE and blocks:
                blocks.append(body)
                continue
            if blocks:
                self.texts, self.rich, blocks = *_shared_texts(blocks, self.looks), []
            if kind == SST:
                blocks = [body]
            else:
                self.note(kind, body)

    def records(self, start):
        """The records from `start` to the end of the substream, charts within it left out."""
        depth = 0
        while True:
            kind, size = struct.unpack_from("<2H", self.stream, start)
            self.budget -= 1
            if self.budget < 0:
                raise SheetError("too-much", "xls")
            depth += (kind == BOF) - (kind == EOF)
            if depth < 2:
                yield kind, self.stream[start + 4 : start + 4 + size]
            if depth < 1:
                return
            start += 4 + size

    def note(self, kind, body):
        if kind == FILEPASS:
            raise SheetError("encrypted")
        if kind == DATEMODE:
            self.is_1904 = body[:1] == b"\x01"
        elif kind == FORMAT:
            self.precisions[struct.unpack_from("<H", body)[0]] = precision_of_format(_text(body, 2))
        elif kind == XF:
            self.styles.append(self.precisions.get(struct.unpack_from("<H", body, 2)[0]))
            self.looks.note_style(body)
        elif kind in (FONT, PALETTE):
            self.looks.note(kind, body)
        elif kind == SUPBOOK and body[2:4] not in NO_OTHER_FILE:
            raise SheetError("external-links", "xls")
        elif kind == BOUNDSHEET:
            start, visibility, sort = struct.unpack_from("<I2B", body)
            if sort == MACROSHEET:
                raise SheetError("macros", "Excel 4")
            if sort == WORKSHEET:
                self.sheets.append((start, bool(visibility & 3), _text(body, 6, wide_count=False)))
            if len(self.sheets) > MAX_SHEETS:
                raise SheetError("too-much", "xls")


def _read_sheet(book, start, is_hidden, name):
    grid = Grid(name=name, is_hidden=is_hidden)
    try:
        cells = _Cells(book, grid)
        for kind, body in book.records(start):
            cells.note(kind, body)
        cells.note_forms()
    except SheetError as error:
        grid.fault = error
    grid.hidden_rows &= set(grid.rows)
    return grid


class _Cells:
    """The cells of one sheet, put into its grid."""

    def __init__(self, book, grid):
        self.book, self.grid = book, grid
        self.awaiting = None  # (row, column) of a formula whose text comes in the next record
        self.has_looks = book.looks.say_anything()
        self.forms, self.notes = defaultdict(dict), Notes()  # {row: {column: Form}}

    def note(self, kind, body):
        if kind == ROW:
            row, flags = struct.unpack_from("<H10xH", body)
            if flags & 0x20:
                self.grid.hidden_rows.add(row + 1)
        elif kind == COLINFO:
            first, last, _width, _style, flags = struct.unpack_from("<5H", body)
            if flags & 1:
                self.grid.hidden_columns.append((first + 1, last + 1))
        elif kind == MERGECELLS:
            (count,) = struct.unpack_from("<H", body)
            for place in range(count):
                top, bottom, left, right = struct.unpack_from("<4H", body, 2 + 8 * place)
                self.grid.merges.append((top + 1, left + 1, bottom + 1, right + 1))
        elif kind == STRING and self.awaiting:
            self.put(*self.awaiting, _text(body, 0))
        elif kind == MULBLANK:
            row, column = struct.unpack_from("<2H", body)
            for place, style in enumerate(struct.unpack(f"<{len(body) // 2 - 3}H", body[4:-2]), column + 1):
                self.note_form(row + 1, place, style)
        elif kind in (NOTE, OBJ, TXO, CONTINUE):
            self.notes.note(kind, body)
        elif kind in (NUMBER, RK, MULRK, LABELSST, LABEL, RSTRING, BOOLERR, FORMULA, BLANK):
            row, column, style = struct.unpack_from("<3H", body)
            self.awaiting = None
            self.note_cell(kind, body, row + 1, column + 1, style)

    def note_form(self, row, column, style, pieces=()):
        if not self.has_looks:
            return
        look = self.book.looks.look(style)
        form = form_of(look, pieces) if pieces else look
        if form is not PLAIN and column <= MAX_COLUMNS:
            self.forms[row][column] = form

    def note_forms(self):
        for row, forms in self.forms.items():
            note_forms(self.grid, row, forms)
        note_comments(self.grid, self.notes.told())

    def note_cell(self, kind, body, row, column, style):
        self.note_form(row, column, style)
        if kind == LABELSST:
            (number,) = struct.unpack_from("<I", body, 6)
            self.put(row, column, self.book.texts[number])
            if number in self.book.rich:
                self.note_form(row, column, style, self.book.rich[number])
        elif kind in (LABEL, RSTRING):
            self.put(row, column, _text(body, 6))
        elif kind == NUMBER:
            self.put_number(row, column, style, *struct.unpack_from("<d", body, 6))
        elif kind == RK:
            self.put_number(row, column, style, _rk(*struct.unpack_from("<I", body, 6)))
        elif kind == MULRK:
            for place in range((len(body) - 6) // 6):
                style, packed = struct.unpack_from("<HI", body, 4 + 6 * place)
                self.note_form(row, column + place, style)
                self.put_number(row, column + place, style, _rk(packed))
        elif kind == BOOLERR:
            self.put_flag(row, column, is_error=body[7], value=body[6])
        elif kind == FORMULA:
            self.note_formula(body, row, column, style)

    def note_formula(self, body, row, column, style):
        result = body[6:14]
        if result[6:] != b"\xff\xff":
            self.put_number(row, column, style, *struct.unpack("<d", result))
        elif result[0] in (1, 2):
            self.put_flag(row, column, is_error=result[0] == 2, value=result[2])
        elif result[0] == 0:
            self.awaiting = row, column
        self.grid.formulas[column].append(row)

    def put(self, row, column, value):
        if value != "":
            self.grid.put(row, column, value)

    def put_flag(self, row, column, *, is_error, value):
        if is_error:
            self.grid.add_error(row, column, "error-value", ERRORS.get(value, "#N/A"))
        else:
            self.grid.put(row, column, bool(value))

    def put_number(self, row, column, style, number):
        precision = self.book.styles[style]
        try:
            value, is_partial = plain(number), False
            if precision:
                value, is_partial = at_precision(from_serial(value, self.book.is_1904), precision)
        except ValueError as error:
            self.grid.add_error(row, column, str(error), str(number))
            return
        if is_partial:
            self.grid.partial_dates[column].append(row)
        self.grid.put(row, column, value)


def _rk(packed):
    """A number in thirty bits: a whole one, or the upper half of a real one; perhaps a hundredth of it."""
    if packed & 2:
        number = float(struct.unpack("<i", struct.pack("<I", packed))[0] >> 2)
    else:
        (number,) = struct.unpack("<d", struct.pack("<Q", (packed & 0xFFFFFFFC) << 32))
    return number / 100 if packed & 1 else number


def _text(body, start, *, wide_count=True):
    """A text that says first how many characters it has, then whether each takes two bytes."""
    count, flags = struct.unpack_from("<HB" if wide_count else "<2B", body, start)
    start += 3 if wide_count else 2
    if flags & 1:
        return body[start : start + 2 * count].decode("utf-16-le", "replace")
    return body[start : start + count].decode("latin-1")


def _shared_texts(blocks, looks):
    """(the texts, {number of one: its pieces} of those that are struck in part, or may be so in a cell that is)."""
    reader = _Blocks(blocks)
    _uses, count = struct.unpack("<2I", reader.take(8))
    texts, rich, pieces = [], {}, 0
    while len(texts) < count and not reader.is_at_end():
        text, runs = reader.text()
        if runs and any(looks.struck):
            rich[len(texts)] = looks.pieces(text, runs)
            pieces += len(rich[len(texts)])
        if pieces > MAX_PIECES:
            raise SheetError("too-much", "xls")
        texts.append(text)
    return texts, rich


class _Blocks:
    """The table of shared texts, which a text may leave in the middle to go on in the next record."""

    def __init__(self, blocks):
        self.blocks, self.block, self.at = blocks, 0, 0

    def is_at_end(self):
        return self.block == len(self.blocks) - 1 and self.at >= len(self.blocks[-1])

    def take(self, size):
        taken = b""
        while len(taken) < size:
            piece = self.blocks[self.block][self.at : self.at + size - len(taken)]
            taken, self.at = taken + piece, self.at + len(piece)
            if len(taken) < size:
                self.block, self.at = self.block + 1, 0
        return taken

    def text(self):
        count, flags = struct.unpack("<HB", self.take(3))
        (runs,) = struct.unpack("<H", self.take(2)) if flags & 8 else (0,)
        (extra,) = struct.unpack("<I", self.take(4)) if flags & 4 else (0,)
        text = self.characters(count, flags & 1)
        places = struct.unpack(f"<{2 * runs}H", self.take(4 * runs))
        self.skip(extra)
        return text, list(zip(places[::2], places[1::2], strict=True))

    def skip(self, size):
        while size > (room := len(self.blocks[self.block]) - self.at):
            size -= room
            self.block, self.at = self.block + 1, 0
        self.at += size

    def characters(self, count, is_wide):
        parts = []
        while True:
            width = 2 if is_wide else 1
            room = min((len(self.blocks[self.block]) - self.at) // width, count)
            parts.append(self.take(room * width) if is_wide else self.take(room).decode("latin-1").encode("utf-16-le"))
            count -= room
            if not count:
                return b"".join(parts).decode("utf-16-le", "replace")
            self.block, self.at = self.block + 1, 1  # the rest says anew whether it is wide
            is_wide = self.blocks[self.block][0] & 1
