import pytest
from django.utils.translation import override

from partners.imports.planning.planner import plan_import
from partners.imports.reading.forms import with_comments
from partners.imports.writing.applying import apply_import, preview, store_upload
from partners.models import Agreement
from tests.partners.factories import AgreementFactory
from tests.partners.imports.conftest import HEADER, actions, said
from tests.spreadsheets import forms
from tests.spreadsheets.forms import (
    STRUCK,
    book,
    comments,
    filled,
    note,
    ods_cell,
    opendocument,
    rich,
    styled,
)


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


NOTED = [*HEADER, "Uwagi"]
LWOW = ["Lwów", "umowa o partnerstwie", "1991", "pierwsza"]
MILAN = ["Mediolan", "umowa o partnerstwie", "1992", None]
SPAN = '<text:span text:style-name="T1">{}</text:span>{}'

in_both = pytest.mark.parametrize("kind", ["xlsx", "ods"])


def struck_list(kind, *rows, struck=(0,), columns=range(4)):
    """A list of rows of which some are struck through, in some columns."""
    make = {"xlsx": lambda value: styled(value, STRUCK), "ods": lambda value: ods_cell(value, "ce3")}[kind]
    marked = [
        [make(value) if place in struck and column in columns else value for column, value in enumerate(row)]
        for place, row in enumerate(rows)
    ]
    return (book if kind == "xlsx" else opendocument)(NOTED, *marked)


def codes(plan):
    return {code for _row, code in said(plan)}


@in_both
def test_rows_struck_through_are_never_taken_in_unasked(cities, kind):
    plan = plan_import(struck_list(kind, LWOW, MILAN, [*LWOW[:2], "1993", None], struck=(0, 2)))
    [(key, question)] = plan.questions.items()
    assert (key, question.rows, [value for value, _label in question.choices]) == (
        "struck:rows",
        [2, 4],
        ["confirm", "leave-out"],
    )
    assert actions(plan) == ["doubtful", "new", "doubtful"]


@pytest.mark.parametrize(
    ("columns", "is_asked"), [((0, 1, 2, 3), True), ((0, 2), True), ((1, 3), False), ((0,), False), ((3,), False)]
)
@in_both
def test_a_row_is_struck_by_all_it_holds_or_by_what_tells_its_agreement(cities, kind, columns, is_asked):
    plan = plan_import(struck_list(kind, LWOW, columns=columns))
    assert ("struck:rows" in plan.questions) == is_asked
    assert any(key.startswith("struck-text:") for key in plan.questions) == (not is_asked)


@in_both
def test_struck_rows_are_left_out_or_taken_in_as_answered(cities, kind):
    data = struck_list(kind, LWOW, MILAN)
    left_out = plan_import(data, decisions={"struck:rows": "leave-out"})
    assert (left_out.left_out, left_out.counts["new"], left_out.is_clean) == (1, 1, True)
    assert [(some.code, [*some.rows]) for some in left_out.ledger.left_out] == [("left-out", [2])]
    taken = plan_import(data, decisions={"struck:rows": "confirm"})
    assert (taken.counts["new"], taken.is_clean, taken.questions) == (2, True, {})


def partly_struck(kind):
    if kind == "xlsx":
        texts = [rich(("<strike/>", "1990 "), (None, "1991")), rich((None, "pierwsza "), ("<strike/>", "i jedyna"))]
    else:
        texts = [ods_cell(SPAN.format("1990 ", "1991")), ods_cell("pierwsza " + SPAN.format("i jedyna", ""))]
    return (book if kind == "xlsx" else opendocument)(NOTED, [*LWOW[:2], *texts], MILAN)


@in_both
def test_texts_struck_in_part_are_asked_about_once_for_their_column(cities, kind):
    plan = plan_import(partly_struck(kind))
    assert {key: question.rows for key, question in plan.questions.items()} == {
        "struck-text:signed_on": [2],
        "struck-text:notes": [2],
    }
    assert (actions(plan), codes(plan)) == (["doubtful", "new"], {"struck-text"})
    assert "“pierwsza i jedyna”. Without that it says “pierwsza”" in str(plan.questions["struck-text:notes"].text)


@in_both
@pytest.mark.parametrize(
    ("answers", "row"),
    [
        (("unstruck", "unstruck"), ("new", "1991", "pierwsza")),
        (("unstruck", "confirm"), ("new", "1991", "pierwsza i jedyna")),
        (("confirm", "confirm"), ("refused", None, "pierwsza i jedyna")),
        (("unstruck", "leave-out"), ("unchanged", "1991", "pierwsza i jedyna")),
    ],
)
def test_what_is_not_struck_counts_or_all_of_it(cities, kind, answers, row):
    keys = ("struck-text:signed_on", "struck-text:notes")
    planned = plan_import(partly_struck(kind), decisions=dict(zip(keys, answers, strict=True))).rows[0]
    assert (planned.action, planned.row.values.get("signed_on"), planned.row.values.get("notes")) == row


def commented(kind, *rows):
    if kind == "xlsx":
        return book(NOTED, *rows, more=comments({"C2": "do sprawdzenia", "D3": "zob. akta"}))
    first, second = ([*row] for row in rows)
    first[2] = ods_cell(first[2], before=note("do sprawdzenia"))
    second[3] = ods_cell(second[3], before=note("zob. akta"))
    return opendocument(NOTED, first, second)


