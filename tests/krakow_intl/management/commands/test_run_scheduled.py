import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from krakow_intl.core import audit, schedule
from krakow_intl.management.commands import run_scheduled
from krakow_intl.models import ContentChange, ScheduledJob, SignInBrake, StaffSession
from krakow_intl.review.models import PreviewLink
from tests.krakow_intl.management.commands.conftest import address_of_database
from tests.staff import account


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path


def links(user):
    kind = ContentType.objects.get_for_model(SignInBrake)
    for days in (-31, -1, 1):
        ends = timezone.now() + timedelta(days=days)
        PreviewLink.objects.create(content_type=kind, object_id=1, made_by=user, expires_at=ends)


@pytest.mark.django_db
def test_what_is_over_is_forgotten_and_the_rest_is_kept():
    now, user = timezone.now(), account("editor")
    for days in (-1, 1):
        StaffSession.objects.create(session_key=str(days), session_data="", expire_date=now + timedelta(days=days))
    for days in (32, 30):
        SignInBrake.objects.create(key=str(days), failures=1, last_attempt_at=now - timedelta(days=days))
        ContentChange.objects.create(machine=str(days))
    of_others = ContentChange.objects.filter(machine__in=["32", "30"])  # another test may have left what this one noted
    of_others.filter(machine="32").update(at=now - timedelta(days=2))
    links(user)
    audit.folder().mkdir(exist_ok=True)
    for month in ("2020-01", f"{now:%Y-%m}"):
        (audit.folder() / f"{month}.jsonl").touch()
    for _ in range(2):
        call_command("run_scheduled")
        assert [*StaffSession.objects.values_list("session_key", flat=True)] == ["1"]
        assert [*SignInBrake.objects.values_list("key", flat=True)] == ["30"]
        assert [*of_others.values_list("machine", flat=True)] == ["30"]
        assert PreviewLink.objects.count() == 2
        assert [path.name for path in audit.folder().iterdir()] == [f"{now:%Y-%m}.jsonl"]
    assert now <= schedule.last_done()[schedule.SCHEDULER]


@pytest.mark.django_db
def test_summaries_are_sent_once_a_day(monkeypatch):
    sent, call = [], call_command
    monkeypatch.setattr(run_scheduled, "call_command", lambda name, **_: sent.append(name))
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 12, 1, 9, tzinfo=UTC))
    for _ in range(2):
        call("run_scheduled")
    assert sent.count("mail_desk") == 1
    assert mail.outbox == []


@pytest.mark.django_db
def test_a_job_that_fails_keeps_no_other_from_being_done(monkeypatch, caplog):
    def fail(now):
        raise RuntimeError("broken")

    monkeypatch.setattr(run_scheduled, "carry_out_due", fail)
    StaffSession.objects.create(session_key="over", session_data="", expire_date=timezone.now() - timedelta(days=1))
    with pytest.raises(CommandError, match=r"Failed: publish\."):
        call_command("run_scheduled")
    assert not StaffSession.objects.exists()
    assert "scheduled: publish failed" in caplog.text
    assert schedule.last_done()[schedule.SCHEDULER]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_at_once_do_everything_once_and_end_when_they_are_told_to(tmp_path):
    StaffSession.objects.create(session_key="over", session_data="", expire_date=timezone.now() - timedelta(days=1))
    own = {
        "PATH": os.environ["PATH"],
        "SECRET_KEY": "only-for-the-tests-" * 4,
        "DATABASE_URL": address_of_database(),
        "VAR_DIR": str(tmp_path),
    }
    connection.close()
    command = [sys.executable, "manage.py", "run_scheduled", "--every", "1"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    both = [subprocess.Popen(command, env=own, **pipes) for _ in range(2)]
    for process in both:
        for _ in range(6):  # lines, three each time
            assert process.stdout.readline()
        process.send_signal(signal.SIGTERM)
    assert [(process.communicate(timeout=20)[1], process.returncode) for process in both] == [("", 0)] * 2
    assert not StaffSession.objects.exists()
    assert ScheduledJob.objects.filter(name=schedule.SCHEDULER).count() == 1
