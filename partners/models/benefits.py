"""What one side gave the other, as far as it is known how much, to whom and when."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Case, CharField, F, Q, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.address_plan import reverse
from krakow_intl.core.fields import PartialDateField, currency_code
from krakow_intl.core.json_rows import localized_column
from krakow_intl.core.prepared import prepared
from krakow_intl.core.records import Precision, PublicRecord, public_condition, slug_if_public
from krakow_intl.core.sorting import sort_column
from partners.models.activities import Activity, Planned, PlannedQuerySet
from partners.models.cities import PartnerCity
from partners.models.institutions import Institution, Side

IN_THE_LEDGER = ("direction", "is_promised")  # the parts of the ledger, in its order
COLUMNS_OF_ROWS = (
    *("slug", "direction", "is_promised", "quantity", "amount", "currency", "precision", "city__slug"),
    *("giver_slug", "giver_name", "recipient_slug", "recipient_name"),
)
TEXTS_OF_ROWS = ("what", "unit", "giver", "recipient", "city__name")


class BenefitQuerySet(PlannedQuerySet):
    plans = {"is_promised": True}

    def without_number(self):
        return self.filter(amount=None, quantity=None)

    def of_institution(self, institution):
        """What a body gave or received."""
        return self.filter(Q(giver_institution=institution) | Q(recipient_institution=institution))

    def of_bodies(self, **which):
        """What published bodies of that description gave or received."""
        bodies = Institution.objects.public().filter(**which)
        return self.filter(Q(giver_institution__in=bodies) | Q(recipient_institution__in=bodies))

    def of_activities(self, activities):
        """What came of some activities, as far as those are published."""
        return self.filter(activity__in=activities.public())

    def from_year(self, year):
        """What was given in a year or later; what has no date, if its activity is known to reach there."""
        late = Q(ends_on__gte=f"{year}") | Q(ends_on=None, starts_on__gte=f"{year}")
        is_known = Q(source=None) | Q(source__known_to__gte=f"{year}-01-01")
        is_going_on = is_known & Q(ends_on=None, starts_on__isnull=False, state=Activity.State.ONGOING)
        return self._given(Q(given_on__gte=f"{year}"), late | is_going_on)

    def to_year(self, year):
        """What was given in a year or before; what has no date, if its activity began by then."""
        early = Q(starts_on__lt=f"{year + 1}") | Q(starts_on=None, ends_on__lt=f"{year + 1}")
        return self._given(Q(given_on__lt=f"{year + 1}"), early)

    def _given(self, by_its_date, by_its_activity):
        activities = Activity.objects.public().filter(by_its_activity)
        return self.filter(by_its_date | Q(given_on=None, activity__in=activities))

    def wholly_from_year(self, year):
        """What was given, all of it, in a year or later: what has no date, if its activity began no earlier."""
        return self._given(Q(given_on__gte=f"{year}"), Q(starts_on__gte=f"{year}"))

    def wholly_to_year(self, year):
        """What was given, all of it, in a year or before: what has no date, if its activity was over by then."""
        is_over = Q(ends_on__lt=f"{year + 1}")
        is_of_a_day = Q(ends_on=None, starts_on__lt=f"{year + 1}") & ~Q(state=Activity.State.ONGOING)
        return self._given(Q(given_on__lt=f"{year + 1}"), is_over | is_of_a_day)

    def told_by(self, on):
        """What had been given or promised by a day, all of it: nothing less will do where only a later source tells."""
        undated = ~Q(pk__in=self.model.objects.dated().values("pk"))
        ends_later = Q(ends_on__gt=on.isoformat()) | Q(ends_on=None, state=Activity.State.ONGOING)
        unfinished = Q(given_on=None, activity__in=Activity.objects.filter(ends_later))
        return self.up_to(on).exclude(Q(source__known_to__gt=on) & (undated | unfinished))

    def in_order_of_the_ledger(self):
        """What Kraków received first, then what it gave; promises after what was given; city by city."""
        return self.with_time().order_by(*IN_THE_LEDGER, sort_column("city__"), F("time").asc(nulls_last=True), "pk")

    def with_time(self):
        """Annotates `time`, when it was given or, if that is not recorded, when its activity began, for sorting."""
        began = Coalesce("activity__starts_on", "activity__ends_on", output_field=CharField())
        of_activity = Case(When(public_condition(Benefit, "activity"), then=began), output_field=CharField())
        return self.annotate(time=Coalesce(F("given_on"), of_activity, output_field=CharField()))

    @prepared
    def with_sides(self):
        """Annotates `giver_slug`, `giver_name` and the same of the recipient, of institutions that are published."""
        told = {}
        for side in ("giver", "recipient"):
            institution = f"{side}_institution"
            name = When(public_condition(Benefit, institution), then=localized_column(f"{institution}__name"))
            told |= {f"{side}_slug": slug_if_public(Benefit, institution), f"{side}_name": Case(name)}
        return self.annotate(**told)

    def in_rows(self):
        """What the totals of a ledger `with_sides` are made of, as rows; the greatest ledgers are asked for no more."""
        texts = [f"{name}_{code}" for name in TEXTS_OF_ROWS for code, _language in settings.LANGUAGES]
        return self.values_list(*COLUMNS_OF_ROWS, *texts, named=True)


class Benefit(Planned, PublicRecord):
    """What one side gave the other: a quantity of something or an amount of money; never summed across currencies."""

    slug = models.SlugField(_("key"), max_length=120, unique=True)
    city = models.ForeignKey(PartnerCity, models.PROTECT, related_name="benefits", verbose_name=_("city"))
    activity = models.ForeignKey(
        Activity, models.PROTECT, null=True, blank=True, related_name="benefits", verbose_name=_("activity")
    )
    direction = models.CharField(_("who received it"), max_length=8, choices=Side)
    what = models.CharField(_("what"), max_length=300)
    description = models.TextField(_("description"), blank=True)
    quantity = models.DecimalField(
        _("quantity"), max_digits=12, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    amount = models.DecimalField(
        _("amount"), max_digits=14, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    currency = models.CharField(_("currency"), max_length=3, blank=True, help_text=_("ISO 4217: EUR, CHF, USD."))
    precision = models.CharField(_("precision"), max_length=5, choices=Precision, default=Precision.EXACT)
    given_on = PartialDateField(_("given in"))
    is_promised = models.BooleanField(_("promised, not yet given"), default=False)
    giver = models.CharField(_("giver"), max_length=200, blank=True)
    giver_institution = models.ForeignKey(
        Institution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="benefits_given",
        verbose_name=_("giver (institution)"),
    )
    recipient = models.CharField(_("recipient"), max_length=200, blank=True)
    recipient_institution = models.ForeignKey(
        Institution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="benefits_received",
        verbose_name=_("recipient (institution)"),
    )

    objects = BenefitQuerySet.as_manager()

    belongs_to = ("city",)
    dates = ("given_on", "activity__starts_on", "activity__ends_on")
    search_titles = ("what",)
    search_texts = ("description", "giver", "recipient")
    search_dates = ("given_on",)

    class Meta(PublicRecord.Meta):
        verbose_name = _("benefit")
        verbose_name_plural = _("benefits")
        ordering = ["city", "given_on", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount=None, currency="") | (Q(amount__isnull=False) & ~Q(currency="")),
                name="an_amount_has_a_currency_and_a_currency_an_amount",
                violation_error_message=_("An amount needs its currency, and a currency its amount."),
            )
        ]

    def __str__(self):
        return self.what

    def get_absolute_url(self):
        return reverse("partners:benefit_detail", args=[self.slug])

    def clean(self):
        super().clean()
        self.currency = currency_code(self.currency)

    @property
    def is_plan(self):
        return self.is_promised

    @property
    def part(self):
        """In which part of the ledger it stands: what Kraków received or gave, or what is only promised."""
        return f"{self.direction}-promised" if self.is_promised else self.direction

    @property
    def came_of(self):
        """The activity it came of, as far as that is published, or None."""
        return self.activity if self.activity and self.activity.is_published else None

    def is_told_by(self, day):
        """Whether it had been given or promised by a day, all of it, as `BenefitQuerySet.told_by` has it."""
        is_told_later = bool(self.source) and self.source.known_to > day
        return not self.is_later(day) and not (is_told_later and self._may_go_on_after(day))

    def _may_go_on_after(self, day):
        """Whether no date says that all of it had been given by a day."""
        if self.given_on or not self.happened_on:
            return not self.given_on
        end = self.came_of.ends_on
        return end > day.isoformat() if end else self.came_of.state == Activity.State.ONGOING

    @property
    def happened_on(self):
        """When it was given; if that is not recorded, when the activity was or began, as far as that is published."""
        return self.given_on or (self.came_of.happened_on if self.came_of else None)
