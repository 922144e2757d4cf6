"""Partner cities under all their names, the fields of co-operation, and how alive a relation is."""

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest
from django.utils.functional import keep_lazy_text
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from krakow_intl.core.address_plan import reverse
from krakow_intl.core.dates import format_partial_date
from krakow_intl.core.fields import ComputedCharField, CountryField, ProseField, WebsiteField, country_name
from krakow_intl.core.formulas import Formula
from krakow_intl.core.geography import distance_km
from krakow_intl.core.json_rows import JSONRows, localized_column
from krakow_intl.core.places import Place
from krakow_intl.core.prepared import prepared
from krakow_intl.core.records import Named, PublicRecord, Record, Traced, TracedQuerySet, published_condition, related
from krakow_intl.core.sorting import name_key, sort_column
from partners.terms import Basis
from programme.sourced import Sourced, known_to

MAX_OF_COUNTRY = 12  # other cities of its country that the page of a city names
MAX_AROUND = 40  # cities among which those nearest to another are looked for
NAMESAKE = _("%(city)s, in the same country, is called so too: is it the same city?")


class Relation(models.TextChoices):
    """What agreements establish between two cities, the highest first; none in force: co-operation without one."""

    TWIN = "twin", _("twin city")
    HONORARY_TWIN = "honorary-twin", _("honorary twin city")
    PARTNER = "partner", _("partner city")


class Theme(Named, Record):
    """A field of co-operation, such as culture or sport; staff extend the table."""

    class Meta:
        verbose_name = _("field of co-operation")
        verbose_name_plural = _("fields of co-operation")
        ordering = ["sort_key_pl"]


class PartnerCityQuerySet(TracedQuerySet):
    @prepared
    def with_relation(self, on):
        """Annotates `relation`, the highest that published agreements in force establish, or "", and `relation_since`.

        `relation_basis` is the strongest basis among those that establish it, or None.
        """
        agreements = self._agreements().in_force(on).exclude(establishes="")
        surest = agreements.with_basis_in_force(on).order_by(
            _place_of_relation("establishes"), _place_of_basis("basis")
        )
        highest = agreements.order_by(_place_of_relation("establishes"), "starts_on").annotate(
            since=Coalesce("valid_from", "signed_on")
        )
        return self.annotate(
            relation=Coalesce(Subquery(highest.values("establishes")[:1]), Value("")),
            relation_since=Subquery(highest.values("since")[:1]),
            relation_basis=Subquery(surest.values("basis")[:1]),
        )

    def traces(self):
        return self._agreements(), self._activities()

    def in_order_of_relation(self):
        """Cities `with_relation` and `with_beginnings`, the highest relation first, each group by name."""
        return self.order_by("-has_history", _place_of_relation("relation"), sort_column())

    @prepared
    def with_agreements(self, on):
        """Annotates `first_agreement_on`, up to that day, and `agreements_in_force` on it, between cities only."""
        agreements = self._agreements().between_cities()
        signed = agreements.filter(signed_on__lte=on.isoformat()).order_by("signed_on")
        count = agreements.in_force(on).order_by().values("city").annotate(count=Count("pk")).values("count")
        return self.annotate(
            first_agreement_on=Subquery(signed.values("signed_on")[:1]),
            agreements_in_force=Coalesce(Subquery(count), 0),
        )

    def as_listed(self, on):
        """With all that lists tell of them as of a day."""
        listed = self.with_relation(on).with_beginnings(on).with_agreements(on).with_last_event(on)
        return listed.annotate(known_to=known_to())

    @prepared
    def with_last_event(self, on):
        """Annotates `last_event_on`, the latest dated fact up to that day, or "", and `has_undated`.

        A fact is a signing, something done, a gift, or what happened to an agreement; `has_undated` says whether
        something without a date goes on beside them.
        """
        day = on.isoformat()
        activities = self._activities().exclude(state="planned")
        benefits = related(self.model, "benefits").objects.public().filter(city=OuterRef("pk"), is_promised=False)
        events = related(self.model, "agreements__events").objects.public().filter(agreement__city=OuterRef("pk"))
        latest = [
            _latest(records, column, day)
            for records, columns in (
                (self._agreements(), ["signed_on", "valid_from"]),
                (activities, ["starts_on", "ends_on"]),
                (benefits, ["given_on"]),
                (events, ["taken_on", "effective_on"]),
            )
            for column in columns
        ]
        undated = activities.filter(starts_on=None, ends_on=None)
        return self.annotate(last_event_on=Greatest(*latest), has_undated=Exists(undated))

    @prepared
    def with_others(self):
        """Annotates `country_rows`, the first by name of the other published cities in its country."""
        others = PartnerCity.objects.public().filter(country=OuterRef("country")).exclude(pk=OuterRef("pk"))
        columns = {"slug": F("slug"), "name": localized_column("name")}
        return self.annotate(country_rows=JSONRows(others.by_name()[:MAX_OF_COUNTRY], **columns))

    def around(self, key):
        """The cities around that of a key, among which those nearest to it are; the numbers they are sorted by rise
        with the distance, but are none."""
        here = PartnerCity.objects.filter(pk=key)
        roughly_far = Formula(
            "({north} - {from_north}) * ({north} - {from_north}) + ({east} - {from_east}) * ({east} - {from_east}) / 2",
            models.FloatField(),
            north=F("latitude"),
            east=F("longitude"),
            from_north=Subquery(here.values("latitude")),
            from_east=Subquery(here.values("longitude")),
        )
        return self.exclude(pk=key).order_by(roughly_far, sort_column())[:MAX_AROUND]

    def held_back(self):
        """The cities that wait to be published; one without a place on the map is not ready."""
        return super().held_back().exclude(latitude=None)

    def co_operating_in(self, slug, on):
        """The cities with which published agreements or activities up to a day belong to a field of co-operation."""
        agreements, activities = (records.filter(themes__slug=slug).up_to(on) for records in self.traces())
        return self.filter(Exists(agreements) | Exists(activities))

    def called_like(self, text):
        """The cities one of whose names holds `text`, whatever its spelling, case and diacritics."""
        key = name_key(text)
        if not key:
            return self.none()
        other = CityName.objects.filter(city=OuterRef("pk"), key__contains=key)
        return self.filter(Q(name_key_pl__contains=key) | Q(name_key_en__contains=key) | Exists(other))

    def named(self, text):
        """The cities one of whose names is `text`, whatever its spelling, case and diacritics."""
        key = name_key(text)
        return (
            self.filter(Q(name_key_pl=key) | Q(name_key_en=key) | Q(names__key=key)).distinct() if key else self.none()
        )

    def _agreements(self):
        return related(self.model, "agreements").objects.public().filter(city=OuterRef("pk"))

    def _activities(self):
        return related(self.model, "activities").objects.public().filter(cities=OuterRef("pk"))


