"""What the calendar brings to acts: their anniversaries, the last days for notice and the days on which terms end."""

from dataclasses import dataclass
from datetime import date

from partners.terms import add_months

ROUND = 5


@dataclass(frozen=True, slots=True)
class UpcomingDate:
    """`kind` is "anniversary" (of so many `years`), "notice", "renewal" or "end"; `day` is the last day of a term."""

    day: date
    act: object
    kind: str
    years: int = 0

    @property
    def recorded(self):
        """The day as exact as the register knows it."""
        return self.act.as_recorded(self.day)

    @property
    def is_round(self):
        return self.years > 0 and self.years % ROUND == 0


def anniversaries(acts, on):
    """The next anniversary of each act signed on a known day, from `on` onwards, in order."""
    signed = (act for act in acts if act.signed_on and act.signed_on.precision == "day")
    return _in_order(_anniversary(act, on) for act in signed)


def deadlines(acts, on):
    """The next day that the term of each act brings, from `on` onwards, in order; `acts` are in force on `on`."""
    return _in_order(_deadline(act, on) for act in acts)


def _in_order(occasions):
    return sorted(filter(None, occasions), key=lambda occasion: occasion.day)


def _anniversary(act, on):
    first = act.signed_on.first_day
    years = max(on.year - first.year, 1)
    day = add_months(first, 12 * years)
    if day and day < on:
        years, day = years + 1, add_months(first, 12 * (years + 1))
    return day and UpcomingDate(day, act, "anniversary", years)


def _deadline(act, on):
    if act.ends_on:
        return UpcomingDate(act.ends_on, act, "end")
    notice, term = act.notice_day(on), act.running_term(on)
    if notice and notice >= on:
        return UpcomingDate(notice, act, "notice")
    return term and term.end and UpcomingDate(term.end, act, "renewal")
