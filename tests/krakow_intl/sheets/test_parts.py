"""A list that stands in several sheets, or in tables beside each other, is read as one."""

import json

import pytest

from krakow_intl.sheets import ALL, read
from krakow_intl.sheets.messages import RowNumber, ranges
from krakow_intl.sheets.parts import SHEET_COLUMN
from tests.spreadsheets.writers import archive, worksheet, xlsx_parts

HEADER = ["city", "kind", "day"]
KNOWN = {*HEADER, "country"}


def workbook(**sheets):
    return archive(xlsx_parts({name: worksheet(rows) for name, rows in sheets.items()}))


def read_known(data, **options):
    meaning = {name: name for name in KNOWN}.get
    return read(data, is_header=lambda texts: len(KNOWN.intersection(texts)), meaning=meaning, **options)


def rows_of(sheet):
    return {str(row.number): row.values for row in sheet.rows}


def test_the_sheets_of_a_file_are_one_list_under_the_columns_of_all():
    data = workbook(DE=[HEADER, ["a", "b", "c"]], UA=[["List"], ["country", *reversed(HEADER)], ["d", "e", "f", "g"]])
    sheet = read_known(data, sheet=ALL)
    assert sheet.headers == [*HEADER, "country", SHEET_COLUMN]
    assert rows_of(sheet) == {"DE!2": ["a", "b", "c", None, "DE"], "UA!3": ["g", "f", "e", "d", "UA"]}
    assert [(cells.part, cells.left_out) for cells in sheet.cells] == [(0, ""), (1, "")]


@pytest.mark.parametrize("gap", [[], [None], [None, None]], ids=["no gap", "a gap", "a wide gap"])
def test_tables_beside_each_other_are_each_read_by_their_own_names(gap):
    rows = [[*HEADER, *gap, *HEADER], ["a", "b", "c", *gap, "d", "e", "f"], [None, None, None, *gap, "g", "h", "i"]]
    sheet = read_known(workbook(S=rows))
    letter = "DEF"[len(gap)]
    found = {number: [value for value in values if value] for number, values in rows_of(sheet).items()}
    assert found == {"2": ["a", "b", "c"], f"{letter}2": ["d", "e", "f"], f"{letter}3": ["g", "h", "i"]}
    assert "tables-beside" in [message.code for message in sheet.messages]


def test_a_column_that_stands_twice_makes_no_second_table():
    rows = [[*HEADER, "day"], ["a", "b", "c", "d"]]
    sheet = read_known(workbook(S=rows))
    assert (sheet.headers, sheet.prefixes) == ([*HEADER, "day"], [])


def test_the_number_of_a_row_tells_where_it_is_and_survives_being_kept():
    numbers = [RowNumber(1, row, "UA!") for row in (2, 3, 7)]
    kept = json.loads(json.dumps(numbers))
    again = [RowNumber.again(number, ["DE!", "UA!"]) for number in kept]
    assert (again, ranges(again), f"{again[0]}") == (numbers, "UA!2–3, UA!7", "UA!2")
    assert RowNumber.again(5, []) == 5
    assert RowNumber.again(None, ["DE!"]) is None
