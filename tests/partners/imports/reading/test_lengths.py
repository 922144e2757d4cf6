"""Lengths of time: bare numbers are months or years, as the column or a person says; words speak of the term."""

import pytest

from partners.models import SheetAlias
from tests.partners.imports.conftest import HEADER, actions, plan_of, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cities")]


MAPPING = {  # names that do not say a unit
    "Okres": "term_months:pl",
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
        ("Okres", None, ["12", "24", "5 lat"], [12, 24, 60]),
        ("Okres", None, ["5", "60", "5 lat"], [None, None, 60]),
        ("Okres", "months", ["5", "60"], [5, 60]),
        ("Okres", "years", ["5", "2 lata", "18 mies."], [60, 24, 18]),
        ("Okres", "bogus", ["5"], [None]),
    ],
)
def test_a_bare_number_counts_what_the_column_or_a_person_says(name, answer, numbers, expected):
    plan = plan_of_lengths(name, *numbers, decisions={"unit:term_months": answer})
    assert months(plan) == expected
    assert list(plan.questions) == (["unit:term_months"] if None in expected else [])


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
