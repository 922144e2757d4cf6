"""What somebody wrote while their sign-in ended is saved once they sign in again, and only by them."""

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from krakow_intl.models import SignInBrake
from partners.models import Agreement
from tests.partners.factories import AgreementFactory
from tests.staff import account, page_of, sign_in, typed

PASSWORD = "Pan-Twardowski-99"
TITLE = "Umowa o „smokach”\nbez rymu & składu"
OURS = "http://testserver"
pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def anna():
    return account("editor", username="anna", password=PASSWORD)


@pytest.fixture
def written(client, anna):
    """A function that opens a page as anna and returns what they would send of it after their sign-in ended."""

    def of(record_or_model, page, **changes):
        client.force_login(anna)
        data = typed(client.get(page_of(record_or_model, page)), **changes)
        client.logout()
        return data

    return of


def signing_in(username="anna", password=PASSWORD):
    return {"sign-in-username": username, "sign-in-password": password}


def test_what_was_written_is_saved_after_signing_in(client, written, anna):
    agreement = AgreementFactory(publication="draft")
    address = page_of(agreement, "change")
    data = written(agreement, "change", internal_notes=TITLE, _continue="yes")
    asked = client.post(address, data)
    assert (asked.status_code, asked.context["app_path"]) == (403, address)
    answer = client.post(address, dict(asked.context["typed"]) | signing_in())
    agreement.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (302, address)
    assert agreement.internal_notes == TITLE
    assert agreement.history.first().history_user == anna
    assert client.get(address).status_code == 200


def test_what_was_written_stands_in_the_page_to_sign_in_at(client, written):
    agreement = AgreementFactory(publication="draft")
    page = client.post(page_of(agreement, "change"), written(agreement, "change", internal_notes=TITLE))
    value = TITLE.replace("&", "&amp;")
    assert f'<input type="hidden" form="login-form" name="internal_notes" value="{value}">' in page.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_a_wrong_password_loses_nothing(client, written):
    agreement = AgreementFactory(publication="draft")
    data = written(agreement, "change", internal_notes=TITLE)
    page = client.post(page_of(agreement, "change"), data | signing_in(password="Smok-Wawelski-77"))
    assert dict(page.context["typed"])["internal_notes"] == TITLE
    assert page.context["form"].non_field_errors()
    assert "Smok-Wawelski-77" not in page.content.decode()


@pytest.mark.parametrize("is_signed_in", [False, True])
def test_nobody_else_saves_what_somebody_wrote(client, written, is_signed_in):
    agreement = AgreementFactory(publication="draft")
    data = written(agreement, "change", internal_notes=TITLE)
    ewa = account("administrator", username="ewa", password=PASSWORD)
    if is_signed_in:
        client.force_login(ewa)
    page = client.post(page_of(agreement, "change"), data | signing_in("ewa"))
    agreement.refresh_from_db()
    assert (page.status_code, agreement.internal_notes) == (403, "")
    assert ("_auth_user_id" in client.session) is is_signed_in


def test_a_new_record_is_written_on_too(client, written):
    data = written(Agreement, "add", internal_notes=TITLE)
    page = client.post(page_of(Agreement, "add"), data)
    answer = client.post(page_of(Agreement, "add"), dict(page.context["typed"]) | signing_in())
    assert answer.status_code == 200
    assert answer.context["adminform"].form["internal_notes"].value() == TITLE


def test_that_files_are_to_be_chosen_again_is_said(client, written):
    agreement = AgreementFactory(publication="draft")
    data = written(agreement, "change")
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.4")
    assert client.post(page_of(agreement, "change"), data | {"documents-0-file": file}).context["has_files"]
    assert not client.post(page_of(agreement, "change"), data).context["has_files"]


def test_the_form_of_an_account_is_not_carried_on_for_it_holds_passwords(client):
    sign_in(client, "superuser")
    assert 'name="writer"' not in client.get(page_of(User, "add")).content.decode()
    client.logout()
    answer = client.post(page_of(User, "add"), {"username": "ewa", "password1": PASSWORD, "password2": PASSWORD})
    assert answer["Location"].startswith("/en/admin/login/")


@pytest.mark.parametrize(
    ("headers", "is_asked"),
    [({"Origin": OURS}, True), ({"Origin": "https://example.org"}, False), ({}, False)],
    ids=["from this page", "from elsewhere", "from nowhere"],
)
def test_a_form_that_is_older_than_the_last_sign_in_is_carried_on_if_it_is_ours(written, anna, headers, is_asked):
    agreement = AgreementFactory(publication="draft")
    data = written(agreement, "change", internal_notes=TITLE)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(anna)  # in another window, which made another token
    page = browser.post(page_of(agreement, "change"), data | {"csrfmiddlewaretoken": "a" * 64}, headers=headers)
    assert page.status_code == 403
    assert (TITLE.splitlines()[0] in page.content.decode()) is is_asked
    if is_asked:
        assert "no-store" in page["Cache-Control"]
        token = {"csrfmiddlewaretoken": browser.cookies["csrftoken"].value}
        browser.post(page_of(agreement, "change"), dict(page.context["typed"]) | signing_in() | token, headers=headers)
        agreement.refresh_from_db()
        assert agreement.internal_notes == TITLE


def test_who_signs_in_stays_so_for_a_working_day(client, anna):
    client.post("/en/admin/login/", {"username": "anna", "password": PASSWORD})
    assert client.cookies["sessionid"]["max-age"] == 12 * 60 * 60


def test_nothing_is_lost_while_one_waits_to_sign_in(client, clock, written):
    agreement = AgreementFactory(publication="draft")
    data = written(agreement, "change", internal_notes=TITLE)
    address = page_of(agreement, "change")
    for _ in range(5):
        page = client.post(address, data | signing_in(password="Smok-Wawelski-77"))
        assert page.status_code == 403
    page = client.post(address, data | signing_in())
    assert (page.status_code, page["Retry-After"]) == (429, "2")
    assert "Please try again in 2 seconds." in page.content.decode()
    assert page.context["form"]["username"].value() == "anna"
    clock.pass_by(seconds=2)
    client.post(address, dict(page.context["typed"]) | signing_in())
    agreement.refresh_from_db()
    assert agreement.internal_notes == TITLE


def test_a_password_is_guessed_no_faster_on_another_page(client, clock, written):
    data = written(AgreementFactory(), "change")
    for number in range(5):
        client.post("/en/admin/login/", {"username": "anna", "password": str(number)})
    assert client.post(page_of(Agreement, "add"), data | signing_in()).status_code == 429


def test_no_password_is_looked_at_with_an_outdated_form(clock, written):
    agreement = AgreementFactory(publication="draft")
    data = written(agreement, "change", internal_notes=TITLE)
    browser = Client(enforce_csrf_checks=True)
    for password in (PASSWORD, "Smok-Wawelski-77"):
        page = browser.post(
            page_of(agreement, "change"), data | signing_in(password=password), headers={"Origin": OURS}
        )
        assert page.status_code == 403
        assert not page.context["form"].errors
        assert page.context["form"]["username"].value() == "anna"
    assert not SignInBrake.objects.exists()
