"""The calendar of an agreement: when it runs, renews itself, rests and ends, when notice falls due, how surely.

Every function is arithmetic on recorded facts and looks nothing up. What the facts do not settle is answered with
`None`, and so is a day that the calendar does not have (before year 1, after year 9999).
"""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import MAXYEAR, MINYEAR, date, timedelta
from enum import StrEnum

OPEN_ENDED = "open-ended"
FIXED = "fixed"
TACIT_RENEWAL = "tacit-renewal"
DAY = timedelta(days=1)
SHORTEST_MONTH = 28  # days


class Status(StrEnum):
    UNKNOWN = "unknown"
    NOT_YET = "not-yet"
    IN_FORCE = "in-force"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    TERMINATED = "terminated"
    SUPERSEDED = "superseded"


ENDED = (Status.EXPIRED, Status.TERMINATED, Status.SUPERSEDED)
EXISTING = (Status.IN_FORCE, Status.SUSPENDED)  # a suspension stops no term


class Mark(StrEnum):
    """What leads to the end of an agreement that is still in force."""

    NOTICE_RUNNING = "notice-running"
    WILL_TO_END = "will-to-end"


class Basis(StrEnum):
    """How it is known that an agreement has its status on a day."""

    ON_RECORD = "on-record"  # a source of that day or later speaks of it, or of the day on which the status began
    BY_ITS_TERMS = "by-its-terms"  # what was agreed or decided carries it beyond what is known
    PRESUMED = "presumed"  # nothing is recorded that would carry it to that day


@dataclass(frozen=True, slots=True)
class TermFacts:
    """The recorded facts of one agreement.

    A date known only to the month or the year counts from its first possible day where it starts something and to its
    last possible day where it ends something.
    """

    term: str  # "open-ended", "fixed", "tacit-renewal" or "not-recorded"
    start: date | None  # the first possible day
    start_is_exact: bool = True
    until: date | None = None  # the recorded end of the first term, its last possible day
    term_months: int | None = None
    renewal_months: int | None = None
    notice_months: int | None = None
    notice_given_on: date | None = None
    ended_on: date | None = None  # the last day in force, as recorded
    replaced_on: date | None = None  # the start of the earliest agreement that replaces this one
    start_last: date | None = None  # the last possible day of an inexact start
    until_is_exact: bool = True
    notice_ends_on: date | None = None  # the last day in force by a notice, where it is recorded
    suspensions: tuple[tuple[date, date | None], ...] = ()  # (the first day of each, the first day after it)
    end_decided_on: date | None = None  # by when `ended_on` was decided, where that is recorded apart
    replaced_known_to: date | None = None  # the horizon of the agreement that replaces this one


@dataclass(frozen=True, slots=True)
class Term:
    number: int  # 0 is the first term, 1 its first renewal
    start: date
    end: date | None  # the last day; None only beyond the year 9999


