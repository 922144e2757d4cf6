"""Where agreements were signed: a place is told in two languages, and it is one however it is written."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Case, Count, F, IntegerField, Q, Value, When
from django.utils.translation import get_language

from krakow_intl.core.sorting import fold, name_key, sort_key

NOT_RECORDED = "not-recorded"
HOME = "krakow"


@dataclass(frozen=True)
class Place:
    key: str  # its English name, or else the Polish one, as a word of addresses: "la-serena"
    name: str  # in the language of the page, or else in the other
    spellings: frozenset  # (Polish, English) as agreements have it
    number: int  # of the agreements that were signed there

    @property
    def condition(self):
        """The condition that an agreement was signed there."""
        written = Q(pk__in=[])
        for polish, english in self.spellings:
            written |= _written("pl", polish) & _written("en", english)
        return written


def places_of(agreements):
    """The `Place`s of signing of a queryset of agreements, Kraków first and the others by name."""
    return places_among(signed_at(agreements))


def signed_at(agreements):
    """What asks where they were signed: (Polish, English, how many)."""
    return agreements.order_by().values_list("signed_at_pl", "signed_at_en").annotate(number=Count("pk"))


def places_among(rows):
    """The same of what agreements have as their place: (Polish, English, how many); a name may be empty or None."""
    found, counts = defaultdict(set), Counter()
    told = [(polish or "", english or "", number) for polish, english, number in rows if polish or english]
    english_of = {name_key(polish): english for polish, english, _number in told if polish and english}
    for polish, english, number in told:
        key = _key(english or english_of.get(name_key(polish)) or polish)
        found[key].add((polish, english))
        counts[key] += number
    places = [Place(key, _name(some), frozenset(some), counts[key]) for key, some in found.items()]
    return sorted(places, key=lambda place: (place.key != HOME, sort_key(place.name, _language())))


def in_order_of_places(places):
    """An expression that sorts agreements by the place of signing, by time if there is none.

    What is not recorded has no place.
    """
    whens = [When(place.condition, then=Value(number)) for number, place in enumerate(places)]
    return Case(*whens, default=Value(None), output_field=IntegerField()) if whens else F("starts_on")


def by_place(agreements, places):
    """[(Place, [agreements])] of agreements in the order of places; None stands for a place that is not recorded."""
    place_of = {spelling: place for place in places for spelling in place.spellings}
    grouped = defaultdict(list)
    for agreement in agreements:
        grouped[place_of.get((agreement.signed_at_pl or "", agreement.signed_at_en or ""))].append(agreement)
    return list(grouped.items())


def _written(language, text):
    column = f"signed_at_{language}"
    return Q(**{column: text}) if text else Q(**{column: ""}) | Q(**{f"{column}__isnull": True})


def _key(text):
    return name_key(text).replace(" ", "-") or fold(text)


def _name(spellings):
    own = 1 if _language() == "en" else 0
    names = sorted((not spelling[own], spelling[own] or spelling[1 - own]) for spelling in spellings)
    return names[0][1]


def _language():
    return (get_language() or "pl")[:2]


FILTERS = (by_place,)
