"""The account of every cell of a file: read, or left out and why; what names something known is told."""

from datetime import date
from itertools import islice

from django.utils.translation import override, pgettext

from krakow_intl.core.dates import PartialDateError, parse_partial_date
from krakow_intl.imports.nouns import noun_called
from krakow_intl.imports.planning.messages import remark
from krakow_intl.imports.reading.headings import PASSED_OVER
from krakow_intl.imports.reading.words import key_of
from krakow_intl.sheets.ledger import ledger_of, where
from krakow_intl.sheets.messages import ROWS_OF_A_PART, listed, ranges

LEFT_OUT_BY_A_PERSON = "left-out"
# why a whole sheet was left out, and what is said of it; of a hidden list the reader of the file tells
WHOLE_SHEETS = {"other-sheet": "sheet-left-out", "hidden-sheet": "sheet-left-out", "other-list": "list-left-out"}
# what holds nothing of its own
FRAME = {"repeated-header", "numbered-columns", "numbering", "explanations", "to-correct", "sheet-name"}
FRAME.add(LEFT_OUT_BY_A_PERSON)
MAX_VALUES = 2_000  # that are looked at for what is known
A_DAY = 10  # letters of "2006-04-30"


def account_for(plan, left_out_rows, rows, is_known):
    """Enters the `Ledger` of the file into a plan whose rows were read, with messages on what was left out.

    `left_out_rows` are numbers by code, `is_known` says of a text whether it names something of the register.
    """
    read = {sheet.part: sheet for sheet in plan.sheet.cells if not sheet.left_out}
    codes = [(number, code) for code, numbers in left_out_rows.items() for number in numbers]
    codes += [(row.number, LEFT_OUT_BY_A_PERSON) for row in rows if row.is_left_out]
    for number, code in codes:
        part, row = divmod(number, ROWS_OF_A_PART)
        if part in plan.sheet.pieces:  # the cells are those of another row
            continue
        read[part].left_out_rows[row] = code
    known = {heading.index for heading in plan.headings}
    for table in (table for sheet in read.values() for table in sheet.tables):
        unknown = {column: place for column, place in table.places.items() if place not in known}
        codes = {column: _code_of_column(plan, place) for column, place in unknown.items()}
        table.left_out_columns = codes | table.left_out_columns
    for other in plan.sheet.cells:
        if other.left_out and other.name in _names_of_explanations():
            other.left_out = "explanations"
    plan.ledger = ledger_of(plan.sheet.cells)
    lists = _other_lists(plan)
    if lists:
        plan.messages.append(remark("lists-left-out", names=listed(lists)))
    left_out = [some for some in plan.ledger.left_out if some.sheet not in lists]
    plan.messages += [message for some in left_out for message in _messages(some, is_known)]


def _other_lists(plan):
    """The worksheets of a workbook of several lists that are called after others than the one that was read."""
    read = {sheet.name for sheet in plan.sheet.cells if not sheet.left_out}
    called = [name for name in plan.worksheets if noun_called(name)]
    return [name for name in called if name not in read] if len(called) > 1 else []


def _code_of_column(plan, place):
    return PASSED_OVER.get(key_of(plan.sheet.headers[place]), "unknown-column")


def _messages(left_out, is_known):
    if left_out.code in WHOLE_SHEETS:
        told = {"count": len(left_out.rows), "sheet": left_out.sheet}
        yield remark(WHOLE_SHEETS[left_out.code], value=left_out.sheet, **told)
    if left_out.code not in FRAME and (known := _known(left_out.values, is_known)):
        place = where(left_out.sheet, None, ranges(left_out.rows))
        yield remark("known-left-out", row=min(left_out.rows), values=listed(known), where=place)


def _known(values, is_known):
    """The first of some values that name a day or something of the register."""
    found = (str(value) for value in islice(values, MAX_VALUES) if _is_told(value, is_known))
    return list(islice(found, 5))


def _is_told(value, is_known):
    if isinstance(value, date):
        return True
    if not isinstance(value, str) or len(value) > 200:
        return False
    return is_known(value) or _is_day(value)


def _is_day(text):
    try:
        return any(map(str.isdigit, text)) and len(parse_partial_date(text)) == A_DAY
    except PartialDateError:
        return False


def _names_of_explanations():
    """How the register itself calls the second sheet of its empty list."""
    names = set()
    for language in ("pl", "en"):
        with override(language):
            names.add(pgettext("sheet", "Explanations"))
    return names
