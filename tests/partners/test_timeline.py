import itertools
from datetime import date

import pytest
from hypothesis import given

from partners.terms import TermFacts
from partners.timeline import LARGEST_DOT, Axis, axis, last_day, marks, renewals, segments
from tests.partners.test_terms import days, lives, many

DAY = date(2006, 4, 20)
ALONG = Axis(1970, 2009)
OPEN = TermFacts("open-ended", date(1990, 1, 1))
FIXED = TermFacts("fixed", date(1990, 1, 1), until=date(1999, 12, 31))
ROCHESTER = TermFacts("tacit-renewal", date(1973, 7, 18), term_months=60, renewal_months=60, notice_months=6)


def kinds(facts, on=DAY, **options):
    return [segment.kind for segment in segments(facts, on, ALONG, **options)]


def changed(facts, **others):
    return TermFacts(**{name: getattr(facts, name) for name in TermFacts.__slots__} | others)


@pytest.mark.parametrize(
    ("facts", "on", "expected"),
    [
        (OPEN, DAY, ["in_force", "open"]),
        (OPEN, date(1980, 1, 1), ["open"]),
        (changed(OPEN, term="not-recorded"), DAY, ["in_force", "unrecorded"]),
        (changed(OPEN, start=None), DAY, ["undated"]),
        (changed(OPEN, start_last=date(1990, 12, 31)), DAY, ["begins", "in_force", "open"]),
        (FIXED, DAY, ["over"]),
        (FIXED, date(1995, 1, 1), ["in_force", "ahead"]),
        (FIXED, date(1980, 1, 1), ["ahead"]),
        (ROCHESTER, DAY, ["in_force", "ahead", "open"]),
        (changed(OPEN, replaced_on=date(2000, 1, 1)), DAY, ["over"]),
        (changed(OPEN, ended_on=date(1990, 1, 1)), DAY, ["over"]),
    ],
    ids=[
        "open-ended", "not yet", "end not recorded", "undated", "begins some day of a year", "ended", "runs out",
        "not yet and fixed", "renewed", "replaced", "ended on the day it began",
    ],
)  # fmt: skip
def test_a_span_tells_how_the_agreement_stands(facts, on, expected):
    assert kinds(facts, on) == expected


def test_an_end_known_to_the_year_lasts_that_year():
    [over, ends] = segments(FIXED, DAY, ALONG, end_from=date(1999, 1, 1))
    assert (over.kind, ends.kind) == ("over", "ends")
    assert ends.width == pytest.approx(100 / 40, abs=0.02)


def test_a_replaced_agreement_ends_on_the_day_before():
    assert last_day(changed(OPEN, replaced_on=date(2000, 1, 1))) == date(1999, 12, 31)
    assert last_day(changed(FIXED, replaced_on=date(2005, 1, 1))) == date(1999, 12, 31)


def test_a_tacitly_renewed_agreement_is_ticked_where_it_renewed_itself():
    expected = [ALONG.place(date(year, 7, 18)) for year in (1978, 1983, 1988, 1993, 1998, 2003)]
    assert renewals(ROCHESTER, DAY, ALONG) == expected


def test_renewals_that_would_run_into_one_another_are_not_ticked():
    assert renewals(changed(ROCHESTER, term_months=1, renewal_months=1), DAY, ALONG) == []


def test_the_axis_reaches_from_the_first_start_to_the_end_of_the_running_term():
    assert axis([ROCHESTER, FIXED], DAY) == Axis(1973, 2009)
    assert axis([OPEN], DAY) == Axis(1990, 2007)
    assert axis([changed(OPEN, start=None)], DAY) == Axis(2006, 2011)
    assert axis([changed(OPEN, start=date(2005, 1, 1))], DAY) == Axis(2005, 2010)


@pytest.mark.parametrize(
    ("along", "years"),
    [
        (Axis(2004, 2009), [2004, 2005, 2006, 2007, 2008, 2009]),
        (ALONG, [1970, 1980, 1990, 2000]),
        (Axis(1257, 2200), [1400, 1600, 1800, 2000, 2200]),
        (Axis(1000, 9999), [2000, 4000, 6000, 8000]),
    ],
    ids=["years", "decades", "centuries", "millennia"],
)
def test_the_axis_names_a_few_round_years(along, years):
    assert [year for year, _place in along.years] == years


@many
@given(lives(), days)
def test_the_pieces_of_any_agreement_follow_one_another_within_the_axis(facts, on):
    along = axis([facts], on)
    found = segments(facts, on, along)
    assert found[0].x >= 0
    assert found[-1].end <= 100.001
    assert all(one.end == other.x for one, other in itertools.pairwise(found))
    assert all(0 <= x <= 100 for x in renewals(facts, on, along))


def test_what_was_done_in_a_year_is_a_dot_in_its_middle_and_never_after_the_day():
    along = axis([], DAY, [1996, 2006])
    dots = marks({2006: 1, 1996: 400, 1997: 4}, DAY, along)
    assert [(dot.year, dot.number) for dot in dots] == [(1996, 400), (1997, 4), (2006, 1)]
    assert along.first == 1996
    assert [dot.x for dot in dots] == [along.place(day) for day in (date(1996, 7, 1), date(1997, 7, 1), DAY)]
    assert [dot.radius for dot in dots] == [LARGEST_DOT, 8, 4]
