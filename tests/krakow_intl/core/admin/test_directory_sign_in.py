"""The city's directory lets staff in whom the register knows, and gives nobody a right."""

from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import User
from django.test import Client

from krakow_intl.models import StaffSession
from tests.directory import CLIENT, SECRET, running_directory
from tests.second_factors import code, give_app
from tests.staff import account

pytestmark = [pytest.mark.django_db, pytest.mark.once]
BEGIN, BACK = "/en/admin/login/directory/", "/pl/admin/login/directory/back/"
ANNA = {"sub": "4711", "email": "anna@um.example", "email_verified": True}


@pytest.fixture
def directory(settings, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with running_directory() as directory:
        app = {
            "provider_id": "directory",
            "name": "directory",
            "client_id": CLIENT,
            "secret": SECRET,
            "settings": {"server_url": directory.url, "oauth_pkce_enabled": True},
        }
        settings.OIDC_SERVER_URL = directory.url
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
        directory.claims = dict(ANNA)
        yield directory


@pytest.fixture
def anna():
    return account("editor", username="anna", email="Anna@um.example")


def go_there(client, wanted="/en/admin/partners/"):
    """Sets out; returns the parameters of the directory's own page."""
    answer = client.get(BEGIN, {"next": wanted})
    assert answer.status_code == 302
    return {name: value[0] for name, value in parse_qs(urlsplit(answer["Location"]).query).items()}


def come_back(client, **given):
    asked = go_there(client)
    return client.get(BACK, {"state": asked["state"], "code": "once"} | given)


def signed_in(client):
    return client.session.get("_auth_user_id")


def test_who_is_known_by_a_verified_e_mail_gets_in_and_is_known_by_name_from_then_on(client, directory, anna):
    answer = come_back(client)
    assert answer["Location"] == "/en/admin/partners/"
    assert signed_in(client) == str(anna.pk)
    linked = SocialAccount.objects.get()
    assert (linked.user, linked.uid, linked.extra_data) == (anna, "4711", {})
    User.objects.update(email="")
    directory.claims = {"sub": "4711"}
    again = Client()
    come_back(again)
    assert signed_in(again) == str(anna.pk)
    assert SocialAccount.objects.get().extra_data == {}


def test_the_way_there_names_one_address_and_proves_who_set_out(client, directory, anna):
    asked = go_there(client)
    assert asked["redirect_uri"] == f"http://testserver{BACK}"
    assert (asked["client_id"], asked["code_challenge_method"]) == (CLIENT, "S256")
    client.get(BACK, {"state": asked["state"], "code": "once"})
    [sent] = [sent for path, sent in directory.asked if path == "/token"]
    assert sent["code_verifier"]


def test_the_second_step_follows_here_too(clock, client, directory, anna):
    give_app(anna)
    answer = come_back(client)
    assert answer["Location"] == "/en/admin/login/second-step/?next=%2Fen%2Fadmin%2Fpartners%2F"
    assert signed_in(client) is None
    client.post(answer["Location"], {"code": code()})
    assert signed_in(client) == str(anna.pk)


@pytest.mark.parametrize("value", [{"groups": ["administrator"]}, {"is_superuser": True, "is_staff": True}, {}])
def test_no_claim_gives_or_takes_a_right(client, directory, anna, value):
    before = User.objects.filter(pk=anna.pk).values("is_staff", "is_superuser", "groups", "email", "first_name").get()
    directory.claims |= value | {"given_name": "Another", "preferred_username": "root"}
    come_back(client)
    assert signed_in(client) == str(anna.pk)
    after = User.objects.filter(pk=anna.pk).values("is_staff", "is_superuser", "groups", "email", "first_name").get()
    assert after == before


REFUSED = {
    "nobody of ours": {"email": "jan@um.example"},
    "an e-mail that nobody verified": {"email_verified": False},
    "an e-mail of which it says nothing": {"email_verified": None},
    "an e-mail verified by a word": {"email_verified": "false"},
    "no e-mail": {"email": None},
}


@pytest.mark.parametrize("claims", REFUSED.values(), ids=REFUSED)
def test_who_is_not_known_is_refused_and_no_account_is_made(client, directory, anna, claims):
    directory.claims |= claims
    answer = come_back(client)
    assert answer["Location"] == "/pl/admin/login/?directory=failed&next=%2Fen%2Fadmin%2Fpartners%2F"
    assert signed_in(client) is None
    assert (User.objects.count(), SocialAccount.objects.count()) == (1, 0)
    assert 'class="errornote"' in client.get(answer["Location"]).content.decode()


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}, {"is_superuser": True}], ids=str)
def test_an_account_that_is_closed_or_above_all_is_linked_by_no_e_mail(client, directory, anna, change):
    User.objects.update(**change)
    come_back(client)
    assert signed_in(client) is None
    assert not SocialAccount.objects.exists()


