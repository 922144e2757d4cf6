"""What a list leaves out is said once, for all its rows or for those where a cell is empty."""

import pytest

from tests.partners.imports.conftest import HEADER, actions, plan_of, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cities")]
WITHOUT_KIND_AND_DATE = [["Miasto", "Tytuł"], ["Lwów", "Umowa o parkach"], ["Mediolan", "Umowa o mostach"]]
WITH_GAPS = [HEADER, ["Lwów", "", "2005"], ["Mediolan", "protokół", ""], ["", "protokół", "2005"]]
ANSWERS = {"constant:kind": "partnership", "constant:signed_on": "not-recorded", "constant:city": "milan"}


def asked(plan):
    return {key.removeprefix("constant:"): question.rows for key, question in plan.questions.items()}


def test_a_missing_column_is_asked_about_until_it_is_said():
    plan = plan_of(*WITHOUT_KIND_AND_DATE)
    assert (said(plan), asked(plan)) == ([(0, "missing-columns")], {"kind": [], "signed_on": []})
    plan = plan_of(*WITHOUT_KIND_AND_DATE, decisions={"constant:kind": "partnership"})
    assert (plan.is_refused, asked(plan)) == (True, {"signed_on": []})
    plan = plan_of(*WITHOUT_KIND_AND_DATE, decisions=ANSWERS)
    assert (actions(plan), asked(plan)) == (["new", "new"], {})
    assert [planned.row.values["kind"] for planned in plan.rows] == ["partnership"] * 2


def test_empty_cells_are_filled_and_no_other():
    plan = plan_of(*WITH_GAPS)
    assert (actions(plan), asked(plan)) == (["refused"] * 3, {"kind": [2], "signed_on": [3], "fill:city": [4]})
    assert asked(plan_of(*WITH_GAPS, decisions={"fill:city": "leave"}))["city"] == [4]
    plan = plan_of(*WITH_GAPS, decisions=ANSWERS)
    assert actions(plan) == ["new"] * 3
    assert [planned.agreement.kind for planned in plan.rows] == ["partnership", "protocol", "protocol"]
    assert [planned.agreement.city.slug for planned in plan.rows] == ["lviv", "milan", "milan"]
    plan = plan_of(*WITH_GAPS, decisions=dict.fromkeys(ANSWERS, "leave-out"))
    assert (actions(plan), plan.left_out) == (["unchanged"] * 3, 3)


@pytest.mark.parametrize("answer", ["bogus", "leave-out", {"slug": "x"}, 7])
def test_an_answer_that_is_none_is_asked_for_again(answer):
    plan = plan_of(*WITHOUT_KIND_AND_DATE, decisions=dict.fromkeys(ANSWERS, answer))
    assert (plan.is_refused, set(asked(plan))) == (True, {"kind", "signed_on"})


def test_a_faulty_cell_is_not_taken_for_an_empty_one():
    plan = plan_of(HEADER, ["Lwów", "umwa o współpracy", "2005"], decisions=ANSWERS)
    assert (actions(plan), [*plan.questions]) == (["doubtful"], ["word:kind:umwa o wspolpracy"])


def test_the_country_of_all_cities_is_asked_for_where_several_are_unknown_and_no_column_tells():
    rows = [["Gród " + letter, "protokół", "2005"] for letter in "abc"]
    assert "country" in asked(plan_of(HEADER, *rows))
    assert "country" not in asked(plan_of(HEADER, *rows[:2]))
    plan = plan_of(HEADER, *rows, decisions={"constant:country": "DE"})
    assert [planned.row.country for planned in plan.rows] == ["DE"] * 3
    assert "constant:country" not in plan.questions
