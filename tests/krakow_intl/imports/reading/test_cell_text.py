from datetime import date, datetime

import pytest

from krakow_intl.imports.reading.cell_text import as_text, repeats_the_cell_above, split_list
from partners.imports.reading.links import references

DITTO = ["„", "”", '"', '- " -', "-„-", "— „ —", "''", ",,", "-||-", "- II -", "-//-", '" "', "〃"]
WORDS = ["j.w.", "jw.", "jw", "J. w.", "(j.w.)", "jak wyżej", "JAK POWYŻEJ", "as above", "ditto", "idem"]


@pytest.mark.parametrize("text", DITTO + WORDS)
def test_ditto_marks_point_at_the_row_above(text):
    assert repeats_the_cell_above(text)


@pytest.mark.parametrize("text", ["", "-", "—", "...", "?", "II", "||", "//", "„Most”", "JWP", "jak", "x", "∞"])
def test_what_says_something_or_nothing_does_not(text):
    assert not repeats_the_cell_above(text)


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (60.0, "60"), (2.5, "2.5"), (date(2001, 7, 9), "2001-07-09"), (datetime(2001, 7, 9, 8), "2001-07-09")],
)
def test_a_cell_is_a_text(value, text):
    assert as_text(value) == text


def test_texts_are_listed_and_so_are_numbers():
    assert split_list("Rada; \n Urząd;") == ["Rada", "Urząd"]
    assert [references(text) for text in ("nr 6, 7 i 9", "12 i 13 maja 1996")] == [
        ["nr 6", "7", "9"],
        ["12 i 13 maja 1996"],
    ]
