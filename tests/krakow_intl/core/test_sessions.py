"""A sign-in ends by itself: after half an hour of rest, after a working day, and wherever its owner ends it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.test import Client

from krakow_intl.core.sessions import SessionStore, end_sessions, sessions_of
from krakow_intl.models import StaffSession
from tests.staff import account

pytestmark = pytest.mark.django_db
PASSWORD = "Pan-Twardowski-99"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0"


@pytest.fixture
def anna():
    return account("editor", username="anna", password=PASSWORD)


def sign_in(client=None, address="81.2.69.160"):
    client = client or Client()
    data = {"username": "anna", "password": PASSWORD}
    client.post("/en/admin/login/", data, REMOTE_ADDR=address, headers={"User-Agent": FIREFOX})
    return client


def is_in(client):
    return client.get("/en/admin/").status_code == 200


def test_a_session_says_whose_it_is_and_from_where(clock, anna):
    sign_in()
    session = StaffSession.objects.get()
    assert (session.user, session.network, session.browser) == (anna, "81.2.69.0/24", "Firefox, Linux")
    assert (session.started_at, session.last_seen_at) == (clock.now, clock.now)


def test_who_does_nothing_for_half_an_hour_is_signed_out(clock, anna):
    client = sign_in()
    clock.pass_by(minutes=29)
    assert is_in(client)
    clock.pass_by(minutes=29)
    assert is_in(client)
    clock.pass_by(minutes=30)
    assert not is_in(client)


def test_however_busy_nobody_is_signed_in_for_more_than_twelve_hours(clock, anna):
    client = sign_in()
    for _ in range(35):
        clock.pass_by(minutes=20)
        assert is_in(client)
    clock.pass_by(minutes=20)
    assert not is_in(client)


def test_a_new_password_does_not_lengthen_the_day(clock, anna):
    client = sign_in()
    for _ in range(35):
        clock.pass_by(minutes=20)
        assert is_in(client)
    new = {"new_password1": "Zamek-Niepolomice-8", "new_password2": "Zamek-Niepolomice-8"}
    client.post("/en/admin/password_change/", {"old_password": PASSWORD, **new})
    clock.pass_by(minutes=20)
    assert not is_in(client)


def test_a_cookie_that_was_kept_opens_nothing_afterwards(clock, anna):
    client = sign_in()
    kept = client.cookies["sessionid"].value
    client.post("/en/admin/logout/")
    thief = Client()
    thief.cookies["sessionid"] = kept
    assert not is_in(thief)


def test_it_is_noted_once_a_minute_that_somebody_is_there(clock, anna, django_assert_num_queries):
    client = sign_in()
    clock.pass_by(seconds=59)
    is_in(client)
    assert StaffSession.objects.get().last_seen_at < clock.now
    clock.pass_by(seconds=1)
    is_in(client)
    assert StaffSession.objects.get().last_seen_at == clock.now


def test_a_locked_table_keeps_nobody_from_reading(clock, anna, monkeypatch):
    client = sign_in()
    clock.pass_by(minutes=5)

    def refuse(*args, **kwargs):
        raise DatabaseError("database is locked")

    monkeypatch.setattr("django.db.models.query.QuerySet.update", refuse)
    assert is_in(client)


def test_a_sign_in_that_only_began_is_forgotten_soon(clock):
    store = SessionStore()
    store["pending_sign_in"] = {}
    store.save()
    assert StaffSession.objects.get().expire_date - clock.now == timedelta(minutes=15)


def test_sessions_that_are_over_are_cleared_away_at_a_sign_in(clock, anna):
    sign_in()
    clock.pass_by(hours=1)
    sign_in()
    assert StaffSession.objects.count() == 1


def test_those_of_a_former_password_are_not_told_of(anna):
    sign_in()
    anna.set_password("Zamek-Niepolomice-8")
    anna.save()
    assert sessions_of(anna) == []


def test_an_account_is_signed_out_everywhere_but_here(anna):
    here, there = sign_in(), sign_in()
    other = Client()
    other.force_login(account("reader"))
    assert end_sessions(anna, but=here.session.session_key) == 1
    assert [is_in(client) for client in (here, there, other)] == [True, False, True]


def test_the_session_of_a_request_that_was_ended_meanwhile_does_not_come_back(anna):
    client = sign_in()
    session = client.session
    end_sessions(anna)
    session.touch()
    assert not StaffSession.objects.exists()
