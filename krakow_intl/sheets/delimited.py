"""The text file with separators: its encoding, its separator and its rows, told by what it says."""

import codecs
import csv
import re
from itertools import islice

from krakow_intl.sheets.encodings import decode_eight_bit
from krakow_intl.sheets.grid import Grid
from krakow_intl.sheets.messages import SheetError, cell_name
from krakow_intl.sheets.safety import MAX_COLUMNS, MAX_TEXT

SEPARATORS = ";,\t|"
NO_SEPARATOR = "\x1f"
MAX_SEPARATORS = 2_000  # in one line
MAX_LINES = 1_048_576
HEAD, HEAD_LENGTH = 60, 1 << 16  # the rows and the characters that are looked at to find the separator
MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",  # begins with the next
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
# a line with its end, or the last one without: "Lwów;Ukraina\r\n"
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
# the line by which Excel announces the separator: "sep=;", '"sep=|"'
ANNOUNCED = re.compile(r'"?sep=([^\w\s"]|\t)"?[ ;,\t|]*(?:\r\n|\r|\n|$)', re.I)


def read_delimited(data, is_header, encoding=None):
    """(grid, encoding, separator) of a text file; the separator is None where there is but one column."""
    text, encoding = decode(data, encoding)
    announced = ANNOUNCED.match(text)
    if announced:
        separator, start = announced[1], announced.end()
    else:
        separator, start = _separator(text, is_header), 0
    grid = Grid()
    try:
        _fill_grid(grid, text, start, separator)
    except SheetError as error:
        grid.fault = error
    return grid, encoding, separator


def decode(data, said=None):
    """(text, name of the encoding), such as ("Kraków", "windows-1250"); what is no text is refused.

    `said` is the eight-bit encoding that a person said; what is UTF-8 is read so all the same.
    """
    for mark, encoding in MARKS.items():
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), encoding
    if data.count(0) * 20 > len(data):
        return _decode_wide(data)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _decode_bytes(data, said)


def _decode_wide(data):
    """UTF-16 without its mark: in European text every other byte is zero."""
    even, odd = data[:4096:2].count(0), data[1:4096:2].count(0)
    most = len(data[:4096]) * 0.3
    if max(even, odd) < most or min(even, odd) > most / 10:
        raise SheetError("unsupported-type", "unknown")
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    return data.decode(encoding, "replace"), encoding


def _decode_bytes(data, said):
    """One of the eight-bit encodings of Polish, or UTF-8 with some rows from elsewhere, whose letters are then lost."""
    text = data.decode("utf-8", "replace")
    # a character beyond ASCII: the "ó" of "Kraków"
    if len(re.findall("[\x80-\U0010ffff]", text)) > 2 * text.count("\ufffd"):
        return text, "utf-8"
    # a control byte that no text holds: b"\x01"
    if len(re.findall(rb"[\x00-\x08\x0e-\x1f]", data[:4096])) > len(data[:4096]) * 0.02:
        raise SheetError("unsupported-type", "unknown")
    return decode_eight_bit(data, said)


def _separator(text, is_header):
    """The separator under which most columns are recognized, then the one that divides the rows most evenly."""
    best = max(SEPARATORS, key=lambda separator: _fit(_head(text, separator), is_header))
    return best if any(len(record) > 1 for record in _head(text, best)) else None


def _head(text, separator):
    lines = (match[0] for match in LINE.finditer(text, 0, HEAD_LENGTH))
    return list(islice(csv.reader(lines, delimiter=separator), HEAD))


def _fit(records, is_header):
    widths = [len(record) for record in records if any(record)]
    usual = max(set(widths), key=widths.count, default=0)
    recognized = max((is_header([" ".join(cell.split()) for cell in record]) for record in records), default=0)
    return (recognized, widths.count(usual) / len(widths), usual) if usual > 1 else (recognized, 0, 0)


def _fill_grid(grid, text, start, separator):
    number = 0
    records = csv.reader(_lines(text, start, separator), delimiter=separator or NO_SEPARATOR, strict=True)
    try:
        for number, record in enumerate(records, 1):
            _fill_row(grid, number, record)
    except csv.Error as error:
        if '"' in text:
            raise SheetError("unbalanced-quote", row=number + 1) from error
        line = next(islice(_lines(text, start, separator), number, None))
        _fill_row(grid, number + 1, line.split(separator or NO_SEPARATOR))


def _fill_row(grid, number, record):
    if number > MAX_LINES:
        raise SheetError("too-many-rows", limit=MAX_LINES)
    if any(record):
        grid.widths[number] = len(record)
    for column, value in enumerate(record, 1):
        if value:
            if len(value) > MAX_TEXT:
                raise SheetError("text-too-long", cell=cell_name(number, column), limit=MAX_TEXT)
            grid.put(number, column, value)


def _lines(text, start, separator):
    for number, match in enumerate(LINE.finditer(text, start), 1):
        if separator and match[0].count(separator) > MAX_SEPARATORS:
            raise SheetError("too-many-columns", cell=cell_name(number, MAX_COLUMNS + 1), limit=MAX_COLUMNS)
        yield match[0]
