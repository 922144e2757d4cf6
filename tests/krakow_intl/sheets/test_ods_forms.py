import pytest

from krakow_intl.sheets.ods import read_ods
from krakow_intl.sheets.ods_forms import Looks
from krakow_intl.sheets.safety import open_archive
from tests.spreadsheets.forms import note, ods_cell, opendocument
from tests.spreadsheets.writers import Cell, ods, ods_row


def forms_of(*rows, **layout):
    [grid], _is_1904 = read_ods(open_archive(opendocument(*rows, **layout))[0])
    assert grid.fault is None
    return grid.forms


def struck(forms):
    return {(row, column) for row, found in forms.items() for column, form in found.items() if form.is_struck}


COLUMNS = (
    '<table:table-column table:default-cell-style-name="ce3"/>'
    '<table:table-column table:default-cell-style-name="ce1" table:number-columns-repeated="2"/>'
    '<table:table-column table:default-cell-style-name="ce5" table:number-columns-repeated="16381"/>'
)


def test_a_cell_looks_as_it_says_else_as_its_row_else_as_its_column():
    plain = [ods_cell("a")] * 4
    own = [ods_cell("a", "ce1"), ods_cell("a", "ce3"), *plain[2:]]
    row_of_its_own = ods_row(plain[:2], 'table:default-cell-style-name="ce4"')
    assert struck(forms_of(plain, own, row_of_its_own, before=COLUMNS)) == {(1, 1), (1, 4), (2, 2), (2, 4)}


def test_a_style_takes_over_what_it_does_not_say():
    looks = Looks()
    looks.note_all(
        [
            ("style", {"name": "Base", "family": "table-cell"}),
            ("text-properties", {"text-line-through-type": "single"}),
            ("table-cell-properties", {"background-color": "#FFFF00"}),
            ("style", {"name": "ce1", "family": "table-cell", "parent-style-name": "Base"}),
            ("table-cell-properties", {"background-color": "transparent"}),
            ("style", {"name": "loop", "family": "table-cell", "parent-style-name": "loop"}),
            ("page-layout", {}),
            ("text-properties", {"text-line-through-type": "none"}),
        ]
    )
    found = [looks.of_cell(name) for name in ("Base", "ce1", "loop", None)]
    assert [(form.is_struck, form.fill) for form in found] == [(True, "FFFF00"), (True, ""), (False, ""), (False, "")]


def test_repeated_cells_and_rows_have_the_form_of_the_first():
    cell = ods_cell("a", "ce2", attributes='table:number-columns-repeated="3"')
    forms = forms_of(ods_row([cell], 'table:number-rows-repeated="2"'), [Cell('table:style-name="ce2"')])
    assert {row: [*found] for row, found in forms.items()} == {1: [1, 2, 3], 2: [1, 2, 3]}


@pytest.mark.parametrize(
    ("text", "style", "unstruck"),
    [
        ('<text:span text:style-name="T1">a </text:span>b', "ce1", "b"),
        ('a <text:span text:style-name="T2">b</text:span>', "ce3", "b"),
        ('<text:span text:style-name="T1">a <text:span text:style-name="T3">b</text:span></text:span> c', "ce1", " c"),
        ('<text:span text:style-name="T1">a<text:span text:style-name="T2"> b</text:span> c</text:span>', "ce1", " b"),
        ('<text:span text:style-name="T3">a</text:span> b', "ce2", None),
    ],
)
def test_a_text_is_struck_span_by_span(text, style, unstruck):
    forms = forms_of([ods_cell(text, style)])
    assert forms.get(1, {}).get(1) is None or forms[1][1].unstruck == unstruck
    assert unstruck is None or 1 in forms[1]


def test_an_annotation_is_a_comment_and_no_text_of_its_cell():
    [grid], _is_1904 = read_ods(open_archive(ods(["x", ods_cell("Lwów", before=note("a\nb"))]))[0])
    assert grid.rows == {1: ["x", "Lwów"]}
    assert (grid.forms[1][2].comment, grid.forms[1][2].author) == ("a\nb", "Jan Kowalski")
