"""An administrator removes the second factor that a colleague has lost, and goes beyond their own rights nowhere."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.test import Client

from krakow_intl.core import second_factor
from krakow_intl.core.roles import Role
from tests.second_factors import give_app, give_recovery_codes
from tests.staff import account, page_of, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna():
    user = account("editor", username="anna")
    give_app(user)
    give_recovery_codes(user)
    return user


def page_for(user):
    return f"/en/admin/auth/user/{user.pk}/second-factor/"


def test_it_is_asked_about_removed_and_logged_and_the_account_signed_out(client, anna, caplog):
    hers = Client()
    hers.force_login(anna)
    sign_in(client, "administrator")
    assert f'href="{page_for(anna)}"' in client.get(page_of(anna, "change")).content.decode()
    assert client.get(page_for(anna)).status_code == 200
    assert second_factor.has_second_factor(anna)
    assert client.post(page_for(anna))["Location"] == page_of(anna, "change")
    assert not Authenticator.objects.exists()
    assert hers.get("/en/admin/").status_code == 302
    entry = LogEntry.objects.get()
    assert (entry.user.username, entry.object_id) == ("administrator", str(anna.pk))
    assert "second factor removed by an administrator: account 'anna', by 'administrator'" in caplog.text


@pytest.mark.parametrize("role", [role for role in Role.values if role != "administrator"])
def test_others_remove_nothing(client, anna, role):
    sign_in(client, role, username="jan")
    assert client.post(page_for(anna)).status_code == 403
    assert second_factor.has_second_factor(anna)


def test_an_administrator_removes_nothing_of_a_superuser(client):
    root = account("superuser")
    give_app(root)
    sign_in(client, "administrator")
    assert client.get(page_for(root)).status_code == 403
    assert client.post(page_for(root)).status_code == 403
    assert second_factor.has_second_factor(root)


def test_ones_own_is_removed_on_ones_own_page(client):
    sign_in(client, "administrator")
    me = Client.session.fget(client)["_auth_user_id"]
    answer = client.post(f"/en/admin/auth/user/{me}/second-factor/")
    assert answer["Location"] == "/en/admin/sign-in/"


def test_who_signed_in_a_while_ago_gives_the_password_once_more(clock, client, anna):
    sign_in(client, "administrator")
    clock.pass_by(minutes=11)
    assert client.post(page_for(anna))["Location"].startswith("/en/admin/sign-in/confirm/")
    assert second_factor.has_second_factor(anna)


@pytest.mark.parametrize("pk", ["99999", "x"])
def test_there_is_no_page_of_nobody(client, pk):
    sign_in(client, "administrator")
    assert client.get(f"/en/admin/auth/user/{pk}/second-factor/").status_code == 404


def test_an_account_without_one_says_so(client):
    reader = account("reader")
    sign_in(client, "administrator")
    assert "has no second factor" in client.get(page_for(reader)).content.decode()
