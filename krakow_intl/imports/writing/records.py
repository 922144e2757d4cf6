"""Writes the plan of a list into the register, with history, and says which rights that takes."""

from collections import defaultdict

from django.utils.translation import override

from krakow_intl.core.internal import internal_columns
from krakow_intl.imports.planning.plan import Action
from krakow_intl.imports.writing import bulk


def write_list(plan, stamp):
    """Writes what a plan says; to be called in a transaction."""
    with override("pl"):  # a translated column without a language holds the Polish
        new = [planned for planned in plan.written if planned.action == Action.NEW]
        changed = [planned for planned in plan.written if planned.action == Action.CHANGED]
        for planned in plan.written:
            planned.record.note_who(stamp.user, {*planned.changes} or {*planned.row.facts})
        for layer in _layers([planned.record for planned in new]):
            bulk.create(layer, stamp)
        for planned in changed:
            _point_again(planned.record)
        bulk.change([planned.record for planned in changed], stamp)
        _write_rows(plan, stamp)
        plan.noun.settle_after([planned.record for planned in plan.written])


def _layers(records):
    """New records, those first to which others of them point."""
    waiting = records
    while waiting:
        keys = {id(record) for record in waiting}
        ready = [record for record in waiting if not any(id(target) in keys for target in _targets(record))]
        ready = ready or waiting  # a circle, which the database refuses
        for record in ready:
            _point_again(record)
        yield ready
        done = {id(record) for record in ready}
        waiting = [record for record in waiting if id(record) not in done]


def _targets(record):
    """The records to which one points, as far as they are at hand."""
    fields = (field for field in record._meta.concrete_fields if field.is_relation)
    return [getattr(record, field.name) for field in fields if field.is_cached(record)]


def _point_again(record):
    """What it points to may have got its key since."""
    for field in record._meta.concrete_fields:
        if field.is_relation and field.is_cached(record):
            setattr(record, field.name, getattr(record, field.name))


def _write_rows(plan, stamp):
    added, removed = defaultdict(list), defaultdict(list)
    for planned in plan.written:
        for row in planned.added:
            _point_again(row)
            row.note_who(stamp.user, {field.name for field in row._meta.concrete_fields})
            added[type(row)].append(row)
        for row in planned.removed:
            removed[type(row)].append(row)
    for rows in removed.values():
        bulk.delete(rows, stamp)
    for rows in added.values():
        bulk.create(rows, stamp)


def needed_rights(plan):
    """The permissions it takes to carry out the plan of a list, or to take it back."""
    noun, needed, internal = plan.noun, set(), internal_columns(plan.noun.model)
    for planned in plan.written:
        needed.add(noun.right("add" if planned.action == Action.NEW else "change"))
        needed |= {noun.right("publish")} if planned.is_moved else set()
        needed |= {_right(row, "add") for row in planned.added} | {_right(row, "delete") for row in planned.removed}
        needed |= {internal[code] for code in planned.row.facts if code in internal}
    return sorted(needed)


def _right(record, verb):
    return f"{record._meta.app_label}.{verb}_{record._meta.model_name}"
