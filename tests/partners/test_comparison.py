from datetime import date
from types import SimpleNamespace

import pytest
from django.http import QueryDict
from django.utils.translation import override

from partners.comparison import CityColumn, CitySelection, columns, kinds_of_activities, shared
from partners.models import PartnerCity

KNOWN = {"kyiv": "Kyiv", "lviv": "Lviv", "milan": "Milan", "vilnius": "Vilnius"}


def choice(query):
    return CitySelection(QueryDict(query), KNOWN)


def column(name, **held):
    city = SimpleNamespace(name=name, latitude="49.84", longitude="24.03")
    found = CityColumn(city, [], [], [], [])
    for what, value in held.items():
        setattr(found, what, value)
    return found


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("", []),
        ("city=lviv", ["lviv"]),
        ("city=vilnius&city=lviv", ["vilnius", "lviv"]),
        ("miasto=vilnius&miasto=lviv", ["vilnius", "lviv"]),
        ("city=lviv&city=lviv&city=", ["lviv"]),
        ("city=lviv&city=atlantis&city=kyiv", ["lviv", "kyiv"]),
        ("city=lviv&city=kyiv&city=milan&city=vilnius", ["lviv", "kyiv", "milan"]),
    ],
)
def test_cities_are_chosen_in_the_order_asked_each_once_three_at_most(query, slugs):
    assert choice(query).slugs == slugs


def test_a_choice_says_what_it_could_not_follow():
    asked = choice("city=lviv&city=lviv&city=atlantis&city=kyiv&city=milan&city=vilnius")
    assert asked.unknown == ["atlantis"]
    assert asked.is_repeated
    assert asked.left_out == ["vilnius"]
    assert not choice("city=lviv").is_enough
    assert choice("city=lviv").fields == ["lviv", "", ""]


def test_what_all_hold_is_told_apart_from_what_some_or_one_holds():
    lviv, kyiv, milan = (
        column("Lviv", themes={"art": "art", "sport": "sport", "law": "law"}),
        column("Kyiv", themes={"sport": "sport", "art": "art"}),
        column("Milan", themes={"sport": "sport"}),
    )
    with override("en"):
        found = shared([lviv, kyiv, milan], "themes")
    assert found["common"] == [("sport", "sport")]
    assert [rows for _column, rows in found["rest"]] == [
        [("art", "art", [kyiv.city]), ("law", "law", [])],
        [("art", "art", [lviv.city])],
        [],
    ]


def test_kinds_of_activities_are_counted_the_most_frequent_first():
    visits = [SimpleNamespace(kind="visit")] * 2
    one, other = column("Lviv", activities=[*visits, SimpleNamespace(kind="sport")]), column("Kyiv", activities=visits)
    assert [tallies for _label, tallies in kinds_of_activities([one, other])] == [
        [(2, 100), (2, 100)],
        [(1, 50), (0, 0)],
    ]
    assert kinds_of_activities([column("Lviv"), column("Kyiv")]) == []


def test_a_city_lies_a_rounded_distance_from_krakow():
    assert column("Lviv").kilometres == 290


def test_a_column_keeps_apart_what_no_date_says_had_happened_by_the_day():
    source = SimpleNamespace(known_to=date(2006, 4, 20))
    of_lviv = {"city_id": 1, "party_rows": [], "city_rows": [{"slug": "lviv"}], "source": source}
    dated, without = (
        SimpleNamespace(**of_lviv, is_later=lambda _day: False, is_undated=lambda _day, value=value: value)
        for value in (False, True)
    )
    city = PartnerCity(pk=1, slug="lviv")
    city.has_history = False
    (found,) = columns([city], [dated], [without, dated], [without], None, date(1990, 1, 1))
    assert (found.agreements, found.activities, found.benefits) == ([dated], [dated], [])
    assert found.undated == [without, without]
