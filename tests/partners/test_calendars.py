"""The days that everybody's calendar program is told."""

from datetime import date

import pytest
from django.utils import timezone
from icalendar import Calendar

from tests.partners.factories import ActivityFactory, AgreementFactory, CityFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 30)


@pytest.fixture(autouse=True)
def _on_a_day(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *moment: TODAY)


def events(client, path):
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert not response.cookies
    return Calendar.from_ical(response.content).walk("VEVENT")


def told(client, path):
    return [(event.decoded("dtstart").isoformat(), str(event["summary"])) for event in events(client, path)]


@pytest.fixture
def lviv():
    city = CityFactory(slug="lviv", name_en="Lviv", name_pl="Lwów")
    AgreementFactory(city=city, title_en="Youth", signed_on="1995-03-04", term="fixed", valid_until="2027-02-28")
    AgreementFactory(city=city, title_en="Roughly", signed_on="1995-03")
    AgreementFactory(city=city, publication="draft", signed_on="1996-01-01")
    for title, day in (("Concert", "2026-12-24"), ("Some day", "2026-12"), ("Long ago", "2001-01-01")):
        activity = ActivityFactory(title_en=title, starts_on=day, ends_on="2026-12-26" if title == "Concert" else None)
        activity.city_links.create(city=city)
    return city


def test_a_city_tells_its_anniversaries_terms_and_what_is_dated_to_the_day(client, lviv):
    AgreementFactory(title_en="Elsewhere", signed_on="1990-01-01")
    assert told(client, "/en/partner-cities/lviv/calendar.ics") == [
        ("2027-02-28", "Last day in force: Lviv, Youth"),
        ("2027-03-04", "32 years ago: Lviv, Youth"),
        ("2026-12-24", "Concert"),
    ]
    *_agreements, concert = events(client, "/en/partner-cities/lviv/calendar.ics")
    assert concert.decoded("dtend") == date(2026, 12, 27)


def test_all_cities_are_told_in_both_languages_under_keys_that_stay(client, lviv):
    AgreementFactory(title_en="Elsewhere", signed_on="1990-01-01", city__name_en="Kyiv")
    english, polish = events(client, "/en/calendar.ics"), events(client, "/pl/calendar.ics")
    assert "37 years ago: Kyiv, Elsewhere" in {str(event["summary"]) for event in english}
    assert [event["uid"] for event in english] == [event["uid"] for event in polish]
    assert len({event["uid"] for event in english}) == len(english)
    assert all("/pl/" in event["url"] for event in polish)


def test_there_is_no_calendar_of_a_city_that_is_not_public(client):
    CityFactory(slug="hidden", publication="draft")
    assert client.get("/en/partner-cities/hidden/calendar.ics").status_code == 404
