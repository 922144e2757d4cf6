"""Maps and time lines that the server draws: SVG with the same facts as text beside it."""

from django import template

from krakow_intl import maps
from krakow_intl.geography import distance_km, on_europe_map
from krakow_intl.templatetags.register import plain, url_on

register = template.Library()


@register.inclusion_tag("drawings/maps.html", takes_context=True)
def city_maps(context, cities):
    """The cities on a map of Europe and, those overseas, on a map of the world; each dot a link.

    `cities` have `latitude`, `longitude`, a name and `relation`.
    """
    cities = list(cities)
    drawn = [maps.europe(cities, _name), maps.world(cities, _name)]
    for dot in (dot for drawing in drawn for dot in drawing.dots):
        dot.url = url_on(context, dot.city)
    return {"maps": drawn, "frame": maps.europe_frame()}


@register.inclusion_tag("drawings/locator.html")
def locator(city):
    """Where one city lies, and how far from Kraków."""
    inside = on_europe_map(city.latitude, city.longitude)
    return {
        "map": maps.locator(city, inside),
        "kilometres": round(distance_km(city.latitude, city.longitude), -1 if inside else -2),
    }


def _name(city):
    return plain(city, "name")
