from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, nullcontext
from io import StringIO
from itertools import pairwise
from time import monotonic, sleep

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from krakow_intl.core.roles import Role
from krakow_intl.management.commands import prepare
from krakow_intl.management.commands.prepare import one_at_a_time
from krakow_intl.models import LoadedFixture


@pytest.fixture
def no_facts(settings, tmp_path):
    settings.FIXTURES_DIR = tmp_path
    (tmp_path / "00-nothing.json").write_text("[]")


@pytest.mark.django_db
def test_prepare_loads_the_facts_and_makes_accounts_only_when_asked(no_facts):
    call_command("prepare", verbosity=0)
    assert LoadedFixture.objects.count() == 1
    assert not get_user_model().objects.exists()


@pytest.mark.django_db
def test_prepare_twice_says_nothing_the_second_time(no_facts):
    first, second = StringIO(), StringIO()
    Group.objects.bulk_create([Group(name=role) for role in Role.values])
    call_command("prepare", demo_accounts=True, stdout=first)
    call_command("prepare", demo_accounts=True, stdout=second)
    assert "administrator" in first.getvalue()
    assert [line for line in second.getvalue().splitlines() if not line.startswith("SQLite ")] == []


@pytest.mark.slow
@pytest.mark.django_db
def test_a_database_of_another_version_is_refused_by_name_and_left_alone(no_facts):
    MigrationRecorder(connection).record_applied("partners", "0002_imports")
    with pytest.raises(CommandError, match="partners 0002_imports") as refusal:
        call_command("prepare", verbosity=0)
    assert str(connection.settings_dict["NAME"]) in str(refusal.value)
    assert not LoadedFixture.objects.exists()


@pytest.mark.slow
@pytest.mark.django_db
def test_migrations_of_libraries_that_are_not_known_refuse_nothing(no_facts):
    MigrationRecorder(connection).record_applied("auth", "0099_of_tomorrow")
    call_command("prepare", verbosity=0)
    assert LoadedFixture.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_o08_on_postgresql_processes_prepare_one_after_the_other():
    if connection.vendor != "postgresql":
        return

    def prepare(_):
        with closing(connection), one_at_a_time():
            start = monotonic()
            sleep(0.2)
            return start, monotonic()

    with ThreadPoolExecutor(3) as threads:
        spans = sorted(threads.map(prepare, range(3)))
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))


@pytest.mark.parametrize(("failures", "paused"), [(0, []), (3, [1, 2, 4]), (99, [*prepare.PAUSES])])
def test_o01_a_database_that_has_only_been_started_is_waited_for(monkeypatch, failures, paused):
    pauses, attempts = [], iter(range(99))

    class Connection:
        vendor = "postgresql"

        def ensure_connection(self):
            if next(attempts) < failures:
                raise OperationalError("connection refused")

    monkeypatch.setattr(prepare, "connection", Connection())
    monkeypatch.setattr(prepare, "sleep", pauses.append)
    with pytest.raises(OperationalError) if failures > len(prepare.PAUSES) else nullcontext():
        prepare.wait_for_database()
    assert pauses == paused
