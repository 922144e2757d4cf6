"""A list whose names stand one below the other is read as if it lay as others do."""

from datetime import date

import pytest
from django.utils.translation import override

from krakow_intl.sheets import SheetError, read
from krakow_intl.sheets.grid import Grid
from krakow_intl.sheets.messages import ranges
from krakow_intl.sheets.turning import turned
from tests.spreadsheets.writers import Cell, xlsx

NAMES = {"City", "Date"}
LIST = [["City", "Lviv", "Milan", None, "Fez"], ["Date", date(2005, 5, 1), Cell('t="e"', "<v>#REF!</v>"), None, "2006"]]


def names(texts):
    return len(NAMES.intersection(texts))


def test_its_columns_are_rows_that_bear_their_letters():
    sheet = read(xlsx(["List of 2006"], [], *LIST, ["Folder", None, None, None, "7"]), is_header=names, header=(0,))
    assert sheet.headers == ["List of 2006", "", "City", "Date", "Folder"]
    assert [[str(row.number), *row.values[2:]] for row in sheet.rows] == [
        ["B", "Lviv", date(2005, 5, 1), None],
        ["C", "Milan", None, None],
        ["E", "Fez", "2006", "7"],
    ]
    assert ranges(row.number for row in sheet.rows) == "B–C, E"
    with override("en"):
        said = {message.code: str(message.text) for message in sheet.messages}
    assert "C4" in said["error-value"]
    assert "“row B”" in said["list-turned"]


def test_names_that_are_not_known_are_those_of_the_first_column():
    sheet = read(b"Ort;Lviv\r\nDatum;2005\r\n", is_header=names, header=(0,))
    assert (sheet.headers, [row.values for row in sheet.rows]) == (["Ort", "Datum"], [["Lviv", "2005"]])


def test_what_was_hidden_or_merged_in_rows_is_so_in_columns():
    grid = Grid("List", rows={1: ["a", "b"], 3: [None, None, "c"]}, hidden_rows={3}, hidden_columns=[(2, 2)])
    grid.merges, grid.partial_dates[3] = [(1, 1, 1, 2)], [3]
    side = turned(grid)
    assert dict(side.rows) == {1: ["a", None, None], 2: ["b", None, None], 3: [None, None, "c"]}
    assert (side.hidden_rows, side.hidden_columns, side.merges) == ({2}, [(3, 3)], [(1, 1, 2, 1)])
    assert side.partial_dates == {3: [3]}


def test_a_list_of_more_rows_than_columns_can_be_is_not_turned():
    data = b"City;Lviv\r\n" * 61
    with pytest.raises(SheetError) as refusal:
        read(data, is_header=lambda texts: 0)
    assert not any(head.may_be_turned for head in refusal.value.heads)
    with pytest.raises(SheetError, match="too-many-columns"):
        read(data, is_header=names, header=(0,))
