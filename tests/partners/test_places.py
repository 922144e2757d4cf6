import pytest
from django.utils.translation import override

from partners.models import Agreement
from partners.places import by_place, in_order_of_places, places_among, places_of
from tests.partners.factories import AgreementFactory


def told(places):
    return [(place.key, place.name, place.number) for place in places]


ROWS = [("Wiedeń", "Vienna"), ("Łódź", ""), ("Pecs", "Pécs"), ("Pécs", "Pécs"), ("", None), ("Kraków", "Kraków")]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", [("krakow", "Kraków", 1), ("lodz", "Łódź", 1), ("pecs", "Pécs", 2), ("vienna", "Vienna", 1)]),
        ("pl", [("krakow", "Kraków", 1), ("lodz", "Łódź", 1), ("pecs", "Pecs", 2), ("vienna", "Wiedeń", 1)]),
    ],
)
def test_a_place_is_one_however_it_is_written_and_krakow_comes_first(language, expected):
    with override(language):
        assert told(places_among((*row, 1) for row in ROWS)) == expected


def test_a_place_that_is_told_in_polish_alone_is_the_one_that_is_known_by_both_names():
    with override("en"):
        assert told(places_among([("Mediolan", None, 3), ("Mediolan", "Milan", 1)])) == [("milan", "Milan", 4)]


def test_a_place_in_foreign_letters_has_a_key_too():
    assert [place.key for place in places_among([("Львів", "", 1)])] == ["львів"]
    assert [place.key for place in places_among([("—", "", 1)])] == ["—"]


@pytest.mark.django_db
def test_agreements_stand_together_that_were_signed_in_one_place():
    for number, (polish, english) in enumerate([("", ""), ("Wiedeń", "Vienna"), ("Kraków", ""), ("Wiedeń", None)]):
        AgreementFactory(number=number, signed_at_pl=polish, signed_at_en=english)
    with override("pl"):
        places = places_of(Agreement.objects.all())
        agreements = Agreement.objects.order_by(in_order_of_places(places).asc(nulls_last=True), "number")
        found = [(place and place.name, [each.number for each in some]) for place, some in by_place(agreements, places)]
    assert found == [("Kraków", [2]), ("Wiedeń", [1, 3]), (None, [0])]
    assert places_of(Agreement.objects.none()) == []
    assert list(
        Agreement.objects.order_by(in_order_of_places([]).asc(), "number").values_list("number", flat=True)
    ) == [*range(4)]
