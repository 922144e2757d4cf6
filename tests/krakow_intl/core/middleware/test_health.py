import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import OperationalError, connection

from krakow_intl.core import schedule
from krakow_intl.core.middleware import health

ROOT = Path(__file__).resolve().parents[4]
NEVER = {"scheduler seen": None, "backup proven": None}
SOUND = {"database": "ok", "migrations": "ok", "keys": "ok", "storage": "ok"} | NEVER


@pytest.fixture(autouse=True)
def keys_are_current(monkeypatch):
    monkeypatch.setattr(health, "keys_are_current", lambda: True)
    health.migrated.clear()


def refuse(*arguments):
    raise OperationalError("connection to 10.0.0.1 failed: password of register is wrong")


def test_a_living_process_says_so_and_asks_no_database(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content, response["Content-Type"]) == (200, b"ok", "text/plain")


@pytest.mark.django_db
def test_a_sound_register_is_ready(client):
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (200, SOUND)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_the_answers_are_for_any_host_without_https_cookies_or_caches(client, settings, path):
    settings.SECURE_SSL_REDIRECT = True
    response = client.get(path, headers={"host": "10.1.2.3:8000"})
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_they_are_only_read(client, path):
    assert (client.head(path).status_code, client.head(path).content) == (200, b"")
    response = client.post(path)
    assert (response.status_code, response["Allow"], response["Cache-Control"]) == (405, "GET, HEAD", "no-store")


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("peer", "forwarded", "status"),
    [
        ("127.0.0.1", None, 200),
        ("172.30.112.9", None, 200),
        ("fd00::7", None, 200),
        ("81.2.69.160", None, 404),
        ("", None, 404),
        ("127.0.0.1", "81.2.69.160", 404),
        ("127.0.0.1", "", 404),
    ],
)
def test_the_counts_are_for_those_inside_who_come_through_no_proxy(client, peer, forwarded, status):
    headers = {} if forwarded is None else {"x-forwarded-for": forwarded}
    assert client.get("/metrics", headers=headers, REMOTE_ADDR=peer).status_code == status


@pytest.mark.django_db
def test_a_database_that_is_away_is_named_and_nothing_of_it_told(client, monkeypatch, caplog):
    monkeypatch.setattr(connection, "cursor", refuse)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == SOUND | {"database": "failed", "migrations": "unknown", "keys": "unknown"}
    assert "password" in caplog.text  # of the operator's log alone


@pytest.mark.parametrize("url", ["postgres://register@127.0.0.1:1/register", "sqlite:////nowhere/register.sqlite3"])
def test_o01_a_process_without_its_database_lives_and_is_not_ready(tmp_path, url):
    code = """if True:
        import django, json
        django.setup()
        from django.test import Client
        print(json.dumps([Client().get(path).status_code for path in ("/healthz", "/readyz", "/healthz")]))
    """
    own = {"DATABASE_URL": url, "VAR_DIR": str(tmp_path), "SECRET_KEY": "only-for-the-tests-" * 4}
    environment = own | {"DJANGO_SETTINGS_MODULE": "krakow_intl.settings", "ALLOWED_HOSTS": "register.example"}
    process = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert json.loads(process.stdout or "null") == [200, 503, 200], process.stderr


@pytest.mark.slow
@pytest.mark.django_db
def test_tables_that_stand_behind_the_code_are_named_until_they_are_brought_up_to_date(client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'polonia'")
    response = client.get("/readyz")
    assert (response.status_code, response.json()["migrations"]) == (503, "behind")


@pytest.mark.django_db
def test_migrations_once_found_complete_are_not_looked_for_again(client, django_assert_num_queries):
    client.get("/readyz")
    with django_assert_num_queries(2):  # whether it answers, and when the scheduler was seen
        client.get("/readyz")


@pytest.mark.django_db
def test_keys_of_an_earlier_version_are_named(client, monkeypatch):
    monkeypatch.setattr(health, "keys_are_current", lambda: False)
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (503, SOUND | {"keys": "behind"})


@pytest.mark.django_db
@pytest.mark.parametrize("missing", ["pages", "media", "imports", "documents"])
def test_o05_a_folder_that_takes_no_file_is_named(client, settings, tmp_path, monkeypatch, missing):
    settings.VAR_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    for name in ("media", "imports", "documents"):
        (tmp_path / name).mkdir()
    assert client.get("/readyz").status_code == 200

    def full(dir, **options):
        if dir == tmp_path / missing:
            raise OSError(28, "No space left on device")
        return temporary_file(dir=dir, **options)

    temporary_file = health.tempfile.TemporaryFile
    monkeypatch.setattr(health.tempfile, "TemporaryFile", full)
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (503, SOUND | {"storage": "failed"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["documents", "imports", "media", "pages"]


@pytest.mark.django_db
@pytest.mark.parametrize(("job", "told"), [(schedule.SCHEDULER, "scheduler seen"), (schedule.DRILL, "backup proven")])
def test_when_what_nobody_asks_for_was_done_is_told_and_does_not_count(client, monkeypatch, job, told):
    at = datetime(2026, 12, 1, 6, 30, tzinfo=UTC)
    monkeypatch.setattr(schedule.timezone, "now", lambda: at)
    schedule.note(job)
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (200, SOUND | {told: "2026-12-01T06:30:00+00:00"})
