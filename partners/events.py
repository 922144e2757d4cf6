"""What happened to an agreement after its signing: in which order that is possible, and what follows for its terms."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class EventKind(StrEnum):
    NOTICE_GIVEN = "notice-given"
    WILL_TO_END = "will-to-end"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    TERMINATED = "terminated"
    WITHDRAWN = "withdrawn"
    PARTY_CEASED = "party-ceased"
    RATIFIED = "ratified"
    REGISTERED = "registered"


ENDS = (EventKind.TERMINATED, EventKind.WITHDRAWN, EventKind.PARTY_CEASED)
RESTS = (EventKind.SUSPENDED, EventKind.RESUMED)
COUNT_FROM_THE_FIRST = (EventKind.SUSPENDED, EventKind.RATIFIED, EventKind.REGISTERED)


class Impossible(StrEnum):
    """Why a sequence of events cannot have been."""

    WITHOUT_A_DAY = "without-a-day"
    BEFORE_THE_START = "before-the-start"
    AFTER_THE_END = "after-the-end"
    ENDED_TWICE = "ended-twice"
    SUSPENDED_TWICE = "suspended-twice"
    RESUMED_BUT_NOT_SUSPENDED = "resumed-but-not-suspended"


@dataclass(frozen=True, slots=True)
class Event:
    """One event; `day` is the one from which it counts, as `day_of` tells it."""

    kind: EventKind
    day: date | None


def day_of(kind, taken_on, effective_on):
    """The day from which an event counts: the effective one, else that on which it was taken; a date or None.

    Both are `PartialDate`s. What begins counts from its first possible day, what ends something from its last; a notice
    and a declared will count from the day on which they were given.
    """
    is_said = kind in (EventKind.NOTICE_GIVEN, EventKind.WILL_TO_END)
    day = (taken_on or effective_on) if is_said else (effective_on or taken_on)
    return day and (day.first_day if kind in COUNT_FROM_THE_FIRST else day.last_day)


def what_cannot_be(start, events):
    """(number of the event, why) of what is impossible among `Event`s of an agreement that starts on a day or None."""
    numbered = sorted(enumerate(events), key=lambda each: each[1].day or date.min)
    without = [(number, Impossible.WITHOUT_A_DAY) for number, event in numbered if event.day is None]
    return without or [*_out_of_bounds(start, numbered), *_out_of_order(numbered)]


def _out_of_bounds(start, numbered):
    """What lies before the start or after the end; ratified and registered an agreement may be whenever it is."""
    end = next((event.day for _, event in numbered if event.kind in ENDS), date.max)
    for number, event in numbered:
        if event.kind in (EventKind.RATIFIED, EventKind.REGISTERED):
            continue
        if start and event.day < start:
            yield number, Impossible.BEFORE_THE_START
        elif event.day > end:
            yield number, Impossible.ENDED_TWICE if event.kind in ENDS else Impossible.AFTER_THE_END


def _out_of_order(numbered):
    is_suspended, since = False, date.min
    for number, event in numbered:
        if event.kind not in RESTS:
            continue
        begins = event.kind is EventKind.SUSPENDED
        if begins == is_suspended or event.day == since:
            yield number, Impossible.SUSPENDED_TWICE if begins else Impossible.RESUMED_BUT_NOT_SUSPENDED
        is_suspended, since = begins, event.day


def suspensions(events):
    """((first day, first day after it or None), ...) of a possible sequence of events, in the order of time."""
    spans = []
    for event in sorted(events, key=lambda event: event.day):
        if event.kind is EventKind.SUSPENDED:
            spans.append((event.day, None))
        elif event.kind is EventKind.RESUMED and spans:
            spans[-1] = (spans[-1][0], event.day)
    return tuple(spans)
