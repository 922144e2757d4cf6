import pytest

from krakow_intl.core.workbooks import write_book
from partners.blank_sheets import blank_pages
from partners.imports.planning.planner import plan_import
from tests.partners.imports.conftest import HEADER, plan_of, said
from tests.spreadsheets.writers import archive, worksheet, xlsx_parts

ROW = ["Lwów", "umowa o partnerstwie", "1991"]


def left_out(plan):
    return [(some.code, some.column, [*some.rows], some.cells) for some in plan.ledger.left_out]


def workbook(**sheets):
    return archive(xlsx_parts({name: worksheet(rows) for name, rows in sheets.items()}))


def test_a_plain_list_is_read_to_the_last_cell(cities):
    plan = plan_of(HEADER, ROW)
    assert (plan.ledger.cells, plan.ledger.read, left_out(plan)) == (6, 6, [])


def test_what_is_left_out_is_told_with_the_reason(cities):
    plan = plan_of(
        ["Wykaz umów", None, None, None, None, None],
        ["Lp.", *HEADER, "Segregator", "Co poprawić"],
        [1, *ROW, "A/7", "nic"],
        [2, *ROW[:2], "1992", None, None],
        ["Razem", 2],
        [None, None, None, None, "tylko tu"],
    )
    assert left_out(plan) == [
        ("above-the-list", None, [1], 1),
        ("numbering", 1, [2, 3, 4], 3),
        ("unknown-column", 5, [2, 3], 2),
        ("to-correct", 6, [2, 3], 2),
        ("total-row", None, [5], 2),
        ("beside-the-list", None, [6], 1),
    ]
    assert plan.ledger.read == 9


def test_a_row_that_a_person_leaves_out_is_told_as_such(cities):
    decisions = {"city:atlantyda": "leave-out"}
    plan = plan_of(HEADER, ROW, ["Atlantyda", *ROW[1:]], decisions=decisions)
    assert left_out(plan) == [("left-out", None, [3], 3)]


@pytest.mark.parametrize(
    ("value", "is_told"),
    [("Mediolan", True), ("umowa o partnerstwie", True), ("9 lipca 2001", True), ("2001", False), ("notatka", False)],
)
def test_it_is_a_warning_where_a_city_a_kind_or_a_day_stands_in_it(cities, value, is_told):
    plan = plan_of([*HEADER, "Segregator"], [*ROW, value])
    assert ((1, "known-left-out") in said(plan)) == is_told


def test_a_sheet_without_known_columns_is_told_with_its_rows(cities):
    plan = plan_import(workbook(Umowy=[HEADER, ROW], Verträge=[["Stadt", "Art"], ["Wien", "x"], ["Graz"]]))
    assert said(plan) == [(0, "sheet-left-out")]
    assert "Verträge" in str(plan.messages[-1].text)
    assert left_out(plan) == [("other-sheet", None, [1, 2, 3], 5)]


def test_the_list_that_was_not_chosen_is_told(cities):
    data = workbook(Umowy=[HEADER, ROW], Nowe=[HEADER, ["Mediolan", *ROW[1:]]])
    assert said(plan_import(data, sheet="Umowy")) == [(0, "list-left-out"), (1, "known-left-out")]


def test_the_explanations_of_the_register_itself_are_no_loss(cities):
    plan = plan_import(write_book(blank_pages(), "xlsx"))
    assert (said(plan), plan.ledger) == ([(0, "no-rows")], None)
    pages = blank_pages()
    filled = dict(zip(HEADER, ROW, strict=True))
    pages[0].rows.append([filled.get(name) for name in pages[0].rows[0]])
    plan = plan_import(write_book(pages, "xlsx"))
    assert said(plan) == []
    assert {code for code, *_rest in left_out(plan)} == {"explanations"}
