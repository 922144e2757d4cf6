import random
from datetime import date, timedelta

import pytest

from krakow_intl.core.dates import PartialDate
from partners.events import (
    AT_ANY_TIME,
    ENDS,
    RESTS,
    EventKind,
    Impossible,
    day_of,
    event_of,
    suspensions,
    what_cannot_be,
)

START = date(1990, 1, 1)
FIRST = date(1989, 6, 1)


def event(kind, taken_on=None, effective_on=None):
    return event_of(EventKind(kind), *(day and PartialDate(day) for day in (taken_on, effective_on)))


@pytest.mark.parametrize(
    ("kind", "taken_on", "effective_on", "day"),
    [
        ("suspended", "2022-03", None, date(2022, 3, 1)),
        ("suspended", "2022-03-09", "2022-06-01", date(2022, 6, 1)),
        ("resumed", "2023", None, date(2023, 12, 31)),
        ("terminated", "2004", None, date(2004, 12, 31)),
        ("terminated", "2004-05-06", "2004-06", date(2004, 6, 30)),
        ("withdrawn", None, "2004-05-06", date(2004, 5, 6)),
        ("party-ceased", "1990", None, date(1990, 12, 31)),
        ("notice-given", "2008-01-17", "2008-07-17", date(2008, 1, 17)),
        ("notice-given", "2008-01", None, date(2008, 1, 31)),
        ("notice-given", None, "2008-07-17", date(2008, 7, 17)),
        ("will-to-end", "2005", None, date(2005, 12, 31)),
        ("ratified", "1985", None, date(1985, 1, 1)),
        ("registered", "1985-11", None, date(1985, 11, 1)),
        ("registered", None, None, None),
    ],
)
def test_an_event_counts_from_the_first_or_the_last_of_its_possible_days(kind, taken_on, effective_on, day):
    dates = [text and PartialDate(text) for text in (taken_on, effective_on)]
    assert day_of(EventKind(kind), *dates) == event(kind, taken_on, effective_on).day == day


def test_an_event_knows_all_days_on_which_it_may_have_been():
    found = event("suspended", "2021-12-20", "2022")
    assert (found.first_day, found.last_day, found.ends_on) == (date(2022, 1, 1), date(2022, 12, 31), None)


def test_a_notice_names_the_last_day_in_force_and_no_other_event_does():
    assert event("notice-given", "2008-01-10", "2008-12").ends_on == date(2008, 12, 31)
    assert event("notice-given", None, "2008-12").ends_on == date(2008, 12, 31)
    assert event("notice-given", "2008-01-10").ends_on is None
    assert event("terminated", "2008-01-10", "2008-12").ends_on is None


# --- what cannot be ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param([("suspended",)], [(0, "without-a-day")], id="no day"),
        pytest.param([("terminated", "1989-12-31")], [(0, "before-the-start")], id="ended before it began"),
        pytest.param([("terminated", "1990-01-01")], [], id="ended on its first day"),
        pytest.param([("terminated", "1990")], [], id="ended some day of its first year"),
        pytest.param([("suspended", "1989")], [(0, "before-the-start")], id="suspended the year before"),
        pytest.param([("ratified", "1989-12-31"), ("registered", "2020")], [], id="ratified before, registered after"),
        pytest.param([("notice-given", "1989-12-01")], [(0, "before-the-start")], id="notice before the start"),
        pytest.param(
            [("notice-given", "1991-01-01", "1980-01-01")], [(0, "before-the-start")], id="notice effective before it"
        ),
        pytest.param(
            [("terminated", "1995-05-05"), ("suspended", "1996")], [(1, "after-the-end")], id="suspended after the end"
        ),
        pytest.param(
            [("suspended", "1996"), ("terminated", "1995-05-05")], [(0, "after-the-end")], id="in whatever order given"
        ),
        pytest.param([("suspended", "1995-05-05"), ("terminated", "1995-05-05")], [], id="both on one day"),
        pytest.param([("notice-given", "1995"), ("terminated", "1995-05-05")], [], id="notice in the year of the end"),
        pytest.param(
            [("suspended", "1994"), ("resumed", "1995"), ("terminated", "1995-05-05")],
            [],
            id="resumed in the year of the end",
        ),
        pytest.param(
            [("notice-given", "1995-05-06"), ("terminated", "1995-05-05")], [(0, "after-the-end")], id="notice too late"
        ),
        pytest.param(
            [("terminated", "1995-05-05"), ("withdrawn", "1996-05-05")], [(1, "ended-twice")], id="ended twice"
        ),
        pytest.param(
            [("terminated", "1995-05-05"), ("party-ceased", "1995-05-05")], [(1, "ended-twice")], id="twice on one day"
        ),
        pytest.param(
            [("suspended", "1995"), ("suspended", "1996")], [(1, "suspended-twice")], id="suspended while suspended"
        ),
        pytest.param([("resumed", "1995")], [(0, "resumed-but-not-suspended")], id="resumed out of nothing"),
        pytest.param(
            [("suspended", "1995"), ("resumed", "1996"), ("resumed", "1997")],
            [(2, "resumed-but-not-suspended")],
            id="resumed twice",
        ),
        pytest.param(
            [("suspended", "1995-05-05"), ("resumed", "1995-05-05")],
            [(1, "resumed-but-not-suspended")],
            id="resumed on the same day",
        ),
        pytest.param([("suspended", "1995"), ("resumed", "1995")], [], id="suspended and resumed within a year"),
        pytest.param([("will-to-end", "1995"), ("will-to-end", "1996")], [], id="declared twice"),
    ],
)
def test_what_cannot_be_is_named_at_its_event(events, expected):
    assert what_cannot_be(START, [event(*each) for each in events]) == expected


