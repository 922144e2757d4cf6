from struct import pack

import pytest

from krakow_intl.sheets.xls import read_xls
from krakow_intl.sheets.xls_forms import NOTE, OBJ, PALETTE, TXO, Notes, Styles
from tests.spreadsheets.forms import XLS_FONTS, XLS_STYLES, forms_xls, label
from tests.spreadsheets.writers import biff, compound, record


def test_fonts_fills_and_pieces_of_texts_are_read():
    [grid], _is_1904 = read_xls(forms_xls())
    assert all(form.is_struck for form in grid.forms[2].values())
    assert {form.fill for form in grid.forms[3].values()} == {"FFFF00"}
    assert (grid.forms[4][4].comment, grid.forms[4][4].author) == ("sprawdzić", "Anna")
    assert grid.forms[5][5].unstruck == "źródło: Program 2006"
    assert grid.forms[7][1].fill == "FFFF00"  # an empty cell


def test_a_workbook_may_have_a_palette_of_its_own():
    palette = record(PALETTE, pack("<H", 56) + b"\x12\x34\x56\0" * 56)
    stream = biff({"Umowy": [label(0, 0, "a", 3)]}, styles=XLS_FONTS + XLS_STYLES + palette)
    [grid], _is_1904 = read_xls(compound({"Workbook": stream}))
    assert grid.forms[1][1].fill == "123456"


def test_a_style_that_does_not_exist_says_nothing():
    assert Styles().look(7) == Styles().look(0)


@pytest.mark.parametrize("letter", ["a", "ł", "🙂"])
def test_a_note_may_go_on_in_the_next_record(letter):
    notes, text = Notes(), letter * 10
    units = len(text.encode("utf-16-le")) // 2
    notes.note(OBJ, pack("<5H", 0x15, 0x12, 0x19, 3, 0))
    notes.note(TXO, pack("<10xHH4x", units, 16))
    for part in (text[:4], text[4:]):
        notes.note(0x3C, b"\1" + part.encode("utf-16-le"))
    notes.note(0x3C, bytes(16))
    notes.note(NOTE, pack("<5HB", 1, 2, 0, 3, 0, 0))
    assert notes.told() == {(2, 3): (text, "")}


@pytest.mark.parametrize("kind", [NOTE, OBJ, TXO, 0x3C, PALETTE])
def test_a_record_cut_short_is_no_harm(kind):
    stream = biff({"Umowy": [label(0, 0, "a", 0), record(kind, b"\1")]}, globals_=record(kind, b"\1"))
    [grid], _is_1904 = read_xls(compound({"Workbook": stream}))
    assert grid.rows == {1: ["a"]}
