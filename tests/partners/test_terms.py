from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partners.terms import (
    EXISTING,
    Basis,
    Status,
    Term,
    TermFacts,
    add_months,
    basis,
    carried_to,
    ends_as,
    ends_on,
    first_term_end,
    known_by,
    notice_day,
    running_term,
    status,
)

DAY = timedelta(days=1)
ROCHESTER = TermFacts("tacit-renewal", date(1973, 7, 18), term_months=60, renewal_months=60, notice_months=6)
VIENNA = TermFacts("fixed", date(2005, 7, 1), term_months=48)
GOTHENBURG = TermFacts("tacit-renewal", date(1990, 3, 20), term_months=24)
KYIV = TermFacts("open-ended", date(1993, 2, 19))

many = settings(deadline=None, max_examples=200)
days = st.dates(date(1900, 1, 1), date(2150, 12, 31))
months = st.integers(1, 400)


def maybe(strategy):
    return st.none() | strategy


@st.composite
def renewed_lives(draw):
    """An agreement tacitly renewed whose every term can be computed."""
    facts = TermFacts(
        "tacit-renewal", draw(days), renewal_months=draw(months), notice_months=draw(maybe(st.integers(0, 60)))
    )
    until = facts.start + timedelta(days=draw(st.integers(0, 4000)))
    return replace(facts, **draw(st.sampled_from([{"until": until}, {"term_months": draw(months)}])))


@st.composite
def lives(draw):
    """Any agreement a register may hold, with no end before its start."""
    start = draw(maybe(days))
    later = st.integers(0, 20_000).map(lambda n: (start or date(1950, 1, 1)) + timedelta(days=n))
    is_exact = draw(st.booleans())
    return TermFacts(
        term=draw(st.sampled_from(["open-ended", "fixed", "tacit-renewal", "not-recorded"])),
        start=start,
        start_is_exact=is_exact,
        start_last=None if is_exact or start is None else start + 30 * DAY,
        until=draw(maybe(later)),
        until_is_exact=draw(st.booleans()),
        term_months=draw(maybe(months)),
        renewal_months=draw(maybe(months)),
        notice_months=draw(maybe(st.integers(0, 60))),
        notice_given_on=draw(maybe(later)),
        ended_on=draw(maybe(later)),
        replaced_on=draw(maybe(later)),
        notice_ends_on=draw(maybe(later)),
        suspensions=draw(suspensions(start or date(1950, 1, 1))),
        replaced_known_to=draw(maybe(days)),
    )


@st.composite
def suspensions(draw, start):
    """Up to three that follow one another, the last perhaps without an end."""
    steps = draw(st.lists(st.integers(1, 4000), max_size=6))
    ends = [start + timedelta(days=sum(steps[: number + 1])) for number in range(len(steps))]
    return tuple((first, after) for first, after in zip(ends[::2], [*ends[1::2], None], strict=False))


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        pytest.param(date(2001, 1, 31), 1, date(2001, 2, 28), id="31 January and a month"),
        pytest.param(date(2004, 1, 31), 1, date(2004, 2, 29), id="31 January and a month in a leap year"),
        pytest.param(date(2001, 1, 31), 2, date(2001, 3, 31), id="31 January and two months, not chained"),
        pytest.param(date(2004, 2, 29), 12, date(2005, 2, 28), id="29 February and a year"),
        pytest.param(date(2004, 2, 29), 48, date(2008, 2, 29), id="29 February and four years"),
        pytest.param(date(1896, 2, 29), 48, date(1900, 2, 28), id="29 February to a year divisible by 100"),
        pytest.param(date(2001, 8, 31), -6, date(2001, 2, 28), id="back to a shorter month"),
        pytest.param(date(2001, 1, 15), -1, date(2000, 12, 15), id="back over new year"),
        pytest.param(date(2001, 12, 15), 1, date(2002, 1, 15), id="on over new year"),
        pytest.param(date(2001, 5, 5), 0, date(2001, 5, 5), id="no month"),
        pytest.param(date(9999, 12, 31), 1, None, id="beyond the year 9999"),
        pytest.param(date(1, 1, 1), -1, None, id="before the year 1"),
        pytest.param(date(2001, 1, 1), 10**30, None, id="beyond all reason"),
    ],
)
def test_months_are_added_to_the_day(day, count, expected):
    assert add_months(day, count) == expected


