"""For the Poles of which countries a campaign is, as far as what is recorded of its guests names a country."""

import re
from functools import cache

from django.utils.translation import get_language

from krakow_intl.core.fields import country_choices, country_name
from krakow_intl.core.sorting import name_key, sort_key

# what divides places that are listed: the comma of "Belarus, Bosnia and Herzegovina"
COMMA = re.compile(r"[,;]")
# what may divide two of them, or stand in the name of one: the "and" of "Lithuania and Kazakhstan"
AND = re.compile(r"\b(?:and|i|oraz)\b")
LANGUAGES = ("pl", "en")


def countries_of(campaign, communities=()):
    """The ISO codes of the countries for whose Poles a campaign `with_cities` is.

    They are those of its cities, and those that the words on the origin of the guests name: a country, or the place of
    one of the `communities`, such as Eastern Siberia. A place that is neither says nothing.
    """
    found = {city.country for city in campaign.cities.all()}
    for language in LANGUAGES:
        known = _codes_by_name(language) | _codes_by_place(communities, language)
        found |= {known[name] for name in _places_in(getattr(campaign, f"origin_{language}")) if name in known}
    return found


def campaigns_from(country, campaigns, communities=()):
    """Those of the campaigns `with_cities` that are for the Poles of a country."""
    return [campaign for campaign in campaigns if country and country in countries_of(campaign, communities)]


def communities_reached(campaign, communities):
    """Those of the communities that live in the countries a campaign is for."""
    countries = countries_of(campaign, communities)
    return [community for community in communities if community.country in countries]


def polonia_by_country(communities, campaigns, everyone):
    """[(country, [communities], [campaigns])] of the countries of some of all communities, in the alphabet."""
    countries = {community.country for community in communities}
    return [
        (
            country,
            [community for community in communities if community.country == country],
            campaigns_from(country, campaigns, everyone),
        )
        for country in _in_alphabet(countries)
    ]


def countries_besides(campaigns, communities):
    """The same of the countries for whose Poles there are campaigns, but of which no community is told."""
    named = {country for campaign in campaigns for country in countries_of(campaign, communities)}
    others = named - {community.country for community in communities}
    return [(country, [], campaigns_from(country, campaigns, communities)) for country in _in_alphabet(others)]


def _in_alphabet(countries):
    """Codes of countries in the order of their names; what has no country comes last."""
    language = (get_language() or "pl")[:2]
    return sorted(countries, key=lambda code: (not code, sort_key(country_name(code) if code else "", language)))


def _places_in(origin):
    listed = COMMA.split(origin or "")
    return {name_key(place.partition("(")[0]) for each in listed for place in (each, *AND.split(each))}


@cache
def _codes_by_name(language):
    return {name_key(name): code for code, name in country_choices(language)}


def _codes_by_place(communities, language):
    placed = ((getattr(community, f"place_{language}"), community.country) for community in communities)
    return {name_key(place): country for place, country in placed if place and country}


FUNCTIONS = (campaigns_from, communities_reached, polonia_by_country, countries_besides)
