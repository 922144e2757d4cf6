"""Takes an import back: what nobody touched since stands again as it stood before; of the rest it is said why not."""

from django.db import transaction
from django.utils import timezone

from krakow_intl.core.former_addresses import TAKEN_BACK
from krakow_intl.imports.writing import bulk
from krakow_intl.imports.writing.undo import UndoPlan, divided, give_back, stored
from krakow_intl.imports.writing.undo_units import WHOLE, units_of
from partners.imports.lists import parts_of
from partners.imports.writing.applying import lock_register, note, partly
from partners.models import (
    Agreement,
    AgreementEvent,
    AgreementLink,
    AgreementTheme,
    CityName,
    PartnerCity,
    Party,
    SheetAlias,
    SheetImport,
    Signatory,
)

# what imports of agreements write, each after those it points to, with the column that names what it is a part of
PARTS = {
    SheetAlias: WHOLE,
    PartnerCity: WHOLE,
    CityName: "city_id",
    Agreement: WHOLE,
    Party: "agreement_id",
    Signatory: "agreement_id",
    AgreementTheme: "agreement_id",
    AgreementLink: "agreement_id",
    AgreementEvent: "agreement_id",
}

KEPT = "kept"  # the key under which an import notes the units that a person decided to keep


def plan_undo(record, also=()):
    """The `UndoPlan` of an applied import; units whose keys are in `also` go although they were touched since.

    What a person decided to keep is in neither list. What others rest on cannot go before they do.
    """
    parts = parts_of(record, PARTS)
    units = list(units_of(parts, record.reason, record.applied_at).values())
    return divided(units, parts, kept=record.decisions.get(KEPT, ()), also=also)


@transaction.atomic
def undo_import(record, user, also=(), keep=(), progress=lambda share: None):
    """Gives back what may go, in one transaction; returns the import and the `UndoPlan` of what is left.

    The import is undone when nothing is left to decide; until then it may be called again, and gives back what was
    freed since. `progress` is told which share of the work is done.
    """
    lock_register()
    record = SheetImport.objects.select_for_update().get(pk=record.pk)
    if record.state != SheetImport.State.APPLIED:
        return record, UndoPlan()
    record.decisions[KEPT] = sorted({*record.decisions.get(KEPT, ()), *keep})
    plan = plan_undo(record, also)
    progress(0.4)
    if plan.going or plan.is_complete:
        record.undone_at, record.undone_by = timezone.now(), user
        stamp = bulk.HistoryStamp(user, f"{TAKEN_BACK} {record.reason}", record.undone_at)
        _give_back(plan.going, parts_of(record, PARTS), stamp, partly(progress, 0.4, 1))
    if plan.is_complete:
        record.state = SheetImport.State.UNDONE
    record.save()
    note(record, "undone" if plan.is_complete else "undone-in-part", user)
    return record, plan


def _give_back(units, parts, stamp, progress):
    give_back(units, parts, stamp, progress)
    agreements = {row.agreement_id for unit in units for row in unit.rows[AgreementEvent]}
    for agreement in stored(Agreement, agreements):
        agreement.keep_what_events_say()
