"""Many records written at once, each with its row of history, as if each had been saved."""

from dataclasses import dataclass
from datetime import datetime

AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Stamp:
    """What history says of everything one import writes: who, why, when."""

    user: object
    reason: str
    at: datetime


def create(records, stamp):
    if records:
        type(records[0])._default_manager.bulk_create(records, batch_size=AT_ONCE)
        remember(records, "+", stamp)


def change(records, stamp):
    """Writes stored records anew and counts up their versions."""
    for record in records:
        record.version += 1
    overwrite(records)
    remember(records, "~", stamp)


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
    if records:
        remember(records, "-", stamp)
        keys = [record.pk for record in records]
        for start in range(0, len(keys), AT_ONCE):
            type(records[0])._default_manager.filter(pk__in=keys[start : start + AT_ONCE]).delete()


def remember(records, kind, stamp):
    """Writes one row of history for each record: "+" added, "~" changed, "-" removed."""
    if not records:
        return
    history = type(records[0]).history.model
    names = [field.attname for field in history.tracked_fields]
    told = {"history_type": kind, "history_date": stamp.at, "history_user": stamp.user}
    told["history_change_reason"] = stamp.reason
    rows = [history(**told, **{name: getattr(record, name) for name in names}) for record in records]
    history._default_manager.bulk_create(rows, batch_size=AT_ONCE)