def test_an_account_that_was_closed_after_it_was_linked_stays_closed(client, directory, anna):
    SocialAccount.objects.create(user=anna, provider="directory", uid="4711")
    User.objects.update(is_active=False)
    come_back(client)
    assert signed_in(client) is None


def test_an_e_mail_of_two_accounts_names_neither(client, directory, anna):
    account("reader", email="anna@um.example")
    come_back(client)
    assert signed_in(client) is None


def test_a_second_person_with_the_same_e_mail_does_not_take_over_the_account(client, directory, anna):
    come_back(client)
    directory.claims["sub"] = "0815"
    other = Client()
    come_back(other)
    assert signed_in(other) is None
    assert SocialAccount.objects.get().uid == "4711"


def test_what_is_said_of_another_than_was_let_in_is_not_believed(client, directory, anna):
    directory.id_claims = {"sub": "0815"}
    come_back(client)
    assert signed_in(client) is None


@pytest.mark.parametrize("given", [{"state": "made up"}, {"error": "access_denied"}, {"error": "x\r\ny"}], ids=str)
def test_a_made_up_or_broken_way_back_leads_to_the_page_to_sign_in_at(client, directory, anna, given):
    answer = come_back(client, **given)
    assert answer.status_code == 302
    assert "directory=failed" in answer["Location"]
    assert signed_in(client) is None


def test_a_way_back_serves_once_and_only_whoever_set_out(client, directory, anna):
    asked = go_there(client)
    thief = Client()
    thief.get(BACK, {"state": asked["state"], "code": "once"})
    assert signed_in(thief) is None
    client.get(BACK, {"state": asked["state"], "code": "once"})
    client.post("/en/admin/logout/")
    client.get(BACK, {"state": asked["state"], "code": "once"})
    assert signed_in(client) is None


@pytest.mark.parametrize("is_on_the_way", [False, True])
def test_a_directory_that_is_broken_is_no_fault_of_ours(client, directory, anna, is_on_the_way):
    asked = go_there(client) if is_on_the_way else {"state": "x"}
    directory.is_broken = True
    address = BACK if is_on_the_way else BEGIN
    answer = client.get(address, {"state": asked["state"], "code": "once"})
    assert answer.status_code == 302
    assert "directory=failed" in answer["Location"]


@pytest.mark.parametrize("target", ["https://example.org", "//example.org", "javascript:alert(1)"])
def test_it_leads_to_no_other_host(client, directory, anna, target):
    asked = go_there(client, target)
    assert client.get(BACK, {"state": asked["state"], "code": "once"})["Location"] == "/en/admin/"


def test_what_is_asked_of_the_directory_is_not_for_a_visitor_to_say(client, directory):
    answer = client.get(BEGIN, {"scope": "admin", "auth_params": "prompt=none&client_id=x", "process": "connect"})
    asked = parse_qs(urlsplit(answer["Location"]).query)
    assert {*asked["scope"][0].split()} == {"openid", "profile", "email"}
    assert (asked["client_id"], "prompt" in asked) == ([CLIENT], False)


def test_who_is_signed_in_is_sent_on(client, directory, anna):
    client.force_login(anna)
    assert client.get(BEGIN)["Location"] == "/en/admin/"


def test_the_page_to_sign_in_at_offers_it_where_it_is_set_up(client, directory):
    page = client.get("/en/admin/login/?next=/en/admin/partners/").content.decode()
    assert f'href="{BEGIN}?next=/en/admin/partners/"' in page


@pytest.mark.parametrize("address", [BEGIN, BACK])
def test_without_its_settings_it_has_no_address(client, address):
    assert client.get(address).status_code == 404
    assert "directory" not in client.get("/en/admin/login/").content.decode()
    assert not StaffSession.objects.exists()
