"""What is odd about an agreement although real registers hold such things: told to staff, never refused."""

from typing import NamedTuple

from django.utils import timezone
from django.utils.functional import keep_lazy_text, lazy
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.dates import format_in_sentence
from krakow_intl.core.places import Place, in_row
from partners import terms
from partners.models.cities import Relation
from partners.models.parties import AgreementLink

A_CENTURY = 1200  # months

BEFORE_ITS_SIGNING = _("It comes into force before it was signed.")
WITHOUT_AN_END = _("Its term is fixed, but neither its end nor its length is recorded.")
LONG_NOTICE = _("The notice is longer than the term: it would have to be given before the term begins.")
FAR_AHEAD = _("It ends in the year %(year)s, more than a hundred years from now.")
SAME_TITLE = _("Agreement no. %(number)s with this city has the same title.")
SECOND_TWIN = _("%(city)s, in the same country, is a twin city at the same time (agreement no. %(number)s).")
ACROSS_CITIES = _("It replaces agreement no. %(number)s, which is filed under another city: %(city)s.")
TAKEN_TOO_LATE = _("The event “%(event)s” took effect %(effective)s and was taken only %(taken)s.")

in_sentence = lazy(format_in_sentence, str)


class Surroundings(NamedTuple):
    """What an agreement is held against, each of it iterable."""

    events: object  # its events, in the order of time
    replaced: object  # the agreements it replaces, with their cities
    of_city: object  # the other agreements of its city
    twinning: object  # agreements that make other cities of its country twins, with their cities


def surroundings_of(agreement):
    """The `Surroundings` of an agreement that is stored."""
    links = agreement.links.filter(verb=AgreementLink.Verb.REPLACES).select_related("earlier__city")
    others = type(agreement)._default_manager.exclude(pk=agreement.pk).order_by("number")
    abroad = others.filter(city__country=agreement.city.country).exclude(city=agreement.city_id)
    return Surroundings(
        events=agreement.events.in_order_of_time(),
        replaced=(link.earlier for link in links),
        of_city=others.filter(city=agreement.city_id),
        twinning=abroad.filter(establishes=Relation.TWIN).select_related("city"),
    )


def warnings_of(agreement, around):
    """Sentences about an agreement among its `Surroundings`, each in the language in which it will be read."""
    return (sentence for _place, sentence in warned_of(agreement, around))


def warned_of(agreement, around):
    """(`Place` of what is odd, sentence) about an agreement among its `Surroundings`."""
    yield from _of_its_signing(agreement)
    yield from _of_its_term(agreement)
    yield from _of_titles(agreement, around.of_city)
    yield from _of_twins(agreement, around.twinning)
    yield from _of_links(agreement, around.replaced)
    yield from _of_events(around.events)


def _of_its_signing(agreement):
    start, signed = agreement.valid_from, agreement.signed_on
    if start and signed and start.is_before(signed):
        yield Place("valid_from"), BEFORE_ITS_SIGNING


def _of_its_term(agreement):
    facts = agreement.term_facts()
    end = terms.first_term_end(facts)
    if agreement.term == terms.FIXED and not end:
        yield Place("term"), WITHOUT_AN_END
    if agreement.notice_months and _is_notice_longer(agreement, end):
        yield Place("notice_months"), LONG_NOTICE
    last = max(filter(None, [end, terms.ends_on(facts)]), default=None)
    if last and last.year - timezone.now().year >= A_CENTURY // 12 - 1 and _is_far_ahead(last):
        yield Place("valid_until"), _fill(FAR_AHEAD, year=last.year)


def _is_far_ahead(day):
    return day > terms.add_months(timezone.localdate(), A_CENTURY)


def _is_notice_longer(agreement, end):
    """Than a renewal, or than the first term, whose length is recorded in months or by its end."""
    notice, start = agreement.notice_months, agreement.first_day()
    if agreement.renewal_months and notice > agreement.renewal_months:
        return True
    if not (start and agreement.valid_until):
        return bool(agreement.term_months) and notice > agreement.term_months
    due = terms.add_months(end, -notice)
    return due is None or due < start - terms.DAY


def _of_titles(agreement, others):
    for other in others:
        for name in ("title_pl", "title_en"):
            if _is_same(getattr(agreement, name), getattr(other, name)):
                yield Place(name), _fill(SAME_TITLE, number=other.number)
                break


def _is_same(title, other):
    return bool(title) and title == other


def _of_twins(agreement, others):
    if agreement.establishes == Relation.TWIN and agreement.first_day():
        for other in others:
            if _overlap(agreement, other):
                yield Place("establishes"), _fill(SECOND_TWIN, city=other.city, number=other.number)


def _overlap(agreement, other):
    """Whether two agreements, the first with a start, count on one day."""
    start, end = other.first_day(), other.last_day()
    is_before = bool(end) and end < agreement.first_day()
    is_after = bool(start and agreement.last_day()) and start > agreement.last_day()
    return bool(start) and not is_before and not is_after


def _of_links(agreement, replaced):
    for earlier in replaced:
        if earlier.city_id != agreement.city_id:
            place = in_row("links", "earlier", earlier_id=earlier.pk)
            yield place, _fill(ACROSS_CITIES, number=earlier.number, city=earlier.city)


def _of_events(events):
    for event in events:
        taken, effective = event.taken_on, event.effective_on
        if taken and effective and effective.is_before(taken):
            days = {"taken": in_sentence(taken, "on"), "effective": in_sentence(effective, "on")}
            place = in_row("events", "effective_on", kind=event.kind, taken_on=taken, effective_on=effective)
            yield place, _fill(TAKEN_TOO_LATE, event=event, **days)


@keep_lazy_text
def _fill(message, **values):
    return message % values
