"""Lengths of time: bare numbers count in what the column or a person says; words speak of the term."""

import pytest

from partners.models import SheetAlias
from tests.partners.imports.conftest import HEADER, actions, plan_of, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cities")]


DAYS = ["30", "90 dni", "14 dni", "3 miesiące", "0"]
MAPPING = {  # names that do not say a unit
    "Okres": "term_months:pl",
    "Okres (m-cy)": "term_months:pl",
    "Okres w latach": "term_months:pl",
    "Wypowiedzenie (dni)": "notice_months:pl",
    "Okres wypowiedzenia": "notice_months:pl",
    "Okres przedłużenia": "renewal_months:pl",
}


def plan_of_lengths(name, *lengths, **options):
    rows = [["Lwów", "protokół", f"{number}.05.2004", length] for number, length in enumerate(lengths, 1)]
    return plan_of([*HEADER, name], *rows, mapping=MAPPING, **options)


def months(plan):
    return [planned.row.values.get("term_months") for planned in plan.rows]


@pytest.mark.parametrize(
    ("name", "answer", "numbers", "expected"),
    [
        ("Okres (mies.)", None, ["5", "60"], [5, 60]),
        ("Okres (m-cy)", None, ["5", "60"], [5, 60]),
        ("Okres w latach", None, ["5", "2"], [60, 24]),
        ("Okres", None, ["12", "24", "5 lat"], [None, None, 60]),
        ("Okres", None, ["60 (5 lat)", "5 lat"], [60, 60]),
        ("Okres", "months", ["5", "60"], [5, 60]),
        ("Okres", "years", ["5", "2 lata", "18 mies."], [60, 24, 18]),
        ("Okres", "bogus", ["5"], [None]),
    ],
)
def test_a_bare_number_counts_what_the_column_or_a_person_says(name, answer, numbers, expected):
    plan = plan_of_lengths(name, *numbers, decisions={"unit:term_months": answer})
    assert months(plan) == expected
    assert list(plan.questions) == (["unit:term_months"] if None in expected else [])


def notice(plan):
    return [(planned.row.values.get("notice_months"), planned.row.values.get("notes")) for planned in plan.rows]


def test_notice_in_days_is_never_taken_for_months():
    name = "Okres wypowiedzenia"
    plan = plan_of_lengths(name, *DAYS)
    assert {key: question.rows for key, question in plan.questions.items()} == {
        "unit:notice_months": [2],
        "days:notice_months": [3, 4],
    }
    assert actions(plan) == ["doubtful"] * 3 + ["new"] * 2
    plan = plan_of_lengths(name, *DAYS, decisions={"unit:notice_months": "days-months"})
    fortnight = (None, "Okres wypowiedzenia: 14 dni")
    assert notice(plan) == [(1, None), (3, None), fortnight, (3, None), (0, None)]
    assert ((4, "days-in-notes") in said(plan), plan.is_clean) == (True, True)
    plan = plan_of_lengths(name, *DAYS, decisions={"unit:notice_months": "months", "days:notice_months": "leave-out"})
    assert (notice(plan)[0], plan.left_out) == ((30, None), 2)


def test_a_column_of_days_is_asked_about_once_and_its_days_come_behind_the_notes():
    header, rows = [*HEADER, "Wypowiedzenie (dni)", "Uwagi"], [["Lwów", "protokół", "2004", "30", "Segregator 5"]]
    plan = plan_of(header, *rows, mapping=MAPPING)
    [(key, question)] = plan.questions.items()
    assert (key, [value for value, _label in question.choices]) == (
        "days:notice_months",
        ["days-months", "days-notes", "leave-out"],
    )
    plan = plan_of(header, *rows, mapping=MAPPING, decisions={key: "days-notes"})
    assert notice(plan) == [(None, "Segregator 5\nWypowiedzenie (dni): 30")]


@pytest.mark.parametrize(
    ("name", "word", "code"),
    [
        ("Okres", "tak", "not-a-number"),
        ("Okres wypowiedzenia", "tak", "not-a-number"),
        ("Okres wypowiedzenia", "bezterminowo", "not-a-number"),
        ("Obowiązuje do", "tak", "not-a-date"),
        ("Obowiązuje do", "1", "not-a-date"),
        ("Okres przedłużenia", "tak", None),
        ("Okres", "bezterminowo", None),
        ("Obowiązuje do", "bezterminowo", None),
    ],
)
def test_a_word_speaks_of_the_term_where_it_can(name, word, code):
    SheetAlias.objects.create(about="term", text="tak", meaning="yes", language="pl")
    SheetAlias.objects.create(about="term", text="1", meaning="yes", language="pl")
    plan = plan_of_lengths(name, word)
    assert (said(plan), actions(plan)) == (([(2, code)], ["refused"]) if code else ([], ["new"]))
