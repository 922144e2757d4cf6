"""Of any list a person can say where the names of its columns stand, and that it is turned."""

import pytest

from krakow_intl.imports.planning.frame import reading
from krakow_intl.imports.writing.reporting import for_programs, report_of
from tests.lists import plan_of, said

TURNED = [["List of 2006", None], ["Address word", "lviv"], ["Population", 700_000]]


@pytest.mark.parametrize(
    ("decisions", "header", "encoding"),
    [({}, None, None), ({"header": "0:2-3", "encoding": "cp1250"}, (0, 2, 3), "cp1250"), ({"encoding": 7}, None, None)],
)
def test_what_was_said_of_a_file_is_how_it_is_read(decisions, header, encoding):
    assert reading(decisions) == {"header": header, "encoding": encoding}


def test_a_turned_list_of_cities_is_read_on_its_side_once_a_person_says_so(cities):
    plan = plan_of("cities", TURNED)
    assert (said(plan), [*plan.questions]) == ([(None, "turned-list")], ["header"])
    plan = plan_of("cities", TURNED, decisions={"header": "0:turned"})
    assert (plan.counts["changed"], plan.questions) == (1, {})
    assert for_programs(report_of(plan, ""), plan)["plan"][0]["row"] == "B"


def test_a_list_of_which_too_little_is_known_is_asked_for_the_row_of_its_names(cities):
    plan = plan_of("cities", [["Stadt", "Land"], ["Lviv", "Ukraine"]])
    assert "0:1-1" in dict(plan.questions["header"].choices)
    mapping = {"Stadt": "name_en:en", "Land": "country:en"}
    plan = plan_of("cities", [["Stadt", "Land"], ["Lviv", "Ukraine"]], mapping=mapping)
    assert plan.counts["unchanged"] == 1
