import pytest

from krakow_intl.sheets.grid import Grid
from krakow_intl.sheets.messages import SheetError
from krakow_intl.sheets.table import Table

KNOWN = {"Miasto", "Kraj", "Data", "Data podpisania", "Obowiązuje od", "Obowiązuje do", "Uwagi", "Okres (mies.)"}
HEADER = ["Miasto", "Kraj", "Data"]


def is_header(texts):
    return len(KNOWN & set(texts))


def grid_of(*rows, first=1, **details):
    grid = Grid(**details)
    for number, row in enumerate(rows, first):
        for column, value in enumerate(row, 1):
            if value is not None:
                grid.put(number, column, value)
    return grid


def read(*rows, **details):
    table = Table(grid_of(*rows, **details))
    return table.read(table.find_header(is_header))


def codes(messages):
    return [(message.row, message.code) for message in messages]


@pytest.mark.parametrize(
    ("rows", "first", "last", "names"),
    [
        ([HEADER, ["Lwów"]], 1, 1, HEADER),
        ([["Wykaz"], [], HEADER, ["Lwów"]], 3, 3, HEADER),
        ([["Miasto: Kraków"], ["Data", "2006"], HEADER], 3, 3, HEADER),
        ([["Miasto ", "Kraj\n", "Data  podpisania"]], 1, 1, ["Miasto", "Kraj", "Data podpisania"]),
        (
            [["Miasto", "Obowiązuje", None, "Uwagi"], [None, "od", "do"]],
            *(1, 2),
            ["Miasto", "Obowiązuje od", "Obowiązuje do", "Uwagi"],
        ),
        ([["Umowa", None, "Inne"], HEADER], 2, 2, HEADER),
        ([["Strona", None, "Obowiązuje"], ["Miasto", "Kraj", "od"]], 1, 2, ["Miasto", "Kraj", "Obowiązuje od"]),
        ([["Miasto", "Data", "Okres"], [None, None, "(mies.)"]], 1, 2, ["Miasto", "Data", "Okres (mies.)"]),
        ([["Miasto", "Kraj", "Inne"], ["Lwów", "Ukraina", "Uwagi"]], 1, 1, ["Miasto", "Kraj", "Inne"]),
        ([["Miasto", None, "Kraj", "", None]], 1, 1, ["Miasto", "", "Kraj"]),
    ],
)
def test_the_column_names_are_found(rows, first, last, names):
    header = Table(grid_of(*rows)).find_header(is_header)
    assert (header.first, header.last, header.names) == (first, last, names)


@pytest.mark.parametrize("rows", [[], [["Lwów", "Ukraina"]], [["Miasto", "Lwów"]], [["x"]] * 100 + [HEADER]])
def test_too_few_names_or_names_too_far_down_are_no_header(rows):
    assert Table(grid_of(*rows)).find_header(is_header) is None


@pytest.mark.parametrize(
    "word",
    [
        "Razem",
        "RAZEM:",
        "Suma",
        "Suma końcowa",
        "Ogółem",
        "Total",
        "total: 57",
        "Łącznie 3",
        "Razem umów:",
        "Liczba umów",
        "Total agreements",
    ],
)
def test_a_total_is_left_out_and_said(word):
    rows, messages = read(HEADER, ["Lwów", "Ukraina"], [None, word, 57])
    assert (len(rows), codes(messages)) == (1, [(3, "total-row")])


@pytest.mark.parametrize("beside", [[1], ["1"], [None, 1], ["12,5 %", 3]], ids=str)
@pytest.mark.parametrize("word", ["Razem Niemcy", "Ogółem – Ukraina:", "Niemcy razem", "Total Germany"])
def test_a_subtotal_has_figures_alone_beside_it(word, beside):
    rows, messages = read([*HEADER, "Uwagi"], ["Lwów", "Ukraina"], [word, *beside])
    assert (len(rows), codes(messages)) == (1, [(3, "total-row")])


@pytest.mark.parametrize("row", [["Razem Niemcy", "Niemcy"], ["Suma Park", 1, "umowa"], ["Sumy", 2], ["Totalán", 1]])
def test_a_city_that_is_called_like_a_subtotal_is_read(row):
    assert len(read([*HEADER, "Uwagi"], row)[0]) == 1


