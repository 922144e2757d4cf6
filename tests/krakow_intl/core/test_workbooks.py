"""Numbers of a sheet are numbers to the spreadsheet program of its reader."""

import io
import zipfile
from decimal import Decimal

import pytest

from krakow_intl.core.dates import PartialDate
from krakow_intl.core.workbooks import Page, write_book


@pytest.mark.parametrize(("separator", "line"), [(";", "1,50;-5;1996-05"), (",", "1.50,-5,1996-05")])
def test_a_comma_divides_a_number_where_a_semicolon_divides_the_cells(separator, line):
    page = Page("p", [["n", "m", "d"], [Decimal("1.50"), -5, PartialDate("1996-05")]])
    assert write_book([page], "csv", separator).decode().splitlines()[1] == line


@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv"])
def test_a_book_is_written_of_rows_that_are_read_one_after_the_other(kind):
    rows = (["<n>", f"{number}"] for number in range(3))
    assert write_book([Page("p", iter(rows))], kind)
    assert next(rows, None) is None


def test_the_table_of_an_opendocument_file_is_whole():
    book = write_book([Page("p", [["<n>"], [1]]), Page("q", [["m"]])], "ods")
    content = zipfile.ZipFile(io.BytesIO(book)).read("content.xml").decode()
    assert [content.count(f"</table:{part}>") for part in ("table", "table-row", "table-cell")] == [2, 3, 3]
    assert content.endswith("</office:document-content>")
