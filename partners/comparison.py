"""Two or three partner cities side by side: what each of them has, and what they have in common."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import get_language

from krakow_intl.core.geography import distance_km, on_europe_map
from krakow_intl.core.sorting import sort_key
from partners.models import Activity, Side
from programme.sourced import as_read

MOST = 3
PARAMETERS = {"pl": "miasto", "en": "city"}  # either is understood in both languages


class CitySelection:
    """What a query asks to compare, among the cities there are: `known` names them by their address words."""

    def __init__(self, query, known):
        asked = [slug for name in PARAMETERS.values() for slug in query.getlist(name) if slug]
        found = [slug for slug in asked if slug in known]
        self.known = known
        self.is_made = bool(asked)
        self.is_repeated = len(set(found)) < len(found)
        self.unknown = [slug for slug in asked if slug not in known][:MOST]
        self.slugs, self.left_out = _first_and_rest(dict.fromkeys(found))

    @property
    def is_enough(self):
        return len(self.slugs) > 1

    @property
    def fields(self):
        """The address word for each field of the form that chooses, or ""."""
        return [*self.slugs, *[""] * (MOST - len(self.slugs))]


@dataclass
class CityColumn:
    """One city of the comparison with all that is compared."""

    city: object
    agreements: list
    activities: list
    institutions: dict  # names by slug, as in `themes` and `goals`
    benefits: list
    later: int = 0  # how many agreements, activities and benefits came after the day
    undated: list = field(default_factory=list)  # those of which only a source later than the day tells, without a date

    @property
    def records(self):
        """What is told of the city, and itself."""
        return [self.city, *self.agreements, *self.activities, *self.benefits]

    @property
    def kilometres(self):
        place = self.city.latitude, self.city.longitude
        return round(distance_km(*place), -1 if on_europe_map(*place) else -2)

    @cached_property
    def themes(self):
        return _names([*self.agreements, *self.activities], "theme_rows")

    @cached_property
    def goals(self):
        return _names(self.activities, "goal_rows")

    @cached_property
    def kinds(self):
        return Counter(activity.kind for activity in self.activities)

    @property
    def received(self):
        return self._number_of(Side.HOME)

    @property
    def given(self):
        return self._number_of(Side.PARTNER)

    def _number_of(self, direction):
        """How many gifts went in a direction; promises do not count."""
        return sum(benefit.part == direction for benefit in self.benefits)


def columns(cities, agreements, activities, benefits, institutions_of, day):
    """A column for each city, of what concerns any of them as of a day."""
    institutions = {city: institutions_of(city) if city.has_history else [] for city in cities}
    return [_column(city, agreements, activities, benefits, institutions[city], day) for city in cities]


def _column(city, agreements, activities, benefits, institutions, day):
    found = [
        as_read(records, day)
        for records in (
            [each for each in agreements if each.city_id == city.pk or _has(each.party_rows, "city", city)],
            [each for each in activities if _has(each.city_rows, "slug", city)],
            [each for each in benefits if each.city_id == city.pk],
        )
    ]
    signed, done, given = (each.records for each in found)
    names = {institution.slug: institution.name for institution in institutions}
    undated = [record for each in found for record in each.undated]
    return CityColumn(city, signed, done, names, given, sum(len(each.later) for each in found), undated)


def shared(columns, what):
    """What all columns hold, as (slug, name), and of each the rest, as (slug, name, cities that hold it too)."""
    common = set.intersection(*(set(getattr(column, what)) for column in columns))
    return {
        "common": [row for row in _in_order(columns[0], what) if row[0] in common],
        "rest": [(column, list(_rest(columns, column, what, common))) for column in columns],
    }


def kinds_of_activities(columns):
    """(label, [(number, per cent of the greatest number) of each column]) of each kind, the most frequent first."""
    total = sum((column.kinds for column in columns), Counter())
    most = max((number for column in columns for number in column.kinds.values()), default=1)
    labels = dict(Activity.Kind.choices)
    return [
        (labels[kind], [(column.kinds[kind], round(100 * column.kinds[kind] / most)) for column in columns])
        for kind, _number in total.most_common()
    ]


def _first_and_rest(slugs):
    return list(slugs)[:MOST], list(slugs)[MOST:]


def _names(records, rows):
    return {row["slug"]: row["name"] for record in records for row in getattr(record, rows)}


def _has(rows, key, city):
    return any(row[key] == city.slug for row in rows)


def _in_order(column, what):
    language = get_language()[:2]
    return sorted(getattr(column, what).items(), key=lambda row: sort_key(row[1], language))


def _rest(columns, column, what, common):
    for slug, name in _in_order(column, what):
        if slug not in common:
            others = (other for other in columns if other is not column)
            yield slug, name, [other.city for other in others if slug in getattr(other, what)]
