"""What the words that somebody types name: cities, countries, relations, and the status of an agreement."""

import re
from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import override

from krakow_intl.core.fields import country_choices
from krakow_intl.core.geography import OUR_CITY
from krakow_intl.core.search.names import match_names
from krakow_intl.core.search.query import query_words
from krakow_intl.core.search.stems import is_same_word
from krakow_intl.core.sorting import name_key
from partners.filters import STATUS_CHOICES
from partners.models import CityName, PartnerCity, Relation

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
NAMES_OF_OUR_CITY = {"krakow", "cracow", "krakau", "cracovie", "cracovia", "krakiw"}
# a vowel with the e that stands for its dots: the "ue" of "Nuernberg"
UMLAUT = re.compile("([aou])e")


class QueryMeaning(NamedTuple):
    """What each of the typed words names, and its `others`: how the register writes the city of that name."""

    cities: dict
    countries: dict
    relations: dict
    statuses: list
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
    def spellings(self):
        """All the words that are looked for."""
        return [spelling for word in self.others for spelling in (word, *sorted(self.others[word]))]

    def is_name(self, word):
        """Whether it is the name of a city or a country, or its beginning."""
        return bool(self.cities[word] or self.countries[word])


def meaning_of(typed):
    names = _names_of_cities() if typed else []
    return QueryMeaning(
        {word: _cities_named(word, names) for word in typed},
        match_names(typed, _countries()),
        match_names(typed, _relations()),
        _statuses_named(typed),
        {word: _others(word, names) for word in typed},
    )


def _names_of_cities():
    """(city, key of a name, keys of the names by which our texts call it) for each name of each published city."""
    own = list(PartnerCity.objects.public().values_list("pk", "name_key_pl", "name_key_en", "name_own"))
    ours = {pk: {pl, en} for pk, pl, en, _own in own}
    others = CityName.objects.filter(city__in=list(ours)).values_list("city", "key")
    names = [*others, *((pk, name) for pk, pl, en, own_name in own for name in (pl, en, name_key(own_name)))]
    return [(pk, name, ours[pk]) for pk, name in names if name]


def _cities_named(word, names):
    """The cities one of whose names has a word like this one, or one that begins so."""
    key = name_key(word)
    parts = ((pk, part) for pk, name, _ours in names for part in name.split())
    return {pk for pk, part in parts if part.startswith(key) or is_same_word(word, part)}


def _others(word, names):
    """The single words by which our texts call the city that is called `word`, other than this one."""
    key = name_key(word)
    if key in NAMES_OF_OUR_CITY:
        return {name_key(OUR_CITY)} - {key}
    keys = {key, UMLAUT.sub(r"\1", key)}
    ours = {our for _pk, name, all_ours in names if name in keys or is_same_word(word, name) for our in all_ours}
    return {our for our in ours if our and " " not in our} - {key}


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


def _statuses_named(typed):
    """The statuses that the words name, as (value, label): "wygasłe umowy", "what is in force"."""
    found = set().union(*match_names(typed, _statuses()).values())
    return [(value, label) for value, label in STATUS_CHOICES if value in found]


@cache
def _statuses():
    names = [*SPOKEN_STATUSES]
    for language in dict(settings.LANGUAGES):
        with override(language):
            names += [(value, str(label)) for value, label in STATUS_CHOICES]
    return [(value, query_words(name)) for value, name in names]
