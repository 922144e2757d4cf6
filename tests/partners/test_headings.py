"""The heading of an agreement says with whom and of which year, and says neither twice."""

import pytest

from partners.headings import heading

HEADINGS = {
    "generic": ("Co-operation agreement", "Kyiv", 1976, "en", "Co-operation agreement with Kyiv, 1976"),
    "generic-polish": ("Umowa o współpracy", "Kijów", 1976, "pl", "Umowa o współpracy: Kijów, 1976"),
    "city-in-it": (
        "Co-operation agreement between La Serena and Kraków",
        "La Serena",
        1995,
        "en",
        "Co-operation agreement between La Serena and Kraków, 1995",
    ),
    "city-inflected": (
        "Umowa o współpracy między miastem Krakowem a Radą Okręgową w Lipsku",
        "Lipsk",
        1976,
        "pl",
        "Umowa o współpracy między miastem Krakowem a Radą Okręgową w Lipsku, 1976",
    ),
    "city-of-several-words-inflected": (
        "Porozumienie między Miastem Frankfurtem nad Menem i Miastem Krakowem",
        "Frankfurt nad Menem",
        2004,
        "pl",
        "Porozumienie między Miastem Frankfurtem nad Menem i Miastem Krakowem, 2004",
    ),
    "city-as-adjective": ("Deklaracja Strasburska", "Strasburg", 2003, "pl", "Deklaracja Strasburska, 2003"),
    "our-city-in-it": (
        "Co-operation agreement between Kraków and Baranya County",
        "Pécs",
        1987,
        "en",
        "Co-operation agreement between Kraków and Baranya County: Pécs, 1987",
    ),
    "the-two-cities-in-it": (
        "Protocol on the conclusion of a co-operation agreement between the two cities",
        "Fez",
        1986,
        "en",
        "Protocol on the conclusion of a co-operation agreement between the two cities: Fez, 1986",
    ),
    "year-in-it": (
        "Protocol of co-operation for 1997–2001",
        "Frankfurt am Main",
        1997,
        "en",
        "Protocol of co-operation for 1997–2001 with Frankfurt am Main",
    ),
    "other-year-in-it": (
        "Confirmation of the co-operation agreement of 18 April 1985",
        "Florence",
        1987,
        "en",
        "Confirmation of the co-operation agreement of 18 April 1985 with Florence, 1987",
    ),
    "city-and-year-in-it": ("Kyiv protocol of 1976", "Kyiv", 1976, "en", "Kyiv protocol of 1976"),
    "undated": ("Agreement on crisis management", "Vienna", None, "en", "Agreement on crisis management with Vienna"),
    "honorary-title": (
        "Title of Honorary Twin City of Kraków",
        "Curitiba",
        1993,
        "en",
        "Title of Honorary Twin City of Kraków: Curitiba, 1993",
    ),
}


@pytest.mark.parametrize(("title", "city", "year", "language", "expected"), HEADINGS.values(), ids=HEADINGS)
def test_a_heading_adds_what_the_title_leaves_out(title, city, year, language, expected):
    assert heading(title, city, year, language) == expected


def test_an_agreement_of_institutions_is_not_said_to_be_made_with_the_city():
    title = "Agreement of the firms Signalco and Tubosider"
    expected = "Agreement of the firms Signalco and Tubosider: Milan, 2003"
    assert heading(title, "Milan", 2003, "en", is_of_institutions=True) == expected
