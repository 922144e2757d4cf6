"""What the words that somebody types name: cities, countries, relations, fields, the status of an agreement."""

from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import override

from krakow_intl.core.fields import country_choices
from krakow_intl.core.geography import OUR_CITY
from krakow_intl.core.search.names import match_names
from krakow_intl.core.search.postings import UMLAUT, Postings
from krakow_intl.core.search.query import query_words
from krakow_intl.core.search.stems import is_same_word
from krakow_intl.core.sorting import name_key
from partners.filters import BASIS_CHOICES, STATUS_CHOICES
from partners.models import CityName, PartnerCity, Relation, Theme
from partners.terms import Basis

SPOKEN_NAMES = [  # of countries, beside the official ones; and cases that no stem leads back from
    ("DE", "Niemiec"),
    ("DE", "Niemczech"),
    ("GB", "Brytania"),
    ("GB", "Britain"),
    ("GB", "Great Britain"),
    ("GB", "UK"),
    ("HU", "Węgier"),
    ("HU", "Węgrzech"),
    ("IT", "Włoszech"),
    ("US", "USA"),
    ("US", "Stanów Zjednoczonych"),
]
SPOKEN_STATUSES = [
    ("in-force", "obowiązuje"),
    ("in-force", "obowiązujące"),
    ("expired", "wygasła"),
    ("expired", "wygasłe"),
    ("terminated", "wypowiedziana"),
    ("terminated", "rozwiązana"),
    ("superseded", "zastąpiona"),
    ("superseded", "zastąpione"),
    ("superseded", "replaced"),
]
SPOKEN_BASES = [("presumed", "domniemana"), ("presumed", "domniemane")]
NAMES_OF_OUR_CITY = {"krakow", "cracow", "krakau", "cracovie", "cracovia", "krakiw"}


class QueryMeaning(NamedTuple):
    """What each of the typed words names, which records hold it, and its `others`: how our texts call its city."""

    postings: Postings
    cities: dict
    countries: dict
    relations: dict
    statuses: dict
    bases: dict
    themes: dict
    others: dict

    @property
    def words(self):
        return list(self.others)

    @property
    def all_countries(self):
        return set().union(*self.countries.values())

    @property
    def all_relations(self):
        return set().union(*self.relations.values())

    @property
    def status_choices(self):
        """The statuses that the words name, as (value, label): "wygasłe umowy", "what is in force"."""
        found = set().union(*self.statuses.values())
        return [(value, label) for value, label in STATUS_CHOICES if value in found]

    @property
    def spellings(self):
        """All the words that are looked for."""
        return [spelling for word in self.others for spelling in (word, *sorted(self.others[word]))]

    def is_name(self, word):
        """Whether it is the name of a city or a country, or its beginning."""
        return bool(self.cities[word] or self.countries[word])


def meaning_of(typed):
    postings = Postings(typed)
    names = _names_of_cities(typed, postings)
    others = {word: _others(word, names[word]) for word in typed}
    if any(others.values()):
        postings.add(others)
    return QueryMeaning(
        postings,
        {word: {pk for pk, _names, _ours in names[word]} for word in typed},
        match_names(typed, _countries()),
        match_names(typed, _relations()),
        match_names(typed, _statuses()),
        match_names(typed, _bases()),
        match_names(typed, _themes() if typed else []),
        others,
    )


def _names_of_cities(typed, postings):
    """{word: [(city, keys of its names, keys of those by which our texts call it)]} of the public cities it names."""
    spelt = {word: postings.holding(word, CityName) for word in typed}
    called = {word: postings.titled(word, PartnerCity) for word in typed}
    keys = set().union(*spelt.values())
    rows = CityName.objects.filter(pk__in=keys).values_list("pk", "city", "key") if keys else ()
    others = {pk: (city, key) for pk, city, key in rows}
    keys = set().union(*called.values(), (city for city, _key in others.values()))
    own = PartnerCity.objects.public().filter(pk__in=keys) if keys else PartnerCity.objects.none()
    own = {pk: names for pk, *names in own.values_list("pk", "name_key_pl", "name_key_en", "name_own")}
    return {word: [*_named(called[word], [others[pk] for pk in spelt[word]], own)] for word in typed}


def _named(called, others, own):
    """Of the cities that a word calls by their own names or by others, those that are among our `own`."""
    for pk in {*called, *(city for city, _key in others)} & {*own}:
        polish, english, original = own[pk]
        names = {polish, english, name_key(original)} | {key for city, key in others if city == pk}
        yield pk, names, {polish, english}


def _others(word, named):
    """The single words by which our texts call the city that is called `word`, other than this one."""
    key = name_key(word)
    if key in NAMES_OF_OUR_CITY:
        return {name_key(OUR_CITY)} - {key}
    keys = {key, UMLAUT.sub(r"\1", key)}
    ours = (ours for _pk, names, ours in named if any(name in keys or is_same_word(word, name) for name in names))
    return {our for some in ours for our in some if our and " " not in our} - {key}


def _themes():
    """The fields of co-operation, by their names in each language."""
    columns = [f"name_{language}" for language in dict(settings.LANGUAGES)]
    rows = Theme.objects.order_by("pk").values_list("pk", *columns)
    return [(pk, query_words(name)) for pk, *names in rows for name in names if name]


@cache
def _countries():
    names = [pair for language in dict(settings.LANGUAGES) for pair in country_choices(language)]
    return [(code, query_words(name)) for code, name in [*names, *SPOKEN_NAMES]]


@cache
def _relations():
    """Each relation by each word that not all have in common, alone and with those: "twin", "twin city"."""
    names = []
    for language in dict(settings.LANGUAGES):
        with override(language):
            labels = {relation.value: query_words(str(relation.label)) for relation in Relation}
        common = set.intersection(*map(set, labels.values()))
        telling = [(relation, word) for relation, words in labels.items() for word in words if word not in common]
        names += [(relation, words) for relation, word in telling for words in ([word], [word, *common])]
    return names


@cache
def _statuses():
    return _labels(STATUS_CHOICES, SPOKEN_STATUSES)


@cache
def _bases():
    """How a status is known, by words that say nothing else."""
    return [(value, words) for value, words in _labels(BASIS_CHOICES, SPOKEN_BASES) if value == Basis.PRESUMED]


def _labels(choices, spoken):
    """[(value, words of what it is called)]."""
    names = [*spoken]
    for language in dict(settings.LANGUAGES):
        with override(language):
            names += [(value, str(label)) for value, label in choices]
    return [(value, query_words(name)) for value, name in names]
