import pytest

from krakow_intl.naming import naming_of
from krakow_intl.search import query_words


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
    assert naming_of(query_words(query)).all_countries == countries


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
    assert naming_of(query_words(query)).all_relations == relations


def test_each_word_names_what_it_names():
    naming = naming_of(["niemcy", "włochy", "umowa"])
    assert naming.countries == {"niemcy": {"DE"}, "włochy": {"IT"}, "umowa": set()}
