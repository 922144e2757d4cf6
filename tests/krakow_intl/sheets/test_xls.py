from datetime import date
from struct import pack

import pytest

from krakow_intl.sheets.messages import SheetError
from krakow_intl.sheets.xls import read_xls
from tests.spreadsheets.writers import biff, cells, compound, record, xls


@pytest.mark.parametrize(
    ("packed", "number"),
    [(3 << 2 | 2, 3), ((1 << 32) - 20 + 2, -5), (1250 << 2 | 3, 12.5), (0x40290000, 12.5), (0x40290000 | 1, 0.125)],
)
def test_a_packed_number_is_read(packed, number):
    [grid], _is_1904 = read_xls(xls([record(0x27E, pack("<3HI", 0, 0, 0, packed))]))
    assert grid.rows == {1: [number]}


def test_packed_numbers_in_a_row_are_read():
    body = pack("<2H", 0, 1) + pack("<HI", 0, 5 << 2 | 2) + pack("<HI", 1, 28106 << 2 | 2) + pack("<H", 2)
    [grid], _is_1904 = read_xls(xls([record(0xBD, body)]))
    assert grid.rows == {1: [None, 5, date(1976, 12, 12)]}


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (record(0x204, pack("<4HB", 0, 0, 0, 4, 1) + "Lwów".encode("utf-16-le")), "Lwów"),
        (record(0xD6, pack("<4HB", 0, 0, 0, 2, 0) + b"ab"), "ab"),
        (record(0x205, pack("<3H2B", 0, 0, 0, 1, 0)), True),
        (record(0x06, pack("<3H", 0, 0, 0) + b"\1\0\1\0\0\0\xff\xff" + bytes(8)), True),
        (record(0x06, pack("<3H", 0, 0, 0) + b"\3\0\0\0\0\0\xff\xff" + bytes(8)), None),
    ],
)
def test_older_and_rarer_records_are_read(body, value):
    [grid], _is_1904 = read_xls(xls([body]))
    assert grid.rows.get(1, [None]) == [value]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (record(0x06, pack("<3H", 0, 0, 0) + b"\2\0\x17\0\0\0\xff\xff" + bytes(8)), "error-value"),
        (record(0x203, pack("<3Hd", 0, 0, 1, 60)), "leap-bug"),
        (record(0x203, pack("<3Hd", 0, 0, 1, -1)), "impossible-serial"),
        (record(0x203, pack("<3Hd", 0, 0, 0, float("nan"))), "error-value"),
    ],
)
def test_what_has_no_value_is_an_error(body, code):
    [grid], _is_1904 = read_xls(xls([body]))
    assert [error[2] for error in grid.cell_errors] == [code]


def test_a_chart_within_a_sheet_is_passed_over():
    chart = record(0x809, bytes(16)) + record(0x203, pack("<3Hd", 9, 9, 0, 1)) + record(0x0A)
    [grid], _is_1904 = read_xls(xls(["a", chart, "b"]))
    assert grid.rows == {1: ["a", None, "b"]}


def test_references_to_the_workbook_itself_and_to_functions_are_no_links():
    own = record(0x1AE, pack("<H", 1) + b"\1\4") + record(0x1AE, pack("<H", 1) + b"\1\x3a")
    assert read_xls(compound({"Workbook": biff({"Umowy": cells([["a"]])}, globals_=own)}))[0][0].rows == {1: ["a"]}


def test_a_sheet_of_macros_is_refused():
    stream = biff({"Umowy": cells([["a"]])})
    at = stream.find(pack("<H", 0x85))
    macro = stream[: at + 9] + b"\1" + stream[at + 10 :]
    with pytest.raises(SheetError, match="macros"):
        read_xls(compound({"Workbook": macro}))


def test_sheets_that_begin_over_and_over_at_one_place_are_refused(monkeypatch):
    monkeypatch.setattr("krakow_intl.sheets.xls.MAX_RECORDS", 1_000)
    stream = biff({f"Umowy {number}": cells([["a"] * 20]) for number in range(60)})
    with pytest.raises(SheetError, match="too-much"):
        read_xls_to_its_end(compound({"Workbook": stream}))


def read_xls_to_its_end(data):
    for grid in read_xls(data)[0]:
        if grid.fault:
            raise grid.fault
