import io

from openpyxl import load_workbook

from krakow_intl.imports.writing.marked_copy import FILLS, marked_copy
from partners.admin.import_ledger import REASONS
from partners.imports.planning.planner import plan_import
from tests.partners.imports.conftest import HEADER, sheet
from tests.spreadsheets.writers import archive, worksheet, xlsx_parts

NAMES = {f"00{colour}": name for name, colour in FILLS.items()}
ROW = ["Lwów", "umowa o partnerstwie", "1991"]


def marks(data):
    """{name of a sheet: {a cell: (its value, how it is marked, what is said of it)}} of marked cells."""
    found = {}
    for written in load_workbook(io.BytesIO(marked_copy(plan_import(data), REASONS))).worksheets:
        cells = [cell for row in written.iter_rows() for cell in row if cell.comment]
        found[written.title] = {
            cell.coordinate: (cell.value, NAMES[cell.fill.fgColor.rgb], cell.comment.text) for cell in cells
        }
    return found


def test_every_cell_shows_what_became_of_it(cities):
    (found,) = marks(
        sheet(
            ["Wykaz", None, None, None],
            [*HEADER, "Segregator"],
            [*ROW, "A/7"],
            ["Atlantyda", ROW[1], "31.02.1991", None],
            ["=1+1", None, None, None],
        )
    ).values()
    assert {place: mark for place, (_value, mark, _text) in found.items()} == {
        "A1": "left-out",
        "D2": "left-out",
        "D3": "left-out",
        "A5": "left-out",
        "A4": "decision",
        "C4": "error",
    }
    assert found["A1"][0::2] == ("Wykaz", str(REASONS["above-the-list"]))
    assert "lutego" in found["C4"][2]
    assert found["A5"][0] == "'=1+1"  # no cell runs as a formula


def test_a_message_on_a_whole_row_stands_at_its_first_cell(cities):
    (found,) = marks(sheet(HEADER, ROW, ["Lwów", ROW[1], "6.12.1991"], ["Lwów", ROW[1], "12.1991"])).values()
    assert set(found) <= {"A2", "A3", "A4", "C4"}


def test_other_sheets_are_marked_as_left_out(cities):
    sheets = {"Umowy": worksheet([HEADER, ROW]), "Inne": worksheet([["Stadt"], ["Wien"]])}
    found = marks(archive(xlsx_parts(sheets)))
    assert found["Umowy"] == {}
    assert found["Inne"]["A2"] == ("Wien", "left-out", str(REASONS["other-sheet"]))


def test_cells_of_further_tables_are_marked_where_they_stand(cities):
    (found,) = marks(sheet(HEADER, ROW, [None] * 3, HEADER[::-1], ["31.02.1999", *ROW[1::-1]])).values()
    assert found["A5"][:2] == ("31.02.1999", "error")


def test_a_marked_sheet_that_comes_back_says_nothing_by_its_marks(cities):
    rows = [["Wykaz", *[None] * 3], [*HEADER, "Segregator"], [*ROW, "A/7"], ["Atlantyda", *ROW[1:], None]]
    marked = plan_import(marked_copy(plan_import(sheet(*rows)), REASONS))
    assert [*marked.questions] == ["city:atlantyda"]
    assert marked.ledger.forms == []
    assert {message.code for message in marked.messages}.isdisjoint({"fill", "comment", "legend-row"})
