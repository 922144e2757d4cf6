import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, nullcontext
from time import sleep

import pytest
from django.conf import settings
from django.db import OperationalError, connections
from django.db.transaction import atomic

from krakow_intl.core.sqlite import base
from krakow_intl.core.sqlite.base import is_wal_safe

ENVIRONMENT = {"PATH": os.environ["PATH"], "SECRET_KEY": "only-for-the-tests-" * 4}
SETTINGS = """
from krakow_intl.settings import *

FIXTURES_DIR = VAR_DIR / "fixtures"
"""
FACTS = ("00-roles.json", "01-sources.json", "02-departments.json", "10-cities.json")  # as many as the cities need
HALF_WAY = 100_000  # bytes of a file that is being prepared: some tables stand, no fact does


@pytest.mark.parametrize(
    ("release", "is_safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 3), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
        ((4, 0, 0), True),
    ],
)
def test_the_write_ahead_log_is_trusted_where_its_fault_is_mended(release, is_safe):
    assert is_wal_safe(release) == is_safe


@pytest.fixture
def own_file(tmp_path, django_db_blocker):
    """A second database, opened as the register opens its own, but without patience."""
    connections.settings["own"] = connections.settings["default"] | {
        "ENGINE": "krakow_intl.core.sqlite",
        "CONN_MAX_AGE": 60,
        "NAME": tmp_path / "register.sqlite3",
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 0},
    }
    with django_db_blocker.unblock():
        yield connections["own"]
        connections["own"].close()
    del connections["own"], connections.settings["own"]


def test_a_thread_that_comes_while_the_file_is_locked_still_knows_what_sqlite_can_do(own_file):
    with closing(sqlite3.connect(own_file.settings_dict["NAME"], isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert own_file.features.has_json_object_function  # asked before the thread has opened the file
        with pytest.raises(OperationalError, match="locked"):
            _tables(own_file)
    assert _tables(own_file) == 0
    assert own_file.features.has_json_object_function


def _tables(connection):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_master")
        return cursor.fetchone()[0]


@pytest.fixture
def moved_file(own_file):
    """(a connection to a file, `exchange`, which puts another one into its place)."""
    place = own_file.settings_dict["NAME"]
    new = place.with_name("new.sqlite3")
    for file in (place, new):
        with closing(sqlite3.connect(file)) as made:
            made.execute("CREATE TABLE said (word)")

    def exchange():
        place.rename(place.with_name("away.sqlite3"))
        new.rename(place)

    _say(own_file, "before")
    return own_file, exchange


def _say(connection, word):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO said VALUES (%s)", [word])


def _said(connection):
    return ask(connection.settings_dict["NAME"], "SELECT group_concat(word) FROM said")


@pytest.mark.once
@pytest.mark.parametrize("unit", [nullcontext, lambda: atomic("own")], ids=["a statement", "a transaction"])
def test_what_is_written_after_the_file_was_exchanged_stands_in_the_new_one(moved_file, unit):
    connection, exchange = moved_file
    exchange()
    with unit():
        _say(connection, "after")
    assert _said(connection) == "after"


@pytest.mark.once
def test_a_transaction_that_an_exchange_of_the_file_overtakes_is_refused(moved_file):
    connection, exchange = moved_file
    with pytest.raises(OperationalError, match="moved away"):
        _say_meanwhile(connection, exchange)
    _say(connection, "again")
    assert _said(connection) == "again"


@atomic("own")
def _say_meanwhile(connection, exchange):
    _say(connection, "lost")
    exchange()


@pytest.mark.once
@pytest.mark.parametrize(("is_safe", "is_kept"), [(False, True), (True, False)], ids=["journal", "log"])
def test_a_connection_is_kept_where_no_log_stands_beside_the_file(own_file, monkeypatch, is_safe, is_kept):
    monkeypatch.setattr(base, "is_wal_safe", lambda: is_safe)
    _tables(own_file)
    opened = own_file.connection
    own_file.close_if_unusable_or_obsolete()  # as after each request
    _tables(own_file)
    assert (own_file.connection is opened) == is_kept


def prepare(file):
    command = [sys.executable, "manage.py", "prepare"]
    own = {"DJANGO_SETTINGS_MODULE": "own_settings", "PYTHONPATH": str(file.parent), "VAR_DIR": str(file.parent)}
    environment = ENVIRONMENT | own | {"DATABASE_URL": f"sqlite:///{file}"}
    return subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.PIPE, text=True)


def ask(file, question):
    connection = sqlite3.connect(file)
    try:
        return connection.execute(question).fetchone()[0]
    finally:
        connection.close()


@pytest.mark.slow
@pytest.mark.once
def test_o08_processes_that_prepare_a_file_at_once_all_succeed_though_one_before_was_killed_half_way(tmp_path):
    file = tmp_path / "register.sqlite3"
    (tmp_path / "own_settings.py").write_text(SETTINGS)
    (tmp_path / "fixtures").mkdir()
    for name in FACTS:
        shutil.copy(settings.FIXTURES_DIR / name, tmp_path / "fixtures")
    assert ask(file, "PRAGMA journal_mode=WAL") == "wal"
    killed = prepare(file)
    while killed.poll() is None and file.stat().st_size < HALF_WAY:
        sleep(0.02)
    killed.kill()
    killed.communicate()
    assert killed.returncode == -signal.SIGKILL
    processes = [prepare(file) for _ in range(2)]
    printed = [process.communicate(timeout=300)[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    assert all(text.startswith(f"SQLite {sqlite3.sqlite_version}: ") for text in printed)
    assert sum("10-cities.json: 30 new" in text for text in printed) == 1
    assert ask(file, "SELECT count(*) FROM partners_partnercity") == 30
    assert ask(file, "PRAGMA integrity_check") == "ok"
    assert ask(file, "PRAGMA journal_mode") == ("wal" if is_wal_safe() else "delete")
