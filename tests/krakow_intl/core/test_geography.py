import pytest

from krakow_intl.core.geography import EUROPE_HEIGHT, KRAKOW, WORLD_HEIGHT, distance_km, on_europe_map, on_world_map

VIENNA, MOSCOW, CUSCO, FEZ = (48.2082, 16.3738), (55.7558, 37.6173), (-13.53195, -71.96746), (34.0331, -5.0003)


@pytest.mark.parametrize(
    ("place", "kilometres"),
    [(KRAKOW, 0), (VIENNA, 331), (MOSCOW, 1339), (CUSCO, 11_291)],
    ids=["Kraków", "Vienna", "Moscow", "Cusco"],
)
def test_distance_from_krakow(place, kilometres):
    assert distance_km(*place) == pytest.approx(kilometres, rel=0.01, abs=0.1)


@pytest.mark.parametrize("place", [KRAKOW, VIENNA, MOSCOW, FEZ], ids=["Kraków", "Vienna", "Moscow", "Fez"])
def test_places_of_europe_lie_on_both_maps(place):
    world, europe = on_world_map(*place), on_europe_map(*place)
    assert 0 < world.x < 1000
    assert 0 < world.y < WORLD_HEIGHT
    assert 0 < europe.x < 1000
    assert 0 < europe.y < EUROPE_HEIGHT


def test_a_place_overseas_lies_off_the_map_of_europe():
    assert on_europe_map(*CUSCO) is None


def test_east_is_right_and_north_is_up():
    assert on_world_map(*MOSCOW).x > on_world_map(*VIENNA).x > on_world_map(*CUSCO).x
    assert on_europe_map(*MOSCOW).y < on_europe_map(*VIENNA).y < on_europe_map(*FEZ).y


def test_areas_are_true_on_the_world_map():
    def square_area(latitude):
        corners = [on_world_map(latitude + a, b) for a, b in ((0, 0), (0, 1), (1, 1), (1, 0))]
        return abs(sum(p.x * q.y - q.x * p.y for p, q in zip(corners, corners[1:] + corners[:1], strict=True))) / 2

    assert square_area(60) / square_area(0) == pytest.approx(0.4924, rel=0.01)  # sin 61° - sin 60° against sin 1°
