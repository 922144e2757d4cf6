"""The tables as migrations make them: the first of several processes has them made, and each works on a copy."""

import fcntl
import subprocess
from contextlib import contextmanager
from shutil import copyfile
from unittest.mock import patch

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from tests.postgres import programs


def copy(folder, name):
    """Has the database of the tests begin as a copy; returns whether it stands already, as a file does.

    In `folder` all processes look. What is copied is a file there, or a database of that name until `drop`.
    """
    of_tests, made = connection.settings_dict["TEST"], folder / f"{name}.sqlite3"
    is_file = connection.vendor == "sqlite"
    with _alone(folder):
        if not made.exists():
            _make(str(made) if is_file else name)
            made.touch()
    of_tests |= {"MIGRATE": False} if is_file else {"MIGRATE": False, "TEMPLATE": name}
    if is_file:
        copyfile(made, of_tests["NAME"])
    return is_file


def carry_to(address):
    """Fills an empty database of another PostgreSQL with the tables of the tests, as migrations made them."""
    own = connection.get_connection_params()
    place = ["-h", own["host"], "-U", own["user"], own["dbname"]]
    dump = [programs() / "pg_dump", "--no-owner", "--no-privileges", *place]
    with subprocess.Popen(dump, stdout=subprocess.PIPE) as tables:
        read = [programs() / "psql", "--quiet", "--set", "ON_ERROR_STOP=1", "--dbname", address]
        subprocess.run(read, stdin=tables.stdout, check=True, stdout=subprocess.DEVNULL)
    assert tables.returncode == 0


def drop(folder, name):
    """Whoever comes later makes it again."""
    with _alone(folder):
        (folder / f"{name}.sqlite3").unlink(missing_ok=True)
        if connection.vendor == "postgresql":
            with connection._nodb_cursor() as cursor:
                cursor.execute(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(name)}")


@contextmanager
def _alone(folder):
    with (folder / "migrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make(name):
    before = connection.settings_dict["NAME"]
    with patch.dict(connection.settings_dict["TEST"], NAME=name):
        connection.creation.create_test_db(verbosity=0)
    _go_to(before)


@contextmanager
def nothing(name):
    """Meanwhile the database of the tests is another one, of that name, without a table."""
    before = connection.settings_dict["NAME"]
    with patch.dict(connection.settings_dict["TEST"], NAME=name, TEMPLATE=None):
        connection.creation._create_test_db(verbosity=0, autoclobber=True)
    _go_to(name)
    try:
        yield
    finally:
        _go_to(before)
        connection.creation._destroy_test_db(name, verbosity=0)


def _go_to(name):
    connection.close()
    connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name
    ContentType.objects.clear_cache()
