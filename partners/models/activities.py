"""What was done or is planned with the cities."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.address_plan import reverse
from krakow_intl.core.fields import PartialDateField
from krakow_intl.core.json_rows import JSONRows, localized_column
from krakow_intl.core.places import Place
from krakow_intl.core.prepared import prepared
from krakow_intl.core.records import (
    PublicQuerySet,
    PublicRecord,
    Record,
    public_condition,
    related,
)
from krakow_intl.core.sorting import sort_column
from partners.models.cities import PartnerCity, Theme
from partners.models.institutions import Institution, Side
from programme.goal_links import GoalLink
from programme.models import Goal
from programme.sourced import Sourced

SEAT_IN_POLAND = Q(institution__city=None, institution__country="PL")
DATED_ON = Coalesce("starts_on", "ends_on")


class PlannedQuerySet(PublicQuerySet):
    """Records some of which are plans: a plan for a later day was one from when its source tells of it."""

    plans = {}  # the columns of a plan and their values

    def later(self, on, path=""):
        is_plan = Q(**{f"{path}{column}": value for column, value in self.plans.items()})
        return super().later(on, path) & (~is_plan | Q(**{f"{path}source__known_to__gt": on}))


class Planned(Sourced):
    """Mixin of records of a `PlannedQuerySet`."""

    class Meta:
        abstract = True

    def warned(self):
        begins = not self.is_plan and self.happened_on
        message = _("It is told as having happened, but its date is yet to come: should it be planned or promised?")
        is_odd = begins and begins.first_day > timezone.localdate()
        return [*super().warned(), *([(Place(self.dates[0]), message)] if is_odd else [])]

    def is_later(self, day):
        return super().is_later(day) and (not self.is_plan or (bool(self.source) and self.source.known_to > day))


class ActivityQuerySet(PlannedQuerySet):
    plans = {"state": "planned"}

    def of_city(self, *cities):
        return self.filter(pk__in=ActivityCity.objects.filter(city__in=cities).values("activity"))

    def of_institution(self, institution):
        return self.filter(pk__in=ActivityInstitution.objects.filter(institution=institution).values("activity"))

    def without_talks(self):
        return self.exclude(kind=Activity.Kind.TALKS)

    def noted_later(self, on, path=""):
        """A condition: the activity, or that to which a path leads, is undated on a day, as `is_undated` has it."""
        return Q(**{f"{path}starts_on": None, f"{path}ends_on": None, f"{path}source__known_to__gt": on})

    def may_serve(self):
        """What may serve a goal: talks, proposals and plans do not yet."""
        return self.without_talks().exclude(state=Activity.State.PLANNED)

    @prepared
    def with_countries(self):
        """Annotates `city_rows`, the countries alone of the cities that are published."""
        cities = PartnerCity.objects.public().filter(activity_links__activity=OuterRef("pk")).order_by("pk")
        return self.annotate(city_rows=JSONRows(cities, country=F("country")))

    @prepared
    def with_links(self):
        """Annotates `city_rows`, `institution_rows`, `theme_rows` and linked `goal_rows` of what is published."""
        cities = PartnerCity.objects.public().filter(activity_links__activity=OuterRef("pk")).by_name()
        institutions = ActivityInstitution.objects.filter(
            public_condition(ActivityInstitution, "institution"), activity=OuterRef("pk")
        ).order_by(sort_column("institution__"))
        themes = Theme.objects.filter(activity_links__activity=OuterRef("pk")).by_name()
        goals = Goal.objects.public().thematic().filter(activity_links__activity=OuterRef("pk")).order_by("letter")
        name = {"slug": F("slug"), "name": localized_column("name")}
        return self.annotate(
            city_rows=JSONRows(cities, **name, country=F("country")),
            institution_rows=JSONRows(
                institutions,
                slug=F("institution__slug"),
                name=localized_column("institution__name"),
                role=localized_column("role"),
                side=Case(When(SEAT_IN_POLAND, then=Value(Side.HOME)), default=Value(Side.PARTNER)),
            ),
            theme_rows=JSONRows(themes, **name),
            goal_rows=JSONRows(goals, **name),
        )

    @prepared
    def with_audiences(self):
        """Annotates `audience_rows`, those that are published for whom it is."""
        audiences = related(self.model, "audiences").objects.public().filter(activity_links__activity=OuterRef("pk"))
        rows = JSONRows(audiences.order_by("position", "slug"), slug=F("slug"), name=localized_column("name"))
        return self.annotate(audience_rows=rows)

    def in_order_of_history(self):
        """As a history of a city tells them: what has a date in the order of time, what has none, and plans."""
        is_planned = Case(When(state=Activity.State.PLANNED, then=1), default=0)
        return self.order_by(is_planned, DATED_ON.asc(nulls_last=True), "pk")

    def touching_years(self, first=None, last=None):
        """Those `known_to` a day whose period lies at least in part within some years; what goes on lasts to that day.

        What has no date lies in no year.
        """
        found = self.dated()
        if first:
            goes_on = Q(ends_on=None, state=Activity.State.ONGOING, starts_on__isnull=False)
            lasts = Q(ends_on__gte=f"{first}") | Q(ends_on=None, starts_on__gte=f"{first}")
            found = found.filter(lasts | goes_on & Q(known_to__gte=date(first, 1, 1)))
        if last:
            found = found.annotate(dated_on=DATED_ON).filter(dated_on__lt=f"{last + 1}")
        return found


class Activity(Planned, PublicRecord):
    """One thing done or planned: a presentation, a visit, an exchange, a project, an exhibition, aid."""

    class Kind(models.TextChoices):
        PRESENTATION = "presentation", _("presentation, city days")
        VISIT = "visit", _("visit")
        EXCHANGE = "exchange", _("exchange")
        TRAINING = "training", _("training, placement")
        PROJECT = "project", _("project")
        EXHIBITION = "exhibition", _("exhibition")
        FAIR = "fair", _("fair")
        CONFERENCE = "conference", _("conference, seminar")
        CONCERT = "concert", _("concert, performance")
        SPORT = "sport", _("sport")
        SCHOLARSHIP = "scholarship", _("scholarship")
        AID = "aid", _("aid, gift")
        TALKS = "talks", _("talks, proposals")
        COOPERATION = "cooperation", _("standing co-operation")
        EVENT = "event", _("celebration, event")

    class State(models.TextChoices):
        DONE = "done", _("done")
        ONGOING = "ongoing", _("ongoing")
        PLANNED = "planned", _("planned")

    HELD_SOMEWHERE = {Kind.VISIT, Kind.EXHIBITION, Kind.FAIR, Kind.CONFERENCE, Kind.CONCERT, Kind.EVENT}

    slug = models.SlugField(_("key"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=14, choices=Kind)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.DONE)
    title = models.CharField(_("title"), max_length=300)
    description = models.TextField(_("description"), blank=True)
    starts_on = PartialDateField(_("from"))
    ends_on = PartialDateField(_("to"))
    recurrence = models.CharField(
        _("recurrence"), max_length=120, blank=True, help_text=_("Such as “every 2–3 years” or “every year”.")
    )
    place = models.CharField(_("place"), max_length=120, blank=True)
    cities = models.ManyToManyField(
        PartnerCity, through="ActivityCity", related_name="activities", verbose_name=_("cities")
    )
    institutions = models.ManyToManyField(
        Institution, through="ActivityInstitution", related_name="activities", verbose_name=_("institutions")
    )
    themes = models.ManyToManyField(
        Theme, through="ActivityTheme", related_name="activities", verbose_name=_("fields of co-operation")
    )
    goals = models.ManyToManyField(
        "programme.Goal", through="ActivityGoal", related_name="activities", verbose_name=_("goals served")
    )
    audiences = models.ManyToManyField(
        "Audience", through="ActivityAudience", related_name="activities", verbose_name=_("whom it is for")
    )

    objects = ActivityQuerySet.as_manager()

    dates = ("starts_on", "ends_on")
    search_titles = ("title",)
    search_texts = ("description", "place")
    search_dates = ("starts_on", "ends_on")
    search_choices = ("kind", "state")

    class Meta(PublicRecord.Meta):
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["starts_on", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None)
                | Q(ends_on=None)
                | Q(ends_on__gte=F("starts_on"))
                | Q(starts_on__startswith=F("ends_on")),
                name="an_activity_ends_after_it_starts",
                violation_error_message=_("The activity ends before it starts."),
            )
        ]

    def __str__(self):
        return self.title or self.slug

    def get_absolute_url(self):
        return reverse("partners:activity_detail", args=[self.slug])

    @property
    def is_plan(self):
        return self.state == self.State.PLANNED

    @property
    def is_held_somewhere(self):
        """Whether one asks where it was, recorded or not."""
        return self.kind in self.HELD_SOMEWHERE

    @property
    def may_serve(self):
        """Whether it may serve a goal: talks, proposals and plans do not yet."""
        return self.kind != self.Kind.TALKS and not self.is_plan


class ActivityCity(Record):
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="city_links", verbose_name=_("activity"))
    city = models.ForeignKey(PartnerCity, models.PROTECT, related_name="activity_links", verbose_name=_("city"))

    natural_key_fields = ("activity", "city")

    class Meta:
        verbose_name = _("city of an activity")
        verbose_name_plural = _("cities of activities")
        constraints = [models.UniqueConstraint(fields=["activity", "city"], name="an_activity_names_a_city_once")]

    def __str__(self):
        return str(self.city)


class ActivityInstitution(Record):
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="institution_links", verbose_name=_("activity"))
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="activity_links", verbose_name=_("institution")
    )
    role = models.CharField(_("role"), max_length=120, blank=True)

    natural_key_fields = ("activity", "institution")

    class Meta:
        verbose_name = _("institution of an activity")
        verbose_name_plural = _("institutions of activities")
        constraints = [
            models.UniqueConstraint(fields=["activity", "institution"], name="an_activity_names_an_institution_once")
        ]

    def __str__(self):
        return str(self.institution)


class ActivityTheme(Record):
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="theme_links", verbose_name=_("activity"))
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="activity_links", verbose_name=_("field"))

    natural_key_fields = ("activity", "theme")

    class Meta:
        verbose_name = _("field of an activity")
        verbose_name_plural = _("fields of activities")
        constraints = [models.UniqueConstraint(fields=["activity", "theme"], name="an_activity_names_a_theme_once")]

    def __str__(self):
        return str(self.theme)


class ActivityGoal(GoalLink):
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="goal_links", verbose_name=_("activity"))
    goal = models.ForeignKey("programme.Goal", models.PROTECT, related_name="activity_links", verbose_name=_("goal"))

    natural_key_fields = ("activity", "goal")

    class Meta:
        verbose_name = _("goal an activity serves")
        verbose_name_plural = _("goals activities serve")
        constraints = [models.UniqueConstraint(fields=["activity", "goal"], name="an_activity_serves_a_goal_once")]

    def clean(self):
        super().clean()
        if not self.activity.may_serve:
            raise ValidationError({"goal": _("Talks, proposals and plans do not serve a goal yet.")})
