import pytest

from krakow_intl.sheets.joining import read_tables
from krakow_intl.sheets.messages import SheetError
from krakow_intl.sheets.safety import MAX_ROWS
from krakow_intl.sheets.table import Table
from tests.krakow_intl.sheets.test_table import codes, grid_of, is_header

HEADER = ["Miasto", "Kraj", "Data"]
SYNONYMS = {"Data podpisania": "Data"}


def read(*rows, **details):
    table = Table(grid_of(*rows, **details))
    names, rows, messages = read_tables(table, table.find_headers(is_header), lambda name: SYNONYMS.get(name, name))
    return names, [(row.number, row.values) for row in rows], codes(messages)


def test_one_table_is_read_as_it_stands():
    assert read(HEADER, ["Lwów", "Ukraina"]) == (HEADER, [(2, ["Lwów", "Ukraina", None])], [])


def test_a_table_below_is_read_by_its_own_names():
    names, rows, messages = read(HEADER, ["Lwów", "Ukraina", 1], [], ["Data podpisania", "Miasto"], [2, "Mediolan"])
    assert (names, messages) == (HEADER, [(4, "further-table")])
    assert rows == [(2, ["Lwów", "Ukraina", 1]), (5, ["Mediolan", None, 2])]


def test_rows_above_a_fuller_header_are_read_by_theirs():
    names, rows, _messages = read(["Data", "Miasto"], [1, "Lwów"], HEADER, ["Mediolan", "Włochy", 2])
    assert names == ["Data", "Miasto", "Kraj"]
    assert rows == [(2, [1, "Lwów", None]), (4, [2, "Mediolan", "Włochy"])]


def test_a_further_table_may_add_columns_and_leave_some_without_a_name():
    names, rows, _messages = read(HEADER, ["Lwów"], ["Miasto", "", "Inne", "Uwagi"], ["Mediolan", None, "x", "y"])
    assert names == [*HEADER, "", "Inne", "Uwagi"]
    assert rows == [(2, ["Lwów", *[None] * 5]), (4, ["Mediolan", None, None, None, "x", "y"])]


def test_names_that_are_repeated_begin_no_table():
    names, rows, messages = read(HEADER, ["Lwów"], HEADER, ["Mediolan"])
    assert (names, [number for number, _values in rows]) == (HEADER, [2, 4])
    assert messages == [(3, "repeated-header")]


def test_the_first_names_may_come_again_below_others():
    _names, rows, messages = read(HEADER, ["Lwów"], ["Data", "Miasto"], [1, "Wilno"], HEADER, ["Mediolan"])
    assert [values[0] for _number, values in rows] == ["Lwów", "Wilno", "Mediolan"]
    assert messages == [(3, "further-table"), (5, "further-table")]


@pytest.mark.parametrize("row", [["Miasto", "x", "y", "Kraj", "z"], ["Miasto", 5, "Kraj"], ["Miasto", "Lwów"]])
def test_a_row_that_hardly_holds_names_is_read_as_data(row):
    _names, rows, messages = read([*HEADER, "Uwagi", "Inne"], ["Lwów"], row)
    assert (len(rows), messages) == (2, [])


def test_what_is_said_of_the_sheet_is_said_once():
    _names, _rows, messages = read(HEADER, ["Lwów"], ["Data", "Miasto"], [1, "Wilno"], is_hidden=True)
    assert messages == [(None, "hidden-sheet"), (3, "further-table")]


def test_tables_may_not_be_longer_together_than_one():
    half = [["Lwów", "Ukraina"]] * (MAX_ROWS // 2 + 1)
    with pytest.raises(SheetError, match="too-many-rows"):
        read(HEADER, *half, ["Data", "Miasto"], *half)
