import pytest
from django.utils.translation import override

from krakow_intl.portal.search_suggestions import MOST, suggestions
from tests.partners.factories import CityFactory, CityNameFactory, InstitutionFactory

pytestmark = pytest.mark.django_db


def names(typed):
    with override("en"):
        return [name for name, _others in suggestions(typed)]


@pytest.fixture(autouse=True)
def _register():
    lviv = CityFactory(name_pl="Lwów", name_en="Lviv")
    CityNameFactory(city=lviv, name="Lemberg")
    CityFactory(name_pl="Frankfurt nad Menem", name_en="Frankfurt am Main", name_own="Frankfurt am Main")
    InstitutionFactory(name_pl="Akademia Lwowska", name_en="Academy of Lviv")
    InstitutionFactory(name_pl="Łaźnia", name_en="Łaźnia")
    InstitutionFactory(name_en="Lvhidden house", held_back=True)


@pytest.mark.parametrize(
    ("typed", "proposed"),
    [
        ("lv", ["Lviv", "Academy of Lviv"]),
        ("Lwó", ["Lviv", "Academy of Lviv"]),
        ("lem", ["Lviv"]),
        ("academy lv", ["Academy of Lviv"]),
        ("main", ["Frankfurt am Main"]),
        ("frankfurt am", ["Frankfurt am Main"]),
        ("laz", ["Łaźnia"]),
        ("frankfurt lv", []),
        ("lvh", []),
        ("l", []),
        ("", []),
        ("'%_", []),
        ("x" * 500, []),
    ],
)
def test_names_are_proposed_of_which_words_begin_with_what_was_typed(typed, proposed):
    assert names(typed) == proposed


def test_what_is_shown_holds_the_very_letters():
    with override("en"):
        assert suggestions("lem") == [("Lviv", "Lemberg")]
        assert suggestions("laz") == [("Łaźnia", "laznia")]


def test_a_few_are_proposed_by_as_many_queries(django_assert_num_queries):
    InstitutionFactory.create_batch(20, name_en="Museum")
    with django_assert_num_queries(3):
        assert len(names("museum")) == MOST
