"""The agreements that bind Kraków and a city: what was signed, by whom, for how long, and how they hang together."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Case, Exists, F, Max, OuterRef, Prefetch, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Length, Substr
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.address_plan import reverse
from krakow_intl.core.fields import PartialDateField
from krakow_intl.core.formulas import Formula
from krakow_intl.core.json_rows import JSONRows, localized_column
from krakow_intl.core.prepared import prepared
from krakow_intl.core.records import PublicQuerySet, PublicRecord, Record, public_condition, slug_if_public
from krakow_intl.core.sorting import sort_column
from partners import terms
from partners.events import ENDS, RESTS, EventKind
from partners.headings import heading
from partners.models.agreement_terms import AgreementCalendar
from partners.models.cities import PartnerCity, Relation, Theme
from partners.models.events import AgreementEvent
from partners.models.parties import AgreementLink, Party, Signatory
from partners.models.warnings import surroundings_of, warned_of
from programme.sourced import Sourced, known_to

A_CENTURY = MaxValueValidator(1200, _("Count the months: a century, 1200 months, is the most."))

# the basis of being in force, and of any status, as `terms.basis` derives it
BASIS_IN_FORCE = """CASE
    WHEN {known_to} >= {on} THEN 'on-record'
    WHEN {carried_to} >= {on} THEN 'by-its-terms'
    ELSE 'presumed' END"""
BASIS = """CASE {status}
    WHEN 'unknown' THEN NULL
    WHEN 'not-yet' THEN NULL
    WHEN 'in-force' THEN {in_force}
    WHEN 'superseded' THEN
        CASE WHEN {replaced_on} <= {known_to} OR {replaced_on} <= {replaced_known_to} OR {known_to} >= {on}
        THEN 'on-record' ELSE 'by-its-terms' END
    WHEN 'suspended' THEN
        CASE WHEN {suspended_on} <= {known_to} OR {known_to} >= {on} THEN 'on-record' ELSE 'by-its-terms' END
    ELSE CASE WHEN {ends_on} < {known_to} OR {known_to} >= {on} THEN 'on-record' ELSE 'by-its-terms' END END"""

SINCE = Coalesce("effective_on", "taken_on")  # from when an event counts, as exact as it is recorded


def _is_known_to_the_day(date):
    return Exact(Length(date), len("2001-02-03"))


class AgreementQuerySet(PublicQuerySet):
    def between_cities(self):
        """The agreements of the two cities themselves or of their councils, without those of institutions."""
        return self.exclude(level=Agreement.Level.INSTITUTIONAL)

    def of_city(self, *slugs):
        """The agreements filed under a city and those to which it is a further party; for several, any of these."""
        cities = PartnerCity.objects.filter(slug__in=slugs).values("pk")
        parties = Party.objects.filter(city__in=cities).values("agreement")
        return self.filter(Q(city__in=cities) | Q(pk__in=parties))

    def of_same_city(self, slug):
        """An agreement and the others filed under its city."""
        return self.filter(city__agreements__slug=slug)

    def of_institution(self, institution):
        """The agreements to which a body is a party."""
        return self.filter(pk__in=Party.objects.filter(institution=institution).values("agreement"))

    def in_order_of_the_register(self):
        """The agreements of cities and their councils before those of institutions, the newest first."""
        of_institutions = Case(When(level=Agreement.Level.INSTITUTIONAL, then=Value(1)), default=Value(0))
        return self.order_by(of_institutions, F("starts_on").desc(nulls_last=True), "number")

    def city_by_city(self):
        """The agreements of each city together, the cities by name, their agreements from the first to the last."""
        city = sort_column("city__")
        return self.order_by(city, "city", F("starts_on").asc(nulls_last=True), "pk")

    @prepared
    def standing(self, on):
        """The agreements in force or suspended on that day; a published later agreement that replaces one ends it."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on).exclude(Exists(self._replacing(on)))

    @prepared
    def in_force(self, on):
        return self.standing.__wrapped__(self, on).exclude(self._suspended(on))

    def by_anniversary(self, on):
        """Agreements signed on a known day, first those whose anniversary comes next on or after a day."""
        in_year = Substr("signed_on", len("2001-0"), output_field=models.CharField())
        signed = self.filter(_is_known_to_the_day("signed_on")).annotate(day_in_year=in_year)
        has_passed = Case(When(day_in_year__lt=f"{on:%m-%d}", then=Value(1)), default=Value(0))
        return signed.order_by(has_passed, "day_in_year", *self.model._meta.ordering)

    def with_known_terms(self):
        """Agreements that have an end, or renewals that are counted from an exact day: what `deadlines` are told of."""
        counted_from = Coalesce("valid_until", "valid_from", "signed_on")
        renewed = Q(term=Agreement.Term.TACIT_RENEWAL) & _is_known_to_the_day(counted_from)
        return self.filter(Q(ends_on__isnull=False) | renewed)

    @prepared
    def with_status(self, on):
        """Annotates `status`, one of `terms.Status`, as `terms.status` derives it for that day, and `status_on`."""
        replaced = Exists(
            self._replacing(on).filter(Q(earlier__ends_on=None) | Q(agreement__starts_on__lte=F("earlier__ends_on")))
        )
        return self.annotate(
            status_on=Value(on, output_field=models.DateField()),
            status=Case(
                When(starts_on=None, then=Value(terms.Status.UNKNOWN.value)),
                When(starts_on__gt=on, then=Value(terms.Status.NOT_YET.value)),
                When(replaced, then=Value(terms.Status.SUPERSEDED.value)),
                When(ends_on__lt=on, then=F("ends_as")),
                When(self._suspended(on), then=Value(terms.Status.SUSPENDED.value)),
                default=Value(terms.Status.IN_FORCE.value),
                output_field=models.CharField(),
            ),
            end_decided_on=self._end_decided_on(),
            suspended_since=Subquery(self._rests(on).annotate(since=SINCE).values("since")[:1]),
            will_ends_on=Subquery(self._first_event(EventKind.WILL_TO_END).values("effective_on")[:1]),
        ).with_basis(on)

    def marked(self, mark):
        """Those of agreements `with_status` that have a mark, one of `terms.Mark`, as their `mark` derives it."""
        is_noticed = Q(notice_given_on__lte=F("status_on"))
        conditions = {
            terms.Mark.NOTICE_RUNNING: is_noticed,
            terms.Mark.WILL_TO_END: Q(will_to_end_on__lte=F("status_on")) & ~is_noticed,
        }
        return self.filter(conditions[terms.Mark(mark)], status=terms.Status.IN_FORCE.value)

    @prepared
    def with_known_to(self):
        """Annotates `known_to`, the last day up to which its source, a check or what happened to it tells of it."""
        return self.annotate(known_to=_known_to())

    @prepared
    def with_basis_in_force(self, on):
        """Annotates agreements that are in force on the day with `known_to`, `basis` and `end_decided_on`."""
        return self.with_known_to().annotate(basis=_basis_in_force(on), end_decided_on=self._end_decided_on())

    def with_basis(self, on):
        """Annotates an agreement with a `status` with `known_to` and `basis`, as `terms.basis` derives it, or None."""
        replacing = self._replacing(on).order_by("agreement__starts_on", "agreement__number")
        return self.with_known_to().annotate(
            basis=Formula(
                BASIS,
                models.CharField(),
                status=F("status"),
                known_to=F("known_to"),
                in_force=_basis_in_force(on),
                on=Value(on, models.DateField()),
                ends_on=F("ends_on"),
                suspended_on=Subquery(self._rests(on).values("counts_from")[:1]),
                replaced_on=Subquery(replacing.values("agreement__starts_on")[:1]),
                replaced_known_to=Subquery(replacing.annotate(known=_known_to("agreement__")).values("known")[:1]),
            )
        )

    @prepared
    def with_parties(self):
        """Annotates `party_rows`, `signatory_rows` and `theme_rows`; only what is published has a `slug` to link to."""
        parties = Party.objects.filter(agreement=OuterRef("pk")).order_by("side", "position")
        signatories = Signatory.objects.filter(agreement=OuterRef("pk")).order_by("side", "position")
        themes = Theme.objects.filter(agreement_links__agreement=OuterRef("pk")).by_name()
        return self.annotate(
            party_rows=JSONRows(
                parties,
                side=F("side"),
                name=localized_column("name"),
                institution=slug_if_public(Party, "institution"),
                city=slug_if_public(Party, "city"),
            ),
            signatory_rows=JSONRows(signatories, side=F("side"), person=F("person"), office=localized_column("office")),
            theme_rows=JSONRows(themes, slug=F("slug"), name=localized_column("name")),
        )

    def with_replaced(self):
        """Prefetches `replacing_links`, those to the published agreements each one replaces."""
        links = AgreementLink.objects.filter(
            public_condition(AgreementLink, "earlier"), verb=AgreementLink.Verb.REPLACES
        )
        links = links.select_related("earlier").order_by("earlier__number")
        return self.prefetch_related(Prefetch("links", links, to_attr="replacing_links"))

    def with_events(self):
        """Prefetches `events` in the order of time, with their sources."""
        return self.prefetch_related(
            Prefetch("events", AgreementEvent.objects.in_order_of_time().select_related("source"))
        )

    def with_chain(self):
        """Prefetches `links` to earlier agreements and `later_links` to later ones, as far as these are published."""
        links = AgreementLink.objects.filter(public_condition(AgreementLink, "earlier")).select_related("earlier")
        links = links.order_by("agreement__starts_on", "earlier__starts_on")
        return self.prefetch_related(Prefetch("links", links)).with_later_links()

    def with_later_links(self):
        """Prefetches `later_links` alone, which is all that a span asks."""
        links = AgreementLink.objects.filter(public_condition(AgreementLink, "agreement")).select_related("agreement")
        links = links.order_by("agreement__starts_on", "earlier__starts_on")
        return self.prefetch_related(Prefetch("later_links", links))

    def _end_decided_on(self):
        """When the end was decided, where another day is recorded as the last in force."""
        return Subquery(self._first_event(*ENDS).exclude(effective_on=None).values("taken_on")[:1])

    @staticmethod
    def _first_event(*kinds):
        return AgreementEvent.objects.filter(agreement=OuterRef("pk"), kind__in=kinds).in_order_of_time()

    @staticmethod
    def _rests(on):
        """What suspended and resumed it up to a day, the latest first."""
        events = AgreementEvent.objects.filter(agreement=OuterRef("pk"), kind__in=RESTS, counts_from__lte=on)
        return events.order_by("-counts_from", "-pk")

    def _suspended(self, on):
        latest = Coalesce(Subquery(self._rests(on).values("kind")[:1]), Value(""))
        return Exact(latest, Value(EventKind.SUSPENDED.value))

    @staticmethod
    def _replacing(on):
        return AgreementLink.objects.filter(
            public_condition(AgreementLink, "agreement"),
            earlier=OuterRef("pk"),
            verb=AgreementLink.Verb.REPLACES,
            agreement__starts_on__lte=on,
        )


