import pytest

from krakow_intl.sheets.messages import SheetError
from krakow_intl.sheets.safety import open_archive
from krakow_intl.sheets.xlsx import read_xlsx
from krakow_intl.sheets.xlsx_forms import RichText, looks_of, theme_colours
from tests.spreadsheets.forms import GREEN, STRUCK, YELLOW, book, comments, rich, styled
from tests.spreadsheets.writers import Cell, worksheet, xlsx

YELLOW_13 = {"indexed": "13"}
PALETTE = [("colors", {}), ("indexedColors", {}), *[("rgbColor", {"rgb": f"000000{n:02X}"}) for n in range(12)]]


def grid_of(data):
    [grid, *_others], _is_1904 = read_xlsx(open_archive(data)[0])
    assert grid.fault is None
    return grid


def looks(*fills, more=()):
    """The looks of styles with these fills, each told as elements."""
    elements = [("fonts", {}), ("font", {}), ("fills", {})]
    for fill in fills:
        elements += [("fill", {}), *fill]
    elements += [("cellXfs", {}), *(("xf", {"fontId": "0", "fillId": str(n)}) for n in range(len(fills)))]
    elements += [("dxfs", {}), ("fill", {}), ("bgColor", {"rgb": "FFFF0000"}), *more]
    theme = ["FFFFFF", "000000", "E7E6E6"]
    return [looks_of(elements, lambda: theme).get(str(n)) for n in range(len(fills))]


def solid(**colour):
    return [("patternFill", {"patternType": "solid"}), ("fgColor", colour), ("bgColor", {"indexed": "64"})]


@pytest.mark.parametrize(
    ("fill", "rgb"),
    [
        (solid(rgb="FFFFFF00"), "FFFF00"),
        (solid(rgb="ffff00"), "FFFF00"),
        (solid(indexed="13"), "FFFF00"),
        (solid(indexed="65"), None),
        (solid(theme="2"), "E7E6E6"),
        (solid(theme="0", tint="-0.15"), "D9D9D9"),
        (solid(theme="0"), None),
        (solid(theme="99"), None),
        (solid(rgb="pink"), None),
        (solid(rgb="FFFFFF00", tint="much"), "FFFF00"),
        ([("patternFill", {"patternType": "none"}), ("fgColor", {"rgb": "FFFFFF00"})], None),
        ([("patternFill", {}), ("bgColor", {"rgb": "FFFFFF00"})], None),
        ([("patternFill", {"patternType": "gray125"})], None),
        (
            [("patternFill", {"patternType": "lightUp"}), ("fgColor", {"auto": "1"}), ("bgColor", {"indexed": "13"})],
            "FFFF00",
        ),
        ([("gradientFill", {}), ("stop", {}), ("color", {"rgb": "FF00B0F0"})], "00B0F0"),
    ],
)
def test_a_fill_is_told_however_its_colour_is_named(fill, rgb):
    [found] = looks(fill)
    assert (found and found.fill) == rgb


def test_a_workbook_may_have_a_palette_of_its_own():
    [found] = looks(solid(indexed="11"), more=PALETTE)
    assert found.fill == "00000B"


def test_the_colours_of_a_theme_come_in_the_order_of_cells():
    elements = [("clrScheme", {}), ("dk1", {}), ("sysClr", {"val": "windowText", "lastClr": "111111"})]
    elements += [("lt1", {}), ("srgbClr", {"val": "EEEEEE"}), ("accent2", {}), ("srgbClr", {"val": "ABCDEF"})]
    assert theme_colours(elements)[:6] == ["EEEEEE", "111111", "E7E6E6", "44546A", "4472C4", "ABCDEF"]
    assert theme_colours([])[0] == "FFFFFF"


def test_a_cell_without_a_style_looks_as_its_row_does_and_only_if_the_row_has_one():
    rows = [["a", styled("b", YELLOW)], ["c"], ["d"]]
    sheet = worksheet(rows).replace('<row r="1"', f'<row r="1" s="{STRUCK}" customFormat="1"')
    sheet = sheet.replace('<row r="2"', f'<row r="2" s="{STRUCK}"')
    grid = grid_of(book(*rows, more={"xl/worksheets/sheet1.xml": sheet}))
    assert {column: (form.is_struck, form.fill) for column, form in grid.forms[1].items()} == {
        1: (True, ""),
        2: (False, "FFFF00"),
    }
    assert [*grid.forms] == [1]


def test_a_run_that_says_how_it_looks_says_all_of_it():
    runs = rich((None, "stare "), ("<b/>", "nowe"), style=STRUCK)
    strike = rich(("<strike/>", "a_x000D_\n"), ('<strike val="false"/>', "b"))
    grid = grid_of(book([runs, strike, rich(("<b/>", "zwykłe"))]))
    assert {column: form.unstruck for column, form in grid.forms[1].items()} == {1: "nowe", 2: "b"}


def test_an_empty_cell_keeps_its_colour_where_its_row_holds_anything():
    grid = grid_of(book([styled(None, GREEN), "w przygotowaniu"], [styled(None, GREEN)]))
    assert {row: [*forms] for row, forms in grid.forms.items()} == {1: [1]}


def test_a_comment_loses_the_name_of_its_author_and_a_thread_tells_all_answers():
    told = {"A1": "sprawdzić", "B1": "[Threaded comment] …"}
    grid = grid_of(book(["a", "b"], more=comments(told, [("B1", "Czy?"), ("B1", "Tak."), ("Z", "x")])))
    assert [(form.comment, form.author) for form in grid.forms[1].values()] == [
        ("sprawdzić", "Anna Nowak"),
        ("Czy?\nTak.", ""),
    ]


def test_an_endless_thread_is_read_in_a_moment():
    grid = grid_of(book(["a"], more=comments({}, [("A1", f"odpowiedź {number}") for number in range(9_000)])))
    assert grid.forms[1][1].comment.count("\n") == 8_999


def test_a_workbook_without_forms_keeps_none():
    assert grid_of(xlsx(["a"], [Cell('s="1"', "<v>7</v>")])).forms == {}


def test_a_document_type_in_comments_is_refused():
    parts = comments({"A1": "x"})
    parts["xl/comments1.xml"] = '<!DOCTYPE x [<!ENTITY a "b">]>' + parts["xl/comments1.xml"]
    with pytest.raises(SheetError, match="entities"):
        open_archive(book(["a"], more=parts))


def test_runs_without_a_text_are_none():
    follower = RichText("part")
    assert follower.take_pieces() == []
