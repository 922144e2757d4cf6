"""What a pending change would write: it is carried out, looked at, and rolled back."""

import hashlib
import json
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.apps import apps
from django.db import IntegrityError, connection, models
from django.utils.translation import gettext as _

from krakow_intl.core.admin.history import changes_between, stored_value, tracked_fields
from krakow_intl.core.records import BEFORE_THE_PUBLIC, Publication
from krakow_intl.core.reviewing import CannotBeDone, approved, rehearsal
from krakow_intl.core.storage import files_discarded
from krakow_intl.review.commands import command_of
from krakow_intl.review.effects import Effect, row_models

AFTERMATHS = []


def aftermath(function):
    """Enters what tells what the register computes from records, as rows of history name them: {subject: sentence}."""
    AFTERMATHS.append(function)
    return function


@dataclass
class Trial:
    """What would become of a change, or why it cannot be carried out."""

    effects: list = field(default_factory=list)
    errors: list = field(default_factory=list)
    warnings: list = field(default_factory=list)
    sentences: list = field(default_factory=list)  # (subject, before, after) of what follows from it
    digest: str = ""


@contextmanager
def carried_out(command):
    """What a `Command` makes, a record or None, while all stands as it would; CannotBeDone says why it cannot.

    Nothing is kept, neither rows nor files, and no page is made anew.
    """
    with files_discarded(), rehearsal(), approved(command.change):
        try:
            record = command.carry_out()
        except IntegrityError as error:
            raise CannotBeDone(_("It does not fit what stands in the register by now.")) from error
        yield record


def rehearse(change):
    """The `Trial` of a change."""
    if not (command := command_of(change)).is_rehearsed:
        return Trial(errors=command.errors(), digest=command.digest())
    try:
        with carried_out(command):
            trial, after = _tried(command)
    except CannotBeDone as refused:
        return Trial(errors=refused.reasons)
    before = _sentences([effect.row for effect in trial.effects])
    subjects = sorted(subject for subject in before | after if before.get(subject) != after.get(subject))
    trial.sentences = [(subject, before.get(subject, ""), after.get(subject, "")) for subject in subjects]
    return trial


def _tried(command):
    """The `Trial` of what a command has written, and what the register computes from it."""
    effects = effects_of(command.change)
    warnings = [*command.told, *_warnings(effects, command.told)]
    trial = Trial(effects, warnings=warnings, digest=digest_of(command.change, effects))
    return trial, _sentences([effect.row for effect in effects])


def _sentences(rows):
    told = {}
    for tell in AFTERMATHS:
        told |= tell(rows)
    return told


def _warnings(effects, told):
    """What is odd about the records as they would stand, and was not told yet."""
    for effect in effects:
        if effect.new and hasattr(effect.model, "warnings"):
            record = effect.model._base_manager.filter(pk=effect.new.id).first()
            yield from (f"{record}: {sentence}" for sentence in record.warnings() if sentence not in told)


def effects_of(change):
    """The `Effect`s that history tells of a change, in the order of the tables and of time."""
    return [effect for model in _written_by(change) for effect in _effects_on(model, change)]


def _written_by(change):
    """The models of which a change wrote records: one statement asks every history."""
    tracked = [model for model in apps.get_models() if hasattr(model, "history")]
    tables = [connection.ops.quote_name(model.history.model._meta.db_table) for model in tracked]
    asked = (
        f"SELECT {place} WHERE EXISTS (SELECT 1 FROM {table} WHERE pending_change = %s)"
        for place, table in enumerate(tables)
    )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked), [change.pk] * len(tables))
        return [tracked[place] for place in sorted(place for (place,) in cursor.fetchall())]


def _effects_on(model, change):
    written = {}
    for row in model.history.filter(pending_change=change.pk).order_by("history_id"):
        written.setdefault(row.id, []).append(row)
    for key, rows in written.items():
        earlier = model.history.filter(id=key, history_id__lt=rows[0].history_id).order_by("history_id")
        old = None if rows[0].history_type == "+" else earlier.last()
        new = None if rows[-1].history_type == "-" else rows[-1]
        if (old or new) and (old is None or new is None or any(changes_between(new, old, user=None))):
            effect = Effect(old, new, _comes_before_the_public(old, new))
            yield effect
            yield from _rows_of(effect) if effect.is_whole else ()


def _comes_before_the_public(old, new):
    was, is_now = (getattr(row, "publication", None) for row in (old, new))
    return is_now == Publication.PUBLISHED and was not in BEFORE_THE_PUBLIC


def _rows_of(effect):
    """The rows that come before the public with a record, as they stand."""
    for model, owner in row_models(effect.model):
        for row in model._base_manager.filter(**{owner: effect.row.id}).order_by("pk"):
            yield Effect(None, row.history.first(), is_whole=True)


def digest_of(change, effects):
    """SHA-256 of what a change says and would write, whatever keys new rows would get."""
    names = {}
    for effect in effects:
        if effect.old is None and not effect.is_whole:
            names[effect.model, effect.row.id] = f"new {len(names)}"
    written = [[effect.model._meta.label, *_columns(effect, names)] for effect in effects]
    said = [change.pk, change.reason, written]
    return hashlib.sha256(json.dumps(said, default=str).encode()).hexdigest()


def _columns(effect, names):
    yield names.get((effect.model, effect.row.id), effect.row.id)
    for column in tracked_fields(effect.model):
        old, new = (stored_value(row, column) for row in (effect.before, effect.new))
        new = names.get((column.related_model, new), new) if column.is_relation else new
        if old != new:
            yield [
                column.attname,
                *((_content(column, name) for name in (old, new)) if is_file(column) else (old, new)),
            ]


def is_file(column):
    return isinstance(column, models.FileField)


def _content(column, name):
    """SHA-256 of a file, which gets another name each time; the name where nothing is stored under it."""
    if not name or not column.storage.exists(name):
        return name
    with column.storage.open(name) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
