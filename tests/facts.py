"""The facts of the programme: loaded once for each state of the code and the files, and copied from then on."""

import fcntl
import pickle
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, transaction

from krakow_intl.core.content_version import renew
from krakow_intl.core.facts import load_file
from krakow_intl.models import LoadedFixture

HOUSE = ("krakow_intl", "programme", "partners", "organizations", "polonia")
ROLES = "00-roles.json"  # which point to rights, whose keys are those of a database
KEPT = settings.BASE_DIR / ".pytest_cache" / "facts"


def load_facts(is_read=lambda name: True):
    """Has the files of facts whose names are read loaded, as the loader itself would."""
    paths = [path for path in sorted(settings.FIXTURES_DIR.glob("*.json")) if is_read(path.name)]
    kept = KEPT / f"{connection.vendor}-{_digest(paths)}"
    with transaction.atomic():
        with _alone(kept):
            if not kept.exists():
                _load(paths)
                _keep(kept)
                return
        _load([path for path in paths if path.name == ROLES])
        _copy(pickle.loads(kept.read_bytes()))


@contextmanager
def _alone(kept):
    """Of several processes that find nothing kept one loads, and the others copy what it kept."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _load(paths):
    for path in paths:
        load_file(path.name, path.read_bytes())


def _digest(paths):
    """Of all that what is loaded hangs on: the files, and whatever code may make something of them."""
    code = [path for folder in HOUSE for path in sorted(Path(settings.BASE_DIR, folder).rglob("*.py"))]
    digest = sha256()
    for path in [*paths, *code]:
        digest.update(f"{path} {sha256(path.read_bytes()).hexdigest()}".encode())
    return digest.hexdigest()


def _tables():
    """[(model, its table and columns as SQL names them)] of all that the loader writes."""
    ours = [model for app in HOUSE for model in apps.get_app_config(app).get_models()]
    models = [model for model in ours if hasattr(model, "history") or hasattr(model, "instance_type")]
    models.append(LoadedFixture)
    quote = connection.ops.quote_name
    for model in models:
        columns = ", ".join(quote(field.column) for field in model._meta.concrete_fields)
        yield model, quote(model._meta.db_table), columns


def _keep(kept):
    rows = {model._meta.label: _rows(table, columns) for model, table, columns in _tables()}
    new = kept.with_suffix(f".{id(rows)}")
    new.write_bytes(pickle.dumps(rows))
    new.replace(kept)


def _rows(table, columns):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) TO STDOUT") as copy:
                return b"".join(copy)
        cursor.execute(f"SELECT {columns} FROM {table}")
        return cursor.fetchall()


def _copy(rows):
    LoadedFixture.objects.all().delete()
    with connection.cursor() as cursor:
        for model, table, columns in _tables():
            if not (of_table := rows[model._meta.label]):
                continue
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                    copy.write(of_table)
            else:
                places = ", ".join(["%s"] * len(of_table[0]))
                cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", of_table)
        for statement in connection.ops.sequence_reset_sql(no_style(), [model for model, *_names in _tables()]):
            cursor.execute(statement)
    renew()
