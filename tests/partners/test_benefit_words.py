import pytest
from django.utils.translation import override

from krakow_intl.core.typography import NBSP
from partners.benefit_words import words_of_direction, words_of_number
from partners.models import Benefit


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, ""),
        ({"amount": 20_000, "currency": "EUR"}, "EUR 20,000"),
        ({"quantity": 124, "unit_en": "cars", "precision": "over"}, "over 124 cars"),
        ({"quantity": 5}, "5"),
        (
            {"amount": 9, "currency": "CHF", "quantity": 2, "unit_en": "maps", "precision": "about"},
            "about CHF 9 · about 2 maps",
        ),
    ],
)
def test_how_much_a_gift_was_is_said_as_exactly_as_it_is_known(facts, words):
    with override("en"):
        assert words_of_number(Benefit(**facts)).replace(NBSP, " ") == words


@pytest.mark.parametrize(
    ("direction", "is_promised", "words"),
    [
        ("home", False, "Kraków received"),
        ("home", True, "Promised to Kraków"),
        ("partner", False, "Kraków gave"),
        ("partner", True, "Promised by Kraków"),
    ],
)
def test_a_promise_is_never_called_a_gift(direction, is_promised, words):
    with override("en"):
        assert words_of_direction(Benefit(direction=direction, is_promised=is_promised)) == words
