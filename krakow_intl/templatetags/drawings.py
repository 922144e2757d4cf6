"""Maps and time lines that the server draws: SVG with the same facts as text beside it."""

from django import template

from krakow_intl.core import maps
from krakow_intl.core.geography import distance_km, on_europe_map
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


@register.inclusion_tag("drawings/bar.html")
def bar(part, whole):
    """How much of a whole a part is, as a bar beside its figure."""
    return {"percent": min(100, 100 * part / whole) if whole else 0}


@register.inclusion_tag("drawings/columns.html")
def columns(series, label):
    """Numbers of years, [(year, number)], as columns on one axis; a year without a number stays free."""
    first, last = min(year for year, _number in series), max(year for year, _number in series)
    most, width = max(number for _year, number in series), 100 / (last - first + 1)
    drawn = [((year - first + 0.14) * width, 0.72 * width, 40 * number / most) for year, number in series]
    return {
        "columns": [(x, 40 - height, breadth, height) for x, breadth, height in drawn],
        "series": series,
        "label": label,
        "first": first,
        "last": last,
        "most": most,
    }
