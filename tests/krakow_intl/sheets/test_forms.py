import pytest

from krakow_intl.sheets import forms
from krakow_intl.sheets.forms import PLAIN, Form, Pieces, fill_down, form_of, note_comments, note_forms
from krakow_intl.sheets.grid import Grid
from krakow_intl.sheets.messages import SheetError

STRUCK = Form(is_struck=True)


@pytest.mark.parametrize(
    ("look", "pieces", "form"),
    [
        (PLAIN, [], PLAIN),
        (STRUCK, [], STRUCK),
        (PLAIN, [("do ", None), ("2004 ", True), ("2005", False)], Form(unstruck="do 2005")),
        (STRUCK, [("8.07 ", None), ("9.07", False)], Form(unstruck="9.07")),
        (PLAIN, [("2004", True), (" ", None)], STRUCK),
        (STRUCK, [("2004", False)], PLAIN),
        (Form(fill="FFFF00"), [("a ", True), ("b", None)], Form(unstruck="b", fill="FFFF00")),
    ],
)
def test_a_cell_is_struck_as_a_whole_or_in_part_by_its_style_and_its_pieces(look, pieces, form):
    assert form_of(look, pieces) == form


def test_pieces_are_told_only_where_one_differs_from_the_cell():
    pieces = Pieces()
    pieces.begin(1, None)
    assert pieces.of(["a", "b"]) == []
    pieces.begin(2, True)
    assert pieces.of(["a", "b", "c", "d"]) == [("a", None), ("b", None), ("cd", True)]


def test_a_text_of_pieces_without_end_is_refused():
    pieces = Pieces()
    pieces.marks = [(place, True) for place in range(forms.MAX_MARKS)]
    with pytest.raises(SheetError, match="too-much"):
        pieces.begin(7, True)


@pytest.fixture
def grid():
    return Grid(name="Umowy", rows={2: ["Lwów"]})


def test_forms_are_kept_of_rows_that_hold_anything_and_within_the_columns(grid):
    note_forms(grid, 2, {1: STRUCK, 61: STRUCK})
    note_forms(grid, 3, {1: STRUCK})
    assert grid.forms == {2: {1: STRUCK}}


def test_a_comment_is_kept_beside_the_look_of_its_cell(grid, monkeypatch):
    note_forms(grid, 2, {1: STRUCK})
    note_comments(grid, {(2, 1): (" sprawdzić\n", "Jan"), (2, 2): (" ", "Jan"), (9, 1): ("x", "")})
    assert grid.forms == {2: {1: Form(is_struck=True, comment="sprawdzić", author="Jan")}}
    monkeypatch.setattr(forms, "MAX_COMMENTS", 1)
    with pytest.raises(SheetError, match="too-much"):
        note_comments(grid, dict.fromkeys([(2, 1), (2, 2)], ("x", "")))


def test_the_form_of_a_merged_cell_is_that_of_its_rows_but_for_the_comment():
    kept = {4: {1: Form(is_struck=True, comment="x", author="Jan")}, 5: {2: STRUCK}}
    fill_down(kept, 4, 1, [4, 5, 6])
    assert (kept[5], kept[6], kept[4][1].comment) == ({1: STRUCK, 2: STRUCK}, {1: STRUCK}, "x")
