"""Two steps lead in: nothing answers before both, no code is guessed, and nobody is led to another's account."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, reverse
from django.utils.translation import override

from krakow_intl.core.admin.signing_in import BEFORE_SECOND_FACTOR
from krakow_intl.models import SignInBrake, StaffSession
from partners.models import Agreement
from tests.partners.factories import AgreementFactory
from tests.second_factors import code, give_app, give_recovery_codes, wrong_code
from tests.staff import ELSEWHERE, account, page_of, sign_in, typed

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PASSWORD, SOMEWHERE = "Pan-Twardowski-99", "81.2.69.160"
LOGIN, SECOND, SET_UP = "/en/admin/login/", "/en/admin/login/second-step/", "/en/admin/sign-in/"
OPEN = BEFORE_SECOND_FACTOR | {"login", "second_step", "directory", "directory_back"}


@pytest.fixture
def required(settings):
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def anna():
    return account("editor", username="anna", password=PASSWORD)


@pytest.fixture
def app(anna):
    return give_app(anna)


def give_password(client, address=SOMEWHERE, **given):
    data = {"username": "anna", "password": PASSWORD} | given
    return client.post(LOGIN, data, REMOTE_ADDR=address)


def give_code(client, typed, address=SOMEWHERE):
    return client.post(SECOND, {"code": typed}, REMOTE_ADDR=address)


def is_in(client):
    return client.get("/en/admin/").status_code == 200


def test_a_password_alone_does_not_open_an_account_with_an_app(clock, client, app):
    answer = give_password(client, next="/en/admin/partners/")
    assert answer["Location"] == f"{SECOND}?next=%2Fen%2Fadmin%2Fpartners%2F"
    assert not is_in(client)
    answer = client.post(answer["Location"], {"code": code()})
    assert answer["Location"] == "/en/admin/partners/"
    assert is_in(client)


def test_a_recovery_code_opens_it_too(client, anna, app):
    [first, *_others] = give_recovery_codes(anna)
    give_password(client)
    assert give_code(client, first).status_code == 302
    assert is_in(client)


def test_the_second_step_alone_opens_nothing(clock, client, app):
    assert client.get(SECOND)["Location"].startswith(LOGIN)
    assert give_code(client, code())["Location"].startswith(LOGIN)
    assert not is_in(client)


def test_who_is_slow_gives_the_password_again(clock, client, app):
    give_password(client)
    clock.pass_by(minutes=10, seconds=1)
    assert give_code(client, code())["Location"].startswith(LOGIN)
    assert not is_in(client)


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}, {"password": "x"}], ids=str)
def test_between_the_steps_an_account_may_be_closed(clock, client, anna, app, change):
    give_password(client)
    User.objects.filter(pk=anna.pk).update(**change)
    assert give_code(client, code())["Location"].startswith(LOGIN)
    assert not is_in(client)


@pytest.mark.parametrize("target", ELSEWHERE)
def test_h27_the_second_step_leads_to_no_other_host(clock, client, app, target):
    give_password(client)
    assert client.post(f"{SECOND}?next={target}", {"code": code()})["Location"] == "/en/admin/"


def test_a_session_that_somebody_planted_learns_nothing_of_the_first_step(client, app):
    client.get(LOGIN)
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = planted
    give_password(client)
    assert client.cookies["sessionid"].value != planted
    assert not StaffSession.objects.filter(pk=planted).exists()


def test_after_five_wrong_codes_even_the_right_one_waits(clock, client, app):
    give_password(client)
    for _ in range(5):
        assert give_code(client, wrong_code()).status_code == 200
    answer = give_code(client, code())
    assert (answer.status_code, answer["Retry-After"]) == (429, "2")
    clock.pass_by(seconds=2)
    assert give_code(client, code()).status_code == 302


def test_the_password_in_between_does_not_wipe_out_the_wrong_codes(clock, client, app):
    for _ in range(5):
        give_password(client)
        give_code(client, wrong_code())
    give_password(client)
    assert give_code(client, code()).status_code == 429


def test_codes_are_guessed_no_faster_from_many_networks(clock, app):
    for number in range(40):
        client = Client()
        give_password(client, f"9.9.{number}.9")
        answer = give_code(client, wrong_code(), f"9.9.{number}.9")
        clock.pass_by(seconds=30)
    assert (answer.status_code, int(answer["Retry-After"]) > 60) == (429, True)


def test_where_somebody_signs_in_every_day_they_wait_for_nobody(clock, client, anna, app):
    give_password(client)
    give_code(client, code())
    for number in range(30):
        other = Client()
        give_password(other, f"9.9.{number}.9")
        give_code(other, wrong_code(), f"9.9.{number}.9")
        clock.pass_by(seconds=30)
    again = Client()
    give_password(again)
    assert give_code(again, code()).status_code == 302


def test_a_name_with_a_line_break_counts_for_no_other_account(clock, client, app):
    for _ in range(6):
        give_password(client, username="anna\nsecond step", password="wrong")
    give_password(client)
    assert give_code(client, code()).status_code == 302


def test_nothing_filled_in_is_no_try(client, app):
    give_password(client)
    before = SignInBrake.objects.count()
    assert give_code(client, "").status_code == 200
    assert SignInBrake.objects.count() == before


def test_what_is_logged_says_which_step_it_was(clock, client, app, caplog):
    caplog.set_level("INFO", "krakow_intl.sign_in")
    give_password(client)
    give_code(client, wrong_code())
    give_code(client, code())
    assert [record.getMessage().split(":")[0] for record in caplog.records] == [
        "sign-in goes on to the second step",
        "sign-in failed at the second step",
        "sign-in succeeded",
    ]


@pytest.mark.parametrize("username", ["anna", "nobody", "closed", "outsider"])
def test_who_does_not_know_the_password_learns_nothing_of_an_account(client, anna, monkeypatch, username):
    """The same words, the same status, and one password hashed, whoever is asked for."""
    from django.contrib.auth.hashers import MD5PasswordHasher

    give_app(account("reader", username="closed", password=PASSWORD, is_active=False))
    User.objects.create_user("outsider", password=PASSWORD)
    hashed, encode = [], MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *args: hashed.append(1) or encode(*args))
    answer = give_password(client, username=username, password="wrong")
    assert (answer.status_code, len(hashed)) == (200, 1)
    said = "Please enter the correct username and password for a staff account."
    assert said in answer.content.decode()


# where a second factor is required


def test_where_it_is_offered_nobody_must_have_one(client, anna):
    assert give_password(client)["Location"] == "/en/admin/"
    page = client.get("/en/admin/").content.decode()
    assert f'href="{SET_UP}"' in page
    assert "Only a password protects your account." in page


def test_who_has_one_is_not_reminded_of_it(clock, client, app):
    give_password(client)
    give_code(client, code())
    assert "Only a password protects your account." not in client.get("/en/admin/").content.decode()


def test_where_it_is_required_its_setting_up_comes_first(clock, required, client, anna):
    give_password(client)
    answer = client.get("/en/admin/partners/agreement/?q=x")
    assert answer["Location"] == SET_UP
    assert client.get(SET_UP).status_code == 200
    client.get(f"{SET_UP}app/")
    secret = client.session["secret_of_app"]
    answer = client.post(f"{SET_UP}app/", {"code": code(key=secret)})
    assert answer["Location"] == f"{SET_UP}recovery-codes/"
    answer = client.post(f"{SET_UP}recovery-codes/", {"done": "yes"})
    assert answer["Location"] == "/en/admin/partners/agreement/?q=x"
    assert client.get(answer["Location"]).status_code == 200


def addresses():
    """Every address of the staff's pages that has a name, of the record with key 1 where it takes one."""
    for pattern in flat(admin.site.get_urls()):
        if pattern.name and pattern.name not in OPEN:
            names = [*pattern.pattern.converters, *pattern.pattern.regex.groupindex]
            with override("en"):
                arguments = {name: "partners" if name == "app_label" else 1 for name in names}
                yield reverse(f"admin:{pattern.name}", kwargs=arguments)


