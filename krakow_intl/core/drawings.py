"""Maps and columns that the server draws: what a template needs to write them as SVG."""

from krakow_intl.core import maps
from krakow_intl.core.display import plain
from krakow_intl.core.geography import distance_km, on_europe_map


def city_maps(cities):
    """The cities on a map of Europe and, those overseas, on a map of the world.

    `cities` have `latitude`, `longitude`, a name and `relation`.
    """
    cities = list(cities)
    return [maps.europe(cities, _name), maps.world(cities, _name)]


def locator(city):
    """Where one city lies."""
    return maps.locator(city, on_europe_map(city.latitude, city.longitude))


def kilometres(city):
    """How far a city lies from Kraków, rounded to ten on the map of Europe and to a hundred off it."""
    inside = on_europe_map(city.latitude, city.longitude)
    return round(distance_km(city.latitude, city.longitude), -1 if inside else -2)


def percent(part, whole):
    """How much of a whole a part is, 100 at most."""
    return min(100, 100 * part / whole) if whole else 0


def column_shapes(series):
    """Numbers of years, [(year, number)], as columns on one axis, [(x, y, width, height)] in a frame of 100 by 40.

    A year without a number stays free.
    """
    first, last = min(year for year, _number in series), max(year for year, _number in series)
    most, width = max(number for _year, number in series), 100 / (last - first + 1)
    heights = [(year, 40 * number / most) for year, number in series]
    return [((year - first + 0.14) * width, 40 - height, 0.72 * width, height) for year, height in heights]


def _name(city):
    return plain(city, "name")


def fixed(value, digits):
    """A number as SVG reads it, with a point and so many digits behind it."""
    return f"{value:.{digits}f}"


FUNCTIONS = (city_maps, maps.europe_frame, locator, kilometres, percent, column_shapes)
FILTERS = (fixed,)
