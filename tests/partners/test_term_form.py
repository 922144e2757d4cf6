"""A term computed by hand on the page of the rules."""

from datetime import date
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.utils.translation import override

from partners.models import Agreement
from partners.term_form import ROCHESTER, TermForm, parameters_of
from tests.partners.factories import AgreementFactory

DAY = date(2006, 4, 20)


def form(**data):
    return TermForm(QueryDict(urlencode(data)), DAY)


def answer(**data):
    found = form(**data).answer()
    assert found
    return found


def errors(**data):
    with override("en"):
        return {name: " ".join(map(str, found)) for name, found in form(**data).errors.items()}


def stands(found):
    return found.agreement.status, found.agreement.basis


def rows(found):
    return [(row.is_running, str(row.start), str(row.end), row.notice and str(row.notice)) for row in found.rows]


# --- what it answers --------------------------------------------------------------------------------------------------


def test_a_page_that_is_asked_nothing_computes_the_example_of_rochester():
    asked_nothing = form()
    assert not asked_nothing.is_asked
    found = asked_nothing.answer()
    assert found.agreement.status_on == DAY
    assert stands(found) == ("in-force", "by-its-terms")
    assert rows(found) == [
        (False, "1993-07-18", "1998-07-17", "1998-01-17"),
        (False, "1998-07-18", "2003-07-17", "2003-01-17"),
        (True, "2003-07-18", "2008-07-17", "2008-01-17"),
        (False, "2008-07-18", "2013-07-17", "2013-01-17"),
        (False, "2013-07-18", "2018-07-17", "2018-01-17"),
    ]
    assert found.running == found.rows[2]
    assert found.agreement.notice_by == date(2008, 1, 17)


def test_it_computes_what_it_is_asked_as_of_the_day_of_the_page_or_its_own():
    assert answer(start="1990", term="open-ended").agreement.status_on == DAY
    assert answer(start="1990", term="open-ended", day="5 May 2026").agreement.status_on == date(2026, 5, 5)
    assert form(start="1990").is_asked


@pytest.mark.parametrize(
    ("asked", "status", "basis"),
    [
        ({"start": "2006-04-20", "term": "open-ended"}, "in-force", "on-record"),
        ({"start": "2006-04-19", "term": "open-ended"}, "in-force", "by-its-terms"),
        ({"start": "1990", "term": "not-recorded"}, "in-force", "presumed"),
        ({"start": "2007", "term": "open-ended"}, "not-yet", None),
        ({"start": "2000", "until": "2005", "term": "fixed"}, "expired", "by-its-terms"),
        ({"start": "2005-07-01", "months": "48", "term": "fixed"}, "in-force", "by-its-terms"),
        ({"start": "1990", "term": "tacit-renewal"}, "in-force", "presumed"),
        ({"start": "1990", "term": "tacit-renewal", "renewal": "12"}, "in-force", "by-its-terms"),
        ({**ROCHESTER, "given": "2003-01-17"}, "terminated", "by-its-terms"),
        ({**ROCHESTER, "given": "2003-01-18"}, "in-force", "by-its-terms"),
        ({"start": "1990", "term": "open-ended", "given": "2001"}, "in-force", "presumed"),
    ],
)
def test_it_says_how_the_agreement_stands_and_how_that_is_known(asked, status, basis):
    found = answer(**asked)
    assert stands(found) == (status, basis)
    assert str(found.how_known)


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({"term": "open-ended"}, "An unlimited time has no terms"),
        ({"term": "not-recorded"}, "The term is not known"),
        ({"term": "fixed"}, "Neither the end of the term nor its length"),
        ({"term": "tacit-renewal", "renewal": "12"}, "Neither the end of the first term"),
        ({"term": "tacit-renewal", "months": "12"}, "for how long is not given"),
        ({"term": "tacit-renewal", "until": "1991", "renewal": "12"}, "from an exact day or not at all"),
        ({"term": "tacit-renewal", "months": "12", "renewal": "12"}, ""),
        ({"term": "fixed", "until": "1995"}, ""),
    ],
)
def test_it_says_why_a_term_cannot_be_computed(asked, reason):
    found = answer(start="1990-01-01", **asked)
    with override("en"):
        assert reason in str(found.why_no_term)
    assert bool(reason) == bool(found.why_no_term)
    assert not reason or not found.rows


