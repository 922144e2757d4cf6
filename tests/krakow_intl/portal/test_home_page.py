from datetime import date

import pytest
from django.utils.translation import override

from krakow_intl.core.fields import country_name
from krakow_intl.portal import home_page
from krakow_intl.portal.home_page import agreements_in_force, told_on
from tests.grown import grow
from tests.partners.factories import AgreementFactory, CityFactory

pytestmark = pytest.mark.django_db
DAYS = (date(2026, 5, 5), date(2006, 4, 30), date(1991, 6, 1))


@pytest.fixture
def few(monkeypatch):
    monkeypatch.setattr(home_page, "FEW", 3)


def of(occasions):
    return [(each.day, each.kind, each.years) for each in occasions]


def test_the_numbers_of_many_cities_are_those_of_each_of_them(monkeypatch):
    grow(20)
    for day in ("1973-07-18", "2001-02-28", "1999-05-04", "1999-05-06"):
        AgreementFactory(signed_on=day)
        AgreementFactory(tacit=True, valid_from=day)
    for day in DAYS:
        each = told_on(day, "en")
        with monkeypatch.context() as patch:
            patch.setattr(home_page, "FEW", 3)
            numbers = told_on(day, "en")
        assert each["cities"]
        assert not numbers["cities"]
        for name in ("number_of_cities", "relations", "relation_bases", "agreements_in_force", "bases"):
            assert numbers[name] == each[name]
        assert of(numbers["anniversaries"]) == of(each["anniversaries"])
        assert of(numbers["deadlines"]) == of(each["deadlines"])
        assert len(agreements_in_force(day)) == each["agreements_in_force"]


@pytest.mark.parametrize(
    ("language", "names"),
    [("en", ["Austria", "Germany", "United States"]), ("pl", ["Austria", "Niemcy", "Stany Zjednoczone"])],
)
def test_many_cities_are_told_by_country(client, few, language, names):
    for code, latitude, longitude in [("DE", 50, 8), ("DE", 52, 12), ("AT", 48, 16), ("US", 43, -77)]:
        CityFactory(country=code, latitude=latitude, longitude=longitude)
    response = client.get(f"/{language}/")
    countries, page = response.context["countries"], response.content.decode()
    with override(language):
        assert [country_name(country.code) for country in countries] == names
    assert (countries[1].number, countries[1].latitude, countries[1].longitude) == (2, 51, 10)
    assert [page.count(f"?country={code}") for code in ("DE", "AT", "US")] == [2, 2, 2]  # on a map and beside it


def test_the_home_page_of_many_cities_asks_as_often_for_more(client, few, django_assert_max_num_queries):
    for number in (5, 15):
        CityFactory.create_batch(number)
        AgreementFactory.create_batch(number)
        with django_assert_max_num_queries(11):
            client.get("/en/")
