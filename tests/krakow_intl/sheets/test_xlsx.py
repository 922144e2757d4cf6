from datetime import date, datetime

import pytest

from krakow_intl.sheets.messages import SheetError
from krakow_intl.sheets.safety import open_archive
from krakow_intl.sheets.xlsx import number_of, precision_of_format, read_xlsx
from tests.spreadsheets.writers import Cell, serial, xlsx


def grid_of(data):
    [grid], _is_1904 = read_xlsx(open_archive(data)[0])
    if grid.fault:
        raise grid.fault
    return grid


@pytest.mark.parametrize(
    ("code", "precision"),
    [
        ("General", None),
        ("0.00", None),
        ("#,##0.00\\ [$zł-415]", None),
        ('0" dni"', None),
        ("[h]:mm", None),
        ("@", None),
        ("[Red]0;-0", None),
        ("0.00E+00", None),
        ("yyyy-mm-dd", "day"),
        ("d mmmm yyyy", "day"),
        ("[$-415]d\\ mmm\\ yyyy;@", "day"),
        ("dd.mm.yyyy\\ hh:mm", "day"),
        ("yyyy hh:mm", "day"),
        ("mmm\\ yyyy", "month"),
        ('mmmm" "yyyy', "month"),
        ("yyyy", "year"),
        ('yyyy" r."', "year"),
        ("mmmm", "day"),
        ("hh:mm:ss", "time"),
        ("mm:ss", "time"),
    ],
)
def test_a_number_format_tells_what_is_shown_of_a_date(code, precision):
    assert precision_of_format(code) == precision


@pytest.mark.parametrize(("text", "number"), [("5", 5), ("-5", -5), ("5.0", 5), ("1.5E3", 1500), ("0.1", 0.1)])
def test_a_stored_number_is_whole_where_it_can_be(text, number):
    assert (number_of(text), type(number_of(text))) == (number, type(number))


@pytest.mark.parametrize("text", ["NaN", "inf", "x", "1 2"])
def test_a_stored_number_that_is_none_is_an_error(text):
    with pytest.raises(ValueError, match="error-value"):
        number_of(text)


def test_a_cell_beyond_the_columns_is_named():
    with pytest.raises(SheetError) as refusal:
        grid_of(xlsx([*range(61)]))
    assert "BI1" in str(refusal.value.text)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (Cell('t="e"', "<v>#REF!</v>"), "error-value"),
        (Cell("", "<f>A1</f>"), "formula-without-value"),
        (Cell("", "<f>A1</f><v/>"), "formula-without-value"),
        (Cell("", "<v>NaN</v>"), "error-value"),
        (serial(60), "leap-bug"),
        (serial(-1), "impossible-serial"),
    ],
)
def test_a_cell_without_a_readable_value_is_an_error(cell, code):
    grid = grid_of(xlsx(["x"], [None, cell]))
    assert [error[:3] for error in grid.cell_errors] == [(2, 2, code)]
    assert grid.rows[2] == [None, None]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (Cell('t="str"', '<f>""</f><v></v>'), None),
        (Cell('t="b"', "<v>1</v>"), True),
        (Cell('t="d"', "<v>2005-09-30</v>"), date(2005, 9, 30)),
        (Cell('t="s"', "<v></v>"), None),
        (Cell('t="str"', "<f>A1</f><v>a_x000D_b</v>"), "a\rb"),
        (Cell('t="inlineStr"', "<is><r><t>Lw</t></r><r><t>ów</t></r><rPh><t>x</t></rPh></is>"), "Lwów"),
        (serial(43963.5), datetime(2020, 5, 12, 12)),
        (serial(0.5), "12:00:00"),
    ],
)
def test_a_cell_is_read_by_its_type(cell, value):
    assert grid_of(xlsx([cell])).rows.get(1, [None]) == [value]


@pytest.mark.parametrize(("kind", "place"), [("s", "x"), ("s", "-1"), ("s", "0.5"), ("s", "1"), ("q", "1")])
def test_a_cell_that_refers_to_nothing_is_damage(kind, place):
    text = {"xl/sharedStrings.xml": "<sst><si><t>Lwów</t></si></sst>"}
    grid = grid_of_or_fault(xlsx([Cell(f't="{kind}"', f"<v>{place}</v>")], more=text))
    assert grid.cell_errors or grid.fault.code == "damaged"


def grid_of_or_fault(data):
    [grid], _is_1904 = read_xlsx(open_archive(data)[0])
    return grid
