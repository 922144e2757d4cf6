from functools import cache
from itertools import combinations
from math import hypot
from types import SimpleNamespace

import pytest

from krakow_intl.core.maps import DOT, LETTER, europe, europe_frame, locator, world

PLACES = {
    "Wiedeń": (48.2082, 16.3738), "Bratysława": (48.1486, 17.1077), "Budapeszt": (47.4979, 19.0402),
    "Zagrzeb": (45.815, 15.9819), "Pecs": (46.0727, 18.2323), "Innsbruck": (47.2692, 11.4041),
    "Norymberga": (49.4521, 11.0767), "Lipsk": (51.3397, 12.3731), "Frankfurt nad Menem": (50.1109, 8.6821),
    "Strasbourg": (48.5734, 7.7521), "Solura": (47.2088, 7.5323), "Mediolan": (45.4642, 9.19),
    "Florencja": (43.7696, 11.2558), "Leuven": (50.8798, 4.7005), "Orlean": (47.9029, 1.9093),
    "Lwów": (49.8397, 24.0297), "Kijów": (50.4501, 30.5234), "Wilno": (54.6872, 25.2797),
    "Moskwa": (55.7558, 37.6173), "Sankt Petersburg": (59.9343, 30.3351), "Fez": (34.0331, -5.0003),
    "Sewilla": (37.3891, -5.9845), "Edynburg": (55.9533, -3.1883), "Göteborg": (57.7089, 11.9746),
    "Bordeaux": (44.8378, -0.5792), "Rochester": (43.1566, -77.6088), "Quito": (-0.1807, -78.4678),
    "Cusco": (-13.532, -71.9675), "La Serena": (-29.9027, -71.252), "Kurytyba": (-25.4284, -49.2733),
}  # fmt: skip
CITIES = [SimpleNamespace(name=name, latitude=lat, longitude=lon) for name, (lat, lon) in PLACES.items()]
each_map = pytest.mark.parametrize("place", ["Europe", "world"])


@cache
def map_of(place):
    return {"Europe": europe, "world": world}[place](CITIES, lambda city: city.name)


def label_box(dot, size):
    width = len(dot.city.name if dot.city else "Kraków") * size * LETTER
    left = dot.label.x - {"start": 0, "middle": width / 2, "end": width}[dot.anchor]
    return left, dot.label.y - size * 0.84, left + width, dot.label.y + size * 0.16


def overlap(one, other):
    return min(one[2], other[2]) > max(one[0], other[0]) and min(one[3], other[3]) > max(one[1], other[1])


def test_every_city_stands_on_one_map():
    assert sorted(dot.city.name for place in ("Europe", "world") for dot in map_of(place).dots) == sorted(PLACES)


@each_map
def test_no_two_dots_hide_each_other(place):
    drawn = map_of(place)
    gaps = [hypot(a.x - b.x, a.y - b.y) for a, b in combinations([drawn.krakow, *drawn.dots], 2)]
    assert min(gaps) > 2 * DOT * drawn.size


@each_map
def test_labels_neither_collide_nor_leave_the_map(place):
    drawn = map_of(place)
    boxes = {id(dot): label_box(dot, drawn.size) for dot in (drawn.krakow, *drawn.dots)}
    assert not [1 for a, b in combinations(boxes.values(), 2) if overlap(a, b)]
    assert min(box[0] for box in boxes.values()) >= 0
    assert max(box[2] for box in boxes.values()) <= 1000
    assert max(box[3] for box in boxes.values()) <= drawn.height


@each_map
def test_no_label_hides_a_dot(place):
    drawn = map_of(place)
    dots = [drawn.krakow, *drawn.dots]
    r = DOT * drawn.size
    around = [(dot, (dot.x - r, dot.y - r, dot.x + r, dot.y + r)) for dot in dots]
    assert not [
        1 for dot in dots for other, box in around if dot is not other and overlap(label_box(dot, drawn.size), box)
    ]


def test_the_frame_of_europe_holds_krakow():
    left, top, width, height = europe_frame()
    home = map_of("world").krakow
    assert left < home.x < left + width
    assert top < home.y < top + height


@pytest.mark.parametrize(("name", "in_europe"), [("Lwów", True), ("Cusco", False)])
def test_a_locator_shows_one_city_where_the_map_has_it(name, in_europe):
    [city] = [city for city in CITIES if city.name == name]
    drawn = (europe if in_europe else world)([city], lambda city: city.name)
    found = locator(city, in_europe)
    assert (found.name, found.height) == (drawn.name, drawn.height)
    assert hypot(found.dots[0].x - drawn.dots[0].x, found.dots[0].y - drawn.dots[0].y) < 1
    assert found.dots[0].arc.startswith(f"M{found.krakow.x} {found.krakow.y}Q")


def test_the_label_of_krakow_stands_clear_of_the_frame_of_europe():
    drawn = map_of("world")
    _left, top, _width, _height = europe_frame()
    _left, above, _right, below = label_box(drawn.krakow, drawn.size)
    assert 0 <= above < below <= top + drawn.size * 0.16  # the room for descenders, of which there are none