def _basis_in_force(on):
    """The basis of being in force on a day, of an agreement `with_known_to`."""
    day = Value(on, models.DateField())
    return Formula(BASIS_IN_FORCE, models.CharField(), known_to=F("known_to"), carried_to=F("carried_to"), on=day)


def _known_to(path=""):
    """The horizon of an agreement, what happened to it included, or of the one to which a path leads."""
    events = AgreementEvent.objects.filter(agreement=OuterRef(f"{path}pk")).order_by().values("agreement")
    latest = Subquery(events.annotate(day=Max(known_to())).values("day"))
    return Formula(
        "CASE WHEN {latest} > {own} OR {own} IS NULL THEN {latest} ELSE {own} END",
        models.DateField(),
        own=known_to(path),
        latest=latest,
    )


class Agreement(AgreementCalendar, Sourced, PublicRecord):
    """What binds the two: an agreement in the narrow sense, declaration, protocol, programme, or a title conferred."""

    class Kind(models.TextChoices):
        TWINNING = "twinning", _("twinning agreement")
        PARTNERSHIP = "partnership", _("partnership agreement")
        COOPERATION = "cooperation", _("co-operation agreement")
        FRIENDSHIP = "friendship", _("friendship agreement")
        DECLARATION = "declaration", _("declaration")
        JOINT_DECLARATION = "joint-declaration", _("joint declaration")
        PROTOCOL = "protocol", _("protocol")
        LETTER_OF_INTENT = "letter-of-intent", _("letter of intent")
        COOPERATION_PROGRAMME = "cooperation-programme", _("co-operation programme")
        FRAMEWORK = "framework", _("framework agreement")
        SECTORAL = "sectoral", _("sectoral agreement")
        OTHER = "other", _("agreement")
        HONORARY_TITLE = "honorary-title", _("honorary twin city title")

    class Level(models.TextChoices):
        CITY = "city", _("cities")
        LEGISLATIVE = "legislative", _("city councils")
        INSTITUTIONAL = "institutional", _("institutions")

    class Term(models.TextChoices):
        OPEN_ENDED = "open-ended", _("open-ended")
        FIXED = "fixed", _("fixed term")
        TACIT_RENEWAL = "tacit-renewal", _("tacitly renewed")
        NOT_RECORDED = "not-recorded", _("not recorded")

    number = models.PositiveIntegerField(
        _("number"), unique=True, blank=True, help_text=_("The agreement’s public number; the next free one if empty.")
    )
    slug = models.SlugField(
        _("address word"),
        max_length=100,
        unique=True,
        help_text=_("City, kind and date: “kyiv-twinning-1993-02-19”. It is frozen at publication."),
    )
    city = models.ForeignKey(PartnerCity, models.PROTECT, related_name="agreements", verbose_name=_("city"))
    kind = models.CharField(_("kind"), max_length=24, choices=Kind)
    level = models.CharField(_("level"), max_length=14, choices=Level, default=Level.CITY)
    establishes = models.CharField(
        _("establishes"),
        max_length=14,
        choices=Relation,
        blank=True,
        help_text=_("The relation the agreement creates between the two cities; empty if it creates none."),
    )
    title = models.CharField(_("title"), max_length=300)
    summary = models.TextField(_("what it covers"), blank=True)
    themes = models.ManyToManyField(
        Theme, through="AgreementTheme", related_name="agreements", verbose_name=_("fields of co-operation")
    )
    signed_on = PartialDateField(_("signed on"), db_index=True)
    signed_at = models.CharField(_("place of signing"), max_length=100, blank=True)
    resolution = models.CharField(_("council resolution"), max_length=200, blank=True)
    term = models.CharField(_("term"), max_length=14, choices=Term, default=Term.NOT_RECORDED)
    valid_from = PartialDateField(_("in force from"), help_text=_("Only if it differs from the day of signing."))
    valid_until = PartialDateField(_("in force until"), help_text=_("The recorded end of the (first) term."))
    term_months = models.PositiveSmallIntegerField(_("term (months)"), null=True, blank=True, validators=[A_CENTURY])
    renewal_months = models.PositiveSmallIntegerField(
        _("renewal (months)"), null=True, blank=True, validators=[A_CENTURY]
    )
    notice_months = models.PositiveSmallIntegerField(
        _("notice (months)"), null=True, blank=True, validators=[A_CENTURY]
    )
    internal_notes = models.TextField(_("internal notes"), blank=True, help_text=_("Never shown to the public."))

    objects = AgreementQuerySet.as_manager()

    belongs_to = ("city",)
    dates = ("signed_on", "valid_from")
    search_titles = ("title",)
    search_texts = ("summary", "signed_at", "resolution")
    search_dates = ("signed_on",)
    search_choices = ("kind", "establishes", "term")
    internal_fields = {"internal_notes": "partners.view_internal_notes"}

    class Meta(PublicRecord.Meta):
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["starts_on", "number"]
        permissions = [("view_internal_notes", _("Can see internal notes"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(term__in=["fixed", "tacit-renewal"]),
                name="only_a_fixed_or_renewed_term_has_a_recorded_end",
                violation_error_message=_(
                    "An agreement with a recorded end has a fixed or a tacitly renewed term: choose one."
                ),
            ),
            models.CheckConstraint(
                condition=Q(renewal_months=None) | Q(term="tacit-renewal"),
                name="only_a_tacitly_renewed_agreement_has_a_renewal_period",
                violation_error_message=_("Only a tacitly renewed agreement has a renewal period."),
            ),
            models.CheckConstraint(
                condition=~Q(term_months=0) & ~Q(renewal_months=0),
                name="a_term_lasts_at_least_a_month",
                violation_error_message=_("A term lasts at least one month; leave it empty if it is not recorded."),
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="an_agreement_ends_after_it_starts",
                violation_error_message=_("The agreement ends before it starts."),
            ),
        ]

    def __str__(self):
        return self.title or self.slug

    def get_absolute_url(self):
        return reverse("partners:agreement_detail", args=[self.slug])

    def address_stem(self):
        """City, kind and date: "kyiv-twinning-1993-02-19"."""
        if self.city_id is None:
            return super().address_stem()
        kind = "agreement" if self.kind == self.Kind.OTHER else self.kind
        return f"{self.city.slug}-{kind}-{self.signed_on or 'undated'}"

    def save(self, *args, **kwargs):
        if self.number is None:
            self.number = (Agreement.objects.aggregate(last=Max("number"))["last"] or 0) + 1
        super().save(*args, **kwargs)

    def clean(self):
        super().clean()
        self._refuse_an_end_before_the_start()

    def _refuse_an_end_before_the_start(self):
        start = self.first_day()
        if start and self.valid_until and self.valid_until.last_day < start:
            raise ValidationError({"valid_until": _("This day lies before the agreement comes into force.")})

    def warned(self):
        return list(warned_of(self, surroundings_of(self)))

    @property
    def is_of_institutions(self):
        """Whether institutions concluded it, and not the two cities or their councils."""
        return self.level == self.Level.INSTITUTIONAL

    @property
    def heading_pl(self):
        return self._heading("pl")

    @property
    def heading_en(self):
        return self._heading("en")

    def _heading(self, language):
        """What heads its page in a language in which it has a title, else ""."""
        title = getattr(self, f"title_{language}")
        city = getattr(self.city, f"name_{language}") or self.city.name
        year = self.start and (self.signed_on or self.start).year
        of_institutions = self.level == self.Level.INSTITUTIONAL
        return heading(title, city, year, language, is_of_institutions=of_institutions) if title else ""


class AgreementTheme(Record):
    """A field of co-operation that an agreement covers."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="theme_links", verbose_name=_("agreement"))
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="agreement_links", verbose_name=_("field"))

    natural_key_fields = ("agreement", "theme")

    class Meta:
        verbose_name = _("field of an agreement")
        verbose_name_plural = _("fields of agreements")
        constraints = [models.UniqueConstraint(fields=["agreement", "theme"], name="an_agreement_covers_a_theme_once")]

    def __str__(self):
        return str(self.theme)
