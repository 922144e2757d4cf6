import pytest

from krakow_intl.sheets.fills import legend_in_words, legend_of, legend_rows, telling_fills
from krakow_intl.sheets.forms import Form
from krakow_intl.sheets.ledger import SheetCells

Y, G = "FFFF00", "C6EFCE"


def in_rows(count, *places, fill=Y, column=1):
    return [{column: fill} if place in places else {} for place in range(count)]


@pytest.mark.parametrize(
    ("rows", "telling"),
    [
        (in_rows(4, 1, 3), {Y: [1, 3]}),
        (in_rows(6, 1, 3, 5), {}),
        (in_rows(9, 0, 3, 6), {}),
        (in_rows(12, 2, 3, 6, 7, 10, 11), {}),
        (in_rows(6, 1, 3, 4, 5), {Y: [1, 3, 4, 5]}),
        (in_rows(3, 0, 1, 2), {}),
        (in_rows(2, 0, 1), {Y: [0, 1]}),
        ([{1: Y, 2: Y}, {1: Y}, {1: Y}], {Y: [0]}),
        ([{1: Y}, {1: G}, {1: Y}], {Y: [0, 2], G: [1]}),
    ],
    ids=["some", "zebra", "every-third", "two-by-two", "irregular", "a-column", "two-rows", "beyond", "two-colours"],
)
def test_columns_and_bands_in_a_colour_are_ornaments(rows, telling):
    assert telling_fills(rows) == telling


def test_bands_in_a_colour_that_is_explained_are_none():
    assert telling_fills(in_rows(6, 1, 3, 5), explained={Y}) == {Y: [1, 3, 5]}


def cells(rows, fills, name="Umowy"):
    """A sheet of rows by their numbers, and the fills of cells: {(row, column): fill}."""
    forms = {}
    for (row, column), fill in fills.items():
        forms.setdefault(row, {})[column] = Form(fill=fill)
    return SheetCells(name, rows, forms=forms)


def outside(sheet, *others):
    for other in others:
        other.left_out = "other-sheet"
    return legend_of([sheet, *others], lambda which, row, column, form: which is sheet and row < 5)


@pytest.mark.parametrize(
    ("values", "fills", "words"),
    [
        ([None, "wygasłe"], {1: Y}, "wygasłe"),
        ([None, None, "wygasłe"], {1: Y}, "wygasłe"),
        (["wygasłe"], {2: Y}, "wygasłe"),
        (["wygasłe"], {1: Y}, "wygasłe"),
        (["żółty", "wygasłe"], {1: Y}, "żółty – wygasłe"),
        ([None, "wygasłe"], {1: Y, 2: Y}, "wygasłe"),
        ([None, "wygasłe", None, "nowe"], {1: Y, 3: G}, "wygasłe"),
        ([None, "x" * 101], {1: Y}, None),
        ([None, 7], {1: Y}, None),
    ],
)
def test_a_legend_says_what_stands_in_a_colour_or_next_to_it(values, fills, words):
    sheet = cells({7: values}, {(7, column): fill for column, fill in fills.items()})
    assert outside(sheet).get(Y) == words


def test_a_legend_stands_outside_the_list_or_on_a_small_sheet_and_in_no_total():
    sheet = cells({3: ["Lwów"], 8: ["Razem"]}, {(3, 1): Y, (8, 1): Y})
    sheet.left_out_rows[8] = "total-row"
    assert outside(sheet) == {}
    assert outside(sheet, cells({1: [None, "wygasłe"]}, {(1, 1): Y}, "Legenda")) == {Y: "wygasłe"}
    assert outside(sheet, cells({row: [None, "x"] for row in range(1, 60)}, {(1, 1): Y}, "Lista")) == {}


def test_two_lines_of_a_legend_for_one_colour_are_both_told():
    assert outside(cells({7: ["wygasłe"], 8: ["zerwane"]}, {(7, 1): Y, (8, 1): Y})) == {Y: "wygasłe; zerwane"}


@pytest.mark.parametrize(
    ("text", "is_told"),
    [("Na żółto: wygasłe", True), ("gelb = beendet", True), ("(yellow) ended", True), ("Gelbart", False)],
)
def test_a_legend_may_name_the_colour_in_words(text, is_told):
    sheet = cells({7: [text]}, {})
    assert legend_in_words([sheet], lambda which, row, column, form: row < 5, [Y]) == ({Y: text} if is_told else {})


@pytest.mark.parametrize(
    ("values", "fills", "is_line"),
    [
        ([None, "wygasłe"], {1: Y}, True),
        (["wygasłe"], {1: Y}, True),
        (["żółty", "wygasłe"], {1: Y}, True),
        (["Kijów", "Ukraina"], {1: Y}, False),
        ([None, "Ukraina"], {}, False),
        ([None, "Ukraina"], {1: G}, False),
        ([None, None, None, "x"], {1: Y}, False),
        ([None, "x"], {1: Y, 3: Y, 4: Y, 5: Y}, False),
        ([None, 7], {1: Y}, False),
    ],
)
def test_a_line_of_a_legend_is_a_text_at_a_colour_of_the_list(values, fills, is_line):
    sheet = cells({3: ["Lwów", "umowa", "1991"], 7: values}, {(3, 1): Y} | {(7, c): fill for c, fill in fills.items()})
    assert legend_rows([sheet], [3, 7]) == ({7} if is_line else set())