@pytest.mark.parametrize("word", ["Totalna", "Sumy", "Razemkowo", "Sumatra", "Liczba", "Razem dla miast"])
def test_a_word_that_begins_like_a_total_is_none(word):
    assert len(read(HEADER, [word])[0]) == 1


@pytest.mark.parametrize("figures", [[1, 2, 3], ["1", "2", "3"], ["1.", "2.", "3."], ["(1)", "(2)", "(3)"]])
def test_numbers_below_the_column_names_are_left_out(figures):
    rows, messages = read(HEADER, figures, ["Lwów"], [1, 2, 3])
    assert ([row.number for row in rows], codes(messages)) == ([3, 4], [(2, "numbered-columns")])


def test_a_row_has_one_value_for_each_name():
    rows, _messages = read(HEADER, ["Lwów"], ["Kijów", "Ukraina", 1976, None])
    assert [row.values for row in rows] == [["Lwów", None, None], ["Kijów", "Ukraina", 1976]]


def test_a_faulty_cell_is_empty_and_named():
    grid = grid_of(HEADER, ["Lwów", "Ukraina", "x\x07"])
    grid.add_error(3, 1, "error-value", "#REF!")
    table = Table(grid)
    rows, messages = table.read(table.find_header(is_header))
    assert [row.values for row in rows] == [["Lwów", "Ukraina", None], [None, None, None]]
    assert [(m.row, m.column, m.value, m.code) for m in messages] == [
        (2, "Data", "x\\x07", "control-character"),
        (3, "Miasto", "#REF!", "error-value"),
    ]
    assert "C2" in str(messages[0].text)


def test_faults_above_the_list_and_beside_it_are_nobodys_business():
    grid = grid_of(["x\x07"], [*HEADER, None], ["Lwów", None, None, "#REF!"], first=1)
    table = Table(grid)
    assert codes(table.read(table.find_header(is_header))[1]) == []


def test_a_merged_fault_counts_for_each_row():
    grid = grid_of(HEADER, [None, "Ukraina"], [None, "Ukraina"], merges=[(2, 1, 3, 1)])
    grid.add_error(2, 1, "error-value", "#N/A")
    table = Table(grid)
    messages = table.read(table.find_header(is_header))[1]
    assert codes(messages) == [(2, "merged-down"), (2, "error-value"), (3, "error-value")]


def test_a_heading_of_rows_merged_across_the_list_is_no_fault():
    rows, messages = read(HEADER, ["NIEMCY"], ["Lipsk", "Niemcy"], merges=[(2, 1, 2, 3), (3, 1, 3, 2)])
    assert (rows[0].values, codes(messages)) == (["NIEMCY", None, None], [(3, "merged-across")])


@pytest.mark.parametrize("merge", [(3, 1, 3, 1), (1, 1, 1, 3), (4, 1, 5, 3), (2, 3, 2, 9), (2, 2, 3, 2)])
def test_merged_cells_that_hide_nothing_are_no_fault(merge):
    assert codes(read(HEADER, ["Lwów"], ["Kijów", "Ukraina"], merges=[merge])[1]) == []


def test_a_merged_range_below_the_names_is_filled_only_where_nothing_stands():
    rows, _messages = read(HEADER, ["Lwów"], [None, "a"], ["Kijów", "b"], merges=[(2, 1, 4, 1)])
    assert [row.values[0] for row in rows] == ["Lwów", "Lwów", "Kijów"]


@pytest.mark.parametrize("merges", [[(2, 1, 2, 1)] * 30_000, [(2, 1, 9_000, 1)] * 100], ids=["many", "overlapping"])
def test_more_merged_ranges_than_a_sheet_can_have_are_refused(merges):
    with pytest.raises(SheetError, match="too-much"):
        read(HEADER, *[["Lwów"]] * 9_000, merges=merges)


def test_messages_come_in_the_order_of_the_rows():
    rows = [HEADER, ["Razem"], ["KrakÃ³w"], ["Razem"], ["x", None, None, "?"]]
    assert [row for row, _code in codes(read(*rows, is_hidden=True)[1])] == [None, 2, 3, 4, 5]
