from datetime import date

import pytest

from krakow_intl.core.dates import PartialDate
from partners.anniversaries import anniversaries, deadlines, upcoming
from partners.models import Agreement


def agreement(signed_on, **facts):
    made = Agreement(signed_on=signed_on and PartialDate(signed_on), **facts)
    made.ends_on = made.last_day()
    return made


@pytest.mark.parametrize(
    ("signed_on", "on", "day", "years"),
    [
        ("1991-12-06", date(2026, 11, 23), date(2026, 12, 6), 35),
        ("1991-12-06", date(2026, 12, 6), date(2026, 12, 6), 35),
        ("1991-12-06", date(2026, 12, 7), date(2027, 12, 6), 36),
        ("2004-02-29", date(2026, 2, 1), date(2026, 2, 28), 22),
        ("2006-04-20", date(2006, 4, 20), date(2007, 4, 20), 1),
    ],
)
def test_an_anniversary_falls_on_the_day_of_signing(signed_on, on, day, years):
    (occasion,) = anniversaries([agreement(signed_on)], on)
    assert (occasion.day, occasion.years, occasion.is_round) == (day, years, years % 5 == 0)


@pytest.mark.parametrize("signed_on", [None, "1996", "2005-09"])
def test_an_agreement_without_a_day_has_no_anniversary(signed_on):
    assert anniversaries([agreement(signed_on)], date(2026, 11, 23)) == []


def test_anniversaries_come_in_order():
    agreements = [agreement("1991-12-09"), agreement("1991-12-06"), agreement("1974-10-23")]
    assert [occasion.agreement for occasion in anniversaries(agreements, date(2026, 11, 23))] == [
        agreements[1],
        agreements[0],
        agreements[2],
    ]


TACIT = {"term": "tacit-renewal", "term_months": 60, "renewal_months": 60}


@pytest.mark.parametrize(
    ("facts", "on", "kind", "day"),
    [
        ({**TACIT, "notice_months": 6}, date(2007, 6, 1), "notice", date(2008, 1, 17)),
        ({**TACIT, "notice_months": 6}, date(2008, 1, 17), "notice", date(2008, 1, 17)),
        ({**TACIT, "notice_months": 6}, date(2008, 1, 18), "renewal", date(2008, 7, 17)),
        (TACIT, date(2008, 1, 18), "renewal", date(2008, 7, 17)),
        ({"term": "fixed", "term_months": 60}, date(1974, 1, 1), "end", date(1978, 7, 17)),
    ],
)
def test_a_term_brings_its_next_day(facts, on, kind, day):
    (occasion,) = deadlines([agreement("1973-07-18", **facts)], on)
    assert (occasion.kind, occasion.day) == (kind, day)


@pytest.mark.parametrize("until", ["2006", "2006-06", "2006-06-15"])
def test_the_end_of_a_term_is_told_as_exactly_as_it_is_recorded(until):
    (occasion,) = deadlines([agreement("2004-07-01", term="fixed", valid_until=PartialDate(until))], date(2006, 4, 30))
    assert occasion.recorded == until


def test_a_day_that_is_counted_is_told_as_a_day():
    (occasion,) = deadlines([agreement("1973-07-18", **TACIT)], date(2008, 1, 18))
    assert occasion.recorded == "2008-07-17"


def test_an_agreement_without_a_recorded_term_brings_nothing():
    assert deadlines([agreement("1973-07-18", term="not-recorded")], date(2006, 4, 20)) == []


def test_upcoming_days_are_all_that_the_terms_bring_up_to_a_day():
    yearly = Agreement(term="tacit-renewal", signed_on=PartialDate("2000-03-01"), term_months=12, renewal_months=12)
    yearly.notice_months = 3
    told = [(each.kind, each.day.isoformat()) for each in upcoming(yearly, date(2026, 1, 1), date(2028, 1, 31))]
    assert told == [
        ("renewal", "2026-02-28"),
        ("notice", "2026-11-28"),
        ("renewal", "2027-02-28"),
        ("notice", "2027-11-29"),
    ]


def test_upcoming_days_of_what_ends_are_its_end_alone():
    fixed = Agreement(term="fixed", signed_on=PartialDate("2020-01-01"), valid_until=PartialDate("2027-05"))
    assert [each.day for each in upcoming(fixed, date(2026, 1, 1), date(2028, 1, 1))] == [date(2027, 5, 31)]
    assert upcoming(fixed, date(2026, 1, 1), date(2027, 1, 1)) == []
