from datetime import date

import pytest
from django.utils.translation import override

from krakow_intl.core.kinds import KINDS
from partners.kinds import city_names
from tests.partners.factories import AgreementFactory, CityFactory, CityNameFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 5)
CITIES, AGREEMENTS = KINDS["city"].search, KINDS["agreement"].search


def test_a_city_has_a_country_and_the_relation_of_the_day():
    AgreementFactory(establishes="twin", signed_on="1991-09-10", city__country="DE")
    city, before = (CITIES.records(day).get() for day in (TODAY, date(1990, 1, 1)))
    assert (CITIES.country(city), CITIES.relation(city)) == ("DE", "twin")
    assert CITIES.relation(before) == ""


def test_an_agreement_is_shown_with_its_city_and_the_day_from_which_anything_is_known_of_it():
    city = CityFactory(slug="lviv", name_en="Lviv", country="UA")
    AgreementFactory(city=city, signed_on="", valid_from="1995-10-23")
    agreement = AGREEMENTS.records(TODAY).get()
    with override("en"):
        assert AGREEMENTS.cities(agreement) == [{"slug": "lviv", "name": "Lviv"}]
    assert (AGREEMENTS.country(agreement), str(AGREEMENTS.date(agreement))) == ("UA", "1995-10-23")


def test_an_agreement_without_a_day_of_signing_is_found(client):
    AgreementFactory(signed_on="", valid_from="1995-10", title_en="Accord on rowing")
    page = client.get("/en/search/?q=accord+october").content.decode()
    assert "Accord</mark> on rowing" in page
    assert "October 1995" in page.replace("\u00a0", " ")


def test_other_spellings_of_a_city_are_no_names_to_propose():
    city = CityFactory(name_pl="Lwów", name_en="Lviv")
    CityNameFactory(city=city, name="Lemberg")
    CityNameFactory(city=city, name="Lembergo", kind="variant")
    CityFactory(name_pl="Tajne", name_en="Secret", held_back=True)
    names = {name for each in city_names() for row in each.records.values_list(*each.columns) for name in row}
    assert sorted(names) == ["Lemberg", "Lviv", "Lwów"]
