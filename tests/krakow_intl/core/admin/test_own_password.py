"""One's own password is guessed no faster inside than outside, and a new one ends the other sessions."""

import pytest

from krakow_intl.core.sessions import sessions_of
from tests.staff import ELSEWHERE, account

pytestmark = pytest.mark.django_db
PASSWORD = "Pan-Twardowski-99"
NEW = {"new_password1": "Zamek-Niepolomice-8", "new_password2": "Zamek-Niepolomice-8"}
CHANGE, CONFIRM = "/en/admin/password_change/", "/en/admin/sign-in/confirm/"


@pytest.fixture
def anna(client):
    user = account("editor", username="anna", password=PASSWORD)
    client.force_login(user)
    return user


@pytest.mark.parametrize(
    ("address", "field", "more"), [(CHANGE, "old_password", NEW), (CONFIRM, "password", {})], ids=["change", "confirm"]
)
def test_after_five_wrong_passwords_even_the_right_one_waits(clock, client, anna, address, field, more):
    for number in range(5):
        assert client.post(address, {field: f"wrong-{number}"} | more).status_code == 200
    answer = client.post(address, {field: PASSWORD} | more)
    assert (answer.status_code, answer["Retry-After"]) == (429, "2")
    clock.pass_by(seconds=2)
    assert client.post(address, {field: PASSWORD} | more).status_code == 302


def test_a_new_password_signs_out_everywhere_else(client, anna):
    other = type(client)()
    other.force_login(anna)
    assert client.post(CHANGE, {"old_password": PASSWORD, **NEW})["Location"] == "/en/admin/password_change/done/"
    anna.refresh_from_db()
    assert [session.session_key for session in sessions_of(anna)] == [client.session.session_key]
    assert client.get("/en/admin/").status_code == 200
    assert other.get("/en/admin/").status_code == 302


@pytest.mark.parametrize("new", ["krakow123456", "Haslo1234567", "Xk29vb83qq1", "anna-anna-anna"])
def test_a_weak_password_is_refused_with_a_reason(client, anna, new):
    page = client.post(CHANGE, {"old_password": PASSWORD, "new_password1": new, "new_password2": new})
    assert page.status_code == 200
    assert page.context["form"].errors["new_password2"]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_h27_confirming_leads_to_no_other_host(client, anna, target):
    assert client.post(f"{CONFIRM}?next={target}", {"password": PASSWORD})["Location"] == "/en/admin/"


def test_who_has_no_password_signs_in_again_instead(client, anna):
    anna.set_unusable_password()
    anna.save()
    client.force_login(anna)
    page = client.get(CONFIRM).content.decode()
    assert "Please sign out and sign in again" in page
    assert client.post(CONFIRM, {"password": "!"}).status_code == 200
