"""Polish communities abroad and the campaigns Kraków runs for them."""

from django.db import models
from django.db.models import OuterRef, Prefetch
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.address_plan import reverse
from krakow_intl.core.fields import CountryField, PartialDateField, ProseField
from krakow_intl.core.records import (
    Named,
    Precision,
    PublicRecord,
    Record,
    Traced,
    TracedQuerySet,
    public_condition,
)
from krakow_intl.core.sorting import sort_column
from partners.models import PartnerCity
from programme.goal_links import GoalLink
from programme.models import Goal
from programme.sourced import Sourced


class Addressed(Named, Sourced, PublicRecord):
    """Communities and campaigns share their addresses: no slug belongs to both."""

    class Meta:
        abstract = True

    def get_absolute_url(self):
        return reverse("polonia:polonia_detail", args=[self.slug])


class Community(Addressed):
    """A Polish community abroad: a place or a country, and its associations."""

    place = models.CharField(_("place"), max_length=100, blank=True)
    country = CountryField(_("country"), blank=True)
    city = models.ForeignKey(
        "partners.PartnerCity",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="communities",
        verbose_name=_("partner city"),
    )
    associations = models.ManyToManyField(
        "partners.Institution",
        through="CommunityAssociation",
        related_name="communities",
        verbose_name=_("associations"),
    )
    lead = models.TextField(_("lead"), blank=True)
    description = ProseField(_("description"), blank=True)

    search_texts = ("lead", "description", "place")

    class Meta(PublicRecord.Meta):
        verbose_name = _("Polish community")
        verbose_name_plural = _("Polish communities")
        ordering = ["sort_key_pl"]


class CommunityAssociation(Record):
    community = models.ForeignKey(
        Community, models.CASCADE, related_name="association_links", verbose_name=_("community")
    )
    institution = models.ForeignKey(
        "partners.Institution", models.PROTECT, related_name="community_links", verbose_name=_("association")
    )

    natural_key_fields = ("community", "institution")

    class Meta:
        verbose_name = _("association of a community")
        verbose_name_plural = _("associations of communities")
        constraints = [
            models.UniqueConstraint(fields=["community", "institution"], name="a_community_names_an_association_once")
        ]

    def __str__(self):
        return str(self.institution)


class CampaignQuerySet(TracedQuerySet):
    def traces(self):
        return [Edition.objects.public().filter(campaign=OuterRef("pk"))]

    def with_cities(self):
        """Prefetches the published cities of campaigns."""
        return self.prefetch_related(Prefetch("cities", PartnerCity.objects.public().by_name()))

    def with_links(self):
        """Prefetches the cities, institutions and linked goals of campaigns, as far as these are published."""
        institutions = CampaignInstitution.objects.filter(public_condition(CampaignInstitution, "institution"))
        institutions = institutions.select_related("institution").order_by("role", sort_column("institution__"))
        return self.with_cities().prefetch_related(
            Prefetch("institution_links", institutions),
            Prefetch("goals", Goal.objects.public().thematic()),
        )


class Campaign(Traced, Addressed):
    """A campaign for Poles abroad that comes again, edition by edition."""

    lead = models.TextField(_("lead"), blank=True)
    description = ProseField(_("description"), blank=True)
    since = PartialDateField(_("since"))
    until = PartialDateField(_("until"))
    recurrence = models.CharField(_("recurrence"), max_length=120, blank=True)
    origin = models.CharField(_("where the guests come from"), max_length=200, blank=True)
    cities = models.ManyToManyField(
        "partners.PartnerCity", through="CampaignCity", related_name="campaigns", verbose_name=_("partner cities")
    )
    institutions = models.ManyToManyField(
        "partners.Institution", through="CampaignInstitution", related_name="campaigns", verbose_name=_("institutions")
    )
    goals = models.ManyToManyField(
        "programme.Goal", through="CampaignGoal", related_name="campaigns", verbose_name=_("goals served")
    )

    objects = CampaignQuerySet.as_manager()
    dates = ("since", "until")

    search_texts = ("lead", "description", "origin")

    class Meta(PublicRecord.Meta):
        verbose_name = _("Polonia campaign")
        verbose_name_plural = _("Polonia campaigns")
        ordering = ["sort_key_pl"]


class CampaignCity(Record):
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="city_links", verbose_name=_("campaign"))
    city = models.ForeignKey(
        "partners.PartnerCity", models.PROTECT, related_name="campaign_links", verbose_name=_("city")
    )

    natural_key_fields = ("campaign", "city")

    class Meta:
        verbose_name = _("city of a campaign")
        verbose_name_plural = _("cities of campaigns")
        constraints = [models.UniqueConstraint(fields=["campaign", "city"], name="a_campaign_names_a_city_once")]

    def __str__(self):
        return str(self.city)


class CampaignInstitution(Record):
    class Role(models.TextChoices):
        ORGANIZER = "organizer", _("organizer")
        PARTNER = "partner", _("partner")

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="institution_links", verbose_name=_("campaign"))
    institution = models.ForeignKey(
        "partners.Institution", models.PROTECT, related_name="campaign_links", verbose_name=_("institution")
    )
    role = models.CharField(_("role"), max_length=9, choices=Role, default=Role.PARTNER)

    natural_key_fields = ("campaign", "institution")

    class Meta:
        verbose_name = _("institution of a campaign")
        verbose_name_plural = _("institutions of campaigns")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "institution"], name="a_campaign_names_an_institution_once")
        ]

    def __str__(self):
        return str(self.institution)


class CampaignGoal(GoalLink):
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="goal_links", verbose_name=_("campaign"))
    goal = models.ForeignKey("programme.Goal", models.PROTECT, related_name="campaign_links", verbose_name=_("goal"))

    natural_key_fields = ("campaign", "goal")

    class Meta:
        verbose_name = _("goal a campaign serves")
        verbose_name_plural = _("goals campaigns serve")
        constraints = [models.UniqueConstraint(fields=["campaign", "goal"], name="a_campaign_serves_a_goal_once")]


class Edition(Sourced, PublicRecord):
    """One edition of a campaign, with the number of people if the source gives it."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="editions", verbose_name=_("campaign"))
    period = PartialDateField(_("when"))
    number = models.PositiveSmallIntegerField(_("number of the edition"), null=True, blank=True)
    people = models.PositiveIntegerField(_("people"), null=True, blank=True)
    people_unit = models.CharField(
        _("who they were"), max_length=120, blank=True, help_text=_("“children”, “families”.")
    )
    precision = models.CharField(_("precision"), max_length=5, choices=Precision, default=Precision.EXACT)
    description = models.TextField(_("description"), blank=True)

    belongs_to = ("campaign",)
    dates = ("period",)
    natural_key_fields = ("campaign", "period")

    search_titles = ()
    search_texts = ("description",)

    class Meta(PublicRecord.Meta):
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["campaign", "period"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "period"],
                name="a_campaign_has_one_edition_a_period",
                violation_error_message=_("The campaign has an edition at this date already."),
            )
        ]

    def __str__(self):
        return f"{self.campaign} {self.period or ''}".strip()
