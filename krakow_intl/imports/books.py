"""A workbook with a sheet for each list: what it would do to the register, list after list, so that links are found."""

from dataclasses import dataclass, field, replace

from django.db import transaction

from krakow_intl.core.references import missing
from krakow_intl.imports.nouns import NOUNS, noun_called
from krakow_intl.imports.planning.lists import plan_list
from krakow_intl.imports.planning.messages import remark
from krakow_intl.imports.planning.plan import BasePlan
from krakow_intl.imports.writing.records import write_list
from krakow_intl.sheets import Message, SheetError, open_book
from krakow_intl.sheets.ledger import Ledger, LeftOut

ALL = "all"  # as commands call all lists


@dataclass(slots=True)
class BookPlan(BasePlan):
    """The rows of all lists of a workbook; `plans` are those of its sheets, in the order in which they were made."""

    plans: list = field(default_factory=list)


def plan_book(source, stamp, *, user=None, publication="draft", decisions=None, learnt=lambda noun: None):
    """The `BookPlan` of a workbook, each list written before the next is planned.

    To be called in a transaction, which whoever only wants to see the plan takes back. `learnt(noun)` are more names of
    the columns of a list, as `plan_list` takes them.
    """
    options = {"user": user, "publication": publication, "decisions": decisions, "learnt": learnt}
    asked = set()
    try:
        with transaction.atomic():
            plan = _plan_and_write(source, stamp, missing=lambda names: asked.update(names) or (), **options)
            if unlinked := missing(asked):  # now that whatever the book brings is there
                raise _LinksToNothing(unlinked)
    except _LinksToNothing as found:
        plan = _plan_and_write(source, stamp, missing={*found.names}.intersection, **options)
    return plan


class _LinksToNothing(Exception):
    def __init__(self, names):
        super().__init__(names)
        self.names = names


def _plan_and_write(source, stamp, *, missing, user, publication, decisions, learnt):
    book_plan = BookPlan(ledger=Ledger())
    try:
        book = open_book(source, lambda texts: 0)
    except SheetError as error:
        book_plan.messages = [Message(None, None, error.value and str(error.value), "error", error.code, error.text)]
        book_plan.is_refused = True
        return book_plan
    names = {grid.name: noun_called(grid.name) for grid in book.grids}
    for noun in NOUNS.values():
        for name in (name for name, meant in names.items() if meant is noun and noun.may_see(user)):
            said = _decisions_of(noun, decisions or {})
            options = {"publication": publication, "user": user, "decisions": said, "learnt": learnt(noun)}
            options["missing"] = missing
            plan = plan_list(noun, book.only(name), **options)
            _take_in(book_plan, plan, name)
            if not plan.is_refused:
                write_list(plan, stamp)
    read = [plan.noun for plan in book_plan.plans]
    _leave_out(book_plan, [grid for grid in book.grids if names[grid.name] not in read])
    return book_plan


def _decisions_of(noun, decisions):
    """What a person answered to the questions of one list: these begin with its name."""
    begin = f"{noun.name}:"
    return {key.removeprefix(begin): said for key, said in decisions.items() if key.startswith(begin)}


def _take_in(book_plan, plan, name):
    is_empty = {message.code for message in plan.messages} & {"no-rows"} and not plan.rows
    book_plan.plans.append(plan)
    if is_empty:
        plan.is_refused = True  # there is nothing to write, which is no fault of a list that has no records
        return
    book_plan.is_refused |= plan.is_refused
    book_plan.rows += plan.rows
    book_plan.questions |= {f"{plan.noun.name}:{key}": question for key, question in plan.questions.items()}
    for message in plan.messages:
        column = f"{name}: {message.column}" if message.column else name
        book_plan.messages.append(replace(message, column=column))
    if plan.ledger:
        book_plan.ledger.cells += plan.ledger.cells
        book_plan.ledger.left_out += plan.ledger.left_out


def _leave_out(book_plan, grids):
    """Tells of the sheets that are called after no list."""
    for grid in grids:
        rows = [number for number, values in grid.rows.items() if any(value is not None for value in values)]
        cells = sum(value is not None for values in grid.rows.values() for value in values)
        if rows:
            book_plan.messages.append(remark("sheet-left-out", value=grid.name, sheet=grid.name, count=len(rows)))
            book_plan.ledger.cells += cells
            left_out = LeftOut(grid.name, "other-sheet", None, cells, dict.fromkeys(rows, True))
            book_plan.ledger.left_out.append(left_out)
    if not book_plan.plans:
        book_plan.messages.append(remark("no-list"))
        book_plan.is_refused = True