def _latest(records, column, day):
    """The latest text of a column of dates up to a day, or ""."""
    past = records.filter(**{f"{column}__lte": day}).order_by(f"-{column}")
    return Coalesce(Subquery(past.values(column)[:1], output_field=models.CharField()), Value(""))


def _place_of_relation(column):
    return _place_among(Relation, column)


def _place_of_basis(column):
    return _place_among(Basis, column)


def _place_among(codes, column):
    places = [When(**{column: code.value}, then=Value(place)) for place, code in enumerate(codes)]
    return Case(*places, default=Value(len(places)))


class PartnerCity(Traced, Named, Sourced, PublicRecord):
    """A city abroad that Kraków works with, with or without an agreement."""

    name_own = models.CharField(_("own name"), max_length=200, blank=True, help_text=_("As the city writes itself."))
    language_own = models.CharField(
        _("language of the own name"), max_length=10, blank=True, help_text=_("ISO 639 code: “de”, “uk”.")
    )
    country = CountryField(_("country"), db_index=True)
    region = models.CharField(_("region or state"), max_length=200, blank=True)
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=8,
        decimal_places=5,
        null=True,  # of a draft that an import made
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    website = WebsiteField(_("website"), blank=True)
    wikidata = models.CharField(
        _("Wikidata id"),
        max_length=20,
        blank=True,
        # an id of Wikidata: "Q36036"
        validators=[RegexValidator(r"^Q[1-9]\d*$", _("A Wikidata id is a Q and a number, such as Q36036."))],
    )
    lead = models.TextField(_("lead"), blank=True, help_text=_("The co-operation in two or three sentences."))
    description = ProseField(_("history of the co-operation"), blank=True)
    department = models.ForeignKey(
        "programme.Department",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cities",
        verbose_name=_("coordinating department"),
    )
    name_key_pl = ComputedCharField(max_length=300, computed_by="polish_name_key", db_index=True)
    name_key_en = ComputedCharField(max_length=300, computed_by="english_name_key", db_index=True)

    objects = PartnerCityQuerySet.as_manager()

    search_titles = ("name", "name_own")
    search_texts = ("region", "lead", "description")
    may_be_negative = ("latitude", "longitude")

    class Meta(PublicRecord.Meta):
        verbose_name = _("partner city")
        verbose_name_plural = _("partner cities")
        ordering = ["sort_key_pl"]
        constraints = [
            models.CheckConstraint(
                condition=~published_condition() | Q(latitude__isnull=False, longitude__isnull=False),
                name="a_published_city_has_its_place",
                violation_error_message=_("A published city needs its latitude and longitude."),
            )
        ]

    def get_absolute_url(self):
        return reverse("partners:city_detail", args=[self.slug])

    @property
    def country_name(self):
        return country_name(self.country)

    def warned(self):
        if self.latitude is None or self.longitude is None:
            yield Place("latitude"), _("The city has no place on the map yet: enter it, then publish the city.")
        for other in self.namesakes():
            yield Place("name_pl"), _fill(NAMESAKE, city=other)

    def namesakes(self):
        """Other cities of its country that one of its names calls too, however it is written."""
        keys = self.name_keys()
        others = PartnerCity.objects.filter(country=self.country).exclude(pk=self.pk).prefetch_related("names")
        return [other for other in others.order_by("pk") if keys & other.name_keys()]

    def name_keys(self):
        """The keys of all its names, whatever their spelling, case and diacritics."""
        others = (name.name for name in self.names.all()) if self.pk else ()
        return {name_key(name) for name in (self.name_pl, self.name_en, self.name_own, *others) if name} - {""}

    @property
    def display_relation(self):
        """Of a city `with_relation` and `with_beginnings`: its relation, or "not-yet"."""
        return self.relation if self.has_history else "not-yet"

    def nearest_of(self, cities):
        """The three of some cities that lie nearest to it, each with rounded `kilometres`."""
        here = float(self.latitude), float(self.longitude)
        far = [(distance_km(city.latitude, city.longitude, here), city) for city in cities]
        nearest = sorted(far, key=lambda pair: pair[0])[:3]
        return [
            {"slug": city.slug, "name": city.name, "kilometres": round(distance / 10) * 10}
            for distance, city in nearest
        ]

    def polish_name_key(self):
        return name_key(self.name_pl or "")

    def english_name_key(self):
        return name_key(self.name_en or "")


