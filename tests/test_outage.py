"""What visitors and staff are told while the database is away or locked, and that all is well once it is back."""

import http.client
import os
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from tests.krakow_intl.core.sqlite.test_base import FACTS
from tests.migrated import carry_to
from tests.postgres import cluster, folder_of, start, stop
from tests.test_server import wait_for

ENVIRONMENT = {"PATH": os.environ["PATH"], "SECRET_KEY": "only-for-the-tests-" * 4, "WEB_CONCURRENCY": "1"}
SETTINGS = """
from pathlib import Path

from krakow_intl.settings import *

STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
FIXTURES_DIR = Path(__file__).parent / "facts"
"""  # no file is asked for here; to compress them all takes half a minute
KEPT = ["/pl/", "/en/partner-cities/lviv/", "/pl/umowy/?kind=twinning"]
NEW = {  # by fault: nobody has asked for these yet
    "away": ["/en/agreements/", "/pl/szukaj/?q=Lipsk", "/sitemap.xml", "/pl/miasta-partnerskie/kyiv/"],
    "locked": ["/pl/umowy/", "/en/search/?q=Vienna", "/en/agreements.csv", "/en/partner-cities/kyiv/"],
}
SLOWEST = 5  # seconds: two of waiting for a lock, twice at most, and two cores that do other things
WORDS = {"pl": "Rejestr nie może teraz odpowiedzieć", "en": "The register cannot answer just now"}


@contextmanager
def on_sqlite(folder):
    file = folder / "register.sqlite3"
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as own:
        own.execute("VACUUM INTO ?", [str(file)])  # so that tables need not be made from nothing once more

    @contextmanager
    def away():
        file.rename(folder / "away")
        yield
        (folder / "away").replace(file)

    @contextmanager
    def locked():
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            yield

    yield f"sqlite:///{file}", {"away": away, "locked": locked}


@contextmanager
def on_postgresql(folder):
    with cluster() as url:
        carry_to(url)
        place = folder_of(url)

        @contextmanager
        def away():
            stop(place)
            try:
                yield
            finally:
                start(place)

        @contextmanager
        def locked():
            with psycopg.connect(host=place, user="register", dbname="postgres") as other:
                tables = other.execute("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'")
                other.execute(f"LOCK TABLE {', '.join(name for (name,) in tables.fetchall())}")
                yield

        yield url, {"away": away, "locked": locked}


@contextmanager
def served(url, folder, port):
    (folder / "served_settings.py").write_text(SETTINGS)
    (folder / "facts").mkdir()
    for name in FACTS:
        (folder / "facts" / name).symlink_to(settings.BASE_DIR / "fixtures" / name)
    own = {"DJANGO_SETTINGS_MODULE": "served_settings", "PYTHONPATH": str(folder)}
    environment = ENVIRONMENT | own | {"DATABASE_URL": url, "VAR_DIR": str(folder / "var")}
    prepare = [sys.executable, "manage.py", "prepare", "--verbosity", "0"]
    subprocess.run(prepare, cwd=settings.BASE_DIR, env=environment, check=True, stdout=subprocess.DEVNULL)
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}"]
    with (
        (folder / "log").open("w") as log,
        subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, stderr=log) as server,
    ):
        try:
            wait_for(port)
            yield
        finally:
            server.terminate()


def ask(port, path):
    start = time.monotonic()
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode(), time.monotonic() - start


def faults_of_outage(port, new):
    """What is told otherwise than it should be while the register cannot ask its database."""
    for path in KEPT:
        status, headers, _, seconds = ask(port, path)
        if (status, headers["Cache-Status"]) != (200, "register; hit") or seconds > 1:
            yield path, status, headers["Cache-Status"], seconds
    for path in new:
        status, headers, page, seconds = ask(port, path)
        is_told = any(words in page for words in WORDS.values())
        if path.startswith(("/pl/", "/en/")):
            is_told = WORDS[path[1:3]] in page
        if status != 503 or not headers["Retry-After"] or not is_told or seconds > SLOWEST:
            yield path, status, headers["Retry-After"], seconds
    status, _, _, seconds = ask(port, "/en/admin/password_change/")
    if status not in (302, 503) or seconds > SLOWEST:
        yield "admin", status, seconds


@pytest.mark.slow
def test_o02_o03_while_the_database_is_away_or_locked_nothing_is_broken(tmp_path, django_db_setup):
    place = on_postgresql if settings.DATABASE["ENGINE"].endswith("postgresql") else on_sqlite
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with place(tmp_path) as (url, faults), served(url, Path(tmp_path), port):
        found = {}
        for name, fault in faults.items():
            assert [ask(port, path)[0] for path in KEPT] == [200] * len(KEPT)
            with fault():
                found[name] = [*faults_of_outage(port, NEW[name])]
            found[f"after {name}"] = [(path, status) for path in NEW[name] if (status := ask(port, path)[0]) != 200]
        assert found == {name: [] for name in found}, (tmp_path / "log").read_text()
