"""Staff see where they are signed in, and sign out there; of others they see and end nothing."""

import pytest
from django.test import Client

from krakow_intl.models import StaffSession
from tests.staff import account

pytestmark = pytest.mark.django_db
PAGE = "/en/admin/sign-in/sessions/"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Safari/604.1"


@pytest.fixture
def anna():
    return account("editor", username="anna", password="Pan-Twardowski-99")


def sign_in(address="81.2.69.160", agent=PHONE):
    client = Client()
    data = {"username": "anna", "password": "Pan-Twardowski-99"}
    client.post("/en/admin/login/", data, REMOTE_ADDR=address, headers={"User-Agent": agent})
    return client


def is_in(client):
    return client.get("/en/admin/").status_code == 200


def test_every_place_is_told_of_in_words(clock, anna):
    here, _there = sign_in(), sign_in("8.8.8.8", "curl/8")
    page = here.get(PAGE)
    html = page.content.decode()
    for words in ("Safari, iPhone", "a browser that is not known", "network 8.8.8.0/24", "in this browser"):
        assert words in html
    assert [is_current for _session, _name, is_current in page.context["sessions"]].count(True) == 1
    keys = StaffSession.objects.values_list("session_key", flat=True)
    assert not any(key in html for key in keys)


def test_one_place_is_signed_out(anna):
    here, there, elsewhere = sign_in(), sign_in(), sign_in()
    key = there.session.session_key
    [name] = [name for session, name, _c in here.get(PAGE).context["sessions"] if session.session_key == key]
    assert here.post(PAGE, {"session": name})["Location"] == PAGE
    assert [is_in(client) for client in (here, there, elsewhere)] == [True, False, True]


def test_every_other_place_is_signed_out(anna):
    here, there, elsewhere = sign_in(), sign_in(), sign_in()
    here.post(PAGE)
    assert [is_in(client) for client in (here, there, elsewhere)] == [True, False, False]


def test_the_sessions_of_others_are_neither_seen_nor_ended(anna):
    here, other = sign_in(), Client()
    other.force_login(account("reader"))
    [(_session, name, _is_current)] = other.get(PAGE).context["sessions"]
    assert len(here.get(PAGE).context["sessions"]) == 1
    here.post(PAGE, {"session": name})
    here.post(PAGE)
    assert is_in(other)


@pytest.mark.parametrize("name", ["made up", "ż", "x" * 1000])
def test_a_made_up_name_ends_nothing(anna, name):
    here, there = sign_in(), sign_in()
    here.post(PAGE, {"session": name})
    assert is_in(there)
