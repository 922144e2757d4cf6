"""Numbers of a sheet are numbers to the spreadsheet program of its reader."""

from decimal import Decimal

import pytest

from krakow_intl.core.dates import PartialDate
from krakow_intl.core.workbooks import Page, write_book


@pytest.mark.parametrize(("separator", "line"), [(";", "1,50;-5;1996-05"), (",", "1.50,-5,1996-05")])
def test_a_comma_divides_a_number_where_a_semicolon_divides_the_cells(separator, line):
    page = Page("p", [["n", "m", "d"], [Decimal("1.50"), -5, PartialDate("1996-05")]])
    assert write_book([page], "csv", separator).decode().splitlines()[1] == line
