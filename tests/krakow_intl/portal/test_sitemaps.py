import re
from io import BytesIO
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localtime
from PIL import Image

from krakow_intl.core.kinds import KINDS, referable
from krakow_intl.core.records import Publication
from krakow_intl.models import AccessibilityStatement, Page
from krakow_intl.portal import sitemaps
from tests.partners.factories import AgreementFactory, CityFactory
from tests.records import PLAIN, make_published, make_world
from tests.site_map import parts_of_site

NAMESPACES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}

pytestmark = pytest.mark.django_db


def entries(client):
    """{address: (other addresses by language, last change)} of all parts of the map."""
    parts = parts_of_site(lambda path: client.get(path).content.decode())
    urls = [url for part in parts for url in ElementTree.fromstring(part).findall("s:url", NAMESPACES)]
    return {
        url.findtext("s:loc", namespaces=NAMESPACES): (
            {link.get("hreflang"): link.get("href") for link in url.findall("x:link", NAMESPACES)},
            url.findtext("s:lastmod", namespaces=NAMESPACES),
        )
        for url in urls
    }


def test_the_sitemap_names_each_page_in_both_languages(client):
    lviv = CityFactory(slug="lviv")
    pl, en = "http://testserver/pl/miasta-partnerskie/lviv/", "http://testserver/en/partner-cities/lviv/"
    found = entries(client)
    changed_on = localtime(lviv.history.first().history_date).date().isoformat()
    assert found[pl] == found[en] == ({"pl": pl, "en": en}, changed_on)
    assert found["http://testserver/en/"][0] == {"pl": "http://testserver/pl/", "en": "http://testserver/en/"}


def test_what_is_much_is_named_part_by_part_in_a_constant_number_of_queries(
    client, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(sitemaps, "PART", 2)
    slugs = {CityFactory().slug for _ in range(5)}
    # a part of that kind: "sitemap-city-2.xml"
    parts = re.findall(r"sitemap-city-[0-9]+[.]xml", client.get("/sitemap.xml").content.decode())
    assert parts == [f"sitemap-city-{number}.xml" for number in (1, 2, 3)]
    with CaptureQueriesContext(connection) as few:
        client.get("/sitemap-city-1.xml")
    monkeypatch.setattr(sitemaps, "PART", 5)
    with django_assert_num_queries(len(few)):
        # the slug of a city: the "lviv" of "<loc>http://testserver/en/partner-cities/lviv/</loc>"
        assert set(re.findall(r"/partner-cities/([^/]*)/</loc>", text_of(client, "city-1"))) == slugs


def text_of(client, part):
    return client.get(f"/sitemap-{part}.xml").content.decode()


@pytest.mark.parametrize("part", ["city-0", "city-2", "agreement-1", "nothing-1", "lists-2", f"city-{10**30}", "city"])
def test_a_part_that_names_no_page_is_none(client, part):
    CityFactory()
    assert client.get(f"/sitemap-{part}.xml").status_code == 404
    assert f"{part}.xml" not in client.get("/sitemap.xml").content.decode()


@pytest.mark.once
def test_every_address_of_the_sitemap_is_a_page_and_canonical(client):
    make_world()
    make_published(Page, {}, slug="about")
    found = entries(client)
    assert len(found) > 30
    for address in found:
        html = client.get(address.removeprefix("http://testserver")).content.decode()
        assert f'<link rel="canonical" href="{address}">' in html, address


@pytest.mark.parametrize("state", [state for state in Publication.values if state != "published"])
def test_nothing_held_back_is_named_or_drawn(client, state):
    city = CityFactory(slug="hidden", publication=state)
    agreement = AgreementFactory(city=city, slug="hidden-agreement")
    assert [address for address in entries(client) if "hidden" in address] == []
    for kind, slug in (("city", city.slug), ("agreement", agreement.slug)):
        assert client.get(f"/pl/share/{kind}/{slug}.png").status_code == 404


@pytest.mark.once
@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("kind", [kind.name for kind in referable()])
def test_every_kind_of_record_has_a_picture(client, kind, language):
    world = make_world([KINDS[kind].model])
    slug = world[KINDS[kind].model].slug
    response = client.get(f"/{language}/share/{kind}/{slug}.png")
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    assert "max-age=86400" in response["Cache-Control"]
    assert Image.open(BytesIO(response.content)).text["Title"].startswith(PLAIN)
    again = client.get(response.wsgi_request.path, headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304


def test_what_can_be_referred_to_has_words_for_its_picture():
    assert [kind.name for kind in referable() if not kind.picture] == []


@pytest.mark.parametrize("path", ["/pl/share/city/none.png", "/pl/share/page/about.png", "/pl/share/x/y.png"])
def test_of_what_is_not_there_nothing_is_drawn(client, path):
    assert client.get(path).status_code == 404


def test_a_picture_says_what_binds_the_city(client):
    lviv = CityFactory(slug="lviv", name_pl="Lwów", country="UA")
    before = client.get("/pl/share/city/lviv.png").content
    AgreementFactory(city=lviv, establishes="twin", signed_on="1995-10-23")
    assert client.get("/pl/share/city/lviv.png").content != before


def test_robots_are_told_where_the_sitemap_is(client):
    text = client.get("/robots.txt").content.decode()
    # a line: "Sitemap: http://testserver/sitemap.xml"
    assert re.search(r"^Sitemap: http://testserver/sitemap.xml$", text, re.MULTILINE)


def test_the_statement_stands_in_the_sitemap_once_there_is_one(client):
    assert not any("accessibility" in address for address in entries(client))
    make_published(AccessibilityStatement, {})
    assert "http://testserver/en/accessibility/" in entries(client)
