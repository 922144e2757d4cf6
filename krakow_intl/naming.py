"""Countries and relations by the names that somebody types who searches for them."""

from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import override

from krakow_intl.fields import country_choices
from krakow_intl.search import named, query_words
from partners.models import Relation

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


class Naming(NamedTuple):
    """The countries and the relations that each of the typed words names."""

    countries: dict
    relations: dict

    @property
    def all_countries(self):
        return set().union(*self.countries.values())

    @property
    def all_relations(self):
        return set().union(*self.relations.values())


def naming_of(typed):
    return Naming(named(typed, _countries()), named(typed, _relations()))


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
