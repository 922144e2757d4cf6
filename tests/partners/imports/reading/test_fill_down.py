"""What stands above holds for the cells that point there, once a person says so."""

import pytest

from tests.partners.imports.conftest import HEADER, actions, plan_of, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cities")]
GROUPED = [
    HEADER,
    ["Lwów", "protokół", "2005"],
    ["", "protokół", "2006"],
    ["Mediolan", "j.w.", "2007"],
    ["„", "-||-", "2"],
]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [("above", ["new", "new", "new", "refused"]), ("leave", ["new", "refused", "refused", "refused"])],
)
def test_each_column_is_asked_about_once(answer, expected):
    plan = plan_of(*GROUPED)
    found = {key: question.rows for key, question in plan.questions.items()}
    assert found == {"fill:city": [3, 5], "fill:kind": [4, 5]}
    plan = plan_of(*GROUPED, decisions=dict.fromkeys(found, answer))
    assert actions(plan) == expected
    assert not {"fill:city", "fill:kind"} & {*plan.questions}


def test_a_name_that_stands_alone_above_its_group_holds_for_it():
    rows = [HEADER, ["Lwów"], ["", "protokół", "2005"], ["Mediolan"], ["", "protokół", "2005"]]
    plan = plan_of(*rows, decisions={"fill:city": "above"})
    assert [planned.agreement.city.slug for planned in plan.rows] == ["lviv", "milan"]


def test_nothing_is_taken_from_above_the_list():
    plan = plan_of(HEADER, ["", "protokół", "2005"], ["Lwów", "protokół", "2005"], decisions={"fill:city": "above"})
    assert said(plan) == [(2, "missing-value")]


def test_countries_that_stand_once_in_a_group_are_asked_about():
    head = [*HEADER, "Kraj"]
    rows = [["Lwów", "protokół", str(year), "Ukraina" if year == 2000 else ""] for year in range(2000, 2005)]
    assert plan_of(head, *rows).questions["fill:country"].rows == [3, 4, 5, 6]
    plan = plan_of(head, *rows, decisions={"fill:country": "above"})
    assert [planned.row.country for planned in plan.rows] == ["UA"] * 5
