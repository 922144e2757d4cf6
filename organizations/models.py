"""International organizations, Kraków's membership in them and what it did there."""

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, Value, When
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.address_plan import reverse
from krakow_intl.core.fields import CountryField, PartialDateField, ProseField, WebsiteField, currency_code
from krakow_intl.core.json_rows import JSONRows, localized_column
from krakow_intl.core.prepared import prepared
from krakow_intl.core.records import Named, PublicQuerySet, PublicRecord, Traced, TracedQuerySet
from partners.models import Institution
from partners.terms import Basis
from programme.goal_links import GoalLink
from programme.models import Goal
from programme.sourced import Sourced, known_to


class OrganizationQuerySet(TracedQuerySet):
    def traces(self):
        return [model.objects.public().filter(organization=OuterRef("pk")) for model in (Membership, Involvement)]

    def with_membership(self, on):
        """Annotates `is_joined`, whether Kraków is a member on that day, and prefetches the published memberships."""
        memberships = Membership.objects.public().with_basis(on).select_related("department", "source")
        valid = memberships.valid(on).filter(organization=OuterRef("pk"))
        return self.annotate(is_joined=Exists(valid)).prefetch_related(Prefetch("memberships", memberships))


class Organization(Traced, Named, Sourced, PublicRecord):
    """An international organization of cities."""

    abbreviation = models.CharField(_("abbreviation"), max_length=30, blank=True)
    name_own = models.CharField(_("own name"), max_length=200, blank=True)
    founded_on = PartialDateField(_("founded"))
    seat = models.CharField(_("seat"), max_length=100, blank=True)
    country = CountryField(_("country"), blank=True)
    website = WebsiteField(_("website"), blank=True)
    lead = models.TextField(_("lead"), blank=True)
    description = ProseField(_("description"), blank=True)

    objects = OrganizationQuerySet.as_manager()

    search_titles = ("name", "name_own", "abbreviation")
    search_texts = ("lead", "description", "seat")

    class Meta(PublicRecord.Meta):
        verbose_name = _("international organization")
        verbose_name_plural = _("international organizations")
        ordering = ["sort_key_pl"]

    def get_absolute_url(self):
        return reverse("organizations:organization_detail", args=[self.slug])


class MembershipQuerySet(PublicQuerySet):
    def surest(self, on):
        """{primary key of an organization: the strongest `Basis` of a membership of these that counts on a day}."""
        rows = self.valid(on).with_basis(on).order_by().values_list("organization", "basis")
        return dict(sorted(rows, key=lambda row: list(Basis).index(row[1]), reverse=True))

    def valid(self, on):
        """The memberships that count on that day; a start counts from its first possible day, an end to its last."""
        started = Q(since=None) | Q(since__lte=on.isoformat())
        return self.filter(started, Q(until=None) | _lasts(on))

    @prepared
    def with_basis(self, on):
        """Annotates `basis`, how it is known that it counts on the day, or has ended: one of `Basis`, or None before.

        A membership has no terms: what no source of that day or later tells is presumed, unless a recorded end carries
        it to the day.
        """
        is_over = Q(until__isnull=False) & ~_lasts(on)
        return self.annotate(known_to=known_to()).annotate(
            basis=Case(
                When(since__gt=on.isoformat(), then=Value(None)),
                When(Q(known_to__gte=on) | is_over, then=Value(Basis.ON_RECORD.value)),
                When(until__isnull=False, then=Value(Basis.BY_ITS_TERMS.value)),
                default=Value(Basis.PRESUMED.value),
                output_field=models.CharField(),
            )
        )


def _lasts(on):
    """That a membership with a recorded end counts on a day, as far as that is possible: a condition."""
    text = on.isoformat()
    return Q(until__gte=text) | Q(until__in=[text[:4], text[:7]])


class Membership(Sourced, PublicRecord):
    """Kraków's membership in an organization."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="memberships", verbose_name=_("organization")
    )
    since = PartialDateField(_("member since"))
    until = PartialDateField(_("member until"))
    role = models.CharField(_("role"), max_length=200, blank=True)
    fee = models.DecimalField(_("yearly fee"), max_digits=10, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    fee_note = models.CharField(_("about the fee"), max_length=200, blank=True)
    department = models.ForeignKey(
        "programme.Department",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("coordinating department"),
    )
    resolution = models.CharField(_("council resolution"), max_length=200, blank=True)

    objects = MembershipQuerySet.as_manager()
    belongs_to = ("organization",)
    dates = ("since", "until")
    natural_key_fields = ("organization", "since")

    search_titles = ()
    search_texts = ("role", "fee_note")

    class Meta(PublicRecord.Meta):
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["since"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "since"],
                name="a_membership_starts_once",
                violation_error_message=_("There is a membership from this date already."),
            ),
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")) | Q(since__startswith=F("until")),
                name="a_membership_ends_after_it_starts",
                violation_error_message=_("The membership ends before it starts."),
            ),
        ]

    def __str__(self):
        return f"{self.organization} ({self.since or '—'})"

    def clean(self):
        super().clean()
        self.currency = currency_code(self.currency)


class InvolvementQuerySet(PublicQuerySet):
    def with_goals(self):
        """Annotates `goal_rows` of the published goals linked."""
        goals = Goal.objects.public().thematic().filter(involvement_links__involvement=OuterRef("pk"))
        return self.annotate(
            goal_rows=JSONRows(goals.order_by("letter"), slug=F("slug"), name=localized_column("name"))
        )


class Involvement(Sourced, PublicRecord):
    """What Kraków did inside an organization: a prize, a conference, committee work, a project."""

    class Kind(models.TextChoices):
        PRIZE = "prize", _("prize, distinction")
        CONFERENCE = "conference", _("conference, meeting")
        COMMITTEE = "committee", _("committee, working group")
        PROJECT = "project", _("project, programme")
        PUBLICATION = "publication", _("publication, document")
        EVENT = "event", _("celebration, event")
        OFFICE = "office", _("office held")

    slug = models.SlugField(_("key"), max_length=120, unique=True)
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="involvements", verbose_name=_("organization")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    title = models.CharField(_("title"), max_length=300)
    description = models.TextField(_("description"), blank=True)
    starts_on = PartialDateField(_("from"))
    ends_on = PartialDateField(_("to"))
    recurrence = models.CharField(_("recurrence"), max_length=120, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    institution = models.ForeignKey(
        Institution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="involvements",
        verbose_name=_("represented Kraków"),
    )
    goals = models.ManyToManyField(
        "programme.Goal", through="InvolvementGoal", related_name="involvements", verbose_name=_("goals served")
    )

    objects = InvolvementQuerySet.as_manager()

    belongs_to = ("organization",)
    dates = ("starts_on", "ends_on")
    search_titles = ("title",)
    search_texts = ("description", "place")

    class Meta(PublicRecord.Meta):
        verbose_name = _("involvement")
        verbose_name_plural = _("involvements")
        ordering = ["starts_on", "slug"]

    def __str__(self):
        return self.title or self.slug


class InvolvementGoal(GoalLink):
    involvement = models.ForeignKey(
        Involvement, models.CASCADE, related_name="goal_links", verbose_name=_("involvement")
    )
    goal = models.ForeignKey("programme.Goal", models.PROTECT, related_name="involvement_links", verbose_name=_("goal"))

    natural_key_fields = ("involvement", "goal")

    class Meta:
        verbose_name = _("goal an involvement serves")
        verbose_name_plural = _("goals involvements serve")
        constraints = [
            models.UniqueConstraint(fields=["involvement", "goal"], name="an_involvement_serves_a_goal_once")
        ]
