import json
import re

import pytest

from tests.krakow_intl.factories import PageFactory
from tests.organizations.factories import OrganizationFactory
from tests.partners.factories import AgreementFactory, AgreementLinkFactory, CityFactory, InstitutionFactory
from tests.polonia.factories import CampaignFactory

pytestmark = pytest.mark.django_db


def head(client, path):
    html = client.get(path).content.decode()
    return html[: html.index("</head>")]


def graph(client, path):
    """{type: what is told} of the block of data of a page."""
    # the block of data: '<script type="application/ld+json">{"@graph": []}</script>'
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', head(client, path), re.DOTALL)
    return {thing["@type"]: thing for thing in json.loads(data)["@graph"]}


def test_networks_learn_the_name_the_words_and_the_picture_of_a_page(client):
    CityFactory(slug="lviv", name_en="Lviv", lead_en='Trams, & "books"')
    html = head(client, "/en/partner-cities/lviv/?on=2006-04-30&utm_source=x")
    for told in (
        "<title>Lviv · Kraków and the World</title>",
        '<meta property="og:title" content="Lviv">',
        '<meta property="og:description" content="Trams, &amp; &#34;books&#34;">',
        '<meta name="description" content="Trams, &amp; &#34;books&#34;">',
        '<meta property="og:url" content="http://testserver/en/partner-cities/lviv/">',
        '<meta property="og:locale" content="en_GB">',
        '<meta property="og:image" content="http://testserver/en/share/city/lviv.png">',
        '<meta property="og:image:alt" content="Lviv">',
        '<link rel="alternate" hreflang="x-default" href="http://testserver/en/partner-cities/lviv/">',
    ):
        assert told in html


@pytest.mark.parametrize("path", ["/pl/", "/pl/umowy/", "/en/about/"])
def test_a_page_about_no_record_has_the_picture_of_the_register(client, path):
    PageFactory()
    assert f'content="http://testserver{path[:3]}/share/register.png"' in head(client, path)


@pytest.mark.parametrize("path", ["/pl/szukaj/?q=a", "/pl/nie-ma/"])
def test_what_is_not_to_be_found_is_not_shared_either(client, path):
    assert "og:image" not in head(client, path)
    assert "ld+json" not in head(client, path)


def test_a_city_is_told_as_a_city_with_its_place_and_names(client):
    CityFactory(slug="lviv", name_pl="Lwów", name_own="Львів", country="UA", latitude="49.84", wikidata="Q36036")
    told = graph(client, "/pl/miasta-partnerskie/lviv/")
    city = told["City"]
    assert (city["name"], city["alternateName"], city["geo"]["latitude"]) == ("Lwów", "Львів", 49.84)
    assert city["containedInPlace"] == {"@type": "Country", "name": "Ukraina", "identifier": "UA"}
    assert city["sameAs"] == ["https://www.wikidata.org/entity/Q36036"]
    steps = told["BreadcrumbList"]["itemListElement"]
    assert [(step["position"], step["name"]) for step in steps] == [(1, "Strona główna"), (2, "Miasta"), (3, "Lwów")]
    assert steps[2]["item"] == "http://testserver/pl/miasta-partnerskie/lviv/"


def test_an_agreement_is_told_with_its_force_on_the_day_and_what_it_does_to_earlier_ones(client):
    earlier = AgreementFactory(slug="earlier", signed_on="1990", term="fixed", valid_until="1999-12-31")
    later = AgreementFactory(slug="later", title_en="Agreement", signed_on="1995-10-23", city=earlier.city)
    AgreementLinkFactory(agreement=later, earlier=earlier, verb="replaces")
    AgreementLinkFactory(agreement=later, earlier=AgreementFactory(publication="draft"), verb="renews")
    told = graph(client, "/en/agreements/later/?on=1996-01-01")["Legislation"]
    assert told["legislationDate"] == "1995-10-23"
    assert told["legislationLegalForce"] == "https://schema.org/InForce"
    assert [each["url"] for each in told["legislationRepeals"]] == ["http://testserver/en/agreements/earlier/"]
    assert "legislationChanges" not in told
    told = graph(client, "/en/agreements/earlier/?on=2005-01-01")["Legislation"]
    assert (told["legislationDate"], told["legislationLegalForce"]) == ("1990", "https://schema.org/NotInForce")


def test_what_is_not_known_of_an_agreement_is_not_told(client):
    AgreementFactory(slug="agreement", signed_on=None)
    told = graph(client, "/en/agreements/agreement/")["Legislation"]
    assert {*told}.isdisjoint({"legislationDate", "locationCreated"})


def test_organizations_institutions_and_campaigns_are_told_as_what_they_are(client):
    OrganizationFactory(slug="o")
    InstitutionFactory(slug="i")
    CampaignFactory(slug="c")
    assert "Organization" in graph(client, "/en/organizations/o/")
    assert "Organization" in graph(client, "/en/institutions/i/")
    assert "GovernmentService" in graph(client, "/en/polonia/c/")


def test_home_tells_where_to_search(client):
    action = graph(client, "/en/")["WebSite"]["potentialAction"]
    assert action["target"]["urlTemplate"] == "http://testserver/en/search/?q={search_term_string}"


def test_lists_tell_of_the_table_that_holds_them(client):
    dataset = graph(client, "/en/agreements/")["Dataset"]
    assert client.get(dataset["distribution"]["contentUrl"].removeprefix("http://testserver")).status_code == 200


def test_no_text_ends_the_block_it_stands_in(client):
    CityFactory(slug="x", name_en="</script><script>alert(1)</script>&\u2028", lead_en="<!--<script>")
    assert graph(client, "/en/partner-cities/x/")["City"]["name"].startswith("</script><script>")
    assert "<script>alert" not in head(client, "/en/partner-cities/x/")
