"""The facts of the programme as they come from files: each version of a file once, never over what staff edited."""

import hashlib
import json
from collections import Counter

from django.core import serializers
from django.core.management.base import CommandError
from django.db import transaction

from krakow_intl.core.records import natural_keys_remembered
from krakow_intl.models import LoadedFixture

REASON = "fixture"
KEPT = "kept as staff left them"


def load_file(name, content):
    """Loads one file in one transaction; returns how many entries became what, or None if it was read before."""
    digest = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        _, is_new = LoadedFixture.objects.get_or_create(name=name, digest=digest)
        return FactLoader(f"{REASON} {name}").load(json.loads(content)) if is_new else None


class FactLoader:
    """Loads entries `{"model", "fields"}`, and writes the reason into the history of each."""

    def __init__(self, reason):
        self.reason = reason
        self.without_deletions = set()  # models of which no record was ever deleted, as when all is loaded anew

    def load(self, entries):
        """Loads the entries, then joins what they name: a joining row with an entry of its own stands by then."""
        with natural_keys_remembered():  # most entries name the same source and the same city
            loaded = [self._load_entry(entry) for entry in entries]
        for _, record, links in loaded:
            for name, keys in links.items():
                self._link(record, name, keys)
        return Counter(outcome for outcome, _, _ in loaded)

    def _load_entry(self, entry):
        """What became of an entry, its record, and what to join it to."""
        try:
            deserialized = next(serializers.deserialize("python", [entry]))
        except serializers.base.DeserializationError as error:
            message = f"{self.reason}: {entry['model']} {_title(entry)}: {error.__cause__ or error}"
            raise CommandError(message) from error
        record = deserialized.object
        if not hasattr(type(record), "history"):
            return _set_role(deserialized), record, {}
        if record.pk is None:
            outcome = self._add(record)
        else:
            record, outcome = self._update(record, entry["fields"])
        return outcome, record, {} if outcome == KEPT else deserialized.m2m_data or {}

    def _save(self, record):
        record._change_reason = self.reason
        record.save()

    def _update(self, record, fields):
        stored = type(record).objects.get(pk=record.pk)
        if not _is_as_loaded(stored):
            return stored, KEPT
        names = [f.attname for f in record._meta.concrete_fields if f.name in fields]
        changed = [name for name in names if getattr(stored, name) != getattr(record, name)]
        if not changed:
            return stored, "unchanged"
        for name in changed:
            setattr(stored, name, getattr(record, name))
        self._save(stored)
        return stored, "changed"

    def _add(self, record):
        """What the loading removed may come back with a later file, as the same record; not what staff removed."""
        deletions = self._deletions(record)
        if not all(map(is_by_loading, deletions)):
            return KEPT
        record.pk = deletions[0].id if deletions else None
        self._save(record)
        return "new"

    def _deletions(self, record):
        """How history tells of the end of records that are gone and ever had the natural key of `record`."""
        model = type(record)
        if model in self.without_deletions:
            return []
        deletions = model.history.filter(history_type="-")
        if not deletions.exists():
            self.without_deletions.add(model)
            return []
        fields = [record._meta.get_field(name) for name in record.natural_key_fields]
        key = {field.attname: getattr(record, field.attname) for field in fields}
        once = model.history.filter(**key).exclude(id__in=model._base_manager.values("pk"))
        return list(deletions.filter(id__in=once.order_by().values("id")))

    def _link(self, record, name, keys):
        """Makes the rows that join `record` to the records of `keys`, and removes those a former file made."""
        field = record._meta.get_field(name)
        through = field.remote_field.through
        ours, theirs = field.m2m_field_name(), f"{field.m2m_reverse_field_name()}_id"
        rows = {getattr(row, theirs): row for row in through.objects.filter(**{ours: record})}
        for key in keys:
            row = through(**{ours: record, theirs: key}, **through.loaded_with)
            if key not in rows and all(map(is_by_loading, self._deletions(row))):
                self._save(row)
        for key, row in rows.items():
            if key not in keys and _is_as_loaded(row):
                row._change_reason = self.reason
                row.delete()
                self.without_deletions.discard(through)


def is_by_loading(entry_of_history):
    """Whether the loading wrote that entry, not a person."""
    reason = entry_of_history.history_change_reason or ""
    return entry_of_history.history_user_id is None and reason.startswith(REASON)


def _is_as_loaded(record):
    latest = record.history.first()
    return latest is None or is_by_loading(latest)


def _set_role(deserialized):
    """A role is the house's own: each version of the file sets it whole, over what stood before."""
    is_new = deserialized.object.pk is None
    deserialized.save()
    return "new" if is_new else "changed"


def _title(entry):
    fields = entry["fields"]
    return fields.get("slug") or fields.get("name") or json.dumps(fields, ensure_ascii=False)[:120]
