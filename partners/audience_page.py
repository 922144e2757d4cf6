"""What a part of the public finds: what was done for it city by city, who in Kraków does it, what agreements cover."""

from functools import cached_property
from typing import NamedTuple

from django.db.models import Case, F, OuterRef, Q, Value, When
from django.utils.translation import get_language

from krakow_intl.core.json_rows import JSONRows, localized_column
from krakow_intl.core.sorting import sort_column, sort_key
from partners.models import Activity, Agreement, Institution, Side, Theme
from programme.sourced import AsRead, as_read

ACTIVITIES_IN_A_CITY = 8  # the list of activities shows the others


class AudiencePage:
    """An audience `with_links` as its page is read on the day of an `AsOf`."""

    def __init__(self, audience, as_of):
        self.audience, self.as_of = audience, as_of

    @cached_property
    def activities(self):
        """The activities for it, the newest first, plans last: an `AsRead`."""
        is_planned = Case(When(state=Activity.State.PLANNED, then=Value(1)), default=Value(0))
        activities = self.audience.activities.public().select_related("source").with_links()
        newest_first = activities.order_by(is_planned, F("starts_on").desc(nulls_last=True), "ends_on", "pk")
        return as_read(newest_first, self.as_of.day)

    @cached_property
    def known(self):
        """The activities that stand there on the day."""
        return self.activities.records + self.activities.undated

    @cached_property
    def cities(self):
        """The `CityActivities` of each city by name; those that name no city stand at the end."""
        names, found = {}, {}
        for activity in self.known:
            for row in activity.city_rows or [{"slug": "", "name": ""}]:
                names[row["slug"]] = row["name"]
                found.setdefault(row["slug"], []).append(activity)
        slugs = sorted(names, key=lambda slug: (not slug, sort_key(names[slug], get_language())))
        return [self._in_city(slug, names[slug], found[slug]) for slug in slugs]

    @cached_property
    def bodies(self):
        """The bodies of Kraków of its kinds, and those that the activities name, offices apart, with their cities."""
        return [body for body in self._home_bodies if self._is_shown(body)]

    @cached_property
    def agreements(self):
        """The agreements in force on the day that cover a field of the audience, with these as `covering_rows`."""
        covering = Theme.objects.filter(
            audience_links__audience=self.audience.pk, agreement_links__agreement=OuterRef("pk")
        )
        rows = JSONRows(covering.by_name(), slug=F("slug"), name=localized_column("name"))
        agreements = Agreement.objects.public().in_force(self.as_of.day)
        agreements = agreements.filter(pk__in=self._covering()).with_basis_in_force(self.as_of.day)
        agreements = agreements.annotate(covering_rows=rows).select_related("city", "source")
        return agreements.order_by(sort_column("city__"), "city", F("starts_on").desc(nulls_last=True), "pk")

    @property
    def agreements_alone(self):
        """Of each city with which nothing was done for the audience: the latest of the agreements that cover it."""
        known = {city.slug for city in self.cities}
        latest = {}
        for agreement in self.agreements:
            if agreement.city.slug not in known:
                latest.setdefault(agreement.city.slug, agreement)
        return list(latest.values())

    @cached_property
    def _home_bodies(self):
        named = {row["slug"] for activity in self.known for row in activity.institution_rows}
        bodies = Institution.objects.public().on_side(Side.HOME).with_cities(self.as_of.chosen).by_name()
        return bodies.filter(Q(kind__in=self.audience.kinds) | Q(slug__in=named)).select_related("source")

    def _is_shown(self, body):
        return body.city_rows and body.kind != Institution.Kind.OFFICE

    def _covering(self):
        return Agreement.objects.filter(theme_links__theme__audience_links__audience=self.audience.pk).values("pk")

    def _in_city(self, slug, name, activities):
        rows = {row["slug"]: row for activity in activities for row in activity.institution_rows}
        at_home = [body for body in self._home_bodies if body.slug in rows]
        ours = {body.slug for body in at_home}
        others = [body for body in self._home_bodies if body.slug not in rows and self._works_with(body, slug)]
        return CityActivities(
            slug,
            name,
            self._divided(activities[:ACTIVITIES_IN_A_CITY]),
            len(activities),
            [body for body in at_home if body.kind != Institution.Kind.OFFICE] or at_home,
            [row for body, row in rows.items() if body not in ours],
            others,
            [] if others or any(body.kind in self.audience.kinds for body in at_home) else self.audience.kinds,
        )

    def _works_with(self, body, slug):
        """Whether it is of a kind of the audience, and an agreement or an activity with the city names it."""
        return body.kind in self.audience.kinds and any(row["slug"] == slug for row in body.city_rows)

    def _divided(self, activities):
        return as_read(activities, self.as_of.day)


class CityActivities(NamedTuple):
    """What was done for an audience with a city: as much of it as its page shows, and the bodies that took part."""

    slug: str
    name: str
    shown: AsRead
    number: int
    at_home: list  # offices only where no other body is named
    abroad: list
    others: list  # of Kraków, of the kinds of the audience, which agreements or other activities with the city name
    not_named: list  # the kinds of the audience, if no body of Kraków that is of one of them is named with the city

    @property
    def more(self):
        return self.number - len(self.shown.all)
