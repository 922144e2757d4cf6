"""What waits on the desk about agreements and cities: ends, notice days, suspensions, what is presumed or dormant."""

from operator import itemgetter
from urllib.parse import urlencode

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from krakow_intl.core.admin.calendar import calendar
from krakow_intl.core.admin.desk import Group, Line, Section, form_at, form_of, section, under_department
from krakow_intl.core.admin.desk_records import oddities
from krakow_intl.core.dates import PartialDate, format_in_sentence, format_partial_date
from krakow_intl.review.verifiable import verifiable, walk
from partners import desk_imports, odd
from partners.anniversaries import WORDS, deadlines, standing_until, upcoming
from partners.events import EventKind
from partners.last_events import last_events
from partners.models import (
    Activity,
    Agreement,
    AgreementEvent,
    AgreementLink,
    Assessment,
    Audience,
    Benefit,
    Institution,
    PartnerCity,
)
from partners.terms import Basis, Mark, Status, add_months

CHANGE_AGREEMENT = "partners.change_agreement"
ADD_AGREEMENT = "partners.add_agreement"
SEE_AGREEMENT = "partners.view_agreement"
SEE_ASSESSMENT = "partners.view_assessment"
__all__ = ["desk_imports"]

for model, path in {
    PartnerCity: "department",
    Agreement: "city__department",
    AgreementEvent: "agreement__city__department",
    Assessment: "city__department",
    Institution: "city__department",
    Activity: "city_links__city__department",
    Benefit: "city__department",
    Audience: "department",
}.items():
    under_department(model, path)

walk("city", gettext_lazy("city"), PartnerCity)
verifiable(PartnerCity, city="pk")
verifiable(Agreement, city="city")
verifiable(AgreementEvent, city="agreement__city")
verifiable(Institution, city="city")
verifiable(Activity, city="city_links__city")
verifiable(Benefit, city="city")


def with_event(agreement, kind, **days):
    """The address of an agreement's form with an event filled in, which nobody has saved."""
    values = {"events-0-kind": kind.value, **{f"events-0-{name}": day.isoformat() for name, day in days.items()}}
    return f"{form_of(agreement)}?{urlencode(values)}"


def renewing(agreement):
    """The address of the form of a new agreement that renews one."""
    same = {name: getattr(agreement, name) for name in ("kind", "level", "establishes")}
    values = {"city": agreement.city_id, **same, "links-0-verb": AgreementLink.Verb.RENEWS.value}
    return f"{reverse('admin:partners_agreement_add')}?{urlencode(values | {'links-0-earlier': agreement.pk})}"


class OfAgreements(Section):
    """A section of agreements, named with their cities."""

    group = Group.CALENDAR
    permission = CHANGE_AGREEMENT

    @staticmethod
    def title_of(agreement):
        return f"{agreement.city}: {agreement}"


@section
class Deadlines(OfAgreements):
    name, title = "deadlines", gettext_lazy("Ends and notice days within a year")

    def rows(self, desk):
        until = add_months(desk.today, 12)
        agreements = standing_until(desk.within(Agreement.objects.published()), desk.today, until)
        return [each for each in deadlines(agreements, desk.today) if each.day <= until]

    def lines(self, rows, desk):
        found = Agreement.objects.select_related("city").in_bulk([each.agreement.pk for each in rows])
        for each in rows:
            agreement = found[each.agreement.pk]
            links = self._links(each, agreement, desk)
            yield Line(self.title_of(agreement), form_of(agreement), why(each, agreement), links)

    @staticmethod
    def _links(each, agreement, desk):
        ended = (_("Record its end"), with_event(agreement, EventKind.TERMINATED, effective_on=each.day))
        notice = (_("Give notice"), with_event(agreement, EventKind.NOTICE_GIVEN, taken_on=desk.today))
        if each.kind == "notice":
            return (notice,)
        is_renewable = each.kind == "end" and not agreement.ended_on and desk.user.has_perm(ADD_AGREEMENT)
        renew = (_("Renew it"), renewing(agreement))
        return (renew, ended) if is_renewable else () if agreement.ended_on else (ended,)


def why(deadline, agreement):
    """The sentence that says what a day of the calendar brings."""
    day = format_in_sentence(deadline.recorded, "on")
    until = format_in_sentence(deadline.recorded, "until")
    if deadline.kind == "notice":
        term = deadline.agreement.running_term(deadline.day)
        words = _("Notice can be given %(until)s; without it, it renews itself for %(months)s after %(end)s.")
        return words % {"until": until, "months": _months(agreement), "end": format_partial_date(term.end)}
    if deadline.kind == "renewal":
        words = _("It renews itself for %(months)s after %(day)s: notice for this term cannot be given any more.")
        if agreement.notice_months is None:
            words = _("It renews itself for %(months)s after %(day)s, unless notice is given; by when is not recorded.")
        return words % {"months": _months(agreement), "day": format_partial_date(deadline.day)}
    if agreement.notice_given_on or agreement.ended_on:
        return _("Its end is decided: it is in force %s.") % until
    return _("Its fixed term ends %s.") % day


