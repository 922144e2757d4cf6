"""Many records written at once, each with its row of history, as if each had been saved."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, partial
from itertools import chain

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import JSONField, Max
from django.utils.translation import override

from krakow_intl.core.content_version import AT_ONCE, in_parts
from krakow_intl.core.records import writing
from krakow_intl.core.reviewing import current_approval, current_approver, current_change

MAX_PARAMETERS = 32_000  # of a statement


@dataclass(frozen=True, slots=True)
class HistoryStamp:
    """What history says of everything one import writes: who, why, when."""

    user: object
    reason: str
    at: datetime


def create(records, stamp):
    """Adds records, which are given their keys."""
    if not records:
        return
    fields = [field for field in type(records[0])._meta.concrete_fields if not field.primary_key]
    with writing(records):
        for some in in_parts(records, MAX_PARAMETERS // len(fields)):
            _insert(some, fields)
    write_history(records, "+", stamp)


def _insert(records, fields):
    """What `bulk_create` does, at a third of its time: a column at a time, and all that fits into one statement."""
    for record in records:
        record._prepare_related_fields_for_save(operation_name="bulk_create")
    rows = zip(*(_as_stored(field, records) for field in fields), strict=True)
    quote, row = connection.ops.quote_name, f"({', '.join(['%s'] * len(fields))})"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {quote(type(records[0])._meta.db_table)} ({', '.join(quote(f.column) for f in fields)})"
            f" VALUES {', '.join([row] * len(records))} RETURNING id",
            [*chain.from_iterable(rows)],
        )
        keys = cursor.fetchall()
    for record, (key,) in zip(records, keys, strict=True):
        record.pk, record._state.adding, record._state.db = key, False, connection.alias


def _as_stored(field, records):
    """What goes into a column of some records; a value that many of them hold is prepared once."""
    prepare = partial(field.get_db_prep_save, connection=connections[DEFAULT_DB_ALIAS])
    if not isinstance(field, JSONField):
        prepare = lru_cache(typed=True)(prepare)
    return [prepare(field.pre_save(record, add=True)) for record in records]


def change(records, stamp):
    """Writes stored records anew and counts up their versions."""
    for record in records:
        record.version += 1
    overwrite(records)
    write_history(records, "~", stamp)


def overwrite(records):
    """Writes every column of records that may be stored already: one statement for many, which an update is not."""
    if not records:
        return
    model = type(records[0])
    columns = [field.name for field in model._meta.concrete_fields if not field.primary_key]
    model._default_manager.bulk_create(
        records, batch_size=AT_ONCE, update_conflicts=True, unique_fields=["id"], update_fields=columns
    )


def delete(records, stamp):
    """Deletes records to which nothing points; the database refuses others."""
    if not records:
        return
    write_history(records, "-", stamp)
    for some in in_parts(records):
        rows = type(records[0])._default_manager.filter(pk__in=[record.pk for record in some])
        with writing(some):
            rows._raw_delete(rows.db)  # without the signals, which would write history once more, row by row


def write_history(records, kind, stamp):
    """Copies stored records, within the database, into their history: "+" added, "~" changed, "-" to be removed."""
    if not records:
        return
    model = type(records[0])
    history = model.history.model._meta
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in model.history.model.tracked_fields)
    stamped = {"history_type": kind, "history_date": stamp.at, "history_change_reason": stamp.reason}
    stamped |= {"history_user": stamp.user and stamp.user.pk, "pending_change": current_change()}
    stamped |= {"approved_by": current_approver(), "approval": current_approval()}
    fields = [(history.get_field(name), value) for name, value in stamped.items()]
    names = ", ".join(quote(field.column) for field, _value in fields)
    values = [field.get_db_prep_save(value, connection) for field, value in fields]
    keys = sorted(record.pk for record in records)
    with connection.cursor() as cursor:
        for some in in_parts(keys):
            cursor.execute(
                f"INSERT INTO {quote(history.db_table)} ({columns}, {names})"
                f" SELECT {columns}, {', '.join(['%s'] * len(values))} FROM {quote(model._meta.db_table)}"
                f" WHERE id IN ({', '.join(['%s'] * len(some))}) ORDER BY id",
                [*values, *some],
            )


def restore(past, stamp, kind):
    """Puts records back as rows of their history tell them, to the last column, and writes that down as `kind`.

    Each gets a version of its own, so that whoever opened it as the import left it does not write over it unseen.
    """
    if not past:
        return
    records = [row.instance for row in past]
    last = _last_versions(type(records[0]), [record.pk for record in records])
    for record in records:
        record.version = last[record.pk] + 1
    with override("pl"):
        overwrite(records)
    with writing(records):
        _copy_back(type(records[0]), [row.history_id for row in past])
    write_history(records, kind, stamp)


def _last_versions(model, keys):
    """{key: the last version of a record that its history tells of}."""
    last = {}
    for some in in_parts(keys):
        rows = model.history.filter(id__in=some).order_by().values("id")
        last |= {row["id"]: row["last"] for row in rows.annotate(last=Max("version"))}
    return last


def _copy_back(model, history_ids):
    """Sets every column that history keeps to what it kept, those that no attribute reaches included."""
    quote, history = connection.ops.quote_name, model.history.model
    kept = [field.column for field in history.tracked_fields if field.column not in ("id", "version")]
    table = quote(model._meta.db_table)
    values = ", ".join(f"{quote(name)} = past.{quote(name)}" for name in kept)
    with connection.cursor() as cursor:
        for some in in_parts(history_ids):
            cursor.execute(
                f"UPDATE {table} SET {values} FROM {quote(history._meta.db_table)} past"
                f" WHERE past.id = {table}.id AND past.history_id IN ({', '.join(['%s'] * len(some))})",
                some,
            )
