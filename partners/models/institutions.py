"""Bodies that take part in the co-operation: universities, schools, chambers, hospitals, houses, offices, districts."""

from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.address_plan import reverse
from krakow_intl.core.fields import CountryField, ProseField, WebsiteField, country_name
from krakow_intl.core.geography import OUR_CITY
from krakow_intl.core.json_rows import JSONRows, localized_column
from krakow_intl.core.prepared import prepared
from krakow_intl.core.records import Named, PublicRecord, Traced, TracedQuerySet, public_condition, related
from krakow_intl.core.sorting import sort_column
from programme.sourced import Sourced


class Side(models.TextChoices):
    HOME = "home", _("Kraków side")
    PARTNER = "partner", _("partner side")


IN_POLAND = Q(city=None, country="PL")


class InstitutionQuerySet(TracedQuerySet):
    def traces(self):
        body = OuterRef("pk")
        benefits = Q(giver_institution=body) | Q(recipient_institution=body)
        return (
            related(self.model, "parties__agreement").objects.public().filter(parties__institution=body),
            related(self.model, "activity_links__activity")
            .objects.public()
            .filter(institution_links__institution=body),
            related(self.model, "benefits_given").objects.public().filter(benefits),
            related(self.model, "involvements").objects.public().filter(institution=body),
        )

    def on_side(self, side):
        return self.filter(IN_POLAND if side == Side.HOME else ~IN_POLAND)

    def in_krakow(self):
        """The bodies that have their seat in Kraków; what a city abroad keeps there belongs to that city."""
        return self.filter(city=None, place_pl=OUR_CITY)

    def in_order_of_side_and_kind(self):
        """The bodies of Poland first, each side by kind in the order of the vocabulary, each kind by name."""
        side = Case(When(IN_POLAND, then=Value(0)), default=Value(1))
        kinds = (When(kind=kind, then=Value(place)) for place, kind in enumerate(Institution.Kind))
        return self.order_by(side, Case(*kinds), sort_column())

    @prepared
    def with_cities(self, on=None):
        """Annotates `city_rows`, the published cities with which published agreements or activities name the body.

        If a day is given, those of later days do not count.
        """
        body = OuterRef(OuterRef("pk"))
        in_agreements = self._links("parties", "agreement", on, institution=body).values("agreement__city")
        in_activities = self._links("activity_links", "activity", on, institution=body)
        in_activities = in_activities.values("activity__city_links__city")
        cities = related(self.model, "city").objects.public().by_name()
        cities = cities.filter(Q(pk__in=in_agreements) | Q(pk__in=in_activities))
        return self.annotate(city_rows=JSONRows(cities, slug=F("slug"), name=localized_column("name")))

    def taking_part_with(self, city, on=None):
        """The bodies of both sides that agreements and activities with a city name, and those seated there.

        If a day is given, agreements and activities of later days do not count. Annotates `side_in_agreements`, that on
        which an agreement with the city names the body, if one does.
        """
        in_agreements = self._links("parties", "agreement", on, agreement__city=city)
        in_activities = self._links("activity_links", "activity", on, activity__cities=city)
        named = Q(pk__in=in_agreements.values("institution")) | Q(pk__in=in_activities.values("institution"))
        taking_part = self.filter(Q(city=city) | Q(city=None) & named)
        sides = in_agreements.filter(institution=OuterRef("pk")).values("side")
        return taking_part.annotate(side_in_agreements=Subquery(sides[:1]))

    def _links(self, relation, to, on, **conditions):
        """What links bodies by a `relation` to agreements or activities, as far as the public sees these."""
        links = related(self.model, relation)
        found = links.objects.filter(public_condition(links, to), **conditions)
        return found.exclude(related(links, to).objects.all().later(on, f"{to}__")) if on else found


class Institution(Traced, Named, Sourced, PublicRecord):
    """A body that takes part; its seat is a place and a country, which need not be a partner city."""

    class Kind(models.TextChoices):
        UNIVERSITY = "university", _("university")
        SCHOOL = "school", _("school")
        CHAMBER = "chamber", _("chamber")
        HEALTH = "health", _("hospital or health care")
        CULTURE = "culture", _("cultural institution")
        HOUSE = "house", _("house or office of a city abroad")
        OFFICE = "office", _("public office")
        DISTRICT = "district", _("district")
        ASSOCIATION = "association", _("association or foundation")
        FIRM = "firm", _("firm")
        SERVICE = "service", _("municipal service")
        OTHER = "other", _("other")

    name_own = models.CharField(_("own name"), max_length=200, blank=True)
    language_own = models.CharField(_("language of the own name"), max_length=10, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.OTHER)
    place = models.CharField(_("seat"), max_length=100, blank=True)
    country = CountryField(_("country"), blank=True)
    city = models.ForeignKey(
        "partners.PartnerCity",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="institutions",
        verbose_name=_("partner city"),
        help_text=_("Empty for a body of Kraków or of a place that is no partner city."),
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="units", verbose_name=_("part of")
    )
    website = WebsiteField(_("website"), blank=True)
    description = ProseField(_("description"), blank=True)

    objects = InstitutionQuerySet.as_manager()

    search_titles = ("name", "name_own")
    search_texts = ("place", "description")
    search_choices = ("kind",)
    side_in_agreements = None

    class Meta(PublicRecord.Meta):
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")
        ordering = ["sort_key_pl"]

    def get_absolute_url(self):
        return reverse("partners:institution_detail", args=[self.slug])

    @property
    def country_name(self):
        return country_name(self.country)

    @property
    def is_in_krakow(self):
        return self.city_id is None and self.place_pl == OUR_CITY

    @property
    def side(self):
        """The side on which agreements name the body, if they were asked; else Kraków's if its seat is in Poland."""
        in_poland = self.city_id is None and self.country == "PL"
        return self.side_in_agreements or (Side.HOME if in_poland else Side.PARTNER)
