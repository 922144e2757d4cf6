"""What is said of a row, a column or a whole sheet that is not plain, whatever the list is of."""

from django.utils.translation import gettext_lazy as _

from krakow_intl.sheets.messages import MAX_VALUE_LENGTH, Message, fill

# codes of messages that say themselves of which rows they speak; those who tell more of a noun add theirs
ON_MANY_ROWS = {
    *(
        "short-rows",
        "hidden-rows",
        "beside-the-list",
        "form-not-read",
        "known-left-out",
        "formula-values",
        "coarse-dates",
    ),
    *("column-without-name", "merged-down", "total-row", "repeated-header", "form-not-read"),
}
REMARKS = {  # by code: how grave it is, and the sentence; those who tell more of a noun add theirs
    "missing-columns": (
        "error",
        _("The list lacks these columns: %(columns)s. Add them, or say which column is which."),
    ),
    "duplicate-column": (
        "error",
        _("The columns %(columns)s mean the same (%(meaning)s). Keep one of them, or rename the other."),
    ),
    "no-rows": ("error", _("There are no rows below the column names, so there is nothing to read.")),
    "unknown-column": ("warning", _("The column “%(column)s” is not known and was not read.")),
    "column-withheld": (
        "warning",
        _("The column “%(column)s” was not read: you have no right to see and to write what stands there."),
    ),
    "likely-column": (
        "warning",
        _("The column “%(column)s” is not known and was not read. Perhaps it is “%(guess)s”."),
    ),
    "form-not-read": (
        "warning",
        _("Something in these rows is struck through or has a comment, which says nothing in this list: %(rows)s."),
    ),
    "beside-the-list": (
        "warning",
        _("Rows with nothing in the columns that are known were left out: %(rows)s."),
    ),
    "unaccounted": (
        "error",
        _(
            "The register cannot say what becomes of row %(row)s. That is a fault of the register, not of the file: "
            "nothing is taken in. Tell those who look after the register, and keep the file."
        ),
    ),
    "sheet-left-out": (
        "warning",
        _("The sheet “%(sheet)s” was not read: it names no columns that are known (rows with content: %(count)s)."),
    ),
    "list-left-out": (
        "warning",
        _(
            "The sheet “%(sheet)s” holds a list as well and was not read (rows with content: %(count)s). Bring the "
            "file in once more to read it."
        ),
    ),
    "lists-left-out": (
        "warning",
        _("The workbook holds other lists as well, which were not read: %(names)s. Each is brought in by itself."),
    ),
    "known-left-out": (
        "warning",
        _("What was left out names what the register knows: %(values)s (%(where)s)."),
    ),
    "read-before": ("warning", _("This file was read already on %(date)s (import %(number)s).")),
    "too-long": ("error", _("“%(value)s…” has %(count)s characters; the most is %(limit)s. Shorten it.")),
    "no-record-linked": (
        "error",
        _("A link leads to “%(value)s”, which names no record of the register. Correct its address, or remove it."),
    ),
    "said-above": (
        "error",
        _("“%(value)s” points at another row, but each row is read by itself. Write out what “%(column)s” says."),
    ),
    "not-a-text": ("error", _("“%(column)s” holds a logical value instead of a text. Write the text.")),
    "not-a-number": ("error", _("“%(value)s” is no whole number. Write it in figures.")),
    "number-out-of-range": ("error", _("%(value)s is out of range: write a number from %(least)s to %(most)s.")),
    "unknown-word": ("error", _("“%(value)s” is not known in “%(column)s”. Known are: %(known)s.")),
    "unlikely-word": ("error", _("“%(value)s” is not known in “%(column)s”. Did you mean “%(guess)s”?")),
    "not-possible": ("error", None),
    "left-out": ("warning", _("The row was left out, as decided.")),
    "conflict": (
        "decision",
        _(
            "Somebody changed this in the register since the sheet was made: it says “%(known)s”. Keep that, or take "
            "“%(value)s”."
        ),
    ),
    "kept": ("warning", _("The register’s “%(known)s” was kept instead of “%(value)s”, as decided.")),
    "odd": ("warning", "%(text)s"),
    "same-as-row": ("warning", _("The row says the same as row %(other)s and was counted once.")),
    # records of any list
    "no-list": (
        "error",
        _("No sheet of the workbook is called after a list of the register, so there is nothing to read."),
    ),
    "not-a-decimal": ("error", _("“%(value)s” is no number, or has more than %(places)s decimal places.")),
    "not-a-whole-day": ("error", _("“%(value)s” is no day. Write the day, the month and the year.")),
    "unknown-record": ("error", _("“%(value)s” names nothing that the register knows under “%(column)s”.")),
    "ambiguous-record": (
        "error",
        _("“%(value)s” may be several records: %(known)s. Write the key of the right one."),
    ),
    "keys-disagree": (
        "error",
        _("The keys of the row name different records: %(known)s. Correct one of them, or leave it empty."),
    ),
    "nothing-names-it": ("error", _("The row holds neither a key nor a name, so nobody knows what it speaks of.")),
    "which-record": (
        "decision",
        _("The row may speak of a record that the register holds: %(known)s. Say which one it is."),
    ),
    "in-one-language": ("warning", _("A name in one language only; add the other before it is published.")),
}


def remark(code, *, row=None, column=None, value=None, told=None, level=None, text=None, **details):
    """A message of the report; `told` is the value in words, `text` stands in for the sentence of the code."""
    usual, sentence = REMARKS[code]
    shown = None if value is None else str(value)[:MAX_VALUE_LENGTH]
    text = text or fill(sentence, row=row, column=column, value=told or shown, **details)
    return Message(row, column, shown, level or usual, code, text)
