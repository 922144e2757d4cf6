"""The calendar of an agreement as its record tells it."""

from datetime import date

import pytest

from krakow_intl.core.dates import PartialDate
from partners.anniversaries import deadlines
from partners.models import Agreement
from partners.terms import Term
from tests.partners.factories import AgreementFactory

pytestmark = pytest.mark.django_db


def on(day, **facts):
    """An agreement with `facts` as it stands on a day."""
    agreement = AgreementFactory(**facts)
    return Agreement.objects.with_status(date.fromisoformat(day)).get(pk=agreement.pk)


NOTICE = {"kind": "notice-given", "taken_on": "2008-01-17"}
WILL = {"kind": "will-to-end", "taken_on": "2005-11-05"}
SUSPENDED = {"kind": "suspended", "taken_on": "2007-01-01"}


@pytest.mark.parametrize(
    ("recorded", "start"),
    [
        ({"signed_on": "1973-07-18", "valid_from": "1974"}, "1974"),
        ({"signed_on": "1973-07-18"}, "1973-07-18"),
        ({"undated": True}, None),
    ],
    ids=["in force from", "signed", "neither"],
)
def test_an_agreement_starts_when_it_comes_into_force_else_when_it_is_signed(recorded, start):
    assert AgreementFactory.build(city=None, **recorded).start == start


@pytest.mark.parametrize(
    ("recorded", "end"),
    [
        ({"term": "fixed", "valid_until": "2001"}, "2001"),
        ({"term": "fixed", "signed_on": "2005-07-01", "term_months": 48}, "2009-06-30"),
        ({"term": "fixed", "signed_on": "2005-09", "term_months": 12}, "2006-09"),
        ({"term": "fixed", "signed_on": "2005", "term_months": 24}, "2007"),
        ({"term": "fixed"}, None),
        ({"term": "fixed", "signed_on": "2990-01-01", "term_months": 1200}, None),
    ],
    ids=["recorded", "counted", "from a month", "from a year", "no length", "beyond the dates of the register"],
)
def test_the_first_term_ends_as_exactly_as_its_grounds_are_known(recorded, end):
    assert AgreementFactory.build(city=None, **recorded).end_of_first_term == end


def test_a_last_day_is_told_as_exactly_as_it_is_recorded():
    ended = on("2006-01-01", events=[{"taken_on": "2004-05"}])
    assert (ended.ended_then, ended.as_recorded(ended.ends_on)) == ("2004-05", "2004-05")
    ran_out = on("2006-01-01", term="fixed", valid_until="2001")
    assert ran_out.ended_then == "2001"
    assert on("2000-01-01", term="fixed", valid_until="2001").ended_then is None


def test_rochester_has_its_running_term_and_its_notice_day():
    agreement = on("2006-04-20", tacit=True)
    assert agreement.term_then == Term(6, date(2003, 7, 18), date(2008, 7, 17))
    assert (agreement.term_until, agreement.notice_by) == (PartialDate("2008-07-17"), date(2008, 1, 17))


def test_terms_and_notice_days_run_on_during_a_suspension():
    agreement = on("2008-07-18", tacit=True, events=[SUSPENDED])
    assert (agreement.status, agreement.term_then.number) == ("suspended", 7)
    assert (agreement.term_until, agreement.notice_by) == (PartialDate("2013-07-17"), date(2013, 1, 17))


@pytest.mark.parametrize(
    ("day", "is_running"), [("2008-01-16", False), ("2008-01-17", True), ("2008-07-17", True), ("2008-07-18", False)]
)
def test_notice_is_running_from_the_day_it_is_given_until_it_takes_effect(day, is_running):
    assert on(day, tacit=True, events=[NOTICE]).is_notice_running == is_running


@pytest.mark.parametrize(("day", "is_to_end"), [("2005-11-04", False), ("2005-11-05", True), ("2026-05-05", True)])
def test_a_declared_will_marks_what_is_still_in_force(day, is_to_end):
    assert on(day, tacit=True, events=[WILL]).is_to_end == is_to_end


def test_a_mark_stands_beside_in_force_only_and_notice_goes_before_a_declared_will():
    both = on("2008-02-01", tacit=True, events=[WILL, NOTICE])
    assert (both.is_notice_running, both.is_to_end) == (True, False)
    resting = on("2008-02-01", tacit=True, events=[WILL, NOTICE, SUSPENDED])
    assert (resting.status, resting.is_notice_running, resting.is_to_end) == ("suspended", False, False)


def test_what_is_to_end_is_marked_with_its_last_day():
    noticed = on("2008-02-01", tacit=True, events=[WILL, {**NOTICE, "effective_on": "2008-09-30"}])
    assert (noticed.mark, noticed.marked_until) == ("notice-running", PartialDate("2008-09-30"))
    declared = on("2008-02-01", tacit=True, events=[{**WILL, "effective_on": "2009-12"}])
    assert (declared.mark, declared.marked_until) == ("will-to-end", "2009-12")
    fixed = on("2006-02-01", term="fixed", valid_until="2008", events=[{**WILL, "effective_on": "2009-12"}])
    assert (fixed.mark, fixed.marked_until) == ("will-to-end", "2008")
    assert on("2008-02-01", events=[WILL]).marked_until is None
    assert on("2004-02-01", tacit=True, events=[WILL, NOTICE]).mark is None


NOTICE_OF_2024 = {"kind": "notice-given", "taken_on": "2024-01-10", "effective_on": "2024-06-30"}


@pytest.mark.parametrize(
    ("taken_on", "end"), [(None, "2024-06-30"), ("2024-03", "2024-06-30"), ("2024-01", "2024-05")], ids=str
)
def test_an_end_decided_after_the_day_is_not_known_on_it(taken_on, end):
    ended = {"kind": "terminated", "taken_on": taken_on, "effective_on": "2024-05"}
    agreement = on("2024-02-01", events=[NOTICE_OF_2024, ended])
    assert (agreement.mark, agreement.ends_then, agreement.marked_until) == ("notice-running", end, end)
    [deadline] = deadlines(Agreement.objects.with_basis_in_force(agreement.status_on), agreement.status_on)
    assert deadline.recorded == end
    assert Agreement.objects.get().ends_then == "2024-05"


def test_what_carries_an_agreement_is_kept_for_the_database():
    assert AgreementFactory(tacit=True).carried_to == date.max
    assert AgreementFactory(tacit=True, signed_on="1973-07").carried_to == date.max
    assert AgreementFactory(term="fixed", valid_until="2008").carried_to == date(2008, 12, 31)
    assert AgreementFactory(term="not-recorded").carried_to is None
    noticed = AgreementFactory(events=[{"kind": "notice-given", "taken_on": "2004-05-06"}])
    assert noticed.carried_to == date(2004, 5, 6)