@many
@given(day=days, count=st.integers(-2000, 2000))
def test_adding_months_keeps_the_day_or_takes_the_last_one(day, count):
    result = add_months(day, count)
    assert (result.year - day.year) * 12 + result.month - day.month == count
    assert result.day == min(day.day, monthrange(result.year, result.month)[1])


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param(VIENNA, date(2009, 6, 30), id="four years from 1 July 2005"),
        pytest.param(TermFacts("fixed", date(1997, 1, 1), until=date(2001, 12, 31)), date(2001, 12, 31), id="recorded"),
        pytest.param(replace(VIENNA, until=date(2009, 1, 1)), date(2009, 1, 1), id="recorded outranks computed"),
        pytest.param(TermFacts("fixed", date(2004, 2, 29), term_months=12), date(2005, 2, 27), id="from 29 February"),
        pytest.param(TermFacts("fixed", date(2001, 1, 31), term_months=1), date(2001, 2, 27), id="from 31 January"),
        pytest.param(
            TermFacts("fixed", date(2005, 9, 1), start_is_exact=False, start_last=date(2005, 9, 30), term_months=12),
            date(2006, 9, 29),
            id="from a month, to its last possible day",
        ),
        pytest.param(
            TermFacts("fixed", date(2005, 1, 1), start_is_exact=False, term_months=12), None, id="last start not given"
        ),
        pytest.param(TermFacts("fixed", None, term_months=12), None, id="no start"),
        pytest.param(TermFacts("fixed", date(2005, 7, 1)), None, id="no length"),
        pytest.param(KYIV, None, id="open-ended"),
        pytest.param(TermFacts("fixed", date(9999, 7, 1), term_months=12), None, id="beyond the year 9999"),
    ],
)
def test_the_first_term_ends_as_recorded_or_counted(facts, expected):
    assert first_term_end(facts) == expected


@pytest.mark.parametrize(
    ("facts", "on", "expected"),
    [
        pytest.param(
            ROCHESTER, date(2006, 4, 20), Term(6, date(2003, 7, 18), date(2008, 7, 17)), id="Rochester in 2006"
        ),
        pytest.param(ROCHESTER, date(1973, 7, 18), Term(0, date(1973, 7, 18), date(1978, 7, 17)), id="its first day"),
        pytest.param(ROCHESTER, date(1978, 7, 17), Term(0, date(1973, 7, 18), date(1978, 7, 17)), id="first term ends"),
        pytest.param(ROCHESTER, date(1978, 7, 18), Term(1, date(1978, 7, 18), date(1983, 7, 17)), id="first renewal"),
        pytest.param(ROCHESTER, date(1973, 7, 17), None, id="the day before it starts"),
        pytest.param(ROCHESTER, date(9999, 1, 1), Term(1605, date(9998, 7, 18), None), id="no end before 9999"),
        pytest.param(VIENNA, date(2009, 6, 30), Term(0, date(2005, 7, 1), date(2009, 6, 30)), id="Vienna, last day"),
        pytest.param(VIENNA, date(2009, 7, 1), None, id="Vienna, expired"),
        pytest.param(
            GOTHENBURG, date(1991, 1, 1), Term(0, date(1990, 3, 20), date(1992, 3, 19)), id="first term, period unknown"
        ),
        pytest.param(GOTHENBURG, date(2006, 4, 20), None, id="renewed, period unknown"),
        pytest.param(KYIV, date(2006, 4, 20), None, id="open-ended"),
        pytest.param(TermFacts("not-recorded", date(2000, 1, 1)), date(2006, 4, 20), None, id="term not recorded"),
        pytest.param(TermFacts("fixed", date(2000, 1, 1)), date(2006, 4, 20), None, id="fixed of unknown length"),
        pytest.param(replace(ROCHESTER, start=None), date(2006, 4, 20), None, id="no start"),
        pytest.param(
            replace(ROCHESTER, start_is_exact=False, start_last=date(1973, 7, 31)),
            date(2006, 4, 20),
            None,
            id="inexact start, end counted from it",
        ),
        pytest.param(
            replace(ROCHESTER, start_is_exact=False, until=date(1978, 7, 17)),
            date(2006, 4, 20),
            Term(6, date(2003, 7, 18), date(2008, 7, 17)),
            id="inexact start, exact end of the first term",
        ),
        pytest.param(
            replace(ROCHESTER, until=date(1978, 7, 31), until_is_exact=False),
            date(2006, 4, 20),
            None,
            id="inexact end of the first term",
        ),
        pytest.param(replace(ROCHESTER, ended_on=date(2000, 1, 1)), date(2006, 4, 20), None, id="terminated"),
        pytest.param(replace(ROCHESTER, replaced_on=date(2000, 1, 1)), date(2006, 4, 20), None, id="superseded"),
        pytest.param(
            TermFacts("tacit-renewal", date(2001, 1, 31), until=date(2001, 3, 30), renewal_months=1),
            date(2001, 5, 30),
            Term(2, date(2001, 4, 30), date(2001, 5, 30)),
            id="renewed from the 31st, term starting on the 30th",
        ),
        pytest.param(
            TermFacts("tacit-renewal", date(2001, 1, 31), until=date(2001, 3, 30), renewal_months=1),
            date(2001, 5, 31),
            Term(3, date(2001, 5, 31), date(2001, 6, 29)),
            id="renewed from the 31st, back on the 31st",
        ),
        pytest.param(
            TermFacts("tacit-renewal", date(2003, 3, 1), until=date(2004, 2, 28), renewal_months=12),
            date(2008, 2, 29),
            Term(5, date(2008, 2, 29), date(2009, 2, 27)),
            id="renewed from 29 February",
        ),
    ],
)
def test_the_running_term_is_the_one_that_contains_the_day(facts, on, expected):
    assert running_term(facts, on) == expected


