"""What the calendar brings to agreements: their anniversaries, the last days for notice and the ends of their terms."""

from dataclasses import dataclass
from datetime import date

from partners.terms import DAY, add_months, ends_on

ROUND = 5


@dataclass(frozen=True, slots=True)
class UpcomingDate:
    """`kind` is "anniversary" (of so many `years`), "notice", "renewal" or "end"; `day` is the last day of a term."""

    day: date
    agreement: object
    kind: str
    years: int = 0

    @property
    def recorded(self):
        """The day as exact as the register knows it."""
        return self.agreement.as_recorded(self.day)

    @property
    def is_round(self):
        return self.years > 0 and self.years % ROUND == 0


def anniversaries(agreements, on):
    """The next anniversary of each agreement signed on a known day, from `on` onwards, in order."""
    signed = (agreement for agreement in agreements if agreement.signed_on and agreement.signed_on.precision == "day")
    return _in_order(_anniversary(agreement, on) for agreement in signed)


def deadlines(agreements, on):
    """The next day that the term of each agreement brings, from `on` onwards, in order; all are in force on `on`."""
    return _in_order(_deadline(agreement, on) for agreement in agreements)


def _in_order(occasions):
    return sorted(filter(None, occasions), key=lambda occasion: occasion.day)


def _anniversary(agreement, on):
    first = agreement.signed_on.first_day
    years = max(on.year - first.year, 1)
    day = add_months(first, 12 * years)
    if day and day < on:
        years, day = years + 1, add_months(first, 12 * (years + 1))
    return day and UpcomingDate(day, agreement, "anniversary", years)


def _deadline(agreement, on):
    end = ends_on(agreement.facts_on(on))
    if end:
        return UpcomingDate(end, agreement, "end")
    notice, term = agreement.notice_day(on), agreement.running_term(on)
    if notice and notice >= on:
        return UpcomingDate(notice, agreement, "notice")
    return term and term.end and UpcomingDate(term.end, agreement, "renewal")


def upcoming(agreement, on, until):
    """All that the terms of an agreement that stands on a day bring up to another: notice days, renewals, its end."""
    end = ends_on(agreement.facts_on(on))
    if end:
        return [UpcomingDate(end, agreement, "end")] if on <= end <= until else []
    days, day = [], on
    while (term := agreement.running_term(day)) and term.end:
        notice = agreement.notice_day(day)
        if notice and on <= notice <= until:
            days.append(UpcomingDate(notice, agreement, "notice"))
        if term.end > until:
            break
        days.append(UpcomingDate(term.end, agreement, "renewal"))
        day = term.end + DAY
    return days
