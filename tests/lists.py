"""Lists of the register as files, and what a plan makes of them."""

from django.apps import apps
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import override

from krakow_intl.core.workbooks import Page, write_book
from krakow_intl.imports.books import plan_book
from krakow_intl.imports.exports import register_pages
from krakow_intl.imports.nouns import NOUNS
from krakow_intl.imports.planning.lists import plan_list
from krakow_intl.imports.writing.bulk import HistoryStamp

NOT_IN_LISTS = {"verified_by_id", "linked_on", "linked_by", "document_id", "scan"}


def page_of(name, user=None):
    """The rows of a list as they go out, its head first."""
    return [[*row] for row in NOUNS[name].page(user=user).rows]


def file_of(rows, kind="xlsx"):
    return write_book([Page("Lista", rows)], kind)


def plan_of(name, rows, **options):
    return plan_list(NOUNS[name], file_of(rows), **options)


def stamp(reason="import 1"):
    return HistoryStamp(None, reason, timezone.now())


def said(plan):
    return [(message.row, message.code) for message in plan.messages]


def corrected(rows, key, **cells):
    """The head, and the row whose first cell is `key` with some cells overwritten, by their names."""
    head, *others = rows
    row = next(row for row in others if row[0] == key)
    return [head, [cells.get(name, value) for name, value in zip(head, row, strict=True)]]


def contents():
    """{model: its records, column by column}, those that point to another by its natural key; empty is nothing."""
    models = {model for noun in NOUNS.values() for model in noun.parts}
    return {model: sorted(map(repr, _rows(model))) for model in models}


def _rows(model):
    fields = [field for field in model._meta.concrete_fields if field.is_relation]
    relations = [field for field in fields if field.attname not in NOT_IN_LISTS]
    skipped = {"id", "version", *NOT_IN_LISTS, *(field.attname for field in fields)}
    records = QuerySet(model).order_by("pk")
    for record, values in zip(records.select_related(*(f.name for f in relations)), records.values(), strict=True):
        plain = {name: value or None for name, value in values.items() if name not in skipped}
        yield plain | {f.name: getattr(record, f.name) and getattr(record, f.name).natural_key() for f in relations}


def empty_the_lists():
    """Takes all records of lists out of the register, and all that history knows of them."""
    models = [model for noun in reversed(NOUNS.values()) for model in reversed(noun.parts)]
    for model in models:
        for field in model._meta.concrete_fields:
            if field.is_relation and field.related_model is model:
                model._base_manager.update(**{field.name: None})
    for model in [apps.get_model("partners.Document"), *models]:
        model._base_manager.all().delete()
        QuerySet(model.history.model).delete()  # past the guard


def assert_nothing_changes(language):
    """Of the whole register, taken out and brought back in a language."""
    with override(language):
        plan = plan_book(write_book(register_pages(), "xlsx"), stamp())
    assert (plan.counts["unchanged"], plan.questions, plan.messages) == (plan.counts["rows"], {}, [])
    assert ({one.noun.name for one in plan.plans}, plan.ledger.left_out) == ({*NOUNS}, [])


def assert_an_empty_register_is_filled():
    """With all that the workbook of all lists tells of it."""
    book, before = write_book(register_pages(), "xlsx"), contents()
    empty_the_lists()
    plan = plan_book(book, stamp())
    assert (plan.counts["refused"], plan.counts["doubtful"], plan.messages) == (0, 0, [])
    assert contents() == before