@many
@given(facts=renewed_lives(), after=st.integers(0, 100_000))
def test_the_running_term_contains_the_day(facts, after):
    on = facts.start + timedelta(days=after)
    term = running_term(facts, on)
    assert term.start <= on <= term.end


@many
@given(facts=renewed_lives(), after=st.integers(0, 100_000))
def test_consecutive_terms_neither_overlap_nor_leave_a_gap(facts, after):
    term = running_term(facts, facts.start + timedelta(days=after))
    following = running_term(facts, term.end + DAY)
    assert following.number == term.number + 1
    assert following.start == term.end + DAY
    assert running_term(facts, term.start) == running_term(facts, term.end) == term


@pytest.mark.parametrize(
    ("facts", "on", "expected"),
    [
        pytest.param(ROCHESTER, date(2006, 4, 20), date(2008, 1, 17), id="Rochester in 2006"),
        pytest.param(ROCHESTER, date(2008, 1, 18), date(2008, 1, 17), id="Rochester, the day after, same term"),
        pytest.param(ROCHESTER, date(2008, 7, 18), date(2013, 1, 17), id="Rochester, the next term"),
        pytest.param(
            TermFacts("tacit-renewal", date(2000, 9, 1), term_months=12, renewal_months=12, notice_months=6),
            date(2001, 1, 1),
            date(2001, 2, 28),
            id="31 August less six months",
        ),
        pytest.param(replace(ROCHESTER, notice_months=0), date(2006, 4, 20), date(2008, 7, 17), id="to the last day"),
        pytest.param(replace(ROCHESTER, notice_months=None), date(2006, 4, 20), None, id="notice period not recorded"),
        pytest.param(replace(ROCHESTER, notice_months=32767), date(2006, 4, 20), None, id="before the year 1"),
        pytest.param(ROCHESTER, date(9999, 1, 1), None, id="no end before 9999"),
        pytest.param(replace(GOTHENBURG, notice_months=6), date(2006, 4, 20), None, id="renewal period not recorded"),
        pytest.param(replace(VIENNA, notice_months=6), date(2006, 4, 20), None, id="fixed"),
        pytest.param(replace(KYIV, notice_months=6), date(2006, 4, 20), None, id="open-ended"),
    ],
)
def test_notice_can_be_given_until_a_day_counted_back_from_the_running_term(facts, on, expected):
    assert notice_day(facts, on) == expected


def rochester(**facts):
    return replace(ROCHESTER, **facts)


