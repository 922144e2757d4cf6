import pytest

from krakow_intl.sheets.colours import NAMES, colour_key, normal, tinted


@pytest.mark.parametrize(
    ("written", "fill"),
    [("FFFFFF00", "FFFF00"), ("#c6efce", "C6EFCE"), ("FFFFFFFF", ""), ("transparent", ""), ("", ""), ("FF12", "")],
)
def test_white_is_no_fill_and_neither_is_what_names_no_colour(written, fill):
    assert normal(written) == fill


@pytest.mark.parametrize(
    ("base", "tint", "colour"),
    [("FFFFFF", -0.15, "D9D9D9"), ("70AD47", 0.6, "C6DEB5"), ("70AD47", 0, "70AD47"), ("000000", 1, "FFFFFF")],
)
def test_a_tint_makes_a_colour_darker_or_lighter(base, tint, colour):
    figures = zip(*(bytes.fromhex(rgb) for rgb in (tinted(base, tint), colour)), strict=True)
    assert max(abs(one - other) for one, other in figures) < 3


@pytest.mark.parametrize(
    ("rgb", "name"),
    [
        *[("FFFF00", "yellow"), ("FFEB9C", "yellow"), ("FFF2CC", "yellow"), ("FFC000", "orange"), ("F4B084", "orange")],
        *[("FF0000", "red"), ("C00000", "red"), ("FFC7CE", "pink"), ("FF00FF", "pink"), ("833C0C", "brown")],
        *[("92D050", "green"), ("C6EFCE", "green"), ("00B050", "green"), ("00FFFF", "turquoise"), ("00B0F0", "blue")],
        *[("DDEBF7", "blue"), ("002060", "blue"), ("7030A0", "violet"), ("D9D9D9", "grey"), ("000000", "black")],
    ],
)
def test_a_colour_has_the_name_that_people_give_it(rgb, name):
    assert colour_key(rgb) == name
    assert name in NAMES
