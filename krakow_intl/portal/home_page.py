"""What the home page tells of cities and agreements: of each while they are few, by numbers when they are many."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Avg, Count

from krakow_intl.core.fields import country_name
from krakow_intl.core.prepared import asked
from krakow_intl.core.sorting import sort_key
from partners.anniversaries import anniversaries, deadlines
from partners.models import Agreement, PartnerCity, Relation
from partners.terms import Basis

FEW = 60  # cities that the map and the wall of names show one by one
OF_EACH = 4  # occasions and changes on the page


@dataclass(frozen=True)
class Country:
    """A country with the number of its partner cities, and the mean of their places."""

    code: str
    number: int
    latitude: float
    longitude: float


def told_on(day, language):
    """What the page tells of a day; the number of queries does not grow with the register."""
    cities = list(cities_on(day))
    return _of_each(cities, day) if len(cities) <= FEW else _by_numbers(day, language)


@asked
def cities_on(day):
    """The cities of a day, but no more than it takes to know that they are many."""
    cities = PartnerCity.objects.public().with_relation(day).with_beginnings(day)
    return cities.filter(has_history=True).by_name()[: FEW + 1]


@asked
def agreements_in_force(day):
    return Agreement.objects.public().in_force(day).with_basis_in_force(day).select_related("city")


def _of_each(cities, day):
    agreements = list(agreements_in_force(day))
    return {
        "cities": cities,
        "countries": [],
        "number_of_cities": len(cities),
        **_relations(Counter((city.relation, city.relation_basis) for city in cities)),
        "agreements_in_force": len(agreements),
        "bases": by_basis(Counter(agreement.basis for agreement in agreements)),
        "anniversaries": anniversaries(agreements, day)[:OF_EACH],
        "deadlines": deadlines(agreements, day)[:OF_EACH],
    }


def _by_numbers(day, language):
    rows = _cities_counted(day)
    agreements = Agreement.objects.public().in_force(day).with_basis_in_force(day).select_related("city")
    bases = Counter(dict(agreements.order_by().values_list("basis").annotate(number=Count("pk"))))
    return {
        "cities": [],
        "countries": _countries(rows, language),
        "number_of_cities": sum(row["number"] for row in rows),
        **_relations(_counted(((row["relation"], row["relation_basis"]), row["number"]) for row in rows)),
        "agreements_in_force": bases.total(),
        "bases": by_basis(bases),
        "anniversaries": anniversaries(agreements.by_anniversary(day)[: 3 * OF_EACH], day)[:OF_EACH],
        "deadlines": deadlines(agreements.with_known_terms(), day)[:OF_EACH],
    }


def _cities_counted(day):
    """How many cities there are of each country, relation and basis of it, and the mean of their places."""
    cities = PartnerCity.objects.public().with_relation(day).with_beginnings(day).filter(has_history=True)
    rows = cities.order_by().values("country", "relation", "relation_basis")
    return list(rows.annotate(number=Count("pk"), latitude=Avg("latitude"), longitude=Avg("longitude")))


def _countries(rows, language):
    """The countries by name."""
    numbers = _counted((row["country"], row["number"]) for row in rows)
    countries = [Country(code, number, *_mean_place(rows, code, number)) for code, number in numbers.items()]
    return sorted(countries, key=lambda country: sort_key(country_name(country.code), language))


def _mean_place(rows, code, number):
    of_country = [row for row in rows if row["country"] == code]
    return [sum(row["number"] * row[which] for row in of_country) / number for which in ("latitude", "longitude")]


def _counted(pairs):
    counts = Counter()
    for what, number in pairs:
        counts[what] += number
    return counts


def _relations(counts):
    """How many cities have each relation, and each basis of it; `counts` are by both."""
    having = _counted((relation, number) for (relation, _basis), number in counts.items())
    knowing = _counted((basis, number) for (_relation, basis), number in counts.items())
    relations = [{"code": code, "count": having[code]} for code in (*Relation.values, "") if having[code]]
    return {"relations": relations, "relation_bases": by_basis(knowing)}


def by_basis(counts):
    return [{"code": code, "count": counts[code]} for code in Basis if counts[code]]