@pytest.mark.parametrize(
    ("facts", "day", "kind"),
    [
        pytest.param(KYIV, None, None, id="open-ended"),
        pytest.param(ROCHESTER, None, None, id="renewed and renewed"),
        pytest.param(VIENNA, date(2009, 6, 30), Status.EXPIRED, id="fixed"),
        pytest.param(replace(VIENNA, ended_on=date(2007, 1, 1)), date(2007, 1, 1), Status.TERMINATED, id="cut short"),
        pytest.param(replace(VIENNA, ended_on=date(2010, 1, 1)), date(2009, 6, 30), Status.EXPIRED, id="ended after"),
        pytest.param(
            replace(VIENNA, ended_on=date(2009, 6, 30)), date(2009, 6, 30), Status.TERMINATED, id="ended the same day"
        ),
        pytest.param(replace(VIENNA, notice_given_on=date(2006, 1, 1)), date(2009, 6, 30), Status.EXPIRED, id="deaf"),
        pytest.param(replace(KYIV, ended_on=date(1999, 1, 1)), date(1999, 1, 1), Status.TERMINATED, id="recorded"),
        pytest.param(
            replace(KYIV, notice_given_on=date(1999, 1, 1)), None, None, id="notice of an open-ended agreement"
        ),
        pytest.param(
            rochester(notice_given_on=date(2008, 1, 17)), date(2008, 7, 17), Status.TERMINATED, id="notice in time"
        ),
        pytest.param(
            rochester(notice_given_on=date(2008, 1, 18)), date(2013, 7, 17), Status.TERMINATED, id="a day too late"
        ),
        pytest.param(
            rochester(notice_given_on=date(2008, 7, 17), notice_months=None),
            date(2008, 7, 17),
            Status.TERMINATED,
            id="notice period not recorded",
        ),
        pytest.param(
            rochester(notice_given_on=date(2008, 1, 17), ended_on=date(2008, 3, 1)),
            date(2008, 3, 1),
            Status.TERMINATED,
            id="ended before the notice ran out",
        ),
        pytest.param(
            rochester(notice_given_on=date(1973, 1, 1)), date(1978, 7, 17), Status.TERMINATED, id="before the start"
        ),
        pytest.param(
            rochester(notice_given_on=date(2003, 7, 18), notice_months=72),
            date(2013, 7, 17),
            Status.TERMINATED,
            id="notice longer than a term",
        ),
        pytest.param(replace(GOTHENBURG, notice_given_on=date(2000, 1, 1)), None, None, id="period not recorded"),
        pytest.param(
            replace(GOTHENBURG, notice_given_on=date(1992, 1, 1), notice_months=6),
            None,
            None,
            id="late, period unknown",
        ),
        pytest.param(
            replace(GOTHENBURG, notice_given_on=date(1991, 1, 1), notice_months=6),
            date(1992, 3, 19),
            Status.TERMINATED,
            id="in the first term, period unknown",
        ),
        pytest.param(rochester(start=None, notice_given_on=date(2008, 1, 17)), None, None, id="no start"),
        pytest.param(rochester(notice_given_on=date(9999, 12, 1)), None, None, id="beyond the year 9999"),
        pytest.param(
            TermFacts("tacit-renewal", date(2000, 1, 1), until=date.max, renewal_months=1, notice_given_on=date.max),
            date.max,
            Status.TERMINATED,
            id="on the last day there is",
        ),
    ],
)
def test_an_agreement_ends_by_what_comes_first(facts, day, kind):
    assert (ends_on(facts), ends_as(facts)) == (day, kind)


@many
@given(facts=renewed_lives(), after=st.integers(0, 20_000))
def test_notice_ends_the_first_term_whose_notice_day_has_not_passed(facts, after):
    given_on = facts.start + timedelta(days=after)
    term = running_term(facts, given_on)
    while add_months(term.end, -(facts.notice_months or 0)) < given_on:
        term = running_term(facts, term.end + DAY)
    assert ends_on(replace(facts, notice_given_on=given_on)) == term.end


@pytest.mark.parametrize(
    ("facts", "on", "expected"),
    [
        pytest.param(replace(KYIV, start=None), date(2006, 4, 20), "unknown", id="no start"),
        pytest.param(KYIV, date(1993, 2, 18), "not-yet", id="the day before"),
        pytest.param(KYIV, date(1993, 2, 19), "in-force", id="the first day"),
        pytest.param(VIENNA, date(2009, 6, 30), "in-force", id="the last day"),
        pytest.param(VIENNA, date(2009, 7, 1), "expired", id="the day after"),
        pytest.param(GOTHENBURG, date(2026, 4, 20), "in-force", id="renewed, period unknown"),
        pytest.param(
            TermFacts("not-recorded", date(2000, 1, 1)), date(2026, 4, 20), "in-force", id="term not recorded"
        ),
        pytest.param(
            TermFacts("fixed", date(2000, 1, 1)), date(2026, 4, 20), "in-force", id="fixed, length not recorded"
        ),
        pytest.param(replace(KYIV, ended_on=date(1999, 1, 1)), date(1999, 1, 1), "in-force", id="last day in force"),
        pytest.param(replace(KYIV, ended_on=date(1999, 1, 1)), date(1999, 1, 2), "terminated", id="terminated"),
        pytest.param(
            replace(KYIV, replaced_on=date(1999, 1, 1)), date(1998, 12, 31), "in-force", id="not yet replaced"
        ),
        pytest.param(replace(KYIV, replaced_on=date(1999, 1, 1)), date(1999, 1, 1), "superseded", id="replaced"),
        pytest.param(
            replace(VIENNA, replaced_on=date(2009, 7, 1)), date(2010, 1, 1), "expired", id="replaced too late"
        ),
        pytest.param(replace(VIENNA, replaced_on=date(2009, 6, 30)), date(2010, 1, 1), "superseded", id="just in time"),
        pytest.param(
            rochester(notice_given_on=date(2008, 1, 17)),
            date(2008, 7, 17),
            "in-force",
            id="notice given, still running",
        ),
        pytest.param(
            rochester(notice_given_on=date(2008, 1, 17)), date(2008, 7, 18), "terminated", id="notice given, run out"
        ),
    ],
)
def test_status_follows_the_event_that_came_first(facts, on, expected):
    assert status(facts, on) == expected


