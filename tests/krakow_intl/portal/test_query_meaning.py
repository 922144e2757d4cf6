import pytest

from krakow_intl.core.search.query import query_words
from krakow_intl.portal.query_meaning import meaning_of
from tests.partners.factories import CityFactory, CityNameFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("query", "countries"),
    [
        ("Germany", {"DE"}),
        ("niemcy", {"DE"}),
        ("Niemczech", {"DE"}),
        ("miasta z USA", {"US"}),
        ("Great Britain", {"GB"}),
        ("Lviv", set()),
    ],
)
def test_a_country_is_known_by_its_name_in_both_languages_and_by_those_people_say(query, countries):
    assert meaning_of(query_words(query)).all_countries == countries


@pytest.mark.parametrize(
    ("query", "relations"),
    [
        ("twin", {"twin", "honorary-twin"}),
        ("bliźniacze", {"twin", "honorary-twin"}),
        ("honorary", {"honorary-twin"}),
        ("partner city", {"partner"}),
        ("city", set()),
    ],
)
def test_a_relation_is_known_by_the_words_that_tell_it_from_the_others(query, relations):
    assert meaning_of(query_words(query)).all_relations == relations


def test_each_word_names_what_it_names():
    naming = meaning_of(["niemcy", "włochy", "umowa"])
    assert naming.countries == {"niemcy": {"DE"}, "włochy": {"IT"}, "umowa": set()}


@pytest.mark.parametrize(
    ("query", "others"),
    [
        ("Lemberg", {"lwow", "lviv"}),
        ("Lembergu", {"lwow", "lviv"}),
        ("Lwowie", {"lwow", "lviv"}),
        ("Duesseldorf", {"dusseldorf"}),
        ("Cracow", {"krakow"}),
        ("Lem", set()),
        ("umowa", set()),
    ],
)
def test_a_name_of_a_city_stands_for_those_by_which_our_texts_call_it(query, others):
    CityNameFactory(city=CityFactory(name_pl="Lwów", name_en="Lviv"), name="Lemberg")
    CityFactory(name_pl="Düsseldorf", name_en="Düsseldorf")
    CityNameFactory(city=CityFactory(name_pl="Tajne", name_en="Secret", held_back=True), name="Umowa")
    assert meaning_of([query.casefold()]).others == {query.casefold(): others}


@pytest.mark.parametrize(
    ("query", "statuses"),
    [
        ("wygasłe umowy", ["expired"]),
        ("wypowiedziana", ["terminated"]),
        ("zastąpiona", ["superseded"]),
        ("umowy w mocy", ["in-force"]),
        ("what is in force", ["in-force"]),
        ("expired agreements", ["expired"]),
        ("umowa", []),
    ],
)
def test_the_status_of_an_agreement_is_known_by_its_labels_and_by_what_people_say(query, statuses):
    assert [value for value, _label in meaning_of(query_words(query)).status_choices] == statuses
