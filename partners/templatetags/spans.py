"""The drawing of acts as spans on one axis of time."""

from django import template

from krakow_intl.core.dates import LAST_YEAR
from partners import timeline as geometry
from partners.models import ActLink

register = template.Library()


@register.inclusion_tag("drawings/spans.html", takes_context=True)
def spans(context, acts=(), groups=None, level=3, current=None):
    """Acts `with_status` and `with_chain`, each a link with its span; `current` is the one the page is about.

    `groups` are pairs of a record and its acts; the record becomes a heading of that level.
    """
    groups = [(record, list(some)) for record, some in groups or [(None, acts)]]
    lives = {act.pk: _life(act) for _record, some in groups for act in some}
    if not lives:
        return {}
    on = next(act.status_on for _record, some in groups for act in some)
    axis = geometry.axis(lives.values(), on)
    return {
        "groups": [(record, [_row(act, lives[act.pk], on, axis) for act in some]) for record, some in groups],
        "level": level,
        "current": current,
        "axis": axis,
        "day": on,
        "day_place": axis.place(on) if on.year >= axis.first else None,
    }


@register.inclusion_tag("drawings/running_term.html")
def running_term(act):
    """The term that runs on the day, from end to end, with the day and the last day to give notice."""
    term, notice = act.term_then, act.notice_by
    if not (term and term.end):
        return {}
    return {
        "start": term.start if term.number else act.start,
        "until": act.term_until,
        "day": act.status_on,
        "day_place": geometry.share(act.status_on, term.start, term.end),
        "notice": notice,
        "notice_place": notice and geometry.share(notice, term.start, term.end),
    }


def _life(act):
    links = (link for link in act.later_links.all() if link.verb == ActLink.Verb.REPLACES)
    return act.term_facts(replaced_on=min((link.act.starts_on for link in links if link.act.starts_on), default=None))


def _row(act, facts, on, axis):
    last = geometry.last_day(facts)
    end = act.as_recorded(last) if last and last.year <= LAST_YEAR else None
    return {
        "act": act,
        "end": end,
        "pieces": geometry.pieces(facts, on, axis, end and end.first_day),
        "renewals": geometry.renewals(facts, on, axis),
    }