@keep_lazy_text
def _fill(message, **values):
    return message % values


class CityName(Record):
    """Another name of a city, by which a person or a sheet may call it."""

    class Kind(models.TextChoices):
        OWN = "own", _("own name")
        EXONYM = "exonym", _("name in another language")
        HISTORIC = "historic", _("historic name")
        ABBREVIATION = "abbreviation", _("abbreviation")
        VARIANT = "variant", _("variant spelling")

    city = models.ForeignKey(PartnerCity, models.CASCADE, related_name="names", verbose_name=_("city"))
    name = models.CharField(_("name"), max_length=200)
    language = models.CharField(_("language"), max_length=10, blank=True, help_text=_("ISO 639 code: “de”, “uk”."))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.EXONYM)
    key = ComputedCharField(max_length=300, computed_by="folded", db_index=True)

    natural_key_fields = ("city", "name", "language")
    folded_columns = {"name": "key"}
    indexed_column = "key"

    class Meta:
        verbose_name = _("other name of a city")
        verbose_name_plural = _("other names of cities")
        ordering = ["city", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["city", "name", "language"],
                name="a_city_has_each_name_once_a_language",
                violation_error_message=_("The city has this name in this language already."),
            )
        ]

    def __str__(self):
        return self.name

    def folded(self):
        return name_key(self.name)


class Assessment(Sourced, Record):
    """How alive the relation with a city is, as assessed on a day; internal, never shown to the public."""

    class Grade(models.TextChoices):
        EXEMPLARY = "exemplary", _("exemplary")
        ACTIVE = "active", pgettext_lazy("assessment", "active")
        SATISFACTORY = "satisfactory", _("satisfactory")
        WEAK = "weak", _("weak")
        NONE = "none", _("none")

    city = models.ForeignKey(PartnerCity, models.CASCADE, related_name="assessments", verbose_name=_("city"))
    assessed_on = models.DateField(_("assessed on"))
    grade = models.CharField(_("grade"), max_length=12, choices=Grade)
    reason = models.TextField(_("reason"), blank=True)
    next_step = models.TextField(_("next step"), blank=True)

    natural_key_fields = ("city", "assessed_on")
    is_content = False
    done_on = ("assessed_on",)

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["city", "-assessed_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["city", "assessed_on"],
                name="a_city_is_assessed_once_a_day",
                violation_error_message=_("The city was assessed on this day already."),
            )
        ]

    def __str__(self):
        return f"{self.city}: {self.get_grade_display()} ({format_partial_date(self.assessed_on)})"
