"""The register's maps: where the dot of each city lies, and its name so that none hides another."""

from dataclasses import dataclass, replace
from functools import lru_cache
from math import hypot

from krakow_intl.core.geography import EUROPE_HEIGHT, KRAKOW, OUR_CITY, WORLD_HEIGHT, Point, on_europe_map, on_world_map

LETTER = 0.54  # the mean width of a letter, in ems
DOT = 0.4  # the radius a dot needs, in ems
NEAREST = 1.15  # two dots lie at least so many ems apart
ROUNDS = 6
SIDES = [(1, 0), (-1, 0), (0, -1), (0, 1)]
SIDES += [(x, y) for x in (0.9, -0.9) for y in (0.4, -0.4, 0.75, -0.75, 1.1, -1.1)]


@dataclass
class Dot:
    """One city on a map: `x`, `y` in map units; the label stands at `label` with `anchor` start, middle or end."""

    city: object
    x: float
    y: float
    label: Point | None = None
    anchor: str = "start"
    arc: str = ""


@dataclass
class Map:
    name: str
    height: int
    size: int  # of the letters, in map units
    krakow: Dot
    dots: list


def europe(cities, name_of):
    """The map of Europe with the cities that lie on it; `name_of(city)` is the label."""
    return _map("europe", EUROPE_HEIGHT, 20, on_europe_map, cities, name_of)


def world(cities, name_of):
    """The map of the world with the cities that lie off the map of Europe."""
    far = [city for city in cities if on_europe_map(city.latitude, city.longitude) is None]
    return _map("world", WORLD_HEIGHT, 30, on_world_map, far, name_of)


def locator(city, in_europe):
    """The map of Europe or of the world with one city alone and no label, its places rounded to whole units."""
    project = on_europe_map if in_europe else on_world_map
    home, dot = (Dot(None, *map(round, project(*place))) for place in (KRAKOW, (city.latitude, city.longitude)))
    dot.arc = _arc(home, dot)
    name, height = ("europe", EUROPE_HEIGHT) if in_europe else ("world", WORLD_HEIGHT)
    return Map(name, height, 0, home, [dot])


def europe_frame():
    """The part of the world map that the map of Europe shows, as x, y, width and height."""
    corners = [on_world_map(*place) for place in ((60.5, -10), (33.5, -9), (60.5, 40), (36, 36))]
    left, top = min(c.x for c in corners), min(c.y for c in corners)
    return left, top, max(c.x for c in corners) - left, max(c.y for c in corners) - top


def _map(name, height, size, project, cities, name_of):
    places = tuple((city.latitude, city.longitude, name_of(city)) for city in cities)
    home, *dots = _drawn(height, size, project, places)
    known = [city for city in cities if project(city.latitude, city.longitude)]
    return Map(name, height, size, home, [replace(dot, city=city) for dot, city in zip(dots, known, strict=True)])


@lru_cache(maxsize=100)
def _drawn(height, size, project, places):
    """The dots of Kraków and of the places, (latitude, longitude, name), that lie on the map; drawn once."""
    home = Dot(None, *project(*KRAKOW))
    placed = [(project(latitude, longitude), name) for latitude, longitude, name in places]
    dots = [home, *(Dot(None, *point) for point, _name in placed if point)]
    _keep_apart(dots, NEAREST * size)
    above = _above_frame(home, size) if project is on_world_map else None
    _label(dots, [OUR_CITY, *(name for point, name in placed if point)], size, height, above)
    for dot in dots[1:]:
        dot.arc = _arc(home, dot)
    return dots


def _keep_apart(dots, nearest):
    """Moves dots that would hide each other a little apart."""
    for _round in range(20):
        pushed = False
        for i, one in enumerate(dots):
            for other in dots[i + 1 :]:
                gap = hypot(other.x - one.x, other.y - one.y)
                if gap < nearest:
                    _push(one, other, (nearest - gap) / 2 / (gap or 1))
                    pushed = True
        if not pushed:
            return


def _push(one, other, share):
    dx, dy = (other.x - one.x) * share, (other.y - one.y) * share
    one.x, one.y, other.x, other.y = one.x - dx, one.y - dy, other.x + dx, other.y + dy


def _around(dot, radius):
    return (dot.x - radius, dot.y - radius, dot.x + radius, dot.y + radius)


def _label(dots, names, size, height, home):
    """Puts each label where it hides the least, or the first at `home`; each may move when the others have.

    It is asked only what lies within its reach, so that a map of many labels takes no more time a label.
    """
    around = [_around(dot, DOT * size) for dot in dots]
    choices = [[*_placings(dot, len(name) * size * LETTER, size)] for dot, name in zip(dots, names, strict=True)]
    if home:
        choices[0] = [home]
    near = _near([_reach(box, places) for box, places in zip(around, choices, strict=True)])
    boxes = {}
    for _round in range(ROUNDS):
        for i, dot in enumerate(dots):
            others = [around[j] for j in near[i]] + [boxes[j] for j in near[i] if j != i and j in boxes]
            dot.label, dot.anchor, boxes[i] = min(choices[i], key=lambda choice: _hidden(choice[2], others, height))


def _reach(around, choices):
    """The box of a dot and of all places that its label may have."""
    lefts, tops, rights, bottoms = zip(around, *(box for _point, _anchor, box in choices), strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _near(reaches):
    """The numbers of the boxes that each of the boxes touches, its own among them."""
    return [[j for j, other in enumerate(reaches) if _overlap(one, other)] for one in reaches]


def _placings(dot, width, size):
    """(point, anchor, box) of each place a label may have, the best first."""
    gap, rise = size * 0.65, size * 0.34
    for dx, dy in SIDES:
        x, y = dot.x + dx * gap, dot.y + dy * (gap + size * 0.4)
        anchor = "middle" if dx == 0 else "start" if dx > 0 else "end"
        left = x - {"middle": width / 2, "start": 0, "end": width}[anchor]
        yield Point(x, y + rise), anchor, (left, y - size / 2, left + width, y + size / 2)


def _above_frame(home, size):
    """The place of Kraków's label on the map of the world: anywhere beside the dot it would cross the frame."""
    top, half = europe_frame()[1], len(OUR_CITY) * size * LETTER / 2
    return Point(home.x, top - size * 0.1), "middle", (home.x - half, top - size, home.x + half, top)


def _hidden(box, taken, height):
    """The area of `box` that would lie over what is there already or off the map."""
    left, top, right, bottom = box
    off = max(0, 4 - left) + max(0, right - 996) + max(0, 4 - top) + max(0, bottom - (height - 4))
    return off * 100 + sum(_overlap(box, other) for other in taken)


def _overlap(one, other):
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return max(0, across) * max(0, down)


def _arc(home, dot):
    """The path from Kraków to a dot, bent upwards by a sixth of its length."""
    bend = hypot(dot.x - home.x, dot.y - home.y) / 6
    middle = f"{(home.x + dot.x) / 2:.0f} {(home.y + dot.y) / 2 - bend:.0f}"
    return f"M{home.x:.0f} {home.y:.0f}Q{middle} {dot.x:.0f} {dot.y:.0f}"
