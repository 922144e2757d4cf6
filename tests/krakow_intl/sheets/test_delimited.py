import re

import pytest

from krakow_intl.sheets.delimited import decode, read_delimited
from krakow_intl.sheets.messages import SheetError
from tests.spreadsheets.samples import HEADER, LIST, text


def is_header(texts):
    return len({"Miasto", "Kraj", "Uwagi"} & set(texts))


def rows(written):
    grid, _encoding, _separator = read_delimited(written.encode(), is_header)
    if grid.fault:
        raise grid.fault
    return grid.rows


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("Kraków".encode(), "utf-8"),
        (b"Krakow", "utf-8"),
        ("Kraków".encode("utf-8-sig"), "utf-8"),
        (b"\xff\xfe" + "Kraków".encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + "Kraków".encode("utf-16-be"), "utf-16-be"),
        ("Kraków, Lwów".encode("utf-16-be"), "utf-16-be"),
        ("Kraków".encode("utf-32"), "utf-32-le"),
        ("wąski".encode("cp1250"), "windows-1250"),
        ("świat".encode("cp1250"), "windows-1250"),
        ("źródło".encode("cp1250"), "windows-1250"),
        ("Kraków".encode("cp1250"), "windows-1250"),
        ("wąski".encode("iso-8859-2"), "iso-8859-2"),
        ("świat".encode("iso-8859-2"), "iso-8859-2"),
        ("źródło".encode("iso-8859-2"), "iso-8859-2"),
        ("wąski, Košice".encode("iso-8859-2"), "iso-8859-2"),
        ("Košice, wąski".encode("cp1250"), "windows-1250"),
        ("„Kraków” – 5 µm".encode("cp1250"), "windows-1250"),
    ],
)
def test_the_encoding_is_told_by_the_bytes(data, encoding):
    assert decode(data)[1] == encoding
    if encoding != "utf-8" or data.isascii():
        return
    assert "Kraków" in decode(data)[0]


@pytest.mark.parametrize("data", [bytes(range(256)), b"\x00\x01\x02\x03" * 50, b"\x05\x81\x0e\xff" * 50])
def test_what_is_no_text_is_refused(data):
    with pytest.raises(SheetError) as refusal:
        decode(data)
    assert refusal.value.value == "unknown"


def test_the_letters_of_a_row_in_another_encoding_are_lost_visibly():
    content, encoding = decode("Łódź\nŻółć\n".encode() + "źródło\n".encode("cp1250"))
    assert (encoding, content.splitlines()[:2], "\ufffd" in content) == ("utf-8", ["Łódź", "Żółć"], True)


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_a_row_with_a_line_break_in_a_cell_counts_once(end):
    written = text([HEADER, ["Lwów", f"a{end}b"], [], ["Kijów"]], end=end)
    assert {number: cells[0] for number, cells in rows(written).items()} == {1: "Miasto", 2: "Lwów", 4: "Kijów"}


@pytest.mark.parametrize(
    ("damage", "row"), [(("Mediolan", '"Mediolan'), 3), (("Leuven", '"Leuven" x'), 4), (("Uwagi", '"Uwagi'), 1)]
)
def test_an_unbalanced_quotation_mark_is_named_by_its_row(damage, row):
    with pytest.raises(SheetError) as refusal:
        rows(text(LIST).replace(*damage))
    assert refusal.value.code == "unbalanced-quote"
    # the number of a row: the "3" of "In row 3 a quotation mark opens"
    assert re.search(rf"\b{row}\b", str(refusal.value.text))


@pytest.mark.parametrize("length", [40_000, 400_000])
def test_a_text_that_is_too_long_is_named_by_its_cell(length):
    with pytest.raises(SheetError, match="text-too-long") as refusal:
        rows(text([HEADER, ["Lwów", "x" * length]]))
    assert "B2" in str(refusal.value.text)


@pytest.mark.parametrize("line", ["sep=|", '"sep=|"', "SEP=|", "sep=|;;;"])
def test_an_announced_separator_is_obeyed_and_its_line_not_counted(line):
    grid, _encoding, separator = read_delimited(f"{line}\r\n{text(LIST, '|')}".encode(), is_header)
    assert (separator, grid.rows[1]) == ("|", HEADER)


def test_column_names_outweigh_a_sign_that_occurs_more_often():
    written = text([["Miasto", "Uwagi"], *[["Lwów", "a, b, c, d, e"]] * 5], ";")
    assert rows(written)[2] == ["Lwów", "a, b, c, d, e"]


def test_a_file_of_one_column_has_no_separator():
    grid, _encoding, separator = read_delimited("Miasto\nLwów\n".encode(), is_header)
    assert (separator, grid.rows) == (None, {1: ["Miasto"], 2: ["Lwów"]})
