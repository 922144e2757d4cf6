"""Takes an import back: what nobody touched since stands again as it stood before; of the rest it is said why not."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from krakow_intl.core.former_addresses import TAKEN_BACK
from partners.imports.writing import bulk
from partners.imports.writing.applying import lock_register
from partners.imports.writing.undo_units import MODELS, PARTS, hold_for_others, units_of
from partners.models import Agreement, AgreementEvent, SheetImport

KEPT = "kept"  # the key under which an import notes the units that a person decided to keep


@dataclass
class UndoPlan:
    """The `Unit`s of an import that would go back, and those that a person must decide about."""

    going: list = field(default_factory=list)
    staying: list = field(default_factory=list)

    @property
    def is_complete(self):
        return not self.staying


def plan_undo(record, also=()):
    """The `UndoPlan` of an applied import; units whose keys are in `also` go although they were touched since.

    What a person decided to keep is in neither list. What others rest on cannot go before they do.
    """
    units = list(units_of(record).values())
    kept = [unit for unit in units if unit.key in record.decisions.get(KEPT, ())]
    going = [unit for unit in units if unit not in kept and (unit.is_as_written or unit.key in also)]
    going = [unit for unit in going if not unit.holders]
    while hold_for_others(going, [unit for unit in units if unit not in going]):
        going = [unit for unit in going if not unit.holders]
    return UndoPlan(going, [unit for unit in units if unit not in going and unit not in kept])


@transaction.atomic
def undo_import(record, user, also=(), keep=()):
    """Gives back what may go, in one transaction; returns the import and the `UndoPlan` of what is left.

    The import is undone when nothing is left to decide; until then it may be called again, and gives back what was
    freed since.
    """
    lock_register()
    record = SheetImport.objects.select_for_update().get(pk=record.pk)
    if record.state != SheetImport.State.APPLIED:
        return record, UndoPlan()
    record.decisions[KEPT] = sorted({*record.decisions.get(KEPT, ()), *keep})
    plan = plan_undo(record, also)
    if plan.going or plan.is_complete:
        record.undone_at, record.undone_by = timezone.now(), user
        _undo(plan.going, bulk.HistoryStamp(user, f"{TAKEN_BACK} {record.reason}", record.undone_at))
    if plan.is_complete:
        record.state = SheetImport.State.UNDONE
    record.save()
    return record, plan


def _undo(units, stamp):
    for part in (part for unit in units for part in unit.parts_since):
        part._history_user, part._change_reason, part._history_date = stamp.user, stamp.reason, stamp.at
        part.delete()
    for model in reversed(MODELS):
        bulk.delete(list(_stored(model, {pk for unit in units for pk in unit.created(model)})), stamp)
    for model in MODELS:
        changed = [row for unit in units for row in unit.rows[model] if row.history_type != "+"]
        _restore(model, _before(model, changed), stamp)
    agreements = {row.agreement_id for unit in units for row in unit.rows[AgreementEvent]}
    for agreement in _stored(Agreement, agreements):
        agreement.keep_what_events_say()


def _restore(model, past, stamp):
    """Puts records back: those that stand are changed, those that are gone come again if what they belong to stands."""
    if PARTS[model] != "id":
        column = PARTS[model]
        wholes = {record.pk for record in _stored(_whole_of(model), {getattr(row, column) for row in past})}
        past = [row for row in past if getattr(row, column) in wholes]
    stand = {record.pk for record in _stored(model, {row.id for row in past})}
    bulk.restore([row for row in past if row.id in stand], stamp, "~")
    bulk.restore([row for row in past if row.id not in stand], stamp, "+")


def _whole_of(model):
    return model._meta.get_field(PARTS[model].removesuffix("_id")).related_model


def _before(model, rows):
    """The rows of history before those of changes: records as they stood; of one without a past nothing is known."""
    found, ours = {}, {row.id: row for row in rows}
    for some in bulk.in_parts(sorted(ours)):
        for old in model.history.filter(id__in=some).order_by("history_id"):
            if old.history_id < ours[old.id].history_id:
                found[old.id] = old
    return list(found.values())


def _stored(model, keys):
    for some in bulk.in_parts(sorted(keys)):
        yield from model._default_manager.filter(pk__in=some)
