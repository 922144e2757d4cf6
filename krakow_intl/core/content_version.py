"""Which state of the register the public pages show: told from the tables that are written, as soon as it is committed.

What is written into a table of public records is announced twice on this machine, before it is written and once it is
committed, by a byte that a file grows by: if the file cannot grow nothing is written, so that no page outlives what it
says. Processes of other machines see the row that the same transaction adds to a table.
"""

import os
import re
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from functools import cache
from socket import gethostname
from threading import Lock
from time import monotonic

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection, models
from django.utils import timezone

# the verbs that write, at the head of a statement or within it: INSERT INTO "partners_agreement", UPDATE ONLY x
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "MERGE", "TRUNCATE", "ALTER", "DROP")
# a verb that writes and the table it writes to: INTO "partners_agreement", UPDATE ONLY partners_party
WRITTEN = re.compile(
    r'\b(?:INTO|UPDATE(?:\s+ONLY)?|DELETE\s+FROM(?:\s+ONLY)?|(?:TRUNCATE|ALTER|DROP)(?:\s+TABLE)?)\s+["`]?(\w+)', re.I
)
MAX_AGE = 1  # seconds after which the database is asked again what was changed
AT_ONCE = 2000  # rows in a statement
KEPT_FOR = timedelta(days=1)  # after which every machine has seen a change
PAUSE = 10  # seconds until it is asked again when it did not answer

_unseen = ContextVar("unseen", default=False)
_watcher = ContextVar("what is told of each write that the public may see", default=None)
_known = {"version": None, "marker": None, "asked_at": float("-inf"), "has_table": False}
_asking = Lock()


class CannotAnnounce(OSError):
    """The pages that other processes keep could not be told to be renewed, so nothing is written."""


def content_version():
    """A text that changes with every change of public content; `OSError` if this machine cannot tell.

    It is what the database tells, and so the same on all machines, as soon as it was asked since the marker grew.
    """
    try:
        stat = os.stat(f"{settings.VAR_DIR}/pages/changes")
    except FileNotFoundError:
        stat = _marker().stat()
    marker = f"{stat.st_size} {stat.st_mtime_ns}"
    if connection.vendor == "sqlite":  # which serves one machine
        return marker
    _ask(marker)
    return _known["version"] if _known["marker"] == marker else f"{marker} {_known['version']}"


def renew():
    """Says that public content may have changed, by whatever means."""
    try:
        with open(_marker(), "ab") as marker:
            marker.write(b".")
    except OSError as error:
        raise CannotAnnounce(error.errno, f"var/pages/changes cannot be written: {error.strerror}") from error


def forget_seen():
    """Forgets the notes to other machines that every machine has read by now."""
    _changes().filter(at__lt=timezone.now() - KEPT_FOR).delete()


@contextmanager
def unseen():
    """What is written meanwhile is known to stand on no public page."""
    token = _unseen.set(True)
    try:
        yield
    finally:
        _unseen.reset(token)


@contextmanager
def watched(tell):
    """Calls `tell` before each statement that writes what the public may see; it says whether that will be undone."""
    token = _watcher.set(tell)
    try:
        yield
    finally:
        _watcher.reset(token)


def is_watched():
    return _watcher.get() is not None


def watch(connection, **kwargs):
    """Receiver of `connection_created`, which is sent each time a connection is opened anew.

    It comes first: what wraps a connection for a while takes the last one away when it ends, whatever that is then.
    """
    if note_changes not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, note_changes)


def note_changes(execute, sql, params, many, context):
    """Wrapper of a database connection."""
    if _unseen.get() or not writes_content(sql):
        return execute(sql, params, many, context)
    if (tell := _watcher.get()) and tell():
        return execute(sql, params, many, context)
    _announce(context["connection"])
    result = execute(sql, params, many, context)
    if not context["connection"].in_atomic_block:
        _announce(context["connection"])
    return result