@many
@given(facts=lives(), on=days)
def test_an_agreement_is_in_force_from_its_start_until_it_ends_or_is_replaced(facts, on):
    has_started = facts.start is not None and facts.start <= on
    has_ended = ends_on(facts) is not None and ends_on(facts) < on
    is_replaced = facts.replaced_on is not None and facts.replaced_on <= on
    assert (status(facts, on) in EXISTING) == (has_started and not has_ended and not is_replaced)


@many
@given(facts=lives(), on=days)
def test_an_agreement_is_suspended_only_while_it_would_be_in_force(facts, on):
    is_resting = any(first <= on and (after is None or on < after) for first, after in facts.suspensions)
    without = status(replace(facts, suspensions=()), on)
    expected = Status.SUSPENDED if without is Status.IN_FORCE and is_resting else without
    assert status(facts, on) is expected


@many
@given(facts=lives(), on=days)
def test_a_suspension_stops_no_term(facts, on):
    assert running_term(facts, on) == running_term(replace(facts, suspensions=()), on)


@many
@given(facts=lives(), on=days, after=st.integers(0, 20_000))
def test_an_agreement_once_out_of_force_stays_as_it_is(facts, on, after):
    now, later = status(facts, on), status(facts, on + timedelta(days=after))
    assert now in {Status.UNKNOWN, Status.NOT_YET, *EXISTING} or now is later


@many
@given(facts=lives(), on=days)
def test_what_cannot_be_computed_is_none_and_what_can_fits(facts, on):
    term, notice_by = running_term(facts, on), notice_day(facts, on)
    assert term is None or term.start <= on <= term.end
    assert notice_by is None or notice_by <= term.end
    assert (ends_on(facts) is None) == (ends_as(facts) is None)


@many
@given(facts=lives(), on=st.dates(), count=st.integers(0, 40_000))
def test_no_day_and_no_number_of_months_breaks_the_calendar(facts, on, count):
    facts = replace(facts, term_months=count, renewal_months=count, notice_months=count, notice_given_on=on)
    assert status(facts, on) in Status
    notice_day(facts, on)


# --- how it is known --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param(KYIV, date.max, id="open-ended"),
        pytest.param(VIENNA, date(2009, 6, 30), id="fixed"),
        pytest.param(ROCHESTER, date.max, id="renewed for a known period"),
        pytest.param(rochester(start_is_exact=False, start_last=date(1973, 12, 31)), date.max, id="on unknown days"),
        pytest.param(replace(ROCHESTER, renewal_months=None), date(1978, 7, 17), id="only the first term known"),
        pytest.param(TermFacts("tacit-renewal", date(1990, 3, 20)), None, id="period not recorded"),
        pytest.param(TermFacts("not-recorded", date(1990, 3, 20)), None, id="term not recorded"),
        pytest.param(TermFacts("fixed", date(1990, 3, 20)), None, id="fixed of unknown length"),
        pytest.param(replace(KYIV, start=None), None, id="no start"),
        pytest.param(replace(KYIV, ended_on=date(1999, 1, 1)), date(1999, 1, 1), id="ended"),
        pytest.param(replace(KYIV, notice_given_on=date(1999, 1, 1)), date(1999, 1, 1), id="notice of unknown effect"),
        pytest.param(rochester(notice_given_on=date(2008, 1, 17)), date(2008, 7, 17), id="notice in time"),
        pytest.param(
            TermFacts("not-recorded", date(1990, 3, 20), notice_given_on=date(1999, 1, 1)), None, id="notice, no term"
        ),
    ],
)
def test_what_is_recorded_carries_an_agreement_to_a_day(facts, expected):
    assert carried_to(facts) == expected


