import errno
import hashlib
import os
import re
import signal
import subprocess
import sys
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.conf import settings as configured
from django.core.management import CommandError, call_command
from django.db import connection

from krakow_intl.core import backups, schedule
from krakow_intl.core.dumps import PostgreSQL
from krakow_intl.management.commands import backup
from krakow_intl.management.commands.drill import elsewhere as environment_of
from krakow_intl.models import Page
from tests.krakow_intl.management.commands.conftest import address_of_database, members_of
from tests.records import make_published

KILLED = """if True:
    import os, sys
    from pathlib import Path
    import django
    django.setup()
    from krakow_intl.core import backups, schedule
    backups.os.fsync = lambda _: os.kill(os.getpid(), int(sys.argv[2]))  # all is written but not yet safe
    backups.write_backup(Path(sys.argv[1]))
"""


@pytest.mark.slow
def test_a_backup_holds_the_database_the_files_and_a_proof_of_each(register, archive):
    members = members_of(archive)
    manifest = members["manifest.json"]
    assert manifest["vendor"] == connection.vendor
    assert ["krakow_intl", "0001_initial"] in manifest["migrations"]
    assert manifest["tables"]["krakow_intl_page"]["rows"] == Page.objects.count() == 1
    assert manifest["tables"]["krakow_intl_historicalpage"]["rows"] == 1
    assert members["documents/scan.pdf"] == b"%PDF of a scan"
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in members.items() if name[0] != "m"}
    assert set(digests) < set(manifest["members"])
    assert all(manifest["members"][name]["sha256"] == digest for name, digest in digests.items())
    assert "media/documents/2024/łódź.pdf" in manifest["members"]
    assert archive.stat().st_mode & 0o777 == 0o600


def test_a_backup_without_a_name_is_named_by_its_moment(register):
    output = StringIO()
    call_command("backup", stdout=output)
    (path,) = (register / "backups").iterdir()
    # the name of a backup: "register-20260420T120000Z.tar"
    assert re.fullmatch(r"register-\d{8}T\d{6}Z\.tar", path.name)
    assert str(path) in output.getvalue()
    assert "files: 6" in output.getvalue()


def test_what_is_written_meanwhile_is_not_half_in_the_backup(register, tmp_path, request, monkeypatch):
    if connection.vendor != "postgresql":
        return

    def run(self, *arguments):
        make_published(Page, {}, slug="meanwhile")
        _run(self, *arguments)

    _run = PostgreSQL._run
    with monkeypatch.context() as patch:
        patch.setattr(PostgreSQL, "_run", run)
        call_command("backup", str(tmp_path / "register.tar"), verbosity=0)
    assert Page.objects.count() == 2
    request.getfixturevalue("elsewhere")
    call_command("restore", str(tmp_path / "register.tar"), verbosity=0, stdout=StringIO())
    assert Page.objects.count() == 1


@pytest.mark.parametrize(("number", "left"), [(signal.SIGKILL, 1), (signal.SIGTERM, 0)], ids=["SIGKILL", "SIGTERM"])
def test_a_killed_backup_leaves_nothing_that_looks_whole(register, tmp_path, number, left):
    folder = tmp_path / "backups"
    command = [sys.executable, "-c", KILLED, str(folder / "register.tar"), str(int(number))]
    environment = environment_of(address_of_database(), register)
    process = subprocess.run(command, cwd=configured.BASE_DIR, env=environment, capture_output=True, check=False)
    assert process.returncode != 0
    assert list(folder.glob("[!.]*")) == []
    assert len(list(folder.iterdir())) == left  # a hidden folder


def test_a_full_disk_is_named_and_nothing_left_on_it(register, tmp_path, monkeypatch):
    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(backups.os, "fsync", full)
    with pytest.raises(CommandError, match="disk is full"):
        call_command("backup", str(tmp_path / "backups" / "register.tar"))
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_backup_overwrites_nothing(archive):
    before = archive.read_bytes()
    with pytest.raises(CommandError, match="exists already"):
        call_command("backup", str(archive))
    assert archive.read_bytes() == before


def test_an_empty_database_is_no_backup(elsewhere, tmp_path):
    with pytest.raises(CommandError, match="nothing to back up"):
        call_command("backup", str(tmp_path / "register.tar"))
    assert not (tmp_path / "register.tar").exists()


def test_a_sheet_forgotten_meanwhile_is_left_out(register, tmp_path, monkeypatch):
    gone = [("imports/gone", register / "imports" / "gone")]
    monkeypatch.setattr(backups, "_files_here", lambda: gone)
    call_command("backup", str(tmp_path / "register.tar"), stdout=StringIO())
    assert "imports/gone" not in members_of(tmp_path / "register.tar")["manifest.json"]["members"]


def test_a_missing_program_is_named_with_its_package(register, tmp_path, monkeypatch):
    if connection.vendor != "postgresql":
        return
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CommandError, match=r"pg_dump is not installed \(Debian: apt-get install postgresql-client\)"):
        call_command("backup", str(tmp_path / "register.tar"))


def test_the_password_stands_on_no_command_line(register, tmp_path, monkeypatch):
    if connection.vendor != "postgresql":
        return
    (tmp_path / "pg_dump").write_text('#!/bin/sh\necho "$* and $PGPASSWORD" >&2; exit 1\n')
    (tmp_path / "pg_dump").chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setitem(connection.settings_dict, "PASSWORD", "secret")
    with pytest.raises(CommandError) as refusal:
        call_command("backup", str(tmp_path / "register.tar"))
    arguments, password = str(refusal.value).split(" and ")
    assert password == "secret"
    assert "--snapshot=" in arguments
    assert "secret" not in arguments


@pytest.mark.parametrize(
    ("now", "seconds"),
    [((1, 2, 29), 60), ((1, 2, 30), 24 * 3600), ((1, 2, 31), 24 * 3600 - 60), ((1, 23, 30), 3 * 3600)],
)
def test_the_night_is_waited_for(now, seconds):
    assert backup.seconds_until_night(datetime(2026, 12, *now, tzinfo=UTC)) == seconds


def test_a_backup_that_is_not_proven_deletes_none(register, monkeypatch):
    old = register / "backups" / "register-20260101T000000Z.tar"
    other = register / "backups" / "kept-for-the-archive.tar"
    old.parent.mkdir()
    for path in (old, other):
        path.touch()
        os.utime(path, (0, 0))
    told = []

    def drill(name, file, **options):
        told.append((name, file.exists()))
        if len(told) == 1:
            raise CommandError("THE DRILL FAILED")

    monkeypatch.setattr(backup, "call_command", drill)
    made = iter([register / "backups" / "register-1.tar", register / "backups" / "register-2.tar"])
    monkeypatch.setattr(backup, "_new_file", lambda: next(made))
    with pytest.raises(CommandError):
        call_command("backup", drill=True, keep_days=120)
    assert old.exists()
    assert schedule.DRILL not in schedule.last_done()
    call_command("backup", drill=True, keep_days=120)
    assert told == [("drill", True)] * 2
    assert sorted(path.name for path in old.parent.iterdir()) == [other.name, "register-1.tar", "register-2.tar"]
    assert schedule.DRILL in schedule.last_done()
