"""Where things lie on the register's two maps, and how far they are from Kraków.

The world is drawn in the Equal Earth projection (Šavrič, Patterson, Jenny 2018) around 11° E, Europe in Lambert's
azimuthal equal-area projection around 49° N 16° E. Both maps are 1000 units wide; the land of `static/img/maps.svg`
is Natural Earth data (public domain) in the same units.
"""

from math import asin, cos, hypot, radians, sin, sqrt
from typing import NamedTuple

OUR_CITY, KRAKOW = "Kraków", (50.06143, 19.93658)
EARTH_RADIUS_KM = 6371.0088

WORLD_HEIGHT, EUROPE_HEIGHT = 424, 818
WORLD_SCALE, WORLD_EAST, WORLD_NORTH, WORLD_MERIDIAN = 184.73156767339816, 2.7066299836960748, 1.2613873235952424, 11
EUROPE_SCALE, EUROPE_WEST, EUROPE_NORTH = 1719.8980640895322, -0.3373375174003209, 0.23295509369650177
EUROPE_CENTRE = (49, 16)


class Point(NamedTuple):
    x: float
    y: float


def on_world_map(latitude, longitude):
    """Degrees to map units, x rightwards from 0 to 1000 and y downwards from 0 to `WORLD_HEIGHT`."""
    x, y = _equal_earth(float(latitude), float(longitude) - WORLD_MERIDIAN)
    return Point((x + WORLD_EAST) * WORLD_SCALE, (WORLD_NORTH - y) * WORLD_SCALE)


def on_europe_map(latitude, longitude):
    """Degrees to map units, or None where the place lies off the map of Europe."""
    x, y = _azimuthal_equal_area(float(latitude), float(longitude), *EUROPE_CENTRE)
    point = Point((x - EUROPE_WEST) * EUROPE_SCALE, (EUROPE_NORTH - y) * EUROPE_SCALE)
    return point if 0 <= point.x <= 1000 and 0 <= point.y <= EUROPE_HEIGHT else None


def distance_km(latitude, longitude, origin=KRAKOW):
    """The great-circle distance from `origin` in kilometres."""
    phi, phi0 = radians(float(latitude)), radians(origin[0])
    half_dlat, half_dlon = (phi - phi0) / 2, radians(float(longitude) - origin[1]) / 2
    return 2 * EARTH_RADIUS_KM * asin(hypot(sin(half_dlat), sqrt(cos(phi) * cos(phi0)) * sin(half_dlon)))


def _equal_earth(latitude, longitude):
    theta = asin(sqrt(3) / 2 * sin(radians(latitude)))
    t2 = theta * theta
    t6 = t2**3
    slope = 1.340264 - 3 * 0.081106 * t2 + t6 * (7 * 0.000893 + 9 * 0.003796 * t2)
    x = 2 / sqrt(3) * radians(longitude) * cos(theta) / slope
    return x, theta * (1.340264 - 0.081106 * t2 + t6 * (0.000893 + 0.003796 * t2))


def _azimuthal_equal_area(latitude, longitude, latitude0, longitude0):
    phi, phi0, dlon = radians(latitude), radians(latitude0), radians(longitude - longitude0)
    nearness = sin(phi0) * sin(phi) + cos(phi0) * cos(phi) * cos(dlon)
    k = sqrt(2 / max(1 + nearness, 1e-9))
    return k * cos(phi) * sin(dlon), k * (cos(phi0) * sin(phi) - sin(phi0) * cos(phi) * cos(dlon))
