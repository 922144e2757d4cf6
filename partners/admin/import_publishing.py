"""What an import would bring before the public, to be read in full: whole drafts, and what rows say of new records."""

from copy import copy
from dataclasses import replace

from django.core.paginator import Paginator

from krakow_intl.core.records import BEFORE_THE_PUBLIC, Publication
from krakow_intl.imports.planning.plan import Action, Publishes
from krakow_intl.review.effects import told_to, wholes

ROWS_ON_A_PAGE = 20
UNFOLDED = 5  # texts on a page that are read without unfolding them


def published_by(view, command, user, number):
    """A page of (row as it is told, `Effect`s of the draft it publishes), of the rows that publish something."""
    always = (Publishes.ALWAYS, Publishes.WITH_ALL) if command.get("publish") else (Publishes.ALWAYS,)
    page = Paginator([row for row in view.rows() if _publishes(row, always)], ROWS_ON_A_PAGE).get_page(number)
    texts = _texts(view, [row for row in page.object_list if row["action"] == Action.CHANGED], user)
    page.object_list = [(told, texts.get(_place(told), [])) for told in view.display_rows(page.object_list)]
    return page


def _publishes(row, always):
    """Whether a row of a report brings a record before the public that was not there."""
    if row["action"] == Action.NEW:
        return row.get("publishes") in always
    changes = (change for change in row["changes"] if change[0] == "publication")
    return any(new == Publication.PUBLISHED and old not in BEFORE_THE_PUBLIC for _name, old, new in changes)


def _place(row):
    """What tells a row from all others: a workbook numbers those of each list anew."""
    return row.get("list"), row["row"]


def _texts(view, rows, user):
    """{place of a row: the `Effect`s of the draft it is about, as it stands and as a person may know it}."""
    asked, texts = {}, {}
    for row in rows:
        model, column, value = view.record_of(row)
        asked.setdefault((model, column), {})[str(value)] = _place(row)
    for (model, column), places in asked.items():
        found = model._base_manager.filter(**{f"{column}__in": [*places]}).values_list(column, "pk")
        keys = {pk: places[str(value)] for value, pk in found}
        texts |= {keys[pk]: told_to(user, _published(effects)) for pk, effects in wholes(model, keys).items()}
    return texts


def _published(effects):
    """A draft with its rows, in the state of publication that it would get."""
    draft, *rows = effects
    record = copy(draft.new)
    record.publication = Publication.PUBLISHED
    return [replace(draft, new=record), *rows]
