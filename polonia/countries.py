"""From which countries the guests of a campaign for Polonia come, as far as what is recorded of them names a country."""

import re
from functools import cache

from krakow_intl.core.fields import country_choices
from krakow_intl.core.sorting import name_key

# what divides the places that are named: the comma and the "and" of "Belarus, Ukraine and Romania"
BETWEEN_PLACES = re.compile(r"[,;]|\b(?:and|i|oraz)\b")
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


def _places_in(origin):
    return [name_key(place) for place in BETWEEN_PLACES.split(origin or "")]


@cache
def _codes_by_name(language):
    return {name_key(name): code for code, name in country_choices(language)}


def _codes_by_place(communities, language):
    placed = ((getattr(community, f"place_{language}"), community.country) for community in communities)
    return {name_key(place): country for place, country in placed if place and country}


FUNCTIONS = (campaigns_from, communities_reached)
