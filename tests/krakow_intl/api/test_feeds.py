"""What is new, as programs that follow news read it."""

from datetime import date
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.partners.factories import ActivityFactory, AgreementFactory, CityFactory

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def feed(client, path):
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    return ElementTree.fromstring(response.content)


def titles(client, path):
    return [entry.findtext(f"{ATOM}title") for entry in feed(client, path).iter(f"{ATOM}entry")]


def test_the_register_tells_what_came_before_the_public_or_was_changed_last(client):
    first = CityFactory(name_en="Lviv")
    CityFactory(name_en="Kyiv")
    CityFactory(name_en="Hidden", publication="draft")
    first.lead_en = "Anew"
    first.save()
    assert titles(client, "/en/feeds/register.atom")[:2] == ["Lviv", "Kyiv"]
    root = feed(client, "/pl/feeds/register.atom")
    entry = next(root.iter(f"{ATOM}entry"))
    assert entry.find(f"{ATOM}link").get("href").endswith(f"/pl/miasta-partnerskie/{first.slug}/")
    assert entry.findtext(f"{ATOM}published") < entry.findtext(f"{ATOM}updated")
    links = {each.get("rel"): each.get("href") for each in root.findall(f"{ATOM}link")}
    assert links["self"].endswith("/pl/feeds/register.atom")


def test_a_city_tells_of_itself_and_of_what_belongs_to_it(client):
    city = CityFactory(slug="lviv", name_en="Lviv")
    AgreementFactory(city=city, title_en="Youth")
    AgreementFactory(title_en="Elsewhere")
    ActivityFactory(title_en="Concert", cities=[city])
    assert {*titles(client, "/en/partner-cities/lviv/feed.atom")} == {"Lviv", "Youth with Lviv, 1991", "Concert"}
    assert titles(client, "/en/feeds/activities.atom") == ["Concert"]
    assert {*titles(client, "/en/feeds/agreements.atom")} >= {"Youth with Lviv, 1991"}


def test_what_ended_is_told_with_how_it_ended_the_last_first(client, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *moment: date(2026, 11, 30))
    city = CityFactory(name_en="Lviv")
    for title, until in (("Long ago", "1999-12-31"), ("Lately", "2020-01-31"), ("To come", "2030-01-31")):
        AgreementFactory(city=city, title_en=title, signed_on="1990-01-01", term="fixed", valid_until=until)
    assert titles(client, "/en/feeds/ended.atom") == [
        "expired: Lately with Lviv, 1990",
        "expired: Long ago with Lviv, 1990",
    ]


def test_a_feed_asks_the_same_number_of_questions_however_much_is_new(client, django_assert_max_num_queries):
    AgreementFactory()
    with django_assert_max_num_queries(60) as few:
        feed(client, reverse("feed"))
    for _ in range(5):
        AgreementFactory()
    with django_assert_max_num_queries(len(few)):
        feed(client, reverse("feed"))