@pytest.mark.parametrize(
    ("known_to", "expected"), [(None, Basis.BY_ITS_TERMS), (date.min, Basis.BY_ITS_TERMS), (date.max, Basis.ON_RECORD)]
)
def test_what_is_known_up_to_no_day_rests_on_its_terms(known_to, expected):
    assert basis(KYIV, date(2006, 4, 20), known_to) is expected


@many
@given(facts=lives(), on=days, known_to=maybe(days))
def test_every_status_but_two_has_a_basis_and_only_being_in_force_is_presumed(facts, on, known_to):
    now, found = status(facts, on), basis(facts, on, known_to)
    assert (found is None) == (now in {Status.UNKNOWN, Status.NOT_YET})
    assert found is not Basis.PRESUMED or now is Status.IN_FORCE
    assert found is None or found is Basis.ON_RECORD or known_to is None or known_to < on


@many
@given(facts=lives(), on=days, known_to=maybe(days), after=st.integers(0, 20_000))
def test_to_know_more_never_makes_a_status_less_sure(facts, on, known_to, after):
    surer = basis(facts, on, (known_to or date(1950, 1, 1)) + timedelta(days=after))
    order = [None, Basis.PRESUMED, Basis.BY_ITS_TERMS, Basis.ON_RECORD]
    assert order.index(surer) >= order.index(basis(facts, on, known_to))


@many
@given(facts=lives(), on=days, known_to=maybe(days), after=st.integers(0, 20_000))
def test_what_is_over_keeps_its_basis(facts, on, known_to, after):
    if status(facts, on) not in {Status.UNKNOWN, Status.NOT_YET, *EXISTING}:
        assert basis(facts, on, known_to) is basis(facts, on + timedelta(days=after), known_to)


SUSPENDED = {"suspensions": ((date(1995, 1, 1), date(1999, 1, 1)), (date(2002, 1, 1), None))}


@pytest.mark.parametrize(
    ("facts", "known"),
    [
        ({"ended_on": date(2004, 5, 6)}, {"ended_on": None}),
        ({"ended_on": date(1998, 6, 1)}, {}),
        ({"notice_given_on": date(1998, 5, 1), "ended_on": date(2004, 5, 6)}, {}),
        (
            {"notice_given_on": date(1998, 5, 1), "end_decided_on": date(1998, 7, 1), "ended_on": date(2004, 5, 6)},
            {"ended_on": None},
        ),
        ({"end_decided_on": date(1998, 6, 1), "ended_on": date(2004, 5, 6)}, {}),
        ({"end_decided_on": date(1998, 6, 2), "ended_on": date(2004, 5, 6)}, {"ended_on": None}),
        ({"notice_given_on": date(1998, 7, 1), "notice_ends_on": date(1999, 1, 1)}, dict.fromkeys(["notice_given_on"])),
        ({"replaced_on": date(2003, 1, 1)}, {"replaced_on": None}),
        (SUSPENDED, {"suspensions": ((date(1995, 1, 1), None),)}),
        ({"until": date(2003, 1, 1)}, {}),
    ],
    ids=[
        "an end",
        "an end of that day",
        "an end by notice",
        "an end after a notice",
        "an end decided",
        "an end to come",
        "a notice",
        "a replacement",
        "suspensions",
        "a term",
    ],
)
def test_what_people_did_after_a_day_is_not_known_on_it(facts, known):
    recorded = replace(KYIV, **facts)
    found = known_by(recorded, date(1998, 6, 1))
    assert replace(found, notice_ends_on=None) == replace(recorded, **known, notice_ends_on=None)


def test_a_notice_leads_to_its_own_end_until_another_is_decided():
    noticed = replace(KYIV, notice_given_on=date(2024, 1, 10), notice_ends_on=date(2024, 6, 30))
    ended = replace(noticed, ended_on=date(2024, 5, 31))
    assert ends_on(known_by(ended, date(2024, 2, 1))) == date(2024, 6, 30)
    assert ends_on(known_by(replace(ended, end_decided_on=date(2024, 2, 1)), date(2024, 2, 1))) == date(2024, 5, 31)
    renewed = replace(ROCHESTER, notice_given_on=date(2008, 1, 10), ended_on=date(2008, 5, 31))
    assert ends_on(known_by(renewed, date(2008, 2, 1))) == date(2008, 7, 17)
