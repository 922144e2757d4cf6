"""Agreements as spans on one axis of time, to scale: where each begins, renews itself and ends, as far as known."""

from dataclasses import dataclass
from datetime import MAXYEAR, date

from partners import terms
from partners.terms import DAY

STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
MAX_LABELS = 7
MAX_RENEWALS = 60  # more ticks than these would run into one another
SHORTEST = 5  # years
SMALLEST_DOT, LARGEST_DOT = 4, 9  # pixels
WITHOUT_END = ("open-ended", terms.TACIT_RENEWAL)


def share(day, begin, end):
    """Where a day lies between two others, in per cent."""
    part = (day - begin) / (end - begin) if end > begin else 1
    return round(100 * min(max(part, 0), 1), 3)


@dataclass(frozen=True, slots=True)
class Axis:
    """From the first day of one year to the last of another; a place on it is per cent of its length."""

    first: int
    last: int

    def place(self, day):
        return share(day, date(self.first, 1, 1), date(self.last, 12, 31))

    @property
    def years(self):
        """The years that are written beside the axis, each with the place of its first day."""
        length = self.last - self.first
        step = next((step for step in STEPS if length / step <= MAX_LABELS), 5000)
        first = -(-self.first // step) * step
        return [(year, self.place(date(year, 1, 1))) for year in range(first, self.last + 1, step)]


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a span.

    "begins" and "ends" last as long as it is uncertain when the agreement begins or ends; "in_force" is the time in
    force up to the day as far as it is known, "beyond" the time after the horizon that it is carried to by its terms or
    presumed to last, "suspended" that in which it rested, "ahead" the time after the day, "over" that of one that has
    ended. From the last settled day "open"
    leads on where the agreement has no end and "unrecorded" where none is recorded; "undated" is all of one without a
    date.
    """

    kind: str
    x: float
    width: float

    @property
    def end(self):
        return round(self.x + self.width, 3)


@dataclass(frozen=True, slots=True)
class Mark:
    """So many things that were done in a year: a dot in its middle, the area of which grows with their number."""

    year: int
    number: int
    x: float

    @property
    def radius(self):
        return round(min(SMALLEST_DOT * self.number**0.5, LARGEST_DOT), 1)


def marks(years, on, along):
    """A `Mark` for each year of {year: number}, none of them after the day."""
    return [Mark(year, number, along.place(min(date(year, 7, 1), on))) for year, number in sorted(years.items())]


def axis(all_facts, on, years=()):
    """The years to draw: from the first start to the day, or to what is settled beyond it, and a little room.

    `years` are further ones in which something was done up to the day.
    """
    starts = [facts.start for facts in all_facts if facts.start] + [date(year, 1, 1) for year in years]
    known = [day for facts in all_facts for day in (last_day(facts), _end_of_term(facts, on)) if day]
    first, last = min(starts, default=on), max([on, *starts, *known])
    return Axis(first.year, min(max(last.year + 1, first.year + SHORTEST), MAXYEAR))


def last_day(facts):
    """The last day of an agreement, whether it ends or is replaced; None if it runs on."""
    replaced = facts.replaced_on and facts.start and max(facts.replaced_on - DAY, facts.start)
    return min(filter(None, (terms.ends_on(facts), replaced)), default=None)


def segments(facts, on, along, end_from=None, known_to=None):
    """The segments of one agreement along an axis.

    `end_from` is the first possible day of an end known inexactly, `known_to` the horizon of the agreement.
    """
    if facts.start is None:
        return [Segment("undated", 0, 100)]
    found, x = [], along.place(facts.start)
    for kind, until in _stations(facts, on, end_from, known_to):
        width = round(along.place(until) - x, 3) if until else 0
        if width > 0:
            found.append(Segment(kind, x, width))
            x = found[-1].end
    return found or [Segment("over", x, 0)]


def renewals(facts, on, along):
    """The places of the days on which an agreement has renewed itself, and will within the term that runs."""
    last = last_day(facts) or _end_of_term(facts, on)
    if not (facts.start and last and facts.renewal_months):
        return []
    if (along.last - along.first) * 12 > MAX_RENEWALS * facts.renewal_months:
        return []
    return [along.place(day) for day in _first_days_of_terms(facts, last)]


def _stations(facts, on, end_from, known_to):
    """The kinds of segments in order of time, each with the day to which it reaches."""
    end = last_day(facts)
    yield "begins", facts.start_last or facts.start
    if end and end < on:
        yield "over", end_from or end
    else:
        yield from _rests(facts, on, known_to or on)
        yield "ahead", (end_from or end) if end else _end_of_term(facts, on)
    if end:
        yield "ends", end
    else:
        yield "open" if facts.term in WITHOUT_END else "unrecorded", date.max


def _rests(facts, on, known_to):
    """The time up to the day: in force, suspended, and beyond what is known."""
    for first, after in facts.suspensions:
        if first <= on:
            yield from _known(first - DAY, known_to)
            yield "suspended", min(after - DAY if after else on, on)
    yield from _known(on, known_to)


def _known(until, known_to):
    yield "in_force", min(until, known_to)
    yield "beyond", until


def _end_of_term(facts, on):
    term = terms.running_term(facts, on)
    return term and term.end


def _first_days_of_terms(facts, last):
    """Those of all terms but the first, up to the day `last`."""
    term = terms.running_term(facts, facts.start)
    while term and term.end and term.end < last:
        yield term.end + DAY
        term = terms.running_term(facts, term.end + DAY)