def add_months(day: date, months: int) -> date | None:
    """The same day so many months on (or back), or the last day of that month where the month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        return None
    last = day.day if day.day <= SHORTEST_MONTH else min(day.day, monthrange(year, month + 1)[1])
    return date(year, month + 1, last)


def known_by(facts: TermFacts, on: date) -> TermFacts:
    """The facts without what people did after a day: a notice, an end, a suspension, its end, a replacement."""
    is_noticed = _is_by(facts.notice_given_on, on)
    rests = ((first, after if _is_by(after, on) else None) for first, after in facts.suspensions if first <= on)
    return replace(
        facts,
        notice_given_on=facts.notice_given_on if is_noticed else None,
        notice_ends_on=facts.notice_ends_on if is_noticed else None,
        ended_on=facts.ended_on if _is_end_known(facts, on) else None,
        suspensions=tuple(rests),
        replaced_on=facts.replaced_on if _is_by(facts.replaced_on, on) else None,
    )


def _is_end_known(facts: TermFacts, on: date) -> bool:
    """Whether the recorded end had come or been decided by a day, or is that of a notice which names no other."""
    if _is_by(facts.end_decided_on, on) or _is_by(facts.ended_on, on):
        return True
    is_noticed = _is_by(facts.notice_given_on, on)
    return is_noticed and facts.end_decided_on is None and _end_by_notice(facts) is None


def _is_by(day, on):
    return day is not None and day <= on


def first_term_end(facts: TermFacts) -> date | None:
    """The last day of the first term: as recorded, else counted from the last possible day of the start."""
    counted_from = facts.start if facts.start_is_exact else facts.start_last
    if facts.until or not (counted_from and facts.term_months):
        return facts.until
    following = add_months(counted_from, facts.term_months)
    return following and following - DAY


def running_term(facts: TermFacts, on: date) -> Term | None:
    """The term that contains the day, while the agreement is in force or suspended."""
    return _term_on(facts, on) if status(facts, on) in EXISTING else None


def notice_day(facts: TermFacts, on: date) -> date | None:
    """The last day on which notice can be given for the term that runs on the day."""
    if facts.term != TACIT_RENEWAL or facts.notice_months is None:
        return None
    term = running_term(facts, on)
    return term and _notice_by(term, facts.notice_months)


def ends_on(facts: TermFacts) -> date | None:
    """The last day in force, whatever ends the agreement; being replaced by another is told apart from an end."""
    return _end(facts)[0]


def ends_as(facts: TermFacts) -> Status | None:
    """How it ends, expired or terminated; where both fall on one day, what people did outranks the calendar."""
    return _end(facts)[1]


def status(facts: TermFacts, on: date) -> Status:
    if facts.start is None:
        return Status.UNKNOWN
    if on < facts.start:
        return Status.NOT_YET
    end, kind = _end(facts)
    if facts.replaced_on and facts.replaced_on <= on and (end is None or facts.replaced_on <= end):
        return Status.SUPERSEDED
    if end and end < on:
        return kind
    return Status.SUSPENDED if _suspended_since(facts, on) else Status.IN_FORCE


def carried_to(facts: TermFacts) -> date | None:
    """The last day to which what is recorded carries the agreement: `date.max` for ever, None no further than known."""
    end = ends_on(facts)
    if end or facts.start is None:
        return end
    lasts = _lasts_until(facts)
    is_given_notice = lasts and facts.notice_given_on  # which ends it on a day that cannot be told
    return min(lasts, facts.notice_given_on) if is_given_notice else lasts


def _lasts_until(facts: TermFacts) -> date | None:
    """The last day for which its term was agreed, if nothing ends it; a renewal needs no exact day to be known of."""
    if facts.term == OPEN_ENDED or (facts.term == TACIT_RENEWAL and facts.renewal_months):
        return date.max
    return first_term_end(facts) if facts.term == TACIT_RENEWAL else None


def basis(facts: TermFacts, on: date, known_to: date | None) -> Basis | None:
    """How the status on the day is known, if the agreement is known up to a day; None for a status without a start."""
    now = status(facts, on)
    if now in (Status.UNKNOWN, Status.NOT_YET):
        return None
    known = known_to or date.min
    if now is Status.IN_FORCE and on > known:
        carried = carried_to(facts)
        return Basis.BY_ITS_TERMS if carried and on <= carried else Basis.PRESUMED
    if now is Status.SUPERSEDED:
        known = max(known, facts.replaced_known_to or date.min)
    return Basis.ON_RECORD if _began(facts, on, now) <= known else Basis.BY_ITS_TERMS


def _began(facts: TermFacts, on: date, now: Status) -> date:
    """The first day of the status that an agreement has on a day, as far as it matters for its basis."""
    if now is Status.SUPERSEDED:
        return facts.replaced_on
    if now is Status.SUSPENDED:
        return _suspended_since(facts, on)
    return on if now is Status.IN_FORCE else ends_on(facts) + DAY


def _suspended_since(facts: TermFacts, on: date) -> date | None:
    resting = (first for first, after in facts.suspensions if first <= on and (after is None or on < after))
    return max(resting, default=None)


def _end(facts: TermFacts) -> tuple[date, Status] | tuple[None, None]:
    ends = [
        (facts.ended_on, Status.TERMINATED),
        (_end_by_notice(facts), Status.TERMINATED),
        (first_term_end(facts) if facts.term == FIXED else None, Status.EXPIRED),
    ]
    return min((end for end in ends if end[0]), key=lambda end: end[0], default=(None, None))


def _end_by_notice(facts: TermFacts) -> date | None:
    """The end of the first term whose notice day had not passed when notice was given."""
    if facts.notice_ends_on:
        return facts.notice_ends_on
    given = facts.notice_given_on
    if facts.term != TACIT_RENEWAL or not given or not facts.start:
        return None
    months = facts.notice_months or 0
    reached = add_months(given, months)
    term = reached and _term_on(facts, max(reached, facts.start))
    if term and term.end and _notice_by(term, months) < given:
        term = _term(facts, term.number + 1)
    return term and term.end


def _notice_by(term: Term, months: int) -> date | None:
    return term.end and add_months(term.end, -months)


def _term_on(facts: TermFacts, on: date) -> Term | None:
    """The term that contains a day from the start on, whether or not the agreement lasts until then."""
    if not _terms_are_known(facts):
        return None
    if on <= first_term_end(facts):
        return _term(facts, 0)
    if facts.term == FIXED or not facts.renewal_months:
        return None
    anchor = first_term_end(facts) + DAY
    months_since = (on.year - anchor.year) * 12 + on.month - anchor.month
    latest = _term(facts, months_since // facts.renewal_months + 1)
    return latest if latest.start <= on else _term(facts, latest.number - 1)


def _terms_are_known(facts: TermFacts) -> bool:
    """Renewals, and the days by which to give notice, are counted from an exact end of the first term or not at all."""
    is_exact = facts.until_is_exact if facts.until else facts.start_is_exact
    has_terms = facts.term == FIXED or (facts.term == TACIT_RENEWAL and is_exact)
    return has_terms and facts.start is not None and first_term_end(facts) is not None


def _term(facts: TermFacts, number: int) -> Term | None:
    """Counted from the end of the first term each time: months added to clamped months would drift."""
    end = first_term_end(facts)
    if number == 0:
        return Term(0, facts.start, end)
    if not facts.renewal_months or end == date.max:
        return None
    start = add_months(end + DAY, (number - 1) * facts.renewal_months)
    following = add_months(end + DAY, number * facts.renewal_months)
    return start and Term(number, start, following and following - DAY)