def writes_content(sql):
    """Whether a statement, of whatever shape, writes into a table of public records."""
    upper = sql.upper()
    if not any(verb in upper for verb in WRITES):
        return False
    return not _tables().isdisjoint(name.lower() for name in WRITTEN.findall(sql))


@cache
def _tables():
    """The tables of all records that the public may come to see."""
    return frozenset(model._meta.db_table for model in apps.get_models() if is_content(model))


def is_content(model):
    """Whether the public may come to see records of a model."""
    return getattr(model, "is_content", False)


def _announce(connection):
    """Once a transaction; what is rolled back to a savepoint takes its announcement back with it."""
    if is_announced(connection):
        return
    renew()
    if _has_table(connection):
        _changes().create(machine=_machine())
    connection.on_commit(renew, robust=True)


def is_announced(connection=connection):
    """Whether the transaction that is under way has said already that public content changes."""
    return any(callback is renew for _savepoints, callback, *_ in connection.run_on_commit)


def _has_table(connection):
    """Whether the table of changes stands already: not while the first migrations run."""
    if not _known["has_table"]:
        _known["has_table"] = _changes().model._meta.db_table in connection.introspection.table_names()
    return _known["has_table"]


def _changes():
    return apps.get_model("krakow_intl", "ContentChange").objects


def _machine():
    """What shares the marker: a host and a folder of it."""
    return f"{gethostname()}:{settings.VAR_DIR}"[-200:]


def _marker():
    """The file that grows. The proxy reads it too, so it stands in a folder that can be shared with it."""
    marker = pages_folder() / "changes"
    if not marker.exists():
        marker.parent.mkdir(parents=True, exist_ok=True)
        marker.touch()
    return marker


def pages_folder():
    """Where this machine keeps public pages, and notes what makes them out of date."""
    return settings.VAR_DIR / "pages"


def _ask(marker):
    """What was changed, by any machine: at most a second old, or the last that is known while the database is away."""
    has_grown, age = _known["marker"] != marker, monotonic() - _known["asked_at"]
    if age < (0 if has_grown else MAX_AGE) or not _asking.acquire(blocking=has_grown):
        return
    try:
        _known.update(version=state_in(connection.alias), marker=marker, asked_at=monotonic())
    except DatabaseError:
        _known["asked_at"] = monotonic() + PAUSE
    finally:
        _asking.release()


def state_in(database):
    """The last change that a database knows of and the number of changes: one committed late changes that alone."""
    changes = _changes().using(database)
    return "{last} {number}".format(**changes.aggregate(last=models.Max("pk"), number=models.Count("pk")))


def is_seen(records):
    """Whether the public sees, or saw, any of these records of one model, as they are or as they are stored."""
    model = type(records[0])
    if not model.is_content:
        return False
    if hasattr(model, "publication"):
        return _is_before_the_public(model, records)
    owners = [f for f in model._meta.concrete_fields if f.is_relation and f.remote_field.on_delete is models.CASCADE]
    owners = [field for field in owners if hasattr(field.related_model, "publication")]
    rows = {tuple(getattr(record, field.attname) for field in owners) for record in records}
    if owners:
        for some in in_parts(_keys(records)):
            rows |= {*model._base_manager.filter(pk__in=some).values_list(*(field.attname for field in owners))}
    seen = [_before_the_public(field.related_model, {row[i] for row in rows}) for i, field in enumerate(owners)]
    return any(all(key in keys for key, keys in zip(row, seen, strict=True)) for row in rows)


def _is_before_the_public(model, records):
    if any(record.is_before_the_public for record in records):
        return True
    return any(model.keys_before_the_public(some) for some in in_parts(_keys(records)))


def _before_the_public(model, keys):
    return set().union(*(model.keys_before_the_public(some) for some in in_parts([*keys])))


def in_parts(many, at_once=AT_ONCE):
    """A list in parts that one statement can take: SQLite knows at most 32 766 parameters."""
    return (many[start : start + at_once] for start in range(0, len(many), at_once))


def _keys(records):
    """The keys of those that may be stored already: what is to be put back with its key is one of these."""
    return [record.pk for record in records if record.pk is not None]
