"""What the components of the public pages hold."""

from datetime import date

import pytest

from krakow_intl.core.as_of import AsOf
from tests.partners.factories import CityFactory
from tests.programme.factories import DepartmentFactory
from tests.templates import render_around, render_macro


def test_a_fact_without_content_is_said_not_to_be_recorded():
    assert "not recorded" in render_around(" ", "components/facts.html", 'fact("Term")')


def test_a_fact_shows_its_content_and_note():
    html = render_around("<em>five years</em>", "components/facts.html", 'fact("Term", note="of 1991")')
    assert "<dt>Term</dt><dd><em>five years</em>" in html
    assert "of 1991" in html


def test_a_notice_holds_its_content():
    assert "<p>Mind</p>" in render_around("<p>Mind</p>", "components/page.html", 'notice("warn", title="So")')


# whom to write to


GENERAL = {
    "CITY_HALL_ADDRESS": "pl. Przykładowy 3-4, 31-000 Kraków",
    "CITY_BULLETIN_URL": "https://www.bulletin.example/",
}
WAYS = {
    "email": "wydzial@example.org",
    "phone": "12 345 67 89",
    "address_pl": "ul. Przykładowa 7, 31-000 Kraków",
    "delivery_address": "AE:PL-12345-67890-ABCDE-12",
    "website": "https://www.example.org/culture",
}
NOTHING = dict.fromkeys([*WAYS, "address_en"], "")


def contact(call="whom_to_ask(department)", language="en", **context):
    return render_macro("partners/contact.html", call, language, **context)


@pytest.fixture
def _city_hall(settings):
    for name, value in GENERAL.items():
        setattr(settings, name, value)


@pytest.mark.usefixtures("_city_hall")
def test_a_department_is_shown_with_every_way_to_reach_it():
    html = contact(department=DepartmentFactory.build(name_en="Culture", **WAYS))
    assert "Culture" in html
    assert '<a href="mailto:wydzial@example.org">wydzial@example.org</a>' in html
    assert '<a href="tel:+48123456789">12 345 67 89</a>' in html
    assert '<span lang="pl">ul. Przykładowa 7, ' in html
    assert "AE:PL-12345-67890-ABCDE-12" in html
    assert '<a href="https://www.example.org/culture">example.org</a>' in html
    assert "general address" not in html


@pytest.mark.usefixtures("_city_hall")
@pytest.mark.parametrize(
    ("department", "said"),
    [
        (None, "general address; no department is recorded for this yet"),
        (DepartmentFactory.build(name_en="Secret", held_back=True, **WAYS), "no department is recorded"),
        (DepartmentFactory.build(**NOTHING), "How to reach this department is not recorded yet"),
    ],
    ids=["none", "held back", "without any way"],
)
def test_else_the_general_address_is_given_and_said_to_be_general(department, said):
    html = contact(department=department)
    assert said in html
    assert "general address" in html
    assert "pl. Przykładowy 3-4" in html
    assert '<a href="https://www.bulletin.example/" hreflang="pl">' in html
    assert "Secret" not in html
    assert "mailto:" not in html


@pytest.mark.parametrize("ways", [WAYS, NOTHING], ids=["reached", "without any way"])
def test_a_general_department_is_said_to_stand_where_the_sources_name_none(ways):
    html = contact(department=DepartmentFactory.build(name_en="Co-operation", is_general=True, source=None, **ways))
    assert "Co-operation" in html
    assert "the general department: the sources name none for this" in html
    assert "Source: not recorded" not in html
    assert "the general department" not in contact(department=DepartmentFactory.build(**ways))


def test_what_is_not_set_is_not_shown(settings):
    for name in ("ADDRESS", "EMAIL", "PHONE", "DELIVERY_ADDRESS"):
        setattr(settings, f"CITY_HALL_{name}", "")
    settings.CITY_BULLETIN_URL = ""
    html = contact(department=None)
    assert "<li" not in html
    assert "<ul" not in html


@pytest.mark.usefixtures("_city_hall")
def test_a_city_leads_to_the_form_that_remembers_it_whatever_the_day():
    city, as_of = CityFactory.build(slug="lviv", department=None), AsOf(date(1998, 6, 1), is_today=False)
    html = contact("city_contact(city, as_of)", city=city, as_of=as_of)
    assert 'href="/en/report-a-mistake/?page=%2Fen%2Fpartner-cities%2Flviv%2F"' in html
    assert "As of today." in html
    assert "As of today." not in contact("city_contact(city, as_of)", city=city, as_of=AsOf(date(2026, 5, 5)))
    assert "adres ogólny" in contact("city_contact(city, as_of)", "pl", city=city, as_of=as_of)