def flat(patterns):
    for pattern in patterns:
        yield from [pattern] if isinstance(pattern, URLPattern) else flat(pattern.url_patterns)


@pytest.mark.parametrize("method", ["get", "post"])
def test_where_it_is_required_nothing_else_answers_before_it_is_set_up(required, client, method):
    sign_in(client, "superuser")
    answers = {address: getattr(client, method)(address) for address in addresses()}
    assert len(answers) > 100
    answering = {where: found.status_code for where, found in answers.items() if found.get("Location") != SET_UP}
    assert answering == {}


def test_a_session_that_is_older_than_the_second_factor_ends(required, client, anna):
    client.force_login(anna)
    give_app(anna)
    answer = client.get("/en/admin/partners/")
    assert answer["Location"] == f"{LOGIN}?next=/en/admin/partners/"
    assert "_auth_user_id" not in client.session


def test_what_was_written_is_kept_while_a_second_factor_is_set_up(required, client, anna):
    agreement = AgreementFactory(publication="draft")
    client.force_login(anna)
    data = {"writer": anna.pk, "title": "Umowa & „smok”", "csrfmiddlewaretoken": "x"}
    page = client.post(page_of(agreement, "change"), data)
    assert page.status_code == 403
    assert ("title", "Umowa & „smok”") in page.context["typed"]
    assert "no-store" in page["Cache-Control"]
    assert 'value="Umowa &amp; „smok”"' in page.content.decode()


