import pytest

from tests.partners.imports.conftest import HEADER, actions, plan_of, said

ROW = ["Lwów", "umowa o partnerstwie", "1991"]


@pytest.mark.parametrize(
    ("code", "answer", "day"),
    [
        ("date:signed_on:ok 1999", "1999", "1999"),
        ("date:signed_on:ok 1999", "none", None),
        ("date:signed_on:ok 1999", "2001", "asked again"),
        ("date:signed_on:przed 1999", "none", None),
        ("date:signed_on:przed 1999", "1999", "asked again"),
    ],
)
def test_a_person_says_what_a_doubtful_date_is(cities, code, answer, day):
    cell = "przed 1999" if "przed" in code else "ok. 1999"
    plan = plan_of(HEADER, [*ROW[:2], cell], decisions={code: answer})
    assert plan.rows[0].row.values.get("signed_on", "asked again") == day


@pytest.mark.parametrize(("answer", "day"), [("day", "1999-12-05"), ("month", "1999-05-12")])
def test_the_order_of_day_and_month_is_decided_for_a_column(cities, answer, day):
    header, row = ["City", "Kind", "Signed on"], ["Lviv", "partnership agreement", "5/12/1999"]
    assert said(plan_of(header, row)) == [(2, "day-or-month")]
    plan = plan_of(header, row, decisions={"order:signed_on": answer})
    assert plan.rows[0].row.values["signed_on"] == day


def test_an_order_at_odds_with_the_name_of_the_column_is_decided_once(cities):
    rows = [[*ROW[:2], day] for day in ("5/13/1999", "5/12/1999")]
    assert said(plan_of(HEADER, *rows)) == [(3, "contradictory-order")]
    plan = plan_of(HEADER, *rows, decisions={"order:signed_on": "month"})
    assert [planned.row.values["signed_on"] for planned in plan.rows] == ["1999-05-13", "1999-05-12"]


def test_dates_with_strokes_that_could_all_be_american_are_asked_about_once(cities):
    rows = [[*ROW[:2], day] for day in ("5/12/1999", "3/4/2000")]
    plan = plan_of(HEADER, *rows)
    assert (said(plan), [*plan.questions]) == ([(2, "day-or-month"), (3, "day-or-month")], ["order:signed_on"])
    plan = plan_of(HEADER, *rows, decisions={"order:signed_on": "day"})
    assert [planned.row.values["signed_on"] for planned in plan.rows] == ["1999-12-05", "2000-04-03"]


@pytest.mark.parametrize(("answer", "days"), [("local", ["1999-05-13", "2000-05-13"]), ("written", ["1999-05-12"] * 2)])
def test_which_day_of_a_time_in_a_zone_counts_is_asked_once(cities, answer, days):
    rows = [[*ROW[:2], day] for day in ("1999-05-12T22:30:00Z", "2000-05-12T23:00:00Z", "2001-05-12T12:00:00Z")]
    plan = plan_of(HEADER, *rows)
    assert (said(plan), [*plan.questions]) == ([(2, "time-zone"), (3, "time-zone")], ["zone:signed_on"])
    plan = plan_of(HEADER, *rows, decisions={"zone:signed_on": answer})
    found = [planned.row.values["signed_on"] for planned in plan.rows]
    assert found == [days[0], days[1].replace("1999", "2000"), "2001-05-12"]


def test_a_date_to_come_is_confirmed(cities):
    row = [*ROW[:2], "1.01.2999"]
    assert actions(plan_of(HEADER, row, decisions={"future:2999-01-01": "confirm"})) == ["new"]
