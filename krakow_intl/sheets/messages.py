"""What reading a spreadsheet gives back: clean rows, a message on each thing that was not plain, or a refusal."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import keep_lazy_text, lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

MAX_VALUE_LENGTH = 200

FILE_ERRORS = {
    "no-such-file": _("There is no file “%(value)s”. Check its name and its folder."),
    "unreadable-file": _("“%(value)s” cannot be read: it is a folder, or a file you may not open. Name another file."),
    "empty-file": _("The file is empty. Check that the list was saved, and send the file again."),
    "too-large": _(
        "The file is larger than %(limit)s MB. Save the sheet with the agreements alone, without pictures, "
        "as an Excel workbook (.xlsx) or as CSV."
    ),
    "too-many-rows": _("There are more than %(limit)s rows. Divide the list into several files."),
    "too-many-columns": _(
        "Cell %(cell)s lies beyond the %(limit)s columns that are read. Delete what stands to the right of the list, "
        "or copy the list into a new sheet."
    ),
    "text-too-long": _("The text in cell %(cell)s is longer than %(limit)s characters. Shorten it."),
    "too-much": _(
        "The file holds far more than a list of agreements needs (%(part)s). "
        "Copy the list into a new workbook, paste it as values, and save that."
    ),
    "zip-bomb": _(
        "The file unpacks to far more than a list of agreements needs (%(part)s), so it was not opened. "
        "Copy the list into a new workbook and save that."
    ),
    "too-many-parts": _(
        "The file is an archive of more than %(limit)s parts, so it was not opened. "
        "Copy the list into a new workbook and save that."
    ),
    "unsafe-name": _(
        "The file holds a part with a forbidden name (%(part)s), so it was not opened. "
        "Copy the list into a new workbook and save that."
    ),
    "nested-archive": _(
        "The file holds another file within it (%(part)s). Delete the embedded file, or copy the list into a new "
        "workbook, and save it again."
    ),
    "embedded-object": _(
        "The file holds an embedded object of another program (%(part)s). Delete the object, or copy the list into a "
        "new workbook, and save it again."
    ),
    "macros": _("The file holds macros (%(part)s). Save it as “Excel workbook (.xlsx)”, which keeps none."),
    "external-links": _(
        "The file takes data from other files or addresses (%(part)s); nothing was fetched. In Excel choose "
        "Data > Edit links > Break link, or paste the list as values into a new workbook, and save it again."
    ),
    "dde": _("Cell %(cell)s calls another program (DDE); nothing was run. Replace it by its value and save again."),
    "entities": _(
        "The file declares a document type (%(part)s), which no spreadsheet program writes, so it was not read. "
        "Copy the list into a new workbook and save that."
    ),
    "encrypted": _(
        "The file is protected by a password. Open it in Excel, choose File > Info > Protect workbook > Encrypt with "
        "password, delete the password, and save it."
    ),
    "rights-protected": _(
        "The file is protected by a sensitivity label or by rights management, so only the people it names can open "
        "it. Change the label to one without encryption, or save the list as CSV."
    ),
    "damaged": _(
        "The file is damaged or incomplete (%(part)s). Open it in Excel or LibreOffice, let it be repaired, "
        "and save it again as an Excel workbook (.xlsx)."
    ),
    "unknown-encoding": _(
        "The file says of a part (%(part)s) that it is written in an encoding that does not exist. Open it in Excel or "
        "LibreOffice and save it again as an Excel workbook (.xlsx)."
    ),
    "choose-encoding": _(
        "The text can be read in several ways, for it does not say in which encoding its letters are written. Say "
        "which reading is right, or save the list as an Excel workbook (.xlsx)."
    ),
    "unbalanced-quote": _(
        "In row %(row)s a quotation mark opens that is not closed, or text follows a closing one. "
        'Write quotation marks within a cell twice (""), or save the list as an Excel workbook (.xlsx).'
    ),
    "no-header": _(
        "No row with column names was found. Put the names of the columns (City, Kind, Signed on and so on) "
        "into one row above the list."
    ),
    "turned-list": _(
        "The names of the columns stand one below the other, in the first column: the list is turned. Say that it is "
        "to be read so; or copy it in Excel or LibreOffice, choose Paste special > Transpose in an empty sheet, and "
        "send that."
    ),
    "no-rows": _("There are no rows below the column names, so there is nothing to read."),
    "choose-sheet": _("Several sheets hold a list: %(choices)s. Say which one to read."),
    "no-such-sheet": _("There is no sheet “%(value)s” in the file. It has: %(choices)s."),
    "no-sheets": _("The file is a text, which has no sheets, so none is called “%(value)s”. Ask for no sheet."),
}

SAVE_AS = _("Open it in Excel or LibreOffice, choose File > Save as, and take “Excel workbook (.xlsx)” or “CSV UTF-8”.")
COPY_TABLE = _("Copy the table into an empty sheet of Excel or LibreOffice and save that as an Excel workbook (.xlsx).")
KINDS = {
    "old-excel": (_("This is a workbook of Excel 95 or older."), SAVE_AS),
    "binary-excel": (_("This is a binary Excel workbook (.xlsb)."), SAVE_AS),
    "flat-xml": (_("This is a spreadsheet saved as a plain XML file."), SAVE_AS),
    "exchange": (_("This is a list in an old format for exchange (SYLK or DIF)."), SAVE_AS),
    "json": (
        _("This is a file for programs (JSON)."),
        _("Ask for the same list as an Excel workbook (.xlsx) or CSV."),
    ),
    "html": (_("This is a web page, whatever its name says; many systems export lists so."), SAVE_AS),
    "numbers": (_("This is a document of Apple Numbers."), _("In Numbers choose File > Export to > Excel or CSV.")),
    "word": (_("This is a Word document or another text document."), COPY_TABLE),
    "presentation": (_("This is a presentation."), COPY_TABLE),
    "pdf": (_("This is a PDF."), _("Ask for the spreadsheet it was made from, and send that as .xlsx or CSV.")),
    "picture": (_("This is a picture."), _("Ask for the spreadsheet it shows, and send that as .xlsx or CSV.")),
    "archive": (_("This is an archive of files."), _("Unpack it, and send the spreadsheet within as .xlsx or CSV.")),
    "unknown": (_("This is not a spreadsheet that can be read."), SAVE_AS),
}

CELL_WARNINGS = {
    "error-value": ("error", _("Cell %(cell)s holds the error %(value)s. Correct its formula or write the value.")),
    "formula-without-value": (
        "error",
        _("Cell %(cell)s holds a formula without a result. Open the file in Excel and save it, or write the value."),
    ),
    "formula-values": (
        "warning",
        _("Column “%(column)s” holds formulas (rows: %(rows)s). The results saved in the file were read."),
    ),
    "impossible-serial": (
        "error",
        _("Cell %(cell)s is formatted as a date but holds %(value)s, which is none. Write the date anew."),
    ),
    "leap-bug": (
        "error",
        _("Cell %(cell)s holds day 60 of Excel’s calendar, 29 February 1900, which never was. Write the date anew."),
    ),
    "control-character": (
        "error",
        _("Cell %(cell)s holds an invisible control character (%(value)s). Type the text anew."),
    ),
    "mojibake": (
        "decision",
        _("“%(value)s” in cell %(cell)s seems to have garbled letters. Correct it, or confirm that it is right."),
    ),
    "merged-across": (
        "error",
        _("The cells %(range)s are merged across columns; which one the value belongs to is not known. Unmerge them."),
    ),
    "merged-header": (
        "error",
        _("The cells %(range)s join column names with a row of the list. Unmerge them."),
    ),
    "tables-beside": (
        "warning",
        _("Tables stand beside each other on the sheet; each was read by its own column names (columns %(columns)s)."),
    ),
    "list-turned": (
        "warning",
        _("The list was turned: each of its columns was read as a row, and is called so (“row %(row)s”)."),
    ),
    "merged-down": ("warning", _("The cells %(range)s are merged. The value was taken for each of their rows.")),
    "total-row": ("warning", _("Row %(row)s is a total (“%(value)s”) and was left out.")),
    "repeated-header": ("warning", _("Row %(row)s repeats the column names and was left out.")),
    "further-table": (
        "warning",
        _("Row %(row)s names other columns: %(columns)s. The rows below it were read by these."),
    ),
    "numbered-columns": ("warning", _("Row %(row)s only numbers the columns and was left out.")),
    "hidden-rows": ("warning", _("Hidden rows were read as well: %(rows)s.")),
    "hidden-column": ("warning", _("Column “%(column)s” is hidden and was read as well.")),
    "hidden-sheet": ("warning", _("The sheet “%(value)s” is hidden and was read.")),
    "hidden-sheet-left-out": ("warning", _("The hidden sheet “%(value)s” holds a list as well and was not read.")),
    "column-without-name": (
        "warning",
        _("Column %(column)s has values (rows: %(rows)s) but no name in row %(header)s, and was not read."),
    ),
    "short-rows": (
        "warning",
        _("Rows with fewer cells than there are columns: %(rows)s. The missing cells were read as empty."),
    ),
    "long-row": (
        "error",
        _(
            "Row %(row)s has %(count)s cells but there are %(columns)s columns. A text that holds the separator needs "
            "quotation marks around it."
        ),
    ),
    "coarse-dates": (
        "warning",
        _("Some dates in column “%(column)s” show no day (rows: %(rows)s) and were read as they are shown."),
    ),
}


@keep_lazy_text
def fill(sentence, **details):
    """`sentence` with its placeholders filled, still in the language in which it will be read."""
    return sentence % details


def listed(names):
    """Names in the quotation marks of the language in which they will be read."""
    return lazy(lambda: ", ".join(gettext("“%(name)s”") % {"name": name} for name in names), str)()


class SheetError(Exception):
    """The file is refused as a whole: `code` says why to programs, `text` says to people why and what to do.

    `choices` are the sheets to choose from ("choose-sheet", "no-such-sheet") or the likeliest column names that
    were found ("no-header"). `headers` are the names of the columns, where these were found before it was refused.
    """

    headers = ()
    names = ()  # those of the columns of all sheets to choose from
    readings = ()  # (encoding, some words as it has them) of "choose-encoding"
    heads = ()  # the `HeadRow`s in which the names of the columns may stand

    def __init__(self, code, value=None, choices=(), **details):
        super().__init__(code, value)
        self.code, self.value, self.choices = code, value, list(choices)
        if code == "unsupported-type":
            self.text = fill("%(what)s %(how)s", **dict(zip(("what", "how"), KINDS[value], strict=True)))
        else:
            given = {"value": value, "part": value, "choices": listed(choices)}
            self.text = fill(FILE_ERRORS[code], **given | details)

    def __str__(self):
        return f"{self.code}: {self.text}"


@dataclass(frozen=True, slots=True)
class Message:
    """What people are told: where (row as Excel counts, column, value as written), how grave it is, which, in words."""

    row: int | None
    column: str | None
    value: str | None
    level: str  # "error" refuses the row, "decision" asks a person, "warning" tells
    code: str
    text: str  # lazy: in the language in which it is read

    @classmethod
    def of(cls, code, *, row=None, column=None, value=None, **details):
        level, sentence = CELL_WARNINGS[code]
        value = None if value is None else str(value)[:MAX_VALUE_LENGTH]
        return cls(row, column, value, level, code, fill(sentence, row=row, column=column, value=value, **details))


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the list: its number as Excel shows it and one value a header (text, number, bool, date or None)."""

    number: int
    values: list[Any]


