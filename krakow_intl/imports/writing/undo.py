"""Gives back what an import wrote: what nobody touched since stands again as it stood before."""

from dataclasses import dataclass, field

from krakow_intl.imports.writing import bulk
from krakow_intl.imports.writing.undo_units import WHOLE, hold_for_others, whole_of


@dataclass
class UndoPlan:
    """The `Unit`s of an import that would go back, and those that a person must decide about."""

    going: list = field(default_factory=list)
    staying: list = field(default_factory=list)

    @property
    def is_complete(self):
        return not self.staying


def divided(units, parts, kept=(), also=()):
    """The `UndoPlan` of some `Unit`s, without those whose keys are `kept`.

    Those whose keys are in `also` go although they were touched since. What others rest on cannot go before they do.
    """
    staying = [unit for unit in units if unit.key not in kept]
    going = [unit for unit in staying if (unit.is_as_written or unit.key in also) and not unit.holders]
    while hold_for_others(going, _others(units, going), parts):
        going = [unit for unit in going if not unit.holders]
    return UndoPlan(going, _others(staying, going))


def _others(units, some):
    some = {*some}
    return [unit for unit in units if unit not in some]


def give_back(units, parts, stamp, progress=lambda share: None):
    """Deletes what was made, and puts back what was changed or deleted; to be called in a transaction.

    `progress` is told which share is given back.
    """
    for part in (part for unit in units for part in unit.parts_since):
        part._history_user, part._change_reason, part._history_date = stamp.user, stamp.reason, stamp.at
        part.delete()
    for done, model in enumerate(reversed(parts), 1):
        bulk.delete(list(stored(model, {pk for unit in units for pk in unit.created(model)})), stamp)
        progress(done / len(parts) / 2)
    for done, model in enumerate(parts, 1):
        changed = [row for unit in units for row in unit.rows[model] if row.history_type != "+"]
        _restore(model, parts, _before(model, changed), stamp)
        progress(0.5 + done / len(parts) / 2)


def _restore(model, parts, past, stamp):
    """Puts records back: those that stand are changed, those that are gone come again if what they belong to stands."""
    if (column := parts[model]) != WHOLE:
        wholes = {record.pk for record in stored(whole_of(model, parts), {getattr(row, column) for row in past})}
        past = [row for row in past if getattr(row, column) in wholes]
    stand = {record.pk for record in stored(model, {row.id for row in past})}
    bulk.restore([row for row in past if row.id in stand], stamp, "~")
    bulk.restore([row for row in past if row.id not in stand], stamp, "+")


def _before(model, rows):
    """The rows of history before those of changes: records as they stood; of one without a past nothing is known."""
    found, ours = {}, {row.id: row for row in rows}
    for some in bulk.in_parts(sorted(ours)):
        for old in model.history.filter(id__in=some).order_by("history_id"):
            if old.history_id < ours[old.id].history_id:
                found[old.id] = old
    return list(found.values())


def stored(model, keys):
    """The records of some keys that stand."""
    for some in bulk.in_parts(sorted(keys)):
        yield from model._default_manager.filter(pk__in=some)
