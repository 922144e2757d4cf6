"""What is odd about an agreement although real registers hold such things: told to staff, never refused."""

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import keep_lazy_text, lazy
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.dates import format_in_sentence
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


def warnings_of(agreement):
    """Sentences about an agreement that is stored, each in the language in which it will be read."""
    checks = (_of_its_signing, _of_its_term, _of_titles, _of_twins, _of_links, _of_events)
    return [sentence for check in checks for sentence in check(agreement)]


def _of_its_signing(agreement):
    start, signed = agreement.valid_from, agreement.signed_on
    if start and signed and start.is_before(signed):
        yield BEFORE_ITS_SIGNING


def _of_its_term(agreement):
    end = terms.first_term_end(agreement.term_facts())
    if agreement.term == terms.FIXED and not end:
        yield WITHOUT_AN_END
    if agreement.notice_months and _is_notice_longer(agreement, end):
        yield LONG_NOTICE
    last = max(filter(None, [end, agreement.last_day()]), default=None)
    if last and last > terms.add_months(timezone.localdate(), A_CENTURY):
        yield _fill(FAR_AHEAD, year=last.year)


def _is_notice_longer(agreement, end):
    """Than a renewal, or than the first term, whose length is recorded in months or by its end."""
    notice, start = agreement.notice_months, agreement.first_day()
    if agreement.renewal_months and notice > agreement.renewal_months:
        return True
    if not (start and agreement.valid_until):
        return bool(agreement.term_months) and notice > agreement.term_months
    due = terms.add_months(end, -notice)
    return due is None or due < start - terms.DAY


def _of_titles(agreement):
    titles = {name: getattr(agreement, name) for name in ("title_pl", "title_en")}
    same = [Q(**{name: title}) for name, title in titles.items() if title]
    for other in _others(agreement).filter(Q(*same, _connector=Q.OR), city=agreement.city_id) if same else ():
        yield _fill(SAME_TITLE, number=other.number)


def _of_twins(agreement):
    start, end = agreement.first_day(), agreement.last_day()
    if agreement.establishes != Relation.TWIN or not start:
        return
    abroad = Q(city__country=agreement.city.country) & ~Q(city=agreement.city_id)
    overlapping = Q(ends_on=None) | Q(ends_on__gte=start)
    others = _others(agreement).filter(abroad, overlapping, establishes=Relation.TWIN, starts_on__isnull=False)
    for other in others.filter(starts_on__lte=end) if end else others:
        yield _fill(SECOND_TWIN, city=other.city, number=other.number)


def _of_links(agreement):
    replaced = agreement.links.filter(verb=AgreementLink.Verb.REPLACES).exclude(earlier__city=agreement.city_id)
    for link in replaced.select_related("earlier__city"):
        yield _fill(ACROSS_CITIES, number=link.earlier.number, city=link.earlier.city)


def _of_events(agreement):
    for event in agreement.events.in_order_of_time():
        taken, effective = event.taken_on, event.effective_on
        if taken and effective and effective.is_before(taken):
            days = {"taken": in_sentence(taken, "on"), "effective": in_sentence(effective, "on")}
            yield _fill(TAKEN_TOO_LATE, event=event, **days)


def _others(agreement):
    return type(agreement)._default_manager.exclude(pk=agreement.pk).select_related("city").order_by("number")


@keep_lazy_text
def _fill(message, **values):
    return message % values
