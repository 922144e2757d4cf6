"""Names are found however they are typed."""

import pytest

from krakow_intl.core.admin.search import matching
from krakow_intl.models import AccessibilityStatement
from partners.models import Institution, PartnerCity
from tests.partners.factories import CityFactory, CityNameFactory, InstitutionFactory
from tests.staff import page_of, sign_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("text", ["lodz", "ŁÓDŹ", "Łód", "odz lod", "lodz  ", "LodZ"])
def test_a_name_is_found_without_its_diacritics(text):
    city = CityFactory(name_pl="Łódź", name_en="Lodz")
    CityFactory(name_pl="Gdynia", name_en="Gdynia")
    assert list(matching(PartnerCity.objects, ["name_pl"], text)) == [city]


@pytest.mark.parametrize("text", ["львів", "ЛЬВІВ"])
def test_other_alphabets_are_found_in_any_case(text):
    city = CityFactory(name_own="Львів")
    assert list(matching(PartnerCity.objects, ["name_own"], text)) == [city]


@pytest.mark.parametrize(
    "text", ["(a+)+$", "[", "\\", "%", "_", "'; --", "*", ".", "a{2}", "😀", "a" * 10_000, "^", "$"]
)
def test_signs_are_taken_as_they_are(text):
    InstitutionFactory(name_pl="Uniwersytet Jagielloński")
    assert list(matching(Institution.objects, ["name_pl"], text)) == []


def test_every_word_must_occur_but_in_any_field():
    found = InstitutionFactory(name_pl="Uniwersytet Jagielloński", place_pl="Kraków")
    InstitutionFactory(name_pl="Uniwersytet Wileński", place_pl="Wilno")
    assert list(matching(Institution.objects, ["name_pl", "place_pl"], "krakow uniw")) == [found]


def test_the_list_and_the_choice_of_relations_find_a_city_once_by_any_of_its_names(client):
    city = CityFactory(name_pl="Lwów", name_en="Lviv")
    for name in ("Lemberg", "Lembergo"):
        CityNameFactory(city=city, name=name)
    sign_in(client, "reader")
    found = client.get(page_of(PartnerCity, "changelist") + "?q=lemberg").context["cl"].result_list
    assert list(found) == [city]
    query = {"app_label": "partners", "model_name": "agreement", "field_name": "city", "term": "lemberg"}
    results = client.get("/en/admin/autocomplete/", query).json()["results"]
    assert [result["id"] for result in results] == [str(city.pk)]


def test_a_list_without_anything_to_search_is_shown_whole(client):
    sign_in(client, "administrator")
    assert client.get(page_of(AccessibilityStatement, "changelist") + "?q=x").status_code == 200
