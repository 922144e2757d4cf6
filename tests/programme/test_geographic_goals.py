from datetime import date

import pytest

from krakow_intl.core.dates import PartialDate
from programme.geographic_goals import ACCESSIONS, JOINED, NAMED, counting_day, is_member_of_the_union, is_within
from programme.models import Goal

TODAY = date(2026, 11, 29)
KNOWN_TO = date(2006, 4, 20)


@pytest.mark.parametrize(
    ("country", "day", "expected"),
    [
        ("DE", date(1957, 12, 31), False),
        ("DE", date(1958, 1, 1), True),
        ("GB", date(1972, 12, 31), False),
        ("GB", date(1973, 1, 1), True),
        ("GB", date(2020, 1, 31), True),
        ("GB", date(2020, 2, 1), False),
        ("GR", date(1981, 1, 1), True),
        ("ES", date(1985, 12, 31), False),
        ("SE", date(1995, 1, 1), True),
        ("AT", date(1994, 12, 31), False),
        ("LT", date(2004, 4, 30), False),
        ("LT", date(2004, 5, 1), True),
        ("RO", date(2006, 4, 20), False),
        ("HR", date(2013, 6, 30), False),
        ("HR", date(2013, 7, 1), True),
        ("UA", TODAY, False),
        ("CH", TODAY, False),
        ("", TODAY, False),
    ],
)
def test_a_country_is_a_member_from_the_day_it_joined_to_the_day_it_left(country, day, expected):
    assert is_member_of_the_union(country, day) is expected


@pytest.mark.parametrize(
    ("day", "number"),
    [
        (date(1993, 11, 1), 12),
        (date(2004, 4, 30), 15),
        (KNOWN_TO, 25),
        (date(2007, 1, 1), 27),
        (date(2013, 7, 1), 28),
        (TODAY, 27),
    ],
    ids=str,
)
def test_the_union_had_as_many_members_as_it_is_known_for(day, number):
    assert sum(is_member_of_the_union(country, day) for country in JOINED) == number


def test_no_country_joined_twice():
    assert len(JOINED) == sum(len(countries.split()) for countries in ACCESSIONS.values())


@pytest.mark.parametrize(
    ("area", "countries", "expected"),
    [
        ("european-union", ["UA", "LT"], True),
        ("european-union", ["UA", "CH"], False),
        ("central-and-eastern-europe", ["IT", "BY"], True),
        ("central-and-eastern-europe", ["HR"], False),
        ("world", ["CL"], True),
        ("world", [""], False),
        ("world", [], False),
        ("", ["DE"], False),
    ],
    ids=str,
)
def test_one_country_within_the_area_is_enough(area, countries, expected):
    assert is_within(area, countries, KNOWN_TO) is expected


def test_every_area_has_its_rule():
    assert [is_within(area, NAMED, KNOWN_TO) for area in Goal.Area] == [True, True, True]


@pytest.mark.parametrize(
    ("start", "end", "known_to", "expected"),
    [
        ("2004", "2006", KNOWN_TO, date(2004, 1, 1)),
        ("2004-05", None, KNOWN_TO, date(2004, 5, 1)),
        (None, "2003", KNOWN_TO, date(2003, 12, 31)),
        (None, None, KNOWN_TO, KNOWN_TO),
        (None, None, None, TODAY),
    ],
    ids=str,
)
def test_the_countries_count_as_of_the_start_or_the_next_best_day(start, end, known_to, expected):
    start, end = (text and PartialDate(text) for text in (start, end))
    assert counting_day(start, end, known_to, TODAY) == expected
