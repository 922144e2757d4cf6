"""What a cell lists is divided where a person would divide it, and a text in quotes comes back to the last sign."""

import pytest

from partners.listing import divided, masked, quote, unquote

TEXTS = ["", "wojna", "a; b", 'tytuł "Miasto"', '"', '""', "a\nb", "; ", '";"', "przyczyna: x, y"]


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_in_quotes_is_one_and_comes_back(text):
    listed = f"zawieszono 2022, przyczyna: {quote(text)}; x: {quote(text)}, y"
    first, second = divided(listed)
    assert unquote(first.partition(": ")[2]) == text
    assert (second, len(masked(listed))) == (f"x: {quote(text)}, y", len(listed))


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Rada; Urząd\nIzba;", ["Rada", "Urząd", "Izba"]),
        ('rura 5"; rura 7"', ['rura 5"', 'rura 7"']),
        ('Zespół "Słowianki"; Chór', ['Zespół "Słowianki"', "Chór"]),
        ('"niedomknięty; Urząd', ['"niedomknięty', "Urząd"]),
        (" ; ;\n", []),
    ],
)
def test_other_quotes_divide_nothing_and_hold_nothing_together(text, pieces):
    assert divided(text) == pieces


def test_a_cell_full_of_quotes_is_divided_in_no_time():
    for text in ('"' * 32_001, '"a' * 16_000, '" ' * 16_000, '";' * 16_000):
        divided(text)
