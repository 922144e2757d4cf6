"""What programs read: all that is public, as of a day, a page at a time; wrong questions are answered by name."""

import json

import pytest
from django.urls import reverse

from krakow_intl.core.public_data import COLLECTIONS
from krakow_intl.core.records import Publication
from tests.partners.factories import (
    ActivityFactory,
    AgreementEventFactory,
    AgreementFactory,
    AgreementLinkFactory,
    CityFactory,
    InstitutionFactory,
    PartyFactory,
)
from tests.programme.factories import SourceFactory
from tests.records import make_published, make_world

pytestmark = pytest.mark.django_db
DRAFT = Publication.DRAFT


def ask(client, address, status=200, **headers):
    response = client.get(address, headers=headers)
    assert response.status_code == status, response.content
    return json.loads(response.content)


def listed(client, collection, query=""):
    return ask(client, f"{reverse('api:list', args=[collection])}{query}")["results"]


def detail(client, collection, key, query="", status=200):
    return ask(client, f"{reverse('api:detail', args=[collection, key])}{query}", status)


def walk(client, address):
    """All records of a list, page by page."""
    found = []
    while address:
        page = ask(client, address)
        found += page["results"]
        address = page["next"]
    return found


def test_every_collection_tells_each_of_its_records_alone_and_in_its_list(client):
    make_world()
    for name in ask(client, reverse("api:root"))["collections"]:
        records = listed(client, name)
        assert records, name
        for record in records:
            alone = ask(client, record["url"])
            assert alone.pop("as_of")
            assert alone == record


def test_a_list_is_walked_without_a_gap_though_records_come_and_go(client):
    cities = [CityFactory() for _ in range(7)]
    keys = [city.pk for city in cities]
    first = ask(client, reverse("api:list", args=["cities"]) + "?limit=3")
    late = CityFactory().pk
    cities[0].delete()
    cities[5].delete()
    rest = walk(client, first["next"])
    assert [city["id"] for city in [*first["results"], *rest]] == [*keys[:5], keys[6], late]


@pytest.mark.parametrize("collection", sorted(COLLECTIONS))
def test_the_number_of_questions_does_not_depend_on_the_number_of_records(
    client, collection, django_assert_max_num_queries
):
    model = COLLECTIONS[collection].model
    world = make_world([model])
    make_published(model, world)
    with django_assert_max_num_queries(40) as few:
        listed(client, collection)
    for _ in range(3):
        make_published(model, world)
    with django_assert_max_num_queries(len(few)):
        assert len(listed(client, collection, "?limit=60")) >= 5


def test_an_agreement_is_told_as_of_a_day_without_what_came_later(client):
    agreement = AgreementFactory(signed_on="1993-02-19", slug="first")
    AgreementFactory(signed_on="2001", slug="second", city=agreement.city)
    AgreementEventFactory(agreement=agreement, kind="terminated", effective_on="1999-12-31")
    told = ask(client, reverse("api:list", args=["agreements"]) + "?on=1995-01-01")
    assert told["as_of"] == "1995-01-01"
    assert [(each["key"], each["status"], each["events"]) for each in told["results"]] == [("first", "in-force", [])]
    (event,) = detail(client, "agreements", "first")["events"]
    assert (event["kind"], event["effective_on"]) == ("terminated", "1999-12-31")
    assert detail(client, "agreements", "first")["status"] == "terminated"


def test_what_is_held_back_is_not_told_by_what_points_to_it(client):
    hidden = InstitutionFactory(publication=DRAFT)
    agreement = AgreementFactory(slug="told")
    PartyFactory(agreement=agreement, institution=hidden, name_pl="Rada", name_en="Council")
    AgreementLinkFactory(agreement=agreement, earlier=AgreementFactory(publication=DRAFT))
    activity = ActivityFactory(slug="done")
    activity.institution_links.create(institution=hidden)
    activity.city_links.create(city=CityFactory(publication=DRAFT))
    told = detail(client, "agreements", "told")
    assert [(party["name"]["en"], party["institution"]) for party in told["parties"]] == [("Council", None)]
    assert told["links"] == []
    told = detail(client, "activities", "done", "?include=cities")
    assert told["institutions"] == []
    assert told["included"] == {"cities": told["included"]["cities"]}
    assert all(city["key"] != hidden.slug for city in told["cities"])


