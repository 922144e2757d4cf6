"""The page of a city: what it tells at one glance, and all that stands below."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from krakow_intl.core.prepared import asked
from partners.filters import HistoryForm
from partners.goals import with_geographic_goals
from partners.history import ACTIVITY, history_of
from partners.models import Activity, Agreement, Audience, Benefit, Institution, PartnerCity, Relation, Side
from partners.spans import city_timeline
from partners.terms import Basis, Status
from programme.models import Figure
from programme.sourced import as_read

FACTS_THAT_MATTER = 3


@asked
def agreements_of(slug, day):
    agreements = Agreement.objects.public().with_status(day).of_city(slug).select_related("source")
    return agreements.with_parties().with_later_links().with_events().in_order_of_time()


@asked
def activities_of(city):
    return Activity.objects.public().of_city(city).select_related("source").with_links().in_order_of_time()


@asked
def benefits_of(city):
    benefits = Benefit.objects.public().filter(city=city).select_related("city", "source", "activity")
    return benefits.without_texts("city", "activity").with_sides().in_order_of_time("given_on")


@asked
def institutions_of(city, chosen, day):
    return Institution.objects.public().taking_part_with(city, chosen).up_to(day).by_name()


@asked
def cities_around(city):
    return PartnerCity.objects.public().around(city).only("slug", "name_pl", "name_en", "latitude", "longitude")


@asked
def figures_about(reference):
    return Figure.objects.public().about(reference)


@dataclass(frozen=True)
class Fact:
    """One of the facts that matter: its kind, the number or the date that stands first, and what explains it."""

    kind: str  # "last-event", "agreements", "activities", "institutions" or "gifts"
    value: object
    about: object


class CityPage:
    """What the public sees of a city on a day; each part is asked once."""

    def __init__(self, city, as_read_on):
        self.city, self.as_of, self.day = city, as_read_on, as_read_on.day

    def context(self, asked):
        return {
            "city": self.city,
            "neighbours": self.city.country_rows or self.city.nearest_of(cities_around(self.city.pk)),
            "agreements": self.bound,
            "timeline": self.timeline,
            "history": self.history,
            "filters": HistoryForm(asked, self.history.deeds, self.day),
            "institutions": self.institutions,
            "benefits": self.benefits,
            "figures": figures_about(f"city:{self.city.slug}"),
            "facts": self.facts_that_matter,
            "audiences": self.audiences if self.city.has_history else [],
        }

    @cached_property
    def agreements(self):
        return list(agreements_of(self.city.slug, self.day))

    @property
    def timeline(self):
        """The agreements that had begun, and what was done year by year, as `city_timeline` draws them."""
        deeds = self.history.up_to(self.day).deeds
        return city_timeline(self.begun, deeds.numbers_by_year, self.day)

    @cached_property
    def bound(self):
        return as_read(self.agreements, self.day)

    @cached_property
    def begun(self):
        return self.bound.records + self.bound.undated

    @cached_property
    def benefits(self):
        return list(benefits_of(self.city.pk))

    @cached_property
    def history(self):
        activities = with_geographic_goals(activities_of(self.city.pk), self.day)
        return history_of(self.agreements, activities, self.benefits)

    @cached_property
    def institutions(self):
        return list(institutions_of(self.city.pk, self.as_of.chosen, self.day))

    @property
    def audiences(self):
        """The parts of the public that an activity with the city is for, or whose kinds of institution take part."""
        activities = [entry.record.pk for entry in self.history.up_to(self.day).entries if entry.kind == ACTIVITY]
        kinds = {institution.kind for institution in self.institutions}
        is_theirs = Q(activity_links__activity__in=activities) | Q(kind_links__kind__in=kinds)
        return Audience.objects.public().filter(is_theirs).distinct()

    @property
    def facts_that_matter(self):
        """The first three, in the order of their worth, of which anything is recorded by the day."""
        facts = (self.last_event, self.in_force, self.activities, self.taking_part, self.gifts)
        return [fact for fact in facts if fact][:FACTS_THAT_MATTER]

    @property
    def last_event(self):
        """The latest dated event, with its `Entry`."""
        latest = self.history.last_event(self.day)
        return latest and Fact("last-event", *latest)

    @property
    def in_force(self):
        """How many agreements of the cities are in force, with all that are, the strongest first.

        The strongest is so by the relation it establishes, then by its basis; those of institutions come last.
        """
        in_force = [agreement for agreement in self.begun if agreement.status == Status.IN_FORCE]
        of_cities = [agreement for agreement in in_force if not agreement.is_of_institutions]
        return Fact("agreements", len(of_cities), sorted(in_force, key=_strength)) if self.begun else None

    @property
    def activities(self):
        """How many activities there were or are, with the years of those that are dated."""
        entries = [entry for entry in self.history.counted(self.day).entries if entry.kind == ACTIVITY]
        done = [entry for entry in entries if not entry.is_planned]
        years = sorted({entry.year for entry in done if entry.year})
        return Fact("activities", len(done), years) if done else None

    @property
    def taking_part(self):
        """How many institutions take part, with how many of them on the side of Kraków."""
        ours = sum(institution.side == Side.HOME for institution in self.institutions)
        return Fact("institutions", len(self.institutions), ours) if self.institutions else None

    @property
    def gifts(self):
        """How many gifts were given, with how many of them Kraków received."""
        given = [benefit for benefit in as_read(self.benefits, self.day).records if not benefit.is_promised]
        received = sum(benefit.direction == Side.HOME for benefit in given)
        return Fact("gifts", len(given), received) if given else None


def _strength(agreement):
    relations, bases = list(Relation), list(Basis)
    return (
        agreement.is_of_institutions,
        relations.index(agreement.establishes) if agreement.establishes else len(relations),
        bases.index(agreement.basis) if agreement.basis else len(bases),
        agreement.start or "",
    )
