"""Staff look after their own second factor: what is set up, shown once, made anew and removed."""

import pytest
from allauth.mfa.models import Authenticator

from krakow_intl.core import second_factor
from tests.second_factors import code, give_app, give_recovery_codes, wrong_code
from tests.staff import account

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ROOT = "/en/admin/sign-in/"
CODES, FILE = f"{ROOT}recovery-codes/", f"{ROOT}recovery-codes.txt"


@pytest.fixture
def anna(client):
    user = account("editor", username="anna", password="Pan-Twardowski-99")
    client.force_login(user)
    return user


def set_up_app(client):
    client.get(f"{ROOT}app/")
    return client.post(f"{ROOT}app/", {"code": code(key=client.session["secret_of_app"])})


def remove_page(row):
    return f"{ROOT}{row.pk}/remove/"


def test_the_page_shows_the_key_as_a_picture_and_in_letters(client, anna):
    page = client.get(f"{ROOT}app/")
    secret = client.session["secret_of_app"]
    html = page.content.decode()
    assert page.context["key"].replace(" ", "") == secret
    assert f"secret={secret}" in page.context["address"]
    assert '<svg class="qr-code"' in html
    assert "no-store" in page["Cache-Control"]
    assert client.get(f"{ROOT}app/").context["key"] == page.context["key"]


def test_a_wrong_code_sets_up_nothing_and_after_five_one_waits(clock, client, anna):
    client.get(f"{ROOT}app/")
    for _ in range(5):
        assert client.post(f"{ROOT}app/", {"code": wrong_code()}).status_code == 200
    assert client.post(f"{ROOT}app/", {"code": wrong_code()}).status_code == 429
    assert not Authenticator.objects.exists()


def test_a_code_before_the_page_was_seen_sets_up_nothing(client, anna):
    assert client.post(f"{ROOT}app/", {"code": "123456"}).status_code == 200


def test_ten_codes_are_shown_after_the_first_second_factor_until_they_are_kept(clock, client, anna):
    assert set_up_app(client)["Location"] == CODES
    codes = client.get(CODES).context["codes"]
    assert len(codes) == 10
    file = client.get(FILE)
    assert file["Content-Disposition"] == 'attachment; filename="recovery-codes.txt"'
    assert {*codes} < {*file.content.decode().split("\r\n")}
    assert "no-store" in file["Cache-Control"]
    client.post(CODES, {"done": "yes"})
    assert client.get(CODES).context["codes"] == []
    assert client.get(FILE).status_code == 404
    assert not any(each in client.get(CODES).content.decode() for each in codes)


def test_codes_that_were_left_open_are_hidden_after_a_while(clock, client, anna):
    set_up_app(client)
    clock.pass_by(minutes=10)
    assert client.get(CODES).context["codes"] == []


def test_another_session_of_the_account_is_shown_no_codes(clock, client, anna):
    set_up_app(client)
    other = type(client)()
    other.force_login(anna)
    assert other.get(CODES).context["codes"] == []
    assert other.get(FILE).status_code == 404


def test_a_second_factor_more_leaves_the_codes_as_they_are(clock, client, anna):
    give_app(anna)
    codes = give_recovery_codes(anna)
    assert set_up_app(client)["Location"] == ROOT
    assert second_factor.recovery_codes_left(anna) == codes


def test_new_codes_take_the_place_of_the_former(client, anna):
    give_app(anna)
    former = give_recovery_codes(anna)
    assert client.post(CODES)["Location"] == CODES
    assert {*client.get(CODES).context["codes"]}.isdisjoint(former)


def test_without_a_second_factor_there_are_no_codes(client, anna):
    assert client.get(CODES)["Location"] == ROOT
    client.post(CODES)
    assert not Authenticator.objects.exists()


def test_what_is_removed_is_asked_about_first(client, anna):
    row = give_app(anna)
    assert client.get(remove_page(row)).status_code == 200
    assert second_factor.has_second_factor(anna)
    assert client.post(remove_page(row))["Location"] == ROOT
    assert not second_factor.has_second_factor(anna)


def test_the_last_one_stays_where_there_must_be_one(clock, client, anna, settings):
    set_up_app(client)
    settings.SECOND_FACTOR_REQUIRED = True
    row = second_factor.authenticators(anna).get()
    assert "This is the last one" in client.post(remove_page(row)).content.decode()
    assert second_factor.has_second_factor(anna)


def test_nobody_removes_what_is_of_another(client, anna):
    row = give_app(account("reader"))
    assert client.post(remove_page(row)).status_code == 404
    assert Authenticator.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("address", [f"{ROOT}app/", f"{ROOT}passkey/"])
def test_who_signed_in_a_while_ago_gives_the_password_once_more(clock, client, anna, address):
    clock.pass_by(minutes=11)
    answer = client.get(address)
    assert answer["Location"] == f"{ROOT}confirm/?next={address.replace('/', '%2F')}"
    assert client.post(answer["Location"], {"password": "wrong"}).status_code == 200
    assert client.post(answer["Location"], {"password": "Pan-Twardowski-99"})["Location"] == address
    assert client.get(address).status_code == 200


def test_nothing_is_changed_without_the_password_once_more(clock, client, anna):
    row = give_app(anna)
    codes = give_recovery_codes(anna)
    clock.pass_by(minutes=11)
    client.post(remove_page(row))
    client.post(CODES)
    client.post(f"{ROOT}app/", {"code": code()})
    client.post(f"{ROOT}passkey/", {"name": "mine", "credential": "{}"})
    assert second_factor.recovery_codes_left(anna) == codes
    assert [*second_factor.authenticators(anna)] == [row]


@pytest.mark.parametrize("credential", ["", "{}", "[" * 20_000, "x" * 30_000])
def test_nonsense_is_no_passkey(client, anna, credential):
    page = client.post(f"{ROOT}passkey/", {"name": "mine", "credential": credential}, headers={"Host": "localhost"})
    assert page.status_code == 200
    assert not Authenticator.objects.exists()


def test_where_browsers_give_no_passkeys_the_page_says_so(client, anna):
    page = client.get(f"{ROOT}passkey/", headers={"Host": "127.0.0.1"}).content.decode()
    assert "Passkeys work where the register has a name and https" in page


def test_what_is_done_is_logged(clock, client, anna, caplog):
    caplog.set_level("WARNING", "krakow_intl.sign_in")
    set_up_app(client)
    client.post(CODES)
    client.post(remove_page(second_factor.authenticators(anna).get()))
    assert [record.getMessage().split(":")[0] for record in caplog.records] == [
        "second factor added",
        "recovery codes made anew",
        "second factor removed",
    ]


def test_a_visitor_is_asked_to_sign_in(client):
    for address in ("", "app/", "passkey/", "recovery-codes/", "recovery-codes.txt", "1/remove/", "sessions/"):
        assert client.get(ROOT + address)["Location"].startswith("/en/admin/login/")
