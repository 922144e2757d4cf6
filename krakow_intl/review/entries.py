"""What a page tells of savings: who wrote when and why, by which change or import, and what became of which record."""

from collections import Counter
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.text import capfirst

from krakow_intl.core.admin.desk import form_at, full_name, history_at, kind_and_name, may_change, page_of
from krakow_intl.core.admin.history import (
    approval_of,
    event_of,
    last_rows,
    name_of_row,
    reason_of,
    user_name,
    with_names,
    with_previous,
)
from krakow_intl.review.models import PendingChange
from krakow_intl.review.origins import links_of, wrote_as_a_whole
from krakow_intl.review.what_changed import tracked_models

SHOWN_OF_A_SAVING = 10  # rows; the rest is counted, and stands on a page of its own


@dataclass
class Touched:
    """A record of which something was written, itself or its rows: where it is looked at, and what was written."""

    name: str
    address: str = ""
    past: str = ""  # the address of its history, or of its states where it is gone
    is_gone: bool = False
    events: list = field(default_factory=list)


@dataclass
class Entry:
    """A saving as a page tells it; what is not shown of it is counted: [(kind of record, number)]."""

    saving: object
    at: object
    user_name: str
    reason: str
    approval: str
    change: object = None
    origin: tuple = ()
    back: str = ""  # the address at which it is taken back
    touched: list = field(default_factory=list)
    rest: list = field(default_factory=list)

    @property
    def mark(self):
        return self.saving.first.mark

    @property
    def count(self):
        return len(self.saving.rows)


def entries_of(user, savings, shown=SHOWN_OF_A_SAVING):
    """The `Entry`s of savings; the number of queries grows with the kinds of records alone."""
    models = tracked_models()
    chosen = {id(saving): saving.rows[-shown:] for saving in savings}
    rows = _rows([row for some in chosen.values() for row in some], models)
    records = _records(rows.values())
    changes, origins = _changes(user, savings), links_of(user, {saving.first.reason for saving in savings})
    entries = []
    for saving in savings:
        told = [rows[row.place, row.history_id] for row in reversed(chosen[id(saving)])]
        entry = _entry(saving, told[-1][0], changes, origins)
        entry.touched, entry.rest = _touched(user, told, records), _rest(saving, shown, models)
        entry.back = _back(user, entry, {models[row.place] for row in saving.rows})
        entries.append(entry)
    return entries


def _entry(saving, row, changes, origins):
    change, origin = changes.get(saving.first.change), origins.get(saving.first.reason, ())
    name, reason = user_name(row.history_user), reason_of(row)
    return Entry(saving, saving.first.at, name, reason, approval_of(row), change, origin)


def can_be_taken_back(change):
    """Whether what a change wrote is taken back as a whole by us: imports go back on their own pages."""
    of_imports = (PendingChange.Kind.IMPORT, PendingChange.Kind.UNDO)
    return change.state == PendingChange.State.PUBLISHED and change.kind not in of_imports


def _back(user, entry, models):
    if wrote_as_a_whole(entry.saving.first.reason) or not all(may_change(user, model) for model in models):
        return ""
    if key := entry.saving.first.change:
        return f"{reverse('admin:take_back')}?change={key}" if entry.change and can_be_taken_back(entry.change) else ""
    return f"{reverse('admin:take_back')}?saving={entry.mark}"


def _rest(saving, shown, models):
    counts = Counter(row.place for row in saving.rows[:-shown])
    return [(capfirst(models[place]._meta.verbose_name_plural), count) for place, count in sorted(counts.items())]


def _rows(written, models):
    """{(place, key): (row of history, the one before it or None)}."""
    keys = {}
    for row in written:
        keys.setdefault(row.place, []).append(row.history_id)
    found = {}
    for place, some in keys.items():
        rows = [*with_names(with_previous(models[place].history.filter(pk__in=some)))]
        before = with_names(models[place].history.filter(pk__in=[row.previous for row in rows if row.previous]))
        before = {row.history_id: row for row in before}
        found |= {(place, row.history_id): (row, before.get(row.previous)) for row in rows}
    return found


def place_of(row):
    """(model, key) of the record on whose page that is written of which a row of history tells."""
    model, owner = page_of(row.instance_type)
    return (model, getattr(row, f"{owner}_id")) if owner else (row.instance_type, row.id)


def _records(rows):
    """{(model, key): a record that stands, or the last row of history of one that is gone}."""
    keys = {}
    for row, _previous in rows:
        model, key = place_of(row)
        keys.setdefault(model, set()).add(key)
    found = {}
    for model, some in keys.items():
        stand = model._base_manager.select_related(*getattr(model, "belongs_to", ())).in_bulk([*some])
        found |= {(model, key): record for key, record in stand.items()}
        gone = last_rows(model, id__in=some - stand.keys())
        found |= {(model, row.id): row for row in gone}
    return found


def _touched(user, told, records):
    found = {}
    for row, previous in told:
        place = place_of(row)
        touched = found.get(place) or found.setdefault(place, _touched_record(*place, records.get(place)))
        touched.events.append(event_of(row, previous, place[0], user))
    return [*found.values()]


def _touched_record(model, key, record):
    if isinstance(record, model):
        name = kind_and_name(model, full_name(record))
        return Touched(name, form_at(model, key), history_at(model, key)) if page_of(model)[0] else Touched(name)
    name = name_of_row(record) if record else f"#{key}"
    states = reverse("admin:review_compare", args=[ContentType.objects.get_for_model(model).pk, key])
    return Touched(kind_and_name(model, name), past=states if record else "", is_gone=True)


def _changes(user, savings):
    """{key: pending change} of those that a person may look at."""
    keys = {saving.first.change for saving in savings} - {None}
    changes = PendingChange.objects.filter(pk__in=keys)
    if not user.has_perm("review.view_pendingchange"):
        changes = changes.written_by(user)
    return changes.in_bulk()
