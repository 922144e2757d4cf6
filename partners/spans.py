"""Agreements as spans on one axis of time: what a template needs to draw them."""

from krakow_intl.core.dates import LAST_YEAR
from partners import timeline as geometry
from partners.models import AgreementLink
from partners.terms import Status

MAX_ROWS = 5  # of a city that are seen before anything is unfolded


def span_groups(groups):
    """The spans of agreements `with_status` and `with_chain`; `groups` are pairs of a record and its agreements."""
    groups = [(record, list(some)) for record, some in groups]
    facts_by_key = {agreement.pk: _term_facts(agreement) for _record, some in groups for agreement in some}
    if not facts_by_key:
        return None
    on = next(agreement.status_on for _record, some in groups for agreement in some)
    axis = geometry.axis(facts_by_key.values(), on)
    return {
        "groups": [
            (record, [_row(agreement, facts_by_key[agreement.pk], on, axis) for agreement in some])
            for record, some in groups
        ],
        "axis": axis,
        "day": on,
        "day_place": axis.place(on) if on.year >= axis.first else None,
    }


def city_timeline(agreements, years, on):
    """The same of one city, with {year: number of what was done in it} on the same axis; None if nothing is there.

    What has no date is not drawn, but an agreement without one still has its row; of many those that are over
    or without a date are `folded`.
    """
    facts_by_key = {agreement.pk: _term_facts(agreement) for agreement in agreements}
    if not facts_by_key and not years:
        return None
    axis = geometry.axis(facts_by_key.values(), on, years)
    rows = [_row(agreement, facts_by_key[agreement.pk], on, axis) for agreement in agreements]
    shown = rows if len(rows) <= MAX_ROWS else [row for row in rows if _is_alive(row["agreement"])][:MAX_ROWS]
    return {
        "rows": shown,
        "folded": [row for row in rows if row not in shown],
        "marks": geometry.marks(years, on, axis),
        "axis": axis,
        "day": on,
        "day_place": axis.place(on),
    }


def running_term(agreement):
    """The term that runs on the day, from end to end, with the day, the horizon and the last day to give notice."""
    term, notice = agreement.term_then, agreement.notice_by
    if not (term and term.end):
        return None
    on = agreement.status_on
    return {
        "start": term.start if term.number else agreement.start,
        "until": agreement.term_until,
        "day": on,
        "day_place": geometry.share(on, term.start, term.end),
        "known_place": geometry.share(min(agreement.known_to or on, on), term.start, term.end),
        "notice": notice,
        "notice_place": notice and geometry.share(notice, term.start, term.end),
    }


def _is_alive(agreement):
    return agreement.status in (Status.IN_FORCE, Status.SUSPENDED, Status.NOT_YET)


def _term_facts(agreement):
    links = (link for link in agreement.later_links.all() if link.verb == AgreementLink.Verb.REPLACES)
    return agreement.facts_on(
        agreement.status_on,
        replaced_on=min((link.agreement.starts_on for link in links if link.agreement.starts_on), default=None),
    )


def _row(agreement, facts, on, axis):
    last = geometry.last_day(facts)
    end = agreement.as_recorded(last) if last and last.year <= LAST_YEAR else None
    return {
        "agreement": agreement,
        "end": end,
        "segments": geometry.segments(facts, on, axis, end and end.first_day, agreement.known_to),
        "renewals": geometry.renewals(facts, on, axis),
    }


FUNCTIONS = (span_groups, city_timeline, running_term)
