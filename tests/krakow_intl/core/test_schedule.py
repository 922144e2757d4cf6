from datetime import UTC, datetime

import pytest
from django.utils import timezone

from krakow_intl.core import schedule

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(monkeypatch):
    """Sets the clock of Greenwich, an hour behind Warsaw's in winter."""
    return lambda *moment: monkeypatch.setattr(timezone, "now", lambda: datetime(*moment, tzinfo=UTC))


def test_a_job_is_due_once_a_day_and_not_before_its_hour(at):
    told = []
    for moment in [
        (2026, 12, 1, 5, 59),
        (2026, 12, 1, 6, 0),
        (2026, 12, 1, 22, 0),
        (2026, 12, 2, 3, 0),
        (2026, 12, 2, 9, 0),
    ]:
        at(*moment)
        told.append(schedule.is_first_today("mail_desk", 7))
    assert told == [False, True, False, False, True]


def test_one_job_does_not_stand_in_for_another(at):
    at(2026, 12, 1, 9, 0)
    assert schedule.is_first_today("mail_desk", 7)
    assert schedule.is_first_today("other", 7)


def test_what_is_told_is_when_a_job_was_done_last(at):
    assert schedule.last_done() == {}
    for hour in (7, 8):
        at(2026, 12, 1, hour, 0)
        schedule.note("drill")
    assert schedule.last_done() == {"drill": datetime(2026, 12, 1, 8, 0, tzinfo=UTC)}
