"""What a list leaves out is said once, for all its rows or for those where a cell is empty."""

import pytest

from partners.imports.reading.constants import FREE, typed_day
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


@pytest.mark.parametrize(("typed", "day"), [("12.05.2005", "2005-05-12"), ("maj 2005", "2005-05"), ("2004", "2004")])
def test_one_day_may_hold_for_all_rows(typed, day):
    assert str(typed_day(typed)) == day
    plan = plan_of(*WITHOUT_KIND_AND_DATE, decisions=ANSWERS | {"constant:signed_on": day})
    assert [planned.row.values["signed_on"] for planned in plan.rows] == [day] * 2
    plan = plan_of(*WITH_GAPS, decisions=ANSWERS | {"constant:signed_on": day})
    assert [str(planned.agreement.signed_on) for planned in plan.rows] == ["2005", day, "2005"]


@pytest.mark.parametrize("text", ["bzdura", "12.05.05", "1200", "12.05.2999", "", None, 7])
def test_what_is_no_day_up_to_today_holds_for_no_row(text):
    assert typed_day(text) is None


def test_what_a_person_writes_of_a_column_that_the_list_lacks_stands_in_each_row():
    rows = [HEADER, ["Lwów", "protokół", "2005"], ["Mediolan", "protokół", "2006"]]
    plan = plan_of(*rows)
    assert plan.kept()["lacks"] == list(FREE)
    said_once = {"constant:signed_at": "Kraków", "constant:valid_from": "2007", "constant:resolution": "X" * 301}
    plan = plan_of(*rows, decisions=said_once)
    assert [(planned.agreement.signed_at, planned.agreement.valid_from) for planned in plan.rows] == [
        ("Kraków", "2007")
    ] * 2
    assert {*FREE} - {*plan.kept()["lacks"]} == {"signed_at", "valid_from"}


def test_a_column_that_the_list_has_is_not_filled():
    rows = [[*HEADER, "Miejsce podpisania"], ["Lwów", "protokół", "2005", "Lwów"], ["Mediolan", "protokół", "2005", ""]]
    plan = plan_of(*rows, decisions={"constant:signed_at": "Kraków"})
    assert [planned.agreement.signed_at for planned in plan.rows] == ["Lwów", ""]
