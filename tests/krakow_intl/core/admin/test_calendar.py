"""The private calendar answers under its secret address alone, and tells nothing internal."""

from datetime import date

import pytest
from django.utils import timezone
from icalendar import Calendar

from krakow_intl.core.typography import NBSP
from krakow_intl.models import StaffDesk
from tests.partners.factories import AgreementFactory, AssessmentFactory
from tests.programme.factories import DepartmentFactory
from tests.staff import account, page_of, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_a_day(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *moment: date(2026, 11, 30))


def make_address(client):
    """A person makes an address, which is told this once; its path."""
    page = client.post("/en/admin/desk/calendar/")
    assert "no-store" in page["Cache-Control"]
    return page.context["calendar_address"].removeprefix("http://testserver")


def days_of(client, path):
    client.logout()
    response = client.get(path)
    assert response.status_code == 200
    events = Calendar.from_ical(response.content).walk("VEVENT")
    return [(event.decoded("dtstart").isoformat(), str(event["summary"])) for event in events]


def test_it_tells_notice_days_and_ends_of_two_years_with_links(client):
    tacit = AgreementFactory(tacit=True, city__name_en="Rochester", title_en="Agreement, of 1973; with signs")
    AgreementFactory(term="fixed", valid_until="2027-02-28", city__name_en="Lviv", title_en="Youth")
    AgreementFactory(term="fixed", valid_until="2029-02-28")
    AgreementFactory(term="fixed", valid_until="2020-02-28")
    AgreementFactory(publication="draft", term="fixed", valid_until="2027-02-28")
    sign_in(client, "editor")
    path = make_address(client)
    assert days_of(client, path) == [
        ("2028-01-17", "Last day for notice: Rochester, Agreement, of 1973; with signs"),
        ("2028-07-17", "Renews itself after this day: Rochester, Agreement, of 1973; with signs"),
        ("2027-02-28", "Last day in force: Lviv, Youth"),
    ]
    text = client.get(path).content.decode().replace("\r\n ", "")
    assert f"URL:http://testserver{page_of(tacit, 'change')}" in text


def test_it_is_kept_by_nobody_and_opens_no_session(client):
    sign_in(client, "editor")
    path = make_address(client)
    client.logout()
    response = client.get(path)
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert not response.cookies


def test_it_holds_nothing_internal(client):
    agreement = AgreementFactory(term="fixed", valid_until="2027-02-28", internal_notes="SECRET-NOTE")
    AssessmentFactory(city=agreement.city, reason_en="SECRET-REASON")
    sign_in(client, "editor")
    path = make_address(client)
    client.logout()
    assert b"SECRET" not in client.get(path).content


def test_the_secret_is_long_and_stored_as_a_hash_alone(client):
    sign_in(client, "editor")
    token = make_address(client).split("/")[-1].removesuffix(".ics")
    wishes = StaffDesk.objects.get()
    assert len(token) == 43
    assert token not in repr(StaffDesk.objects.values().get())
    assert len(wishes.calendar_digest) == 64
    assert token not in client.get("/en/admin/desk/wishes/").content.decode()


@pytest.mark.parametrize("token", ["wrong", "x" * 43, "x" * 5000, "None", "ą"])
def test_a_wrong_address_answers_as_one_that_is_none(client, token):
    StaffDesk.objects.create(user=account("editor"))
    assert client.get(f"/en/calendar/{token}.ics").status_code == 404


def test_a_new_address_ends_the_old_one_and_it_can_be_taken_back(client):
    sign_in(client, "editor")
    old, new = make_address(client), make_address(client)
    assert (client.get(old).status_code, client.get(new).status_code) == (404, 200)
    client.get("/en/admin/desk/calendar/?revoke=yes")
    assert client.get(new).status_code == 200
    client.post("/en/admin/desk/calendar/", {"revoke": "yes"})
    assert client.get(new).status_code == 404


@pytest.mark.parametrize("lost", ["is_active", "is_staff"])
def test_who_is_no_longer_of_the_staff_has_no_calendar(client, lost):
    sign_in(client, "editor")
    path = make_address(client)
    user = StaffDesk.objects.get().user
    setattr(user, lost, False)
    user.save()
    assert client.get(path).status_code == 404


def test_who_may_no_longer_see_agreements_is_told_none(client):
    AgreementFactory(term="fixed", valid_until="2027-02-28")
    sign_in(client, "editor")
    path = make_address(client)
    StaffDesk.objects.get().user.groups.clear()
    assert days_of(client, path) == []


def test_it_follows_the_switch_of_the_desk(client):
    mine = DepartmentFactory()
    for department, title in ((mine, "Mine"), (DepartmentFactory(), "Other")):
        AgreementFactory(city__department=department, title_en=title, term="fixed", valid_until="2027-02-28")
    sign_in(client, "editor")
    path = make_address(client)
    StaffDesk.objects.update(department=mine.slug, is_of_department=True)
    assert [what.split(", ")[-1].replace(NBSP, " ") for _day, what in days_of(client, path)] == ["Mine"]


def test_nothing_is_written_there(client):
    sign_in(client, "editor")
    path = make_address(client)
    assert client.post(path).status_code == 405
