"""One answer for all the cities that a list names and the register does not know."""

import pytest

from partners.imports.planning.planner import plan_import
from partners.models import PartnerCity
from tests.partners.factories import CityFactory
from tests.partners.imports.conftest import HEADER, actions, applied, plan_of, sheet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cities")]
HEAD = [*HEADER, "Kraj"]
ROWS = [[city, "protokół", "2005", "Niemcy"] for city in ("Bonn", "Kolonia", "Brema", "Norynberga")]


def asked(plan):
    return {*plan.questions}


def test_it_is_asked_where_several_cities_are_unknown():
    assert asked(plan_of(HEAD, *ROWS[:2])) == {"city:bonn:DE", "city:kolonia:DE"}
    plan = plan_of(HEAD, *ROWS)
    assert asked(plan) > {"cities", "only-cities"}
    assert plan.questions["cities"].rows == [2, 3, 4, 5]


def test_all_are_left_out():
    plan = plan_of(HEAD, *ROWS, ["Lwów", "protokół", "2005", ""], decisions={"cities": "leave-out"})
    assert (actions(plan), plan.left_out) == (["unchanged"] * 4 + ["new"], 4)


def test_drafts_are_made_of_those_whose_country_is_told_and_that_are_like_no_known_city():
    CityFactory(slug="brema", name_pl="Inna", name_en="Other", country="IT")
    rows = [*ROWS, ["Oslo", "protokół", "2005", ""], ["Bonn", "protokół", "2006", "Niemcy"]]
    plan = plan_of(HEAD, *rows, decisions={"cities": "drafts"})
    assert [city.slug for city in plan.cities] == ["bonn", "kolonia"]
    assert actions(plan) == ["new", "new", "doubtful", "doubtful", "doubtful", "new"]


def test_a_draft_without_a_place_is_written_and_not_published():
    applied(HEAD, *ROWS[:2], ["Brema", "protokół", "2005", "DE"], decisions={"cities": "drafts"})
    cities = PartnerCity.objects.filter(slug__in=["bonn", "kolonia", "brema"])
    assert [(city.country, city.publication, city.latitude) for city in cities] == [("DE", "draft", None)] * 3
    assert len(cities[0].warnings()) == 1
    assert not cities.held_back().exists()


@pytest.mark.parametrize("only", ["Bonn\nlwow", "bonn\r\nLviv\r\n\r\n"])
def test_rows_of_some_cities_alone_are_read(only):
    rows = [*ROWS, ["Lwów", "protokół", "2005", ""], ["Mediolan", "protokół", "2005", ""]]
    plan = plan_of(HEAD, *rows, decisions={"only-cities": only})
    assert [planned.row.cells[0] for planned in plan.rows if not planned.row.is_left_out] == ["Bonn", "Lwów"]
    assert "only-cities" not in plan.questions


def test_six_thousand_unknown_cities_are_one_question():
    rows = [[f"Gmina {number:04} Q{number * 7919 % 6007}", "protokół", "2005", "DE"] for number in range(6000)]
    plan = plan_import(sheet(HEAD, *rows), decisions={"cities": "leave-out"})
    assert (plan.left_out, plan.is_clean, plan.questions) == (6000, True, {})