@in_both
def test_comments_are_told_at_their_rows_and_hold_nothing_up(cities, kind):
    plan = plan_import(commented(kind, LWOW, MILAN))
    found = [message for message in plan.messages if message.code == "comment"]
    assert [(message.row, message.column, message.level) for message in found] == [
        (2, "Data podpisania", "warning"),
        (3, "Uwagi", "warning"),
    ]
    assert "Cell C2 has a comment, taken note of but not read: “do sprawdzenia”." in str(found[0].text)
    assert (plan.is_clean, plan.questions["comments:notes"].rows) == (True, [2, 3])
    assert [(seen.code, [*seen.rows]) for seen in plan.ledger.forms] == [("comment", [2, 3])]


@in_both
def test_comments_go_to_the_internal_notes_if_somebody_says_so(cities, kind):
    plan = plan_import(commented(kind, LWOW, MILAN), decisions={"comments:notes": "add"})
    assert [planned.agreement.internal_notes for planned in plan.rows] == ["pierwsza\ndo sprawdzenia", "zob. akta"]
    assert ("comment" in codes(plan), plan.questions, plan.ledger.forms) == (False, {}, [])
    passed_over = plan_import(commented(kind, LWOW, MILAN), decisions={"comments:notes": "confirm"})
    assert ("comment" in codes(passed_over), passed_over.questions) == (True, {})


def test_comments_go_behind_the_notes_that_the_register_has(cities):
    given = {"signed_on": "1992", "kind": "partnership", "title_pl": "x", "title_en": "x"}
    AgreementFactory(city=cities["milan"], internal_notes="nasze", **given)
    record = store_upload(commented("xlsx", LWOW, MILAN), "umowy.xlsx", None)
    record.decisions = {"comments:notes": "add"}
    preview(record)
    apply_import(record, None)
    assert Agreement.objects.get(city=cities["milan"]).internal_notes == "nasze\nzob. akta"
    again = plan_import(commented("xlsx", LWOW, MILAN), decisions={"comments:notes": "add"})
    assert actions(again) == ["unchanged", "unchanged"]


def test_a_comment_is_added_once_and_as_it_can_be_read():
    assert with_comments("a\nb", ["b", "a b", "c\x07\n\n d ", "c\nd", ""]) == "a\nb\na b\nc\nd"


def test_a_comment_outside_the_list_is_told_too(cities):
    plan = plan_import(book(["Wykaz"], NOTED, LWOW, more=comments({"A1": "stan na 2006 r."})))
    assert (1, "comment") in said(plan)
    assert "comments:notes" not in plan.questions


def test_what_is_struck_outside_the_list_stands_in_the_account(cities):
    rows = [[*NOTED, "Segregator"], [*LWOW, styled("A/7", STRUCK)]]
    plan = plan_import(book(filled(["Wykaz nieaktualny"], STRUCK), *rows, others=[("Inne", [filled(["x"], STRUCK)])]))
    assert [(seen.sheet, seen.code, [*seen.rows], seen.cells) for seen in plan.ledger.forms] == [
        ("Umowy", "struck", [1, 3], 2),
        ("Inne", "struck", [1], 1),
    ]
    assert plan.is_clean


def test_rows_struck_through_on_another_sheet_of_the_list_are_asked_about_too(cities):
    others = [("Cofnięte", [NOTED, [styled(value, STRUCK) for value in MILAN]])]
    plan = plan_import(book(NOTED, LWOW, others=others), sheet="*")
    [rows] = [question.rows for key, question in plan.questions.items() if key == "struck:rows"]
    assert (actions(plan), [str(number) for number in rows]) == (["new", "doubtful"], ["Cofnięte!2"])


def test_rows_struck_through_in_a_table_beside_are_asked_about_too(cities):
    beside = [[*NOTED, None, *NOTED], [*LWOW, None, *(styled(value, STRUCK) for value in MILAN)]]
    plan = plan_import(book(*beside))
    assert (actions(plan), len(plan.questions["struck:rows"].rows)) == (["new", "doubtful"], 1)


@in_both
def test_a_merged_cell_that_is_struck_strikes_each_of_its_rows(cities, kind):
    if kind == "xlsx":
        rows = [[styled("Lwów", STRUCK), LWOW[1], styled("1991", STRUCK)], [None, LWOW[1], styled("1992", STRUCK)]]
        data = book(HEADER, *rows, after='<mergeCells><mergeCell ref="A2:A3"/></mergeCells>')
    else:
        merged = ods_cell("Lwów", "ce3", attributes='table:number-rows-spanned="2"')
        rows = [[merged, LWOW[1], ods_cell("1991", "ce3")], [ods_cell(None), LWOW[1], ods_cell("1992", "ce3")]]
        data = opendocument(HEADER, *rows)
    assert plan_import(data).questions["struck:rows"].rows == [2, 3]


def test_conditional_formats_and_named_styles_that_no_cell_bears_say_nothing(cities):
    rules = (
        '<conditionalFormatting sqref="A2:D3"><cfRule type="expression" dxfId="0" priority="1"><formula>TRUE</formula>'
    )
    plan = plan_import(book(NOTED, LWOW, MILAN, after=f"{rules}</cfRule></conditionalFormatting>"))
    assert (plan.questions, plan.ledger.forms) == ({}, [])


def test_every_form_of_an_excel_97_workbook_is_asked_about_or_told(register_without_agreements):
    plan = plan_import(forms.forms_xls())
    assert [*plan.questions] == ["struck:rows", "struck-text:notes", "fill:FFFF00", "comments:notes"]
    assert "comment" in codes(plan)
