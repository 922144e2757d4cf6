from types import SimpleNamespace

import pytest
from django.utils.translation import override

from krakow_intl.core.dates import PartialDate
from krakow_intl.core.search.groups import SearchGroup
from krakow_intl.portal.query_meaning import QueryMeaning
from krakow_intl.portal.search_hits import hit_of

TITLE, TEXT = "accord with Lviv", "A treaty on sport."


def hit(typed, country="", cities=(), relation="", is_in_title=False, date=None):
    words = typed.split()
    named = {"germany": {"DE"}}
    meaning = QueryMeaning(
        postings=None,
        cities={word: set() for word in words},
        countries={word: named.get(word, set()) for word in words},
        relations={word: {word} & {"twin"} for word in words},
        statuses={},
        bases={},
        themes={},
        others={word: set() for word in words},
    )
    group = SearchGroup(
        "things",
        "Things",
        records=None,
        address=lambda record: ("/en/things/", "#thing"),
        cities=lambda record: [{"slug": name.lower(), "name": name} for name in cities],
        country=lambda record: country,
        relation=lambda record: relation,
        date=lambda record: date,
    )
    record = SimpleNamespace(search_titles=("title",), search_texts=("text",), title=TITLE, text=TEXT)
    with override("en"):
        return hit_of(record, group, meaning, is_in_title)


def test_the_words_typed_are_marked_in_its_title_its_text_and_its_cities():
    found = hit("lviv treaty", cities=["Lviv"])
    assert found.title == "Accord with <mark>Lviv</mark>"
    assert found.excerpt == "A <mark>treaty</mark> on sport."
    assert found.cities == [{"slug": "lviv", "name": "<mark>Lviv</mark>"}]
    assert (found.address, found.anchor) == ("/en/things/", "#thing")


def test_no_text_is_shown_of_what_holds_all_the_words_in_its_title():
    assert hit("accord lviv", is_in_title=True).excerpt == ""
    assert hit("accord treaty").excerpt != ""


@pytest.mark.parametrize(
    ("typed", "country", "cities", "shown"),
    [
        ("treaty", "DE", [], "Germany"),
        ("treaty", "DE", ["Leipzig"], ""),
        ("germany", "DE", ["Leipzig"], "<mark>Germany</mark>"),
        ("germany", "", [], ""),
    ],
)
def test_a_country_is_shown_without_a_city_or_if_it_was_typed(typed, country, cities, shown):
    assert hit(typed, country, cities).country == shown


@pytest.mark.parametrize(("typed", "shown"), [("twin", "<mark>twin city</mark>"), ("treaty", "")])
def test_a_relation_is_shown_if_it_was_typed(typed, shown):
    assert hit(typed, relation="twin").relation.lower() == shown


@pytest.mark.parametrize(("typed", "is_match"), [("1995", True), ("treaty", False)])
def test_a_date_says_whether_it_was_typed(typed, is_match):
    found = hit(typed, date=PartialDate("1995-10-23"))
    assert (str(found.date), found.is_date_match) == ("1995-10-23", is_match)
