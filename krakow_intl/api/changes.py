"""What became public, changed, moved or was withdrawn since a moment, so that a copy of the register can follow it."""

from datetime import datetime
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from django.db.models import Max, OuterRef, Subquery

from krakow_intl.api.fields import api_address, key_of
from krakow_intl.api.moments import moment
from krakow_intl.api.serializers import columns_of
from krakow_intl.core.content_version import in_parts
from krakow_intl.core.former_addresses import PUBLISHED, public_spans
from krakow_intl.core.public_data import COLLECTIONS
from krakow_intl.core.records import public_records
from krakow_intl.imports.cells import LinksCell

CHANGED, MOVED, WITHDRAWN = "changed", "moved", "withdrawn"


class Change(NamedTuple):
    """What became of a record: `at` is when it last did."""

    at: datetime
    collection: str
    id: int
    key: str
    what: str
    url: str

    @property
    def place(self):
        """Where it stands among all of them: "2026-11-30T12:00:00.000000Z agreements 12"."""
        return f"{moment(self.at)} {self.collection} {self.id:019}"

    def as_json(self):
        return self._asdict() | {"at": moment(self.at)}


def changes_since(since):
    """The `Change`s of all collections, in the order of time."""
    found = chain.from_iterable(_changes_of(collection, since) for collection in COLLECTIONS.values())
    return sorted(found, key=attrgetter("place"))


def _changes_of(collection, since):
    own, with_rows = _own_touched(collection.model, since), _rows_touched(collection, since)
    parents = _parents_touched(collection.model, since)
    for keys in in_parts([*{*own, *with_rows, *parents}]):
        public = {record.pk: record for record in public_records(collection.model).filter(pk__in=keys)}
        before = _rows_before(collection.model, public, since)
        was_public = _were_public(collection.model, before, since)
        for key in keys:
            at = max(filter(None, (own.get(key), with_rows.get(key), parents.get(key))))
            if key not in public:
                yield from _withdrawn(collection, key, since)
            elif what := _what(collection, public[key], before.get(key), key in was_public, key in with_rows):
                yield _change(collection, public[key], at, what)


def _what(collection, record, before, was_public, is_touched):
    """What became of a public record, or nothing that the public sees."""
    if not was_public:
        return PUBLISHED
    if getattr(before, "slug", None) != getattr(record, "slug", None):
        return MOVED
    names = [column.cell.field.attname for column in columns_of(collection) if hasattr(column.cell.field, "attname")]
    own = (name for name in names if hasattr(before, name))
    return CHANGED if is_touched or any(getattr(before, name) != getattr(record, name) for name in own) else None


def _change(collection, record, at, what):
    return Change(at, collection.name, record.pk, key_of(collection, record), what, api_address(collection, record))


def _withdrawn(collection, key, since):
    """That a record is gone, if it was public and went after that moment; of what never was public nothing is told."""
    rows = _public_rows(collection.model, key)
    if last := rows.order_by("history_date", "history_id").last():
        gone_at = _gone_at(collection, key)
        if gone_at and gone_at > since:
            yield _change(collection, last.instance, gone_at, WITHDRAWN)


def _public_rows(model, key):
    history = model.published_history() if hasattr(model, "published_history") else model.history
    return history.filter(id=key)


def _gone_at(collection, key):
    if hasattr(collection.model, "published_history"):
        spans = public_spans(collection, key)
        return spans[-1][1] if spans else None
    return collection.model.history.filter(id=key, history_type="-").aggregate(at=Max("history_date"))["at"]


# --- what was touched ------------------------------------------------------------------------------------------------


def _own_touched(model, since):
    """{primary key: when} of the records that were written since."""
    return _latest(model.history.filter(history_date__gt=since), "id")


def _latest(history, name):
    rows = history.order_by().values_list(name).annotate(at=Max("history_date"))
    return {key: at for key, at in rows if key is not None}


def _rows_touched(collection, since):
    """{primary key: when} of the records whose rows, of parts or of links, were written since."""
    columns = [column.cell for column in columns_of(collection)]
    relations = {cell.relation.field for cell in columns if isinstance(cell, LinksCell)}
    relations |= {_field_back(collection.model, part.accessor) for part in collection.parts}
    touched = {}
    for field in relations:
        for key, at in _latest(field.model.history.filter(history_date__gt=since), field.attname).items():
            touched[key] = max(at, touched.get(key, at))
    return touched


def _field_back(model, accessor):
    return next(relation.field for relation in model._meta.related_objects if relation.get_accessor_name() == accessor)


def _parents_touched(model, since):
    """{primary key: when} of the records whose parents came before the public, or left it, since."""
    touched = {}
    for name in getattr(model, "belongs_to", ()):
        field = model._meta.get_field(name)
        parents = {**_own_touched(field.related_model, since), **_parents_touched(field.related_model, since)}
        for keys in in_parts([*parents]):
            for key, parent in model._base_manager.filter(**{f"{name}__in": keys}).values_list("pk", field.attname):
                touched[key] = parents[parent]
    return touched


def _rows_before(model, keys, since):
    """{primary key: the row of history that tells how a record stood at that moment}."""
    rows = model.history.filter(id=OuterRef("id"), history_date__lte=since).order_by("-history_date", "-history_id")
    latest = model.history.filter(id__in=[*keys], history_id=Subquery(rows.values("history_id")[:1]))
    return {row.id: row for row in latest.exclude(history_type="-")}


def _were_public(model, before, since):
    """The primary keys of those rows whose records, and what they belong to, were public at that moment."""
    public = {key for key, row in before.items() if getattr(row, "publication", PUBLISHED) == PUBLISHED}
    for name in getattr(model, "belongs_to", ()):
        field = model._meta.get_field(name)
        parents = {key: getattr(before[key], field.attname) for key in public}
        rows = _rows_before(field.related_model, {*parents.values()}, since)
        were = _were_public(field.related_model, rows, since)
        public = {key for key in public if parents[key] in were}
    return public
