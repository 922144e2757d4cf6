import pytest
from django.utils.translation import override

from partners.imports.planning.planner import plan_import
from partners.imports.reading.fills import MAX_COLOURS
from tests.partners.imports.conftest import HEADER, actions, said
from tests.spreadsheets.forms import GREEN, YELLOW, book, filled, ods_cell, ods_filled, opendocument, styled


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


ROWS = [["Lwów", "umowa o partnerstwie", str(year)] for year in range(1991, 1997)]


def xlsx_with_legend():
    marked = [filled(row, YELLOW) if place in (1, 4) else row for place, row in enumerate(ROWS)]
    return book(HEADER, *marked, None, [styled(None, YELLOW), "umowy wygasłe"])


def ods_with_legend():
    marked = [ods_filled(row, "ce2") if place in (1, 4) else row for place, row in enumerate(ROWS)]
    return opendocument(HEADER, *marked, [], [ods_cell(None, "ce2"), "umowy wygasłe"])


LISTS = pytest.mark.parametrize("make", [xlsx_with_legend, ods_with_legend], ids=["xlsx", "ods"])


@LISTS
def test_rows_in_a_colour_of_the_legend_are_asked_about_once_in_its_words(cities, make):
    plan = plan_import(make())
    [(key, question)] = plan.questions.items()
    assert (key, question.rows) == ("fill:FFFF00", [3, 6])
    assert str(question.text).startswith(
        "2 rows are filled with a colour (yellow), of which the legend says “umowy wyg"
    )
    assert [number for number, code in said(plan) if code == "legend"] == [3, 6]
    assert actions(plan).count("doubtful") == 2


@LISTS
@pytest.mark.parametrize(
    ("answer", "new", "left_out"), [("leave-out", 4, 2), ("confirm", 6, 0), ("nonsense", 4, 0), (None, 4, 0)]
)
def test_they_are_left_out_or_taken_in_as_somebody_answers(cities, make, answer, new, left_out):
    plan = plan_import(make(), decisions={"fill:FFFF00": answer})
    assert (plan.counts["new"], plan.left_out, plan.is_clean) == (new, left_out, new + left_out == 6)


@LISTS
def test_the_legend_itself_is_accounted_for(cities, make):
    plan = plan_import(make())
    assert [(some.code, [*some.rows]) for some in plan.ledger.left_out] == [("legend-row", [9])]
    assert (9, "legend-row") in said(plan)


def test_a_colour_that_nobody_explains_is_told_once_with_its_rows(cities):
    plan = plan_import(book(HEADER, filled(ROWS[0], GREEN), *ROWS[1:4], [*ROWS[4][:2], styled("1995", GREEN)]))
    [message] = [message for message in plan.messages if message.code == "fill"]
    assert (message.row, message.level, plan.is_clean) == (2, "warning", True)
    assert str(message.text).endswith("(green), and the file does not say what that means: 2, 6.")
    assert [(seen.code, seen.value, [*seen.rows], seen.cells) for seen in plan.ledger.forms] == [
        ("fill", "C5E0B4", [2, 6], 4)
    ]


def test_two_colours_of_one_name_are_told_apart(cities):
    plan = plan_import(opendocument(HEADER, ods_filled(ROWS[0], "ce2"), *ROWS[1:5], ods_filled(ROWS[5], "ce6")))
    texts = [str(message.text) for message in plan.messages if message.code == "fill"]
    colours = ["(yellow #FFFF00)", "(yellow #FFFF99)"]
    assert all(colour in text for colour, text in zip(colours, texts, strict=True))


def test_very_many_colours_are_told_in_a_few_words(cities):
    names = [f"c{number}" for number in range(MAX_COLOURS + 5)]
    styles = "".join(
        f'<style:style style:name="{name}" style:family="table-cell"><style:table-cell-properties'
        f' fo:background-color="#{number:02x}ff00"/></style:style>'
        for number, name in enumerate(names)
    )
    rows = [ods_filled(["Lwów", "umowa", str(1900 + number)], name) for number, name in enumerate(names)]
    plan = plan_import(opendocument(HEADER, *rows, styles=styles))
    codes = [code for _row, code in said(plan)]
    assert (codes.count("fill"), codes.count("more-fills"), len(plan.ledger.forms)) == (MAX_COLOURS, 1, MAX_COLOURS + 1)


def test_a_heading_in_the_colour_of_rows_is_no_legend(cities):
    rows = [filled(row, YELLOW) if place == 2 else row for place, row in enumerate(ROWS)]
    plan = plan_import(book(filled([*HEADER, "Segregator"], YELLOW), *[[*row, "A"] for row in rows[:2]], *rows[2:]))
    assert plan.questions == {}
    assert (4, "fill") in said(plan)


def test_a_legend_beside_a_list_of_which_the_first_row_bears_its_colour(cities):
    first = [*filled(ROWS[0], YELLOW), None, styled(None, YELLOW), "zerwane"]
    plan = plan_import(book(HEADER, first, *ROWS[1:]))
    assert plan.questions["fill:FFFF00"].rows == [2]
    assert "“zerwane”" in str(plan.questions["fill:FFFF00"].text)
