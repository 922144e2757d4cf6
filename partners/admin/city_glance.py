"""A city at a glance, for staff: what is recorded with it, what waits and what is missing, each with its form."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from krakow_intl.core.admin.desk import form_of
from krakow_intl.core.admin.history import user_name
from krakow_intl.core.dates import format_partial_date
from krakow_intl.core.kinds import kind_of
from krakow_intl.models import VisitorReport
from krakow_intl.review.models import PendingChange
from krakow_intl.review.verifiable import lists_for
from partners.admin.city_gaps import gaps_of, lacks_of
from partners.labels import relation_label
from partners.models import Activity, Agreement, Assessment, Benefit, Institution, PartnerCity
from partners.spans import city_timeline

MAX_ENTRIES = 200  # of a section
UNFOLDED = 12  # entries that are seen before anything is unfolded


@dataclass(frozen=True)
class Entry:
    """One record in a section: its name leads to its form, the words behind it say how it stands."""

    name: str
    address: str
    words: list
    publication: str = ""  # of what the public does not see
    lacks: tuple = ()


@dataclass(frozen=True)
class Section:
    """A part of the page: its entries, and where another one is added."""

    name: str
    title: str
    entries: list
    add: str = ""
    count: int = 0

    @property
    def first(self):
        return self.entries[:UNFOLDED]

    @property
    def folded(self):
        return self.entries[UNFOLDED:]

    @property
    def is_cut(self):
        return self.count > len(self.entries)


class CityGlance:
    """What a person may see of a city; each part is asked once."""

    def __init__(self, city, request, site):
        self.city, self.request, self.site, self.today = city, request, site, localdate()

    def context(self):
        sections = [self.of_activities, self.of_benefits, self.of_institutions, self.of_assessments, self.of_reports]
        return {
            "city": self.city,
            "facts": [*self.facts()],
            "gaps": gaps_of(self.city, self.agreements, self.others, self.may_see, self.rounds),
            "pending": self.pending,
            "timeline": self.timeline,
            "agreements": self.agreements,
            "may_see_agreements": self.may_see(Agreement),
            "kinds": Agreement.Kind.choices if self.may_add(Agreement) else (),
            "sections": [section for made in sections if (section := made())],
            "ways": self.ways(),
        }

    def may_see(self, model):
        return self.site.get_model_admin(model).has_view_or_change_permission(self.request)

    def may_add(self, model):
        return self.site.get_model_admin(model).has_add_permission(self.request)

    def adding(self, model, **values):
        """The address of a form of a new record with values filled in; "" for whoever may add none."""
        if not self.may_add(model):
            return ""
        return f"{reverse(f'admin:partners_{model._meta.model_name}_add')}?{urlencode(values)}"

    # --- what is recorded --------------------------------------------------------------------------------------------

    @cached_property
    def agreements(self):
        if not self.may_see(Agreement):
            return []
        agreements = Agreement.objects.with_status(self.today).of_city(self.city.slug).select_related("source", "city")
        found = [*agreements.with_later_links().with_events().in_order_of_time()]
        for agreement in found:
            agreement.form, agreement.lacks = form_of(agreement), lacks_of(agreement)
            agreement.known = known(agreement)
        return found

    @cached_property
    def activities(self):
        return self._records(Activity.objects.of_city(self.city.pk).in_order_of_time())

    @cached_property
    def benefits(self):
        return self._records(
            Benefit.objects.filter(city=self.city).select_related("activity").in_order_of_time("given_on")
        )

    @cached_property
    def institutions(self):
        city = self.city
        named = (
            Institution.objects.filter(parties__agreement__city=city),
            Institution.objects.filter(activity_links__activity__city_links__city=city),
        )
        theirs = Q(city=city) | Q(pk__in=named[0].values("pk")) | Q(pk__in=named[1].values("pk"))
        return self._records(Institution.objects.filter(theirs).by_name())

    def _records(self, records):
        return [*records.select_related("source")] if self.may_see(records.model) else []

    @property
    def others(self):
        return [*self.activities, *self.benefits, *self.institutions]

    @property
    def timeline(self):
        days = (activity.happened_on for activity in self.activities if not activity.is_plan)
        years = Counter(day.year for day in days if day and day.first_day <= self.today)
        return city_timeline(self.agreements, years, self.today)

    # --- how it is told ----------------------------------------------------------------------------------------------

    def facts(self):
        """(what, text, address or "") of the city itself."""
        city, form = self.city, form_of(self.city)
        names = dict.fromkeys(filter(None, (city.name_pl, city.name_en, city.name_own)))
        yield _("Names"), " · ".join(names), form
        yield _("Relation today"), relation_label(city.display_relation).words, ""
        if department := city.department:
            yield capfirst(_("coordinating department")), in_charge(department), f"{form}#id_department"
        yield _("Checked or known"), self.known_of_city(), f"{form}#id_verified_on"
        if publication := hidden(city):
            yield capfirst(_("publication")), publication, f"{form}#id_publication"

    def known_of_city(self):
        """Up to when the city is known: not by a source alone of which nobody recorded what it tells."""
        told = (self.city.lead_pl, self.city.description_pl, self.city.passage, self.city.verified_on)
        if any(told) or self.agreements or self.others:
            return known(self.city)
        return _("nothing is recorded of it yet")

    @property
    def rounds(self):
        """[(words, address)] of where what is recorded with the city is verified in a row."""
        if not (self.city.is_published and lists_for(self.request.user)):
            return []
        address = f"{reverse('admin:verification_choice')}?{urlencode({'city': self.city.pk})}"
        return [(_("Begin a verification round of this city"), address)]

    def ways(self):
        """[(words, address)] of what else may be done with the city."""
        public = [(_("View on site"), self.city.get_absolute_url())] if self.city.is_published else []
        return [*public, *self.rounds]

    def section(self, name, model, entries, **values):
        """A part of the page, for whoever may see records of its model."""
        entries = [*entries]
        shown = entries[:MAX_ENTRIES]
        title, add = capfirst(model._meta.verbose_name_plural), self.adding(model, **values)
        return Section(name, title, shown, add, len(entries)) if self.may_see(model) else None

    def of_activities(self):
        entries = (
            self.entry(each, period_of_activity(each), each.get_kind_display(), each.get_state_display())
            for each in self.activities
        )
        return self.section("activities", Activity, entries, **{"city_links-0-city": self.city.pk})

    def of_benefits(self):
        entries = (self.entry(each, date(each.happened_on), each.get_direction_display()) for each in self.benefits)
        return self.section("benefits", Benefit, entries, city=self.city.pk)

    def of_institutions(self):
        entries = (self.entry(each, each.get_kind_display(), each.place) for each in self.institutions)
        place = {"place_pl": self.city.name_pl or "", "place_en": self.city.name_en or ""}
        given = {"city": self.city.pk, "country": self.city.country} | place
        return self.section("institutions", Institution, entries, **given)

    def of_assessments(self):
        if not self.may_see(Assessment):
            return None
        entries = (
            Entry(each.get_grade_display(), form_of(each), [format_partial_date(each.assessed_on), each.next_step])
            for each in self.city.assessments.order_by("-assessed_on")
        )
        given = {"city": self.city.pk, "assessed_on": self.today.isoformat()}
        return self.section("assessments", Assessment, entries, **given)

    def of_reports(self):
        if not self.may_see(VisitorReport):
            return None
        entries = (
            Entry(f"{each.number}: {each}", form_of(each), [each.get_status_display(), due(each)])
            for each in self.reports()
        )
        return self.section("reports", VisitorReport, entries)

    def reports(self):
        """What visitors reported of the city and of what is recorded with it, the open ones first."""
        about = VisitorReport.objects.about_record(kind_of(PartnerCity).name, self.city)
        kinds = {model: kind_of(model) for model in (Agreement, Activity, Institution)}
        records = [*self.agreements, *self.activities, *self.institutions]
        names = [f"{kinds[type(record)].name}:{record.slug}" for record in records]
        found = about | VisitorReport.objects.filter(about__in=names)
        return found.not_set_apart().order_by("-status", "-received_at", "pk")[: MAX_ENTRIES + 1]

    def entry(self, record, *words):
        told = [*filter(None, words), known(record)]
        return Entry(str(record), form_of(record), told, hidden(record), lacks_of(record))

    # --- what waits --------------------------------------------------------------------------------------------------

    @cached_property
    def pending(self):
        """The changes under review of anything that is shown here, as entries."""
        if not self.may_see(PendingChange):
            return []
        return [self._waiting(change) for change in self._changes()]

    def _changes(self):
        shown = [self.city, *self.agreements, *self.others]
        about = Q(pk__in=[])
        for kind, keys in keys_by_kind(shown).items():
            about |= Q(content_type=kind, object_id__in=keys)
            about |= Q(records__content_type=kind, records__object_id__in=keys)
        keys = PendingChange.objects.open().filter(about).values("pk")
        changes = PendingChange.objects.filter(pk__in=keys).select_related("author", "content_type")
        return changes.order_by("created_at", "pk")[:MAX_ENTRIES]

    def _waiting(self, change):
        shown = {(type(record), record.pk): record for record in [self.city, *self.agreements, *self.others]}
        record = shown.get((change.model, change.object_id))
        name = str(record or change.command.get("name") or change.content_type.name)
        day = format_partial_date(change.created_at.date())
        words = [change.get_state_display(), user_name(change.author), day, change.reason]
        return Entry(f"{change.get_kind_display()}: {name}", change.get_absolute_url(), [*filter(None, words)])


def keys_by_kind(records):
    """{content type: [keys]} of records."""
    found = {}
    for record in records:
        found.setdefault(ContentType.objects.get_for_model(record), []).append(record.pk)
    return found


def known(record):
    """Up to when a record is known, and whether somebody checked it."""
    if record.verified_on and record.verified_on == record.horizon:
        return _("checked on %(day)s") % {"day": format_partial_date(record.verified_on)}
    if record.horizon:
        return _("known up to %(day)s") % {"day": format_partial_date(record.horizon)}
    return _("nothing says up to when it is known")


def in_charge(department):
    """The name of a department; of a general one it is said why it stands there."""
    if not department.is_general:
        return str(department)
    return _("%(department)s – the general one, for the sources name none") % {"department": department}


def hidden(record):
    """The word for a record that the public does not see; "" if it does."""
    return "" if record.is_published else record.get_publication_display()


def date(day):
    return format_partial_date(day) if day else _("date not recorded")


def period_of_activity(activity):
    if activity.starts_on or not activity.recurrence:
        return date(activity.happened_on)
    return activity.recurrence


def due(report):
    return report.due_on and _("answer due on %(day)s") % {"day": format_partial_date(report.due_on)}
