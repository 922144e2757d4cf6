"""What we and python-calamine both read of a spreadsheet is the same, cell by cell, or it is known why not."""

import io
from contextlib import suppress
from datetime import date, datetime
from itertools import zip_longest

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from krakow_intl.sheets import SheetError
from krakow_intl.sheets.messages import cell_name
from krakow_intl.sheets.ods import read_ods
from krakow_intl.sheets.safety import kind_of, open_archive
from krakow_intl.sheets.xls import read_xls
from krakow_intl.sheets.xlsx import read_xlsx
from tests.spreadsheets import build, calamine
from tests.spreadsheets.writers import biff, cells, compound, ods, xlsx

OTHERWISE = {  # a sample: {a cell: why both read it otherwise}
    "coarse-dates.xlsx": {
        "D2": "a day that is shown as a month is known to us to the month only",
        "D3": "a day that is shown as a year is known to us to the year only",
    },
    "coarse-dates.ods": {"D2": "a day that is shown as a month is known to us to the month only"},
    "partly-struck.xlsx": {
        "E2": "calamine drops blanks between pieces of a text",
        "D3": "calamine drops blanks between pieces of a text",
    },
    "errors.ods": {"E2": "the error of a formula is a text to calamine"},
    "impossible-days.xlsx": {
        "D2": "29 February 1900, which never was, is the day before to calamine",
        "D3": "a negative day is midnight to calamine",
        "D4": "day 0 is midnight to calamine",
        "D5": "a day after the year 9999 is a number to calamine",
    },
}
DEADLY = {"one-text-everywhere.xlsx": "calamine copies a text that many cells share, and fills the memory"}


def grids_of(data):
    """The worksheets we read to their end; none of a file that is a text or is refused."""
    with suppress(SheetError):
        kind = kind_of(data)
        if kind == "xls":
            grids, _is_1904 = read_xls(data)
        elif kind == "zip":
            archive, kind = open_archive(data)
            grids, _is_1904 = (read_xlsx if kind == "xlsx" else read_ods)(archive)
        else:
            grids = []
        return [grid for grid in grids if not grid.fault]
    return []


TEXTS = (".csv", ".tsv", ".txt")
SHEETS = sorted(name for name in build.SAMPLES.keys() - DEADLY if not name.endswith(TEXTS))


def differences(grid, rows):
    """The names of cells that calamine's `rows` hold otherwise than our `grid`."""
    others = dict(enumerate(rows, 1))
    return [
        cell_name(number, column)
        for number in sorted(grid.rows.keys() | others.keys())
        for column, pair in enumerate(zip_longest(grid.rows.get(number, ()), others.get(number, ())), 1)
        if _plain(pair[0]) != _plain(pair[1])
    ]


def _plain(value):
    return (type(value) is bool, None if value == "" else value)  # True is 1 to Python


def all_differences(data):
    sheets = calamine.read(data)
    return [cell for grid in grids_of(data) for cell in differences(grid, sheets[grid.name])]


@pytest.mark.parametrize("name", SHEETS)
def test_a_sample_is_refused_or_read_alike(name):
    data, is_refused = build.SAMPLES[name].make(), build.SAMPLES[name].refused
    grids = grids_of(data)
    assert grids or is_refused
    sheets = calamine.read(data) if grids else {}
    found = [cell for grid in grids for cell in differences(grid, sheets[grid.name])]
    assert found == list(OTHERWISE.get(name, {}))


@pytest.mark.parametrize("name", DEADLY)
def test_a_sample_that_calamine_does_not_survive_is_read_by_us(name):
    data = build.SAMPLES[name].make()
    with pytest.raises(calamine.CalamineDied):
        calamine.read(data)
    assert grids_of(data)


values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**9), 10**9),
    st.floats(-1e9, 1e9).map(lambda number: round(number, 6)),
    st.dates(date(1900, 3, 1), date(2100, 1, 1)),
    st.text("abżółć Київ\n<&>\"'_x000D", min_size=1, max_size=60),
)
moments = st.datetimes(datetime(1900, 3, 1), datetime(2100, 1, 1)).map(lambda moment: moment.replace(microsecond=0))
tables = st.lists(st.lists(values, min_size=1, max_size=8), min_size=1, max_size=20)
# a text of blanks alone is not marked by openpyxl as one to be kept: calamine drops it, we do when cells are cleaned
of_openpyxl = (values | moments).filter(lambda value: not (isinstance(value, str) and value.isspace()))
several = settings(max_examples=40, deadline=None)


@given(st.lists(st.lists(of_openpyxl, min_size=1, max_size=8), min_size=1, max_size=8))
@several
def test_what_openpyxl_writes_is_read_alike(rows):
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    assert all_differences(file.getvalue()) == []


@given(tables)
@several
def test_a_plain_workbook_is_read_alike(rows):
    assert all_differences(xlsx(*rows)) == []


@given(tables)
@several
def test_an_opendocument_sheet_is_read_alike(rows):
    assert all_differences(ods(*rows)) == []


@given(tables, st.integers(40, 200))
@several
def test_a_workbook_of_excel_97_is_read_alike(rows, width):
    """`width` cuts the texts that cells share into more than one record."""
    assert all_differences(compound({"Workbook": biff({"Umowy": cells(rows)}, width=width)})) == []


def test_a_difference_is_found():
    [grid] = grids_of(xlsx(["Lwów", True], [1, None]))
    assert differences(grid, [["Lwów", 1], [1.0, "", "x"], ["y"]]) == ["B1", "C2", "A3"]


@pytest.mark.parametrize("name", ["far-cell.xlsx", "repeated-rows-without-end.ods"])
def test_what_ends_calamine_does_not_end_the_tests(name):
    with pytest.raises(calamine.CalamineDied):
        calamine.read(build.SAMPLES[name].make())
    assert calamine.read(xlsx(["Lwów"])) == {"Umowy": [["Lwów"]]}