def test_without_a_start_nothing_lies_before_it():
    assert what_cannot_be(None, [event("terminated", "1200")]) == []


# --- any sequence -----------------------------------------------------------------------------------------------------


def some_event(chance):
    day = FIRST + timedelta(days=chance.randrange(900))
    text = day.isoformat()
    return event(chance.choice([*EventKind]).value, chance.choice([text, text, text[:7], text[:4], None]))


SEQUENCES = [
    [some_event(chance) for _each in range(chance.randrange(1, 6))]
    for chance in (random.Random(seed) for seed in range(2000))
]


def is_possible(events):
    """Whether each event finds the agreement as it must: an automaton, written without looking at `what_cannot_be`."""
    if any(each.day is None for each in events):
        return False
    end = min((each.day for each in events if each.kind in ENDS), default=date.max)
    if sum(each.kind in ENDS for each in events) > 1:
        return False
    is_suspended, since = False, None
    for each in sorted(events, key=lambda each: each.day):
        if each.kind not in AT_ANY_TIME and (each.last_day < START or each.first_day > end):
            return False
        if each.kind in RESTS:
            begins = each.kind is EventKind.SUSPENDED
            if begins is is_suspended or each.day == since:
                return False
            is_suspended, since = begins, each.day
    return True


def test_a_sequence_is_refused_where_it_cannot_have_been_and_nowhere_else():
    refused = [bool(what_cannot_be(START, events)) for events in SEQUENCES]
    assert refused == [not is_possible(events) for events in SEQUENCES]
    assert 200 < sum(refused) < 1800


def test_each_reason_comes_up_and_stands_at_an_event_of_the_sequence():
    found = [(events, what_cannot_be(START, events)) for events in SEQUENCES]
    assert {reason for _events, faults in found for _number, reason in faults} == {*Impossible}
    assert all(0 <= number < len(events) for events, faults in found for number, _reason in faults)


def test_the_order_in_which_events_are_recorded_changes_nothing():
    for events in SEQUENCES:
        if len({each.day for each in events}) == len(events):
            turned = [(len(events) - 1 - number, why) for number, why in what_cannot_be(START, events[::-1])]
            assert sorted(turned) == sorted(what_cannot_be(START, events))


def test_suspensions_follow_one_another_and_only_the_last_may_be_open():
    for events in filter(is_possible, SEQUENCES):
        spans = suspensions(events)
        assert len(spans) == sum(each.kind is EventKind.SUSPENDED for each in events)
        days = [day for span in spans for day in span]
        assert None not in days[:-1]
        assert days[:-1] == sorted(days[:-1])
        assert not days or days[-1] is None or days[-1] > days[-2]
