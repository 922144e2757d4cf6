"""What the calendar brings to agreements: their anniversaries, the last days for notice and the ends of their terms."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from partners.models import Agreement
from partners.terms import DAY, TACIT_RENEWAL, add_months, ends_on

ROUND = 5
WORDS = {  # what calendars call the days that terms bring
    "notice": _("Last day for notice"),
    "end": _("Last day in force"),
    "renewal": _("Renews itself after this day"),
}
OF_A_TERM = ("starts_on", "valid_until", "term_months", "renewal_months", "notice_months")
SLACK = 2  # months by which days of months of different length may be told apart wrongly
OF_THE_CALENDAR = (  # the columns that the calendar of an agreement reads
    *("term", "signed_on", "valid_from", "valid_until", "term_months", "renewal_months", "notice_months"),
    *("notice_given_on", "notice_ends_on", "will_to_end_on", "ended_on", "suspensions", "starts_on", "ends_on"),
)


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


def standing_until(agreements, on, until):
    """Of agreements those that stand on a day and whose calendar may bring something by another."""
    standing = agreements.standing(on).order_by()
    ending = standing.filter(ends_on__range=(on, until)).values_list("pk", flat=True)
    tacit = standing.filter(ends_on=None, term=TACIT_RENEWAL).values_list("pk", *OF_A_TERM)
    near = (key for key, *facts in tacit if may_come_near(*facts, on=on, until=until))
    return Agreement.objects.filter(pk__in=[*ending, *near]).only(*OF_THE_CALENDAR)


def may_come_near(start, until_then, term, renewal, notice, *, on, until):
    """Whether a term that renews itself may end between two days, or its notice day fall there, told by months alone.

    It is asked of each such agreement of the register, before the exact days of the few that are left are counted.
    """
    if until_then is None and term is None:
        return False
    end = _months_of(until_then) if until_then else _months_of(start) + term
    first, last = _months_of(on) - SLACK, _months_of(until) + SLACK
    return any(_is_among(end - lead, renewal, first, last) for lead in {0, notice or 0})


def _is_among(month, step, first, last):
    """Whether a month, or one that lies so many steps after it, lies between two others."""
    if month < first and step:
        month += -(-(first - month) // step) * step
    return first <= month <= last


def _months_of(day):
    """The number of the month in which a day, perhaps a `PartialDate`, lies; of a year alone its last one."""
    return day.year * 12 + (day.month or 12)