@dataclass(slots=True)
class Sheet:
    """A list as read: `headers` are cleaned names ("" where a column has none), a two-row header joined."""

    kind: str  # "xlsx", "ods", "xls" or "csv"
    headers: list[str]
    rows: list[Row]
    header_row: int  # the first, if the header takes two
    name: str = ""
    encoding: str | None = None
    delimiter: str | None = None
    is_1904: bool = False  # days are counted from 1904, as old Macintosh workbooks do
    messages: list[Message] = field(default_factory=list)
    cells: list = field(default_factory=list)  # `ledger.SheetCells` of every worksheet, that of the list first
    heads: list = field(default_factory=list)  # the `HeadRow`s in which the names of the columns may stand
    prefixes: list = field(default_factory=list)  # of the numbers of rows, where the list stands in several parts
    pieces: dict = field(default_factory=dict)  # {part of rows that were made of others: the part of these}


def cell_name(row, column):
    """The name a spreadsheet gives a cell: (7, 28) -> "AB7"."""
    return f"{column_letters(column)}{row}"


def column_letters(number):
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


ROWS_OF_A_PART = 1 << 21  # more than any sheet has
IN_COLUMNS = "\tcolumns"  # the prefix of the rows of a list that is turned


class RowNumber(int):
    """The number of a row of a list that stands in several parts, or is turned: people read "Niemcy!5", or "E".

    What stands behind a tab in a prefix says how rows are called: IN_COLUMNS, or the letter behind "5b".
    """

    def __new__(cls, part, row, prefix):
        number = super().__new__(cls, part * ROWS_OF_A_PART + row)
        number.prefix = prefix
        return number

    def __str__(self):
        return self.prefix.partition("\t")[0] + self.alone

    @property
    def alone(self):
        """What it is called within its part."""
        row, how = self % ROWS_OF_A_PART, self.prefix.split("\t")[1:]
        letters = "".join(word for word in how if len(word) == 1)
        return f"{column_letters(row)}{'/' * len(letters)}{letters}" if "columns" in how else f"{row}{letters}"

    @property
    def part(self):
        return self // ROWS_OF_A_PART

    @classmethod
    def again(cls, number, prefixes):
        """A number that was kept, with the prefixes of the parts of its list, if it has several."""
        if number is None or not prefixes:
            return number
        part, row = divmod(number, ROWS_OF_A_PART)
        return cls(part, row, prefixes[part])


def piece_of(sheet, number, place):
    """The `RowNumber` of one more row that is made of a row of a `Sheet`: that of "5b", where `place` is 1."""
    part, row = divmod(number, ROWS_OF_A_PART)
    sheet.prefixes = sheet.prefixes or [""]
    prefix = f"{sheet.prefixes[part]}\t{'abcdefghijklmnopqrstuvwxyz'[place]}"
    if prefix not in sheet.prefixes:
        sheet.pieces[len(sheet.prefixes)] = part
        sheet.prefixes.append(prefix)
    return RowNumber(sheet.prefixes.index(prefix), row, prefix)


def ranges(numbers):
    """Row numbers as a person lists them: [5, 8, 9, 10] -> "5, 8–10"."""
    spans = []
    for number in sorted(numbers):
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    shown = [str(first) if first == last else f"{first}–{getattr(last, 'alone', last)}" for first, last in spans[:10]]
    return ", ".join(shown) + (" …" if len(spans) > 10 else "")
