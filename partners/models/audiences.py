"""The parts of the public for whom the register tells what exists and how to begin: schools, firms, associations."""

from django.db import models
from django.db.models import Count, F, Max, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.address_plan import reverse
from krakow_intl.core.fields import ProseField
from krakow_intl.core.json_rows import JSONRows, localized_column
from krakow_intl.core.records import Named, PublicQuerySet, PublicRecord, Record, public_condition
from partners.models.activities import Activity
from partners.models.cities import PartnerCity, Theme
from partners.models.institutions import Institution
from programme.models import Department, Goal


class AudienceQuerySet(PublicQuerySet):
    def with_links(self):
        """Annotates `kind_rows`, `theme_rows` as they were entered, and `goal_rows` of what is published."""
        kinds = AudienceKind.objects.filter(audience=OuterRef("pk")).order_by("pk")
        themes = AudienceTheme.objects.filter(audience=OuterRef("pk")).order_by("pk")
        goals = Goal.objects.public().filter(audience_links__audience=OuterRef("pk")).order_by("-kind", "letter")
        return self.annotate(
            kind_rows=JSONRows(kinds, kind=F("kind")),
            theme_rows=JSONRows(themes, slug=F("theme__slug"), name=localized_column("theme__name")),
            goal_rows=JSONRows(goals, slug=F("slug"), name=localized_column("name")),
        )

    def with_activities(self, on=None):
        """Annotates `activities_done`, with their `city_rows`, and `activities_not_done`: plans and talks.

        If a day is given, activities of later days do not count, and `activities_noted` are those without a date that
        only a later source tells of; `noted_in` is its year, if it is one.
        """
        is_open = Q(activity__state=Activity.State.PLANNED) | Q(activity__kind=Activity.Kind.TALKS)
        links, noted = _links_to_activities(OuterRef("pk"), on), _links_noted_later(OuterRef("pk"), on)
        done = _links_to_activities(OuterRef(OuterRef("pk")), on).exclude(is_open)
        cities = PartnerCity.objects.public().filter(pk__in=done.values("activity__city_links__city")).by_name()
        return self.annotate(
            activities_done=_number(links.exclude(is_open)),
            activities_not_done=_number(links.filter(is_open)),
            activities_noted=_number(noted),
            noted_in=_year_of_source(noted),
            city_rows=JSONRows(cities, slug=F("slug"), name=localized_column("name")),
        )


def _links_to_activities(audience, on):
    links, activities = _public_links(audience), Activity.objects.all()
    if not on:
        return links
    return links.exclude(activities.later(on, "activity__")).exclude(activities.noted_later(on, "activity__"))


def _links_noted_later(audience, on):
    links = _public_links(audience)
    return links.filter(Activity.objects.noted_later(on, "activity__")) if on else links.none()


def _public_links(audience):
    return ActivityAudience.objects.filter(public_condition(ActivityAudience, "activity"), audience=audience)


def _year_of_source(links):
    year = "activity__source__known_to__year"
    years = links.order_by().values("audience").annotate(first=Min(year), last=Max(year))
    return Subquery(years.filter(first=F("last")).values("first"))


def _number(links):
    counted = links.order_by().values("audience").annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number")), 0)


class Audience(Named, PublicRecord):
    """A part of the public: what exists for it, in which fields and goals, how to begin and whom to ask."""

    lead = models.TextField(_("lead"), blank=True)
    how_to_begin = ProseField(_("how to begin"), blank=True)
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="audiences",
        verbose_name=_("department to ask"),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    themes = models.ManyToManyField(
        Theme, through="AudienceTheme", related_name="audiences", verbose_name=_("fields of co-operation")
    )
    goals = models.ManyToManyField(Goal, through="AudienceGoal", related_name="audiences", verbose_name=_("goals"))

    objects = AudienceQuerySet.as_manager()

    search_texts = ("lead", "how_to_begin")

    class Meta(PublicRecord.Meta):
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")
        ordering = ["position", "slug"]

    def get_absolute_url(self):
        return reverse("partners:audience_detail", args=[self.slug])

    @property
    def kinds(self):
        """The kinds of institution it takes in, after `with_links`."""
        return [Institution.Kind(row["kind"]) for row in self.kind_rows]


class ActivityAudience(Record):
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="audience_links", verbose_name=_("activity"))
    audience = models.ForeignKey(Audience, models.PROTECT, related_name="activity_links", verbose_name=_("audience"))

    natural_key_fields = ("activity", "audience")

    class Meta:
        verbose_name = _("audience of an activity")
        verbose_name_plural = _("audiences of activities")
        constraints = [
            models.UniqueConstraint(fields=["activity", "audience"], name="an_activity_is_for_an_audience_once")
        ]

    def __str__(self):
        return str(self.audience)


class AudienceKind(Record):
    audience = models.ForeignKey(Audience, models.CASCADE, related_name="kind_links", verbose_name=_("audience"))
    kind = models.CharField(_("kind"), max_length=12, choices=Institution.Kind)

    natural_key_fields = ("audience", "kind")

    class Meta:
        verbose_name = _("kind of institution of an audience")
        verbose_name_plural = _("kinds of institution of audiences")
        constraints = [models.UniqueConstraint(fields=["audience", "kind"], name="an_audience_takes_in_a_kind_once")]

    def __str__(self):
        return str(self.get_kind_display())


class AudienceTheme(Record):
    audience = models.ForeignKey(Audience, models.CASCADE, related_name="theme_links", verbose_name=_("audience"))
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="audience_links", verbose_name=_("field"))

    natural_key_fields = ("audience", "theme")

    class Meta:
        verbose_name = _("field of an audience")
        verbose_name_plural = _("fields of audiences")
        constraints = [models.UniqueConstraint(fields=["audience", "theme"], name="a_theme_concerns_an_audience_once")]

    def __str__(self):
        return str(self.theme)


class AudienceGoal(Record):
    audience = models.ForeignKey(Audience, models.CASCADE, related_name="goal_links", verbose_name=_("audience"))
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="audience_links", verbose_name=_("goal"))

    natural_key_fields = ("audience", "goal")

    class Meta:
        verbose_name = _("goal of an audience")
        verbose_name_plural = _("goals of audiences")
        constraints = [models.UniqueConstraint(fields=["audience", "goal"], name="a_goal_concerns_an_audience_once")]

    def __str__(self):
        return str(self.goal)
