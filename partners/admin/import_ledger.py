"""The account of the cells of a sheet, in words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from krakow_intl.core.display import number
from krakow_intl.imports.planning.accounting import FRAME
from krakow_intl.sheets.colours import NAMES, colour_key
from krakow_intl.sheets.ledger import where

REASONS = {
    "above-the-list": _("above the column names"),
    "unknown-column": _("a column whose name is not known"),
    "column-without-name": _("a column without a name"),
    "numbering": _("only numbers the rows"),
    "to-correct": _("what to correct, as the register wrote it"),
    "sheet-name": _("the name of a sheet, as the register wrote it"),
    "total-row": _("a total"),
    "repeated-header": _("the column names once more"),
    "numbered-columns": _("only numbers the columns"),
    "beside-the-list": _("nothing stands in the columns that are known"),
    "one-cell": _("nothing but the city or the number stands in the row"),
    "legend-row": _("explains the colours of the list"),
    "left-out": _("left out, as decided"),
    "other-sheet": _("a sheet that names no known columns"),
    "hidden-sheet": _("a hidden sheet"),
    "other-list": _("another list, which was not read"),
    "hidden-list": _("a hidden list, which was not read"),
    "explanations": _("explanations of the columns, as the register wrote them"),
}

FORMS = {
    "fill": _("a colour that nothing explains (%(colour)s)"),
    "fills": _("other colours that nothing explains"),
    "struck": _("struck through"),
    "comment": _("a comment"),
}


def in_one_sentence(ledger):
    """How many cells hold anything, and what became of them: "412 cells: 398 read, 14 left out"."""
    cells, read = ledger["cells"], ledger["read"]
    counts = {"cells": number(cells), "read": number(read), "left_out": number(cells - read)}
    text = ngettext(
        "%(cells)s cell: %(read)s read, %(left_out)s left out",
        "%(cells)s cells: %(read)s read, %(left_out)s left out",
        cells,
    )
    return text % counts


def left_out(ledger):
    """(where, reason, how many cells, some of their values) of what was left out."""
    for some in ledger["left_out"]:
        values = () if some["code"] in FRAME else some["values"]
        yield (
            where(some["sheet"], some["column"], some["rows"]),
            REASONS[some["code"]],
            some["cells"],
            ", ".join(values),
        )


def forms(ledger):
    """(where, what, how many cells) of the forms that were seen but not understood."""
    for seen in ledger.get("forms", ()):
        colour = seen["value"] and NAMES[colour_key(seen["value"])]
        yield where(seen["sheet"], None, seen["rows"]), FORMS[seen["code"]] % {"colour": colour}, seen["cells"]