def test_a_first_term_is_told_as_exactly_as_it_was_given():
    assert rows(answer(start="1997", until="2009", term="fixed")) == [(True, "1997", "2009", None)]
    found = answer(start="1973", until="1978-07-17", renewal="60", term="tacit-renewal", day="1979-01-01")
    assert rows(found)[:2] == [(False, "1973", "1978-07-17", None), (True, "1978-07-18", "1983-07-17", None)]


def test_terms_stop_where_notice_ends_the_agreement():
    found = answer(**{**ROCHESTER, "given": "2008-01-17"})
    assert [row[:3] for row in rows(found)][-1] == (True, "2003-07-18", "2008-07-17")
    assert found.agreement.ends_on == date(2008, 7, 17)


# --- what it refuses --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "wrong", "message"),
    [
        ("start", "", "at least its year"),
        ("start", "31.02.1999", "28 days"),
        ("start", "soon", "not a date the register can read"),
        ("start", "18.07.73", "four digits"),
        ("term", "", "Choose what was agreed."),
        ("term", "for ever", "no such value"),
        ("until", "1972", "before the agreement comes into force"),
        ("until", "some day", "not a date"),
        ("months", "0", "from 1 to 1200"),
        ("months", "1201", "from 1 to 1200"),
        ("months", "five", "from 1 to 1200"),
        ("months", "5.5", "from 1 to 1200"),
        ("renewal", "-12", "from 1 to 1200"),
        ("notice", "-1", "from 0 to 1200"),
        ("notice", "9" * 5000, "from 0 to 1200"),
        ("given", "1972-12-31", "before the agreement comes into force"),
        ("given", "yesterday", "not a date"),
        ("day", "2006", "a year or a month alone"),
        ("day", "2006-04", "a year or a month alone"),
        ("day", "1 January 1000", "for the years 1257 to 2200"),
        ("day", "today", "not a date"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(field, wrong, message):
    found = errors(**(ROCHESTER | {field: wrong}))
    assert [*found] == [field]
    assert message in found[field].replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("term", ["open-ended", "fixed", "not-recorded"])
def test_only_what_renews_itself_has_a_period_of_renewal(term):
    assert errors(start="1990", term=term, renewal="12")["renewal"].startswith("Only a tacitly renewed")


@pytest.mark.parametrize("term", ["open-ended", "not-recorded"])
def test_only_a_fixed_or_renewed_term_has_an_end(term):
    assert "choose one" in errors(start="1990", term=term, until="1995")["until"]


def test_all_that_is_wrong_is_told_at_once_in_the_language_of_the_reader():
    wrong = {"start": "31.02.1999", "term": "fixed", "months": "abc", "day": "2006"}
    assert {*errors(**wrong)} == {"start", "months", "day"}
    with override("pl"):
        assert "28 dni" in str(form(**wrong).errors["start"]).replace("\N{NO-BREAK SPACE}", " ")
    assert form(**wrong).answer() is None


NONSENSE = [
    "",
    "0",
    "-1",
    "٣",
    "1e9",
    "9" * 400,
    "2999",
    "1000",
    "2999-12-31",
    "1000-01-01",
    "\x00",
    "<b>",
    "31.02.2001",
]


@pytest.mark.parametrize("term", ["", "fixed", "tacit-renewal", "open-ended", "not-recorded", "x"])
@pytest.mark.parametrize("value", NONSENSE)
def test_no_nonsense_breaks_it(value, term):
    for field in ROCHESTER:
        found = form(**(ROCHESTER | {"term": term, "given": value, "until": value, field: value})).answer()
        assert found is None or (found.rows is not None and str(found.how_known))
    extreme = form(start=value, term=term, months="1200", renewal="1200", notice="1200", day="2200-12-31").answer()
    assert extreme is None or extreme.rows is not None


# --- from an agreement of the register --------------------------------------------------------------------------------


def test_an_agreement_of_the_register_is_computed_again_from_its_address():
    agreement = AgreementFactory.build(city=None, tacit=True, valid_until="1978-07-17")
    given = {name: value for name, value in parameters_of(agreement).items() if value is not None}
    found = answer(**given)
    assert found.agreement.term_facts() == agreement.term_facts()


@pytest.mark.django_db
@pytest.mark.parametrize("event", ["terminated", "suspended"])
def test_what_the_form_cannot_hold_is_not_computed_again(event):
    agreement = AgreementFactory(tacit=True, events=[{"kind": event, "taken_on": "2004-05-06"}])
    assert parameters_of(Agreement.objects.get(pk=agreement.pk)) == {}
    assert parameters_of(AgreementFactory.build(city=None, undated=True)) == {}
