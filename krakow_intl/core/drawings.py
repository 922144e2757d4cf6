"""Maps and columns that the server draws: what a template needs to write them as SVG."""

from math import sqrt

from krakow_intl.core import maps
from krakow_intl.core.display import plain
from krakow_intl.core.fields import country_name
from krakow_intl.core.geography import distance_km, on_europe_map

MIN_RADIUS, MAX_RADIUS = 5, 11  # of the discs of countries


def city_maps(cities):
    """The cities on a map of Europe and, those overseas, on a map of the world.

    `cities` have `latitude`, `longitude`, a name and `relation`.
    """
    return _maps(cities, _name)


def country_maps(countries):
    """The same of countries, each where its cities lie; they have `latitude`, `longitude`, `code` and `number`."""
    return _maps(countries, lambda country: f"{country_name(country.code)} {country.number}")


def _maps(places, name_of):
    places = list(places)
    return [maps.europe(places, name_of), maps.world(places, name_of)]


def disc_radius(number, most):
    """The radius, in map units, of a disc that tells a number of at most `most` and can always be seen."""
    return MIN_RADIUS + (MAX_RADIUS - MIN_RADIUS) * sqrt(number / most)


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


FUNCTIONS = (city_maps, country_maps, disc_radius, maps.europe_frame, locator, kilometres, percent, column_shapes)
FILTERS = (fixed,)
