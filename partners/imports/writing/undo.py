"""Takes an import back: the register stands again as it stood before, or nothing happens and the reason is named."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.dates import format_partial_date
from krakow_intl.core.former_addresses import TAKEN_BACK
from krakow_intl.sheets.messages import fill
from partners.imports.writing import bulk
from partners.imports.writing.applying import lock_register
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
)

MODELS = (
    SheetAlias,
    PartnerCity,
    CityName,
    Agreement,
    Party,
    AgreementTheme,
    AgreementLink,
    AgreementEvent,
)  # each after those it points to
MAX_NAMED = 20


class UndoRefused(Exception):
    """Some of what the import wrote was edited or is used since: `records` are named, `text` says it to people."""

    def __init__(self, records):
        self.records = records
        named = "; ".join(map(_named, records[:MAX_NAMED]))
        more = " …" if len(records) > MAX_NAMED else ""
        self.text = fill(
            _("These records were changed or used since: %(records)s. Nothing was undone."), records=named + more
        )
        super().__init__(named)


@transaction.atomic
def undo_import(record, user):
    """Restores what an import wrote, in one transaction; raises CannotUndo where that would lose later work."""
    lock_register()
    record = SheetImport.objects.select_for_update().get(pk=record.pk)
    if record.state != SheetImport.State.APPLIED:
        return record
    written = {model: _written(model, record) for model in MODELS}
    _refuse_if_edited(written)
    record.undone_at, record.undone_by, record.state = timezone.now(), user, SheetImport.State.UNDONE
    stamp = bulk.HistoryStamp(user, f"{TAKEN_BACK} {record.reason}", record.undone_at)
    _undo(written, stamp)
    record.save()
    return record


def _undo(written, stamp):
    for model in reversed(MODELS):
        created = [row.id for row in written[model] if row.history_type == "+"]
        bulk.delete(list(_stored(model, created)), stamp)
    for model in MODELS:
        before = _before(model, [row for row in written[model] if row.history_type != "+"])
        for kind, action in (("~", "~"), ("-", "+")):
            rows = [past for row, past in before if row.history_type == kind]
            bulk.restore(rows, stamp, action)
    for agreement in _stored(Agreement, {row.agreement_id for row in written[AgreementEvent]}):
        agreement.keep_what_events_say()


def _written(model, record):
    """The rows of history that an import wrote; it writes each record once."""
    return list(
        model.history.filter(history_change_reason=record.reason, history_date=record.applied_at).order_by("history_id")
    )


def _refuse_if_edited(written):
    edited = []
    for model, rows in written.items():
        later = _later(model, rows)
        edited += [row.instance for row in rows if row.id in later and not _says_the_same(later[row.id], row)]
        edited += _used_since(model, {row.id for row in rows if row.history_type == "+"}, written)
    if edited:
        raise UndoRefused(edited)


def _later(model, rows):
    """{pk: the last row of history} of the records of which more was written since."""
    last, written = [], {row.history_id for row in rows}
    for some in bulk.in_parts(sorted({row.id for row in rows})):
        found = model.history.filter(id__in=some).order_by().values("id").annotate(last=Max("history_id"))
        last += [row["last"] for row in found if row["last"] not in written]
    return {row.id: row for some in bulk.in_parts(last) for row in model.history.filter(history_id__in=some)}


def _says_the_same(later, row):
    """Whether a record stands again as it stood then, to the last column: a later import was undone, say."""
    names = [field.attname for field in row.tracked_fields]
    is_there = [one.history_type != "-" for one in (later, row)]
    return is_there[0] == is_there[1] and all(getattr(later, name) == getattr(row, name) for name in names)


def _used_since(model, created, written):
    """Records that point to what the import made but were not made by it."""
    for relation in model._meta.related_objects:
        if not hasattr(relation.related_model, "history") or relation.many_to_many:
            continue
        ours = {row.id for row in written.get(relation.related_model, ())}
        for some in bulk.in_parts(sorted(created)):
            users = relation.related_model._default_manager.filter(**{f"{relation.field.name}__in": some})
            yield from (user for user in users if user.pk not in ours)


def _before(model, rows):
    """(row, the row of history before it) for rows of changes; one without a past names its record."""
    found, ours = [], {row.id: row for row in rows}
    for some in bulk.in_parts(sorted(ours)):
        past = {}
        for old in model.history.filter(id__in=some).order_by("history_id"):
            if old.history_id < ours[old.id].history_id:
                past[old.id] = old
        found += [(ours[key], past.get(key)) for key in some]
    without = [row.instance for row, past in found if past is None]
    if without:
        raise UndoRefused(without)
    return found


def _stored(model, keys):
    for some in bulk.in_parts(sorted(keys)):
        yield from model._default_manager.filter(pk__in=some)


def _named(record):
    """A record as a person finds it: of the many agreements called "Agreement", the one of this city and day."""
    agreement = (
        record
        if isinstance(record, Agreement)
        else getattr(record, "agreement", None) or getattr(record, "agreement", None)
    )
    if agreement is None:
        return str(record)
    day = format_partial_date(agreement.signed_on) if agreement.signed_on else "—"
    name = f"{agreement.number}. {agreement} ({agreement.city}, {day})"
    return name if agreement is record else f"{record}: {name}"
