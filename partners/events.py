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
SAID = (EventKind.NOTICE_GIVEN, EventKind.WILL_TO_END)
AT_ANY_TIME = (EventKind.RATIFIED, EventKind.REGISTERED)
COUNT_FROM_THE_FIRST = (EventKind.SUSPENDED, *AT_ANY_TIME)


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
    """One event: the day from which it counts, the first and the last day on which it may have been.

    `ends_on` is the last day in force that a notice names.
    """

    kind: EventKind
    day: date | None
    first_day: date | None = None
    last_day: date | None = None
    ends_on: date | None = None


def event_of(kind, taken_on, effective_on):
    """The `Event` that two `PartialDate`s, either perhaps None, tell of."""
    when = _when(kind, taken_on, effective_on)
    if not when:
        return Event(kind, None)
    ends_on = effective_on.last_day if kind is EventKind.NOTICE_GIVEN and effective_on else None
    return Event(kind, day_of(kind, taken_on, effective_on), when.first_day, when.last_day, ends_on)


def day_of(kind, taken_on, effective_on):
    """The day from which an event counts: the effective one, else that on which it was taken; a date or None.

    Both are `PartialDate`s. What begins counts from its first possible day, what ends something from its last; a notice
    and a declared will count from the day on which they were given.
    """
    when = _when(kind, taken_on, effective_on)
    return when and (when.first_day if kind in COUNT_FROM_THE_FIRST else when.last_day)


def what_cannot_be(start, events):
    """(number of the event, why) of what is impossible among `Event`s of an agreement that starts on a day or None.

    A day known only to the month or the year is refused where none of its days is possible.
    """
    numbered = sorted(enumerate(events), key=lambda each: each[1].day or date.min)
    without = [(number, Impossible.WITHOUT_A_DAY) for number, event in numbered if event.day is None]
    return without or [*_out_of_bounds(start, numbered), *_out_of_order(numbered)]


def _when(kind, taken_on, effective_on):
    return (taken_on or effective_on) if kind in SAID else (effective_on or taken_on)


def _out_of_bounds(start, numbered):
    """What lies before the start or after the end; ratified and registered an agreement may be whenever it is."""
    ending, end = next(((number, event.day) for number, event in numbered if event.kind in ENDS), (None, date.max))
    for number, event in numbered:
        if event.kind in AT_ANY_TIME:
            continue
        if start and min(event.last_day, event.ends_on or date.max) < start:
            yield number, Impossible.BEFORE_THE_START
        elif event.kind in ENDS and number != ending:
            yield number, Impossible.ENDED_TWICE
        elif event.first_day > end:
            yield number, Impossible.AFTER_THE_END


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
