"""Several agreements in one row are asked about, and become rows of their own once a person says so."""

import pytest

from krakow_intl.imports.writing.marked_copy import marked_copy
from krakow_intl.imports.writing.reporting import for_programs, report_of
from partners.models import Agreement
from tests.partners.imports.conftest import HEADER, actions, applied, plan_of, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cities")]
WITH_TITLE = [*HEADER, "Tytuł"]
SPLIT = {"several:rows": "split"}


def row(city="Lwów", kind="protokół", day="1995-10-23", title="Protokół", *more):
    return [city, kind, day, title, *more]


TWO_DAYS = row(day="1995-10-23; 2001-05-04", title="Umowa o parkach\nUmowa o mostach")


def told(plan):
    return [(str(planned.number), planned.row.values.get("signed_on")) for planned in plan.rows]


@pytest.mark.parametrize(
    "cells",
    [
        TWO_DAYS,
        row(day="1995-10-23 i 2001-05-04"),
        row(day="23.10.1995\n4.05.2001"),
        row(city="Lwów, Mediolan"),
        row(city="Lwów i Norymberga"),
        row(kind="protokół; deklaracja", title="Protokół o parkach\nDeklaracja o mostach"),
        row(title="Umowa o parkach\nProtokół o mostach"),
    ],
)
def test_a_row_of_several_agreements_is_asked_about(cells):
    plan = plan_of(WITH_TITLE, cells)
    assert (actions(plan), [*plan.questions]) == (["doubtful"], ["several:rows"])
    assert {code for _row, code in said(plan)} == {"several-agreements"}
    plan = plan_of(WITH_TITLE, cells, decisions=SPLIT)
    assert ([str(planned.number) for planned in plan.rows], plan.questions) == (["2", "2b"], {})
    assert plan.is_clean
    plan = plan_of(WITH_TITLE, cells, decisions={"several:rows": "leave-out"})
    assert plan.left_out == 1
    plan = plan_of(WITH_TITLE, cells, decisions={"several:rows": "leave"})
    assert (len(plan.rows), "several-agreements" in dict(map(reversed, said(plan)))) == (1, False)


@pytest.mark.parametrize(
    "cells",
    [
        row(day="May 12, 1996"),
        row(day="12 i 13 maja 1996"),
        row(day="1976–1980"),
        row(city="Lwów, Ukraina"),
        row(city="Mediolan / Milan"),
        row(kind="protokół / protocol"),
        row(title="Umowa o współpracy\nmiędzy Krakowem a Lwowem"),
        row(title="Umowa o parkach, mostach i drogach"),
    ],
)
def test_what_is_one_agreement_is_not_asked_about(cells):
    assert not any(key.startswith("several") for key in plan_of(WITH_TITLE, cells).questions)


def test_each_agreement_gets_its_own_part_and_what_all_share():
    plan = plan_of(WITH_TITLE, TWO_DAYS, row(city="Mediolan"), decisions=SPLIT)
    assert told(plan) == [("2", "1995-10-23"), ("2b", "2001-05-04"), ("3", "1995-10-23")]
    assert [planned.agreement.title_pl for planned in plan.rows[:2]] == ["Umowa o parkach", "Umowa o mostach"]
    [message] = [str(message.text) for message in plan.messages if message.code == "row-divided"]
    assert ("2, 2b" in message, "Miasto" in message, "Tytuł" in message) == (True, True, False)
    assert (plan.ledger.cells, plan.ledger.left_out) == (12, [])
    assert [row["row"] for row in for_programs(report_of(plan, ""), plan)["plan"]] == ["2", "2b", "3"]
    assert marked_copy(plan, {})


def test_the_rows_that_were_made_are_written():
    assert applied(WITH_TITLE, TWO_DAYS, decisions=SPLIT).result == "applied"
    assert {*Agreement.objects.values_list("title_pl", "signed_on")} == {
        ("Umowa o parkach", "1995-10-23"),
        ("Umowa o mostach", "2001-05-04"),
    }


@pytest.mark.parametrize(
    ("header", "more"),
    [("Uchwała", "XV/1; XV/2; XV/3"), ("Zdarzenia", "wypowiedzenie 2022-03-02"), ("Numer", "7")],
)
def test_what_cannot_be_divided_is_left_as_it_stands_or_left_out(header, more):
    rows = [*WITH_TITLE, header], [*TWO_DAYS, more]
    plan = plan_of(*rows, decisions=SPLIT)
    [question] = plan.questions.values()
    assert (question.key, [value for value, _label in question.choices]) == ("several:unequal", ["leave", "leave-out"])
    assert plan_of(*rows, decisions={"several:unequal": "leave-out"}).left_out == 1


def test_what_is_wrong_with_a_row_is_so_of_each_that_is_made_of_it():
    plan = plan_of([*WITH_TITLE, "Uchwała"], [*TWO_DAYS, "#REF!"], decisions=SPLIT)
    assert actions(plan) == ["refused", "refused"]