def test_of_a_document_that_is_not_public_no_place_is_told(client):
    AgreementFactory(slug="told", source=SourceFactory(publication=DRAFT), passage="I.2")
    told = detail(client, "agreements", "told")
    assert (told["source"], told["passage"]) == (None, None)


def test_prose_leads_to_pages_of_its_language_and_to_no_other(client):
    CityFactory(slug="lviv")
    CityFactory(slug="hidden", publication=DRAFT)
    text = '<p><a data-ref="city:lviv">Lviv</a> <a data-ref="city:hidden">Hidden</a></p>'
    CityFactory(slug="told", description_pl=text, description_en=text)
    told = detail(client, "cities", "told")["description"]
    assert "/pl/miasta-partnerskie/lviv/" in told["pl"]
    assert "/en/partner-cities/lviv/" in told["en"]
    assert "hidden" not in told["en"]


def test_only_the_fields_that_are_asked_for_are_told_and_what_is_included_stands_there_once(client):
    city = CityFactory(slug="lviv")
    for _ in range(2):
        AgreementFactory(city=city)
    told = ask(client, reverse("api:list", args=["agreements"]) + "?fields=key,city&include=city")
    assert [{*each} for each in told["results"]] == [{"key", "city"}] * 2
    assert [each["key"] for each in told["included"]["cities"]] == ["lviv"]
    assert "names" in told["included"]["cities"][0]


WRONG = {
    "strange=1": "strange",
    "sort=name": "sort",
    "on=yesterday": "on",
    "on=2006-02-30": "on",
    "country=XX": "country",
    "limit=0": "limit",
    "limit=many": "limit",
    "limit=" + "9" * 5000: "limit",
    "fields=key,secret": "fields",
    "include=nothing": "include",
    "cursor=zzz": "cursor",
    "country=UA&country=DE": "country",
}


@pytest.mark.parametrize(("query", "name"), WRONG.items(), ids=[query[:20] for query in WRONG])
def test_what_cannot_be_asked_is_named(client, query, name):
    CityFactory(country="UA")
    CityFactory(country="DE")
    address = f"{reverse('api:list', args=['cities'])}?{query}"
    wrong = {language: ask(client, address, 400, accept_language=language) for language in ("pl", "en")}
    assert {*wrong["pl"]["parameters"]} == {*wrong["en"]["parameters"]} == {name}
    assert wrong["pl"]["parameters"][name] != wrong["en"]["parameters"][name]
    assert client.get(address)["Vary"].find("Accept-Language") >= 0


def test_all_that_is_wrong_is_named_at_once(client):
    wrong = ask(client, reverse("api:list", args=["agreements"]) + "?foo=1&on=x&limit=0&city=nowhere", 400)
    assert {*wrong["parameters"]} == {"foo", "on", "limit", "city"}


def test_what_is_not_there_what_is_gone_and_what_moved_are_told_apart(client):
    city = CityFactory(slug="lemberg")
    city.publication = DRAFT
    city.save()
    assert detail(client, "cities", "nowhere", status=404)["detail"]
    assert detail(client, "cities", "lemberg", status=410)["detail"]
    city.slug, city.publication = "lviv", Publication.PUBLISHED
    city.save()
    response = client.get(reverse("api:detail", args=["cities", "lemberg"]))
    assert response.status_code == 301
    assert response["Location"].endswith("/cities/lviv/")
    assert ask(client, reverse("api:list", args=["strange"]), 404)["detail"]
    assert detail(client, "memberships", "9" * 30, status=404)["detail"]


def test_any_page_of_any_site_may_read_and_nobody_writes(client):
    CityFactory(slug="lviv")
    address = reverse("api:detail", args=["cities", "lviv"])
    response = client.get(address)
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert 'rel="license"' in response["Link"]
    assert not response.cookies
    assert client.get(address, headers={"if-none-match": response["ETag"]}).status_code == 304
    preflight = client.options(address, headers={"origin": "https://elsewhere.example"})
    assert (preflight.status_code, preflight["Access-Control-Allow-Methods"]) == (204, "GET, HEAD")
    for method in (client.post, client.put, client.patch, client.delete):
        assert method(address).status_code == 405