def test_no_password_is_kept_with_it(required, client, anna):
    agreement = AgreementFactory(publication="draft")
    data = {"writer": anna.pk, "title": "Umowa", "sign-in-username": "anna", "sign-in-password": PASSWORD}
    page = client.post(page_of(agreement, "change"), data)
    assert (page.status_code, page.context["title"]) == (403, "First a second step")
    assert PASSWORD not in page.content.decode()
    new = {"old_password": PASSWORD, "new_password1": "Zamek-Niepolomice-8", "new_password2": "Zamek-Niepolomice-8"}
    assert client.post("/en/admin/password_change/", new)["Location"] == SET_UP
    anna.refresh_from_db()
    assert anna.check_password(PASSWORD)


def test_what_was_written_before_a_session_ended_is_saved_after_both_steps(clock, client, anna, app):
    agreement = AgreementFactory(publication="draft")
    address = page_of(agreement, "change")
    client.force_login(anna)
    data = typed(client.get(address), internal_notes="Umowa o „smokach”\nbez rymu & składu")
    clock.pass_by(minutes=31)
    asked = client.post(address, data)
    assert asked.status_code == 403
    carried = dict(asked.context["typed"])
    second = client.post(address, carried | {"sign-in-username": "anna", "sign-in-password": PASSWORD})
    assert (second.status_code, dict(second.context["typed"])) == (403, carried)
    assert "no-store" in second["Cache-Control"]
    wrong = client.post(address, carried | {"sign-in-code": wrong_code()})
    assert (wrong.status_code, dict(wrong.context["typed"])) == (403, carried)
    answer = client.post(address, carried | {"sign-in-code": code()})
    agreement.refresh_from_db()
    assert answer.status_code == 302
    assert agreement.internal_notes.splitlines() == ["Umowa o „smokach”", "bez rymu & składu"]


def test_the_second_step_of_one_saves_nothing_that_another_wrote(clock, client, anna, app):
    agreement = AgreementFactory(publication="draft")
    give_password(client)
    data = {"writer": account("reader").pk, "internal_notes": "x", "sign-in-code": code()}
    page = client.post(page_of(agreement, "change"), data)
    assert page.status_code == 403
    assert not is_in(client)


def test_who_is_signed_in_with_both_steps_repeats_only_the_password(clock, client, anna, app):
    give_password(client)
    give_code(client, code())
    data = typed(client.get(page_of(Agreement, "add")))
    answer = client.post(
        page_of(Agreement, "add"), data | {"sign-in-username": "anna", "sign-in-password": PASSWORD, "writer": anna.pk}
    )
    assert answer.status_code == 200
    assert is_in(client)


def test_no_other_page_of_allauth_has_an_address(client):
    for name in ("account_login", "account_signup", "account_email", "mfa_index", "socialaccount_connections"):
        with pytest.raises(Exception, match="not found"):
            reverse(name)
