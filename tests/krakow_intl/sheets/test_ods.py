from datetime import date

import pytest

from krakow_intl.sheets.messages import SheetError
from krakow_intl.sheets.ods import precision_shown, read_ods
from krakow_intl.sheets.safety import open_archive
from tests.spreadsheets.writers import Cell, archive, ods, ods_date, ods_parts, ods_table


def grid_of(*rows, **layout):
    [grid], _is_1904 = read_ods(open_archive(ods(*rows, **layout))[0])
    return grid


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("12.05.2020", "day"),
        ("12 maja 2020", "day"),
        ("12 V 2020", "day"),
        ("2020-05-12", "day"),
        ("", "day"),
        ("maj 2020", "month"),
        ("05.2020", "month"),
        ("V 2020", "month"),
        ("2020", "year"),
        ("2020 r.", "year"),
    ],
)
def test_a_date_is_known_as_closely_as_it_is_shown(text, precision):
    assert precision_shown(text) == precision


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (Cell('office:value-type="float" office:value="12"', "<text:p>12,00</text:p>"), 12),
        (Cell('office:value-type="percentage" office:value="0.5"', "<text:p>50%</text:p>"), 0.5),
        (Cell('office:value-type="boolean" office:boolean-value="true"', "<text:p>PRAWDA</text:p>"), True),
        (Cell('office:value-type="time" office:time-value="PT1H"', "<text:p>01:00</text:p>"), "01:00"),
        (Cell('office:value-type="string" office:string-value="inny"', "<text:p>x</text:p>"), "inny"),
        (Cell('office:value-type="string"', "<text:p>a</text:p><text:p>b</text:p>"), "a\nb"),
        (Cell('office:value-type="string"', "<text:p/><text:p>b</text:p>"), "\nb"),
        (Cell('office:value-type="string"', "<text:p>a<text:s text:c='3'/>b<text:tab/>c</text:p>"), "a   b\tc"),
        (Cell('office:value-type="string"', "<text:p>a<text:line-break/>b</text:p>"), "a\nb"),
        (Cell('office:value-type="string"', "<text:p><text:a>Lw<text:span>ów</text:span></text:a></text:p>"), "Lwów"),
        (Cell('office:value-type="string"', "<draw:frame><text:p>napis</text:p></draw:frame><text:p>a</text:p>"), "a"),
        (Cell('office:value-type="string"', "<draw:custom-shape><text:p>x</text:p></draw:custom-shape>"), None),
        (ods_date(date(1995, 4, 20), "20 kwietnia 1995"), date(1995, 4, 20)),
        (ods_date(date(1995, 4, 1), "kwiecień 1995"), "1995-04"),
    ],
)
def test_a_cell_is_read_by_its_type(cell, value):
    assert grid_of([cell]).rows.get(1, [None]) == [value]


def test_spaces_that_are_counted_do_not_grow_without_end():
    cell = Cell('office:value-type="string"', '<text:p>a<text:s text:c="9999999"/>b</text:p>')
    assert len(grid_of([cell]).rows[1][0]) < 200


def test_a_broken_number_is_an_error_of_its_cell():
    grid = grid_of(["x", Cell('office:value-type="float" office:value="NaN"', "<text:p>x/0</text:p>")])
    assert grid.cell_errors == [(1, 2, "error-value", "x/0")]


def test_rows_and_cells_that_repeat_stand_where_they_would():
    grid = grid_of(["a", Cell('table:number-columns-repeated="3"'), "b"], [], ["c"])
    assert grid.rows == {1: ["a", None, None, None, "b"], 3: ["c"]}


def test_texts_of_the_rules_for_cells_are_no_cells():
    rules = "<table:content-validations><table:error-message><text:p>źle</text:p></table:error-message>"
    assert grid_of(["a"], settings=f"{rules}</table:content-validations>").rows == {1: ["a"]}


def test_days_may_be_counted_from_1904():
    settings = (
        '<table:calculation-settings><table:null-date table:date-value="1904-01-01"/></table:calculation-settings>'
    )
    assert read_ods(open_archive(ods(["a"], settings=settings))[0])[1] is True


@pytest.mark.parametrize("content", ["<x/>", "<office:document-content/>"])
def test_a_document_without_a_sheet_is_damaged(content):
    with pytest.raises(SheetError, match="damaged"):
        read_ods(open_archive(archive(ods_parts() | {"content.xml": content}))[0])


def test_a_table_within_a_cell_is_not_read():
    inner = Cell('office:value-type="string"', f"<text:p>a</text:p>{ods_table([['x', 'y']])}")
    assert grid_of([inner, "b"]).rows == {1: ["a", "b"]}
