"""Agreements as spans on one axis of time: what a template needs to draw them."""

from krakow_intl.core.dates import LAST_YEAR
from partners import timeline as geometry
from partners.models import AgreementLink


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


FUNCTIONS = (span_groups, running_term)