def _months(agreement):
    months = agreement.renewal_months
    if not months:
        return _("a time that is not recorded")
    if months % 12:
        return ngettext("%(count)s month", "%(count)s months", months) % {"count": months}
    return ngettext("%(count)s year", "%(count)s years", months // 12) % {"count": months // 12}


@section
class Ending(OfAgreements):
    name, title = "ending", gettext_lazy("Suspended, or to be ended")

    def rows(self, desk):
        agreements = desk.within(Agreement.objects.published()).exclude(suspensions=[], will_to_end_on=None)
        told = agreements.with_status(desk.today).select_related("city")
        to_end = told.marked(Mark.WILL_TO_END).values("pk")
        rests = Q(status=Status.SUSPENDED.value) | Q(pk__in=to_end)
        return told.filter(rests).order_by("suspended_since", "will_to_end_on", "pk")

    def lines(self, rows, desk):
        for agreement in rows:
            yield Line(
                self.title_of(agreement), form_of(agreement), self._why(agreement), self._links(agreement, desk.today)
            )

    @staticmethod
    def _why(agreement):
        if agreement.status == Status.SUSPENDED.value:
            since = agreement.suspended_since
            return _("Suspended %s.") % format_in_sentence(since, "since") if since else _("Suspended.")
        end = agreement.marked_until
        declared = _("One side declared %s that it would end it.") % format_in_sentence(agreement.will_to_end_on, "on")
        return f"{declared} " + (_("In force %s.") % format_in_sentence(end, "until") if end else "")

    @staticmethod
    def _links(agreement, today):
        ended = (_("Record its end"), with_event(agreement, EventKind.TERMINATED, taken_on=today))
        if agreement.status == Status.SUSPENDED.value:
            return (_("It was resumed"), with_event(agreement, EventKind.RESUMED, taken_on=today)), ended
        return (_("Give notice"), with_event(agreement, EventKind.NOTICE_GIVEN, taken_on=today)), ended


@section
class Presumed(OfAgreements):
    name, title, group = "presumed", gettext_lazy("Presumed to be in force"), Group.CARE
    about = gettext_lazy("Nothing recorded carries them to this day. A look into the files settles it.")

    def rows(self, desk):
        agreements = desk.within(Agreement.objects.published()).filter(
            Q(carried_to=None) | Q(carried_to__lt=desk.today)
        )
        known = agreements.in_force(desk.today).with_basis_in_force(desk.today).filter(basis=Basis.PRESUMED.value)
        return [*known.order_by("known_to", "pk").values_list("pk", "known_to")]

    def lines(self, rows, desk):
        found = Agreement.objects.select_related("city").in_bulk([key for key, _known in rows])
        for key, known in rows:
            why = (
                _("Known up to %s.") % format_partial_date(known)
                if known
                else _("Nothing says up to when it is known.")
            )
            yield Line(self.title_of(found[key]), form_at(Agreement, key), why)


@section
class Dormant(Section):
    name, title = "dormant", gettext_lazy("Cities with which nothing was recorded for years")
    permission = SEE_ASSESSMENT
    asks_for_years = True

    def rows(self, desk):
        before = add_months(desk.today, -12 * desk.wishes.dormant_years).isoformat()
        last = last_events(desk.today)
        cities = desk.within(PartnerCity.objects.published()).order_by("sort_key_pl").values_list("pk", flat=True)
        return sorted(((key, last.get(key, "")) for key in cities if last.get(key, "") < before), key=itemgetter(1))

    def lines(self, rows, desk):
        latest = Assessment.objects.filter(city=OuterRef("pk")).order_by("-assessed_on").values("pk")[:1]
        found = PartnerCity.objects.annotate(latest=Subquery(latest)).in_bulk([key for key, _last in rows])
        grades = Assessment.objects.in_bulk([city.latest for city in found.values() if city.latest])
        for key, last in rows:
            yield Line(str(found[key]), form_of(found[key]), _why_dormant(last, grades.get(found[key].latest)))


def _why_dormant(last, assessment):
    told = _("Last recorded: %s.") % _partial(last) if last else _("Nothing with a date is recorded.")
    if assessment is None:
        return " ".join((told, _("Not assessed yet.")))
    words = _("Assessed %(day)s as %(grade)s.")
    day = format_in_sentence(assessment.assessed_on, "on")
    return f"{told} " + words % {"day": day, "grade": assessment.get_grade_display()}


def _partial(text):
    return format_partial_date(PartialDate(text))


@oddities(Agreement)
def of_agreements(agreements):
    told = odd.agreements(agreements)
    return [(agreement, OfAgreements.title_of(agreement), sentences) for agreement, sentences in told]


@oddities(PartnerCity)
def of_cities(cities):
    return [(city, str(city), sentences) for city, sentences in odd.cities(cities)]


@calendar(SEE_AGREEMENT)
def days_of_agreements(desk, until):
    """(key, day, what it is, address) of notice days and ends."""
    agreements = standing_until(desk.within(Agreement.objects.published()), desk.today, until)
    found = [each for agreement in agreements for each in upcoming(agreement, desk.today, until)]
    named = Agreement.objects.select_related("city").in_bulk([each.agreement.pk for each in found])
    for each in found:
        agreement = named[each.agreement.pk]
        key = f"{each.kind}-{agreement.number}-{each.day.isoformat()}"
        yield key, each.day, f"{WORDS[each.kind]}: {agreement.city}, {agreement}", form_of(agreement)
