import gc

import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from krakow_intl.sheets.safety import MAX_ROWS
from partners.exports import agreements_response
from partners.imports.planning.builder import AgreementBuilder
from partners.imports.planning.plan import Plan, PlannedRow, SheetRow
from partners.imports.planning.planner import plan_import, uncollected
from partners.models import Agreement
from tests.partners.factories import (
    AgreementFactory,
    AgreementLinkFactory,
    AgreementThemeFactory,
    PartyFactory,
    ThemeFactory,
)
from tests.partners.imports.conftest import HEADER, actions, plan_of, said, sheet
from tests.spreadsheets.samples import text
from tests.spreadsheets.writers import Cell, xlsx

ROW = ["Lwów", "umowa o partnerstwie", "1991"]
texts = st.text("abąłŻ =+-@'\"<>;|\t\n", max_size=30)
dates = st.sampled_from([None, "1991", "1991-05", "1991-05-12"])


def test_a_file_that_cannot_be_read_is_refused_with_its_reason(db):
    plan = plan_import(b"")
    assert (plan.is_refused, said(plan), plan.counts["rows"]) == (True, [(0, "empty-file")], 0)


def test_a_list_without_rows_is_refused(db):
    assert said(plan_of(HEADER)) == [(0, "no-rows")]


def test_all_that_is_wrong_with_a_list_is_told_at_once(db):
    assert said(plan_of(["Miasto", "Rodzaj aktu", "Kind"])) == [
        *((0, "duplicate-column"), (0, "missing-columns"), (0, "no-rows"))
    ]


def test_a_plan_writes_nothing(cities, django_assert_num_queries):
    # however many rows: agreements, sources, cities, fields, words and former addresses
    with django_assert_num_queries(8) as seen:
        plan_of(HEADER, *[["Lwów", "umowa o partnerstwie", year] for year in range(1900, 2000)])
    assert all(query["sql"].startswith("SELECT") for query in seen.captured_queries)


@pytest.mark.parametrize(
    ("header", "codes"),
    [
        (["Miasto", "Uwagi"], ["missing-columns", "too-many-rows"]),
        (["Miasto", "Miasto", "Uwagi"], ["missing-columns", "duplicate-column", "too-many-rows"]),
        (HEADER, ["too-many-rows"]),
        (["Stadt", "Art"], ["no-header"]),
    ],
    ids=lambda value: ", ".join(value),
)
@pytest.mark.parametrize("rows", [MAX_ROWS + 1, MAX_ROWS + 200])
def test_what_the_columns_lack_is_said_before_that_there_are_too_many_rows(db, header, codes, rows):
    plan = plan_of(header, *[["x"] * len(header)] * rows)
    assert (plan.is_refused, [message.code for message in plan.messages]) == (True, codes)


EMPTY_TEXT = Cell('t="str"', '<f>IF(A9="","",A9)</f><v></v>')


@pytest.mark.parametrize(("place", "code"), [(0, "missing-value"), (1, "missing-value"), (2, "missing-date")])
def test_a_formula_with_an_empty_text_leaves_a_required_cell_empty(cities, place, code):
    cells = [*ROW]
    cells[place] = EMPTY_TEXT
    plan = plan_import(xlsx(HEADER, cells))
    assert (actions(plan), said(plan)) == (["refused"], [(2, "formula-values"), (2, code)])


def test_a_row_of_which_nothing_becomes_stops_the_import(cities, monkeypatch, caplog):
    monkeypatch.setattr(AgreementBuilder, "create", lambda builder, planned: None)
    plan = plan_of(HEADER, ROW, ["Mediolan", *ROW[1:]])
    assert (plan.is_refused, actions(plan)) == (True, ["refused"] * 2)
    assert {code for _row, code in said(plan)} == {"unaccounted"}
    assert "['Lwów'" in caplog.text


def test_how_far_it_is_comes_to_an_end(cities):
    shares = []
    plan_of(HEADER, ROW, progress=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_a_column_is_what_a_person_says_it_is(cities):
    plan = plan_of(["Miasto", "Rodzaj aktu", "Kiedy"], ROW, mapping={"Kiedy": "signed_on"})
    assert actions(plan) == ["new"]


@pytest.mark.parametrize(
    ("first", "choices"),
    [
        (["Kontrahent", "Typ", "Kiedy"], ["Kontrahent", "Typ", "Kiedy"]),
        (["Lwów", "rozejm", "kiedyś"], []),
        (["Gród", "rozejm", "12 V 1990"], []),
    ],
    ids=["names", "a city", "a date"],
)
def test_what_holds_no_names_of_columns_is_not_offered_as_such(cities, first, choices):
    plan = plan_of(first, ["Gród", "rozejm", "dawno"])
    assert (said(plan), plan.choices) == ([(0, "no-header")], choices)


def test_a_row_missing_from_the_file_deletes_nothing(cities):
    AgreementFactory(city=cities["lviv"], signed_on="1980")
    assert plan_of(HEADER, ROW).counts["rows"] == 1


def test_the_order_of_rows_and_columns_makes_no_difference(cities):
    rows = [["Lwów", "umowa o partnerstwie", "1991"], ["Mediolan", "deklaracja", "1992"]]
    other = [["1992", "deklaracja", "Mediolan"], ["1991", "umowa o partnerstwie", "Lwów"]]
    plans = [plan_of(HEADER, *rows), plan_of(HEADER[::-1], *other)]
    slugs = [{planned.agreement.slug for planned in plan.rows} for plan in plans]
    assert slugs[0] == slugs[1]


@pytest.fixture
def register(cities):
    """Agreements of many kinds, whose texts a spreadsheet might take for formulas."""
    agreements = [
        AgreementFactory(city=cities["lviv"], title_pl="=1+1", title_en="@x", internal_notes="'=2", tacit=True),
        AgreementFactory(city=cities["lviv"], signed_on="1991-05", resolution="-5", passage="+48"),
        AgreementFactory(city=cities["milan"], undated=True, level="institutional", establishes="", term="fixed"),
    ]
    AgreementLinkFactory(agreement=agreements[0], earlier=agreements[1], verb="replaces")
    PartyFactory(agreement=agreements[0], position=1, name_pl="Rada, Magistrat", name_en="Council")
    PartyFactory(agreement=agreements[0], position=3, name_pl="Urząd", name_en="Office")
    AgreementThemeFactory(
        agreement=agreements[0], theme=ThemeFactory(name_pl="kultura, sztuka", name_en="art and culture")
    )
    return agreements


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv"])
@pytest.mark.parametrize("is_public", [True, False], ids=["public", "internal"])
def test_the_register_as_it_left_comes_back_without_a_change(register, language, kind, is_public):
    with override(language):
        data = agreements_response(Agreement.objects.all(), kind, is_public=is_public).content
        plan = plan_import(data)
    assert (actions(plan), [m.code for m in plan.messages if m.level != "warning"]) == (["unchanged"] * 3, [])


@example(title="x", notes="\n'=", signed_on=None, months=None)
@given(title=texts, notes=texts, signed_on=dates, months=st.none() | st.integers(1, 1200))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv"])
def test_any_agreement_comes_back_without_a_change(cities, kind, title, notes, signed_on, months):
    Agreement.objects.all().delete()
    AgreementFactory(
        city=cities["lviv"], title_pl=title or "x", internal_notes=notes, signed_on=signed_on, notice_months=months
    )
    plan = plan_import(agreements_response(Agreement.objects.all(), kind, is_public=False).content)
    assert (plan.rows[0].changes, actions(plan)) == ({}, ["unchanged"])


@given(st.lists(st.lists(texts | st.sampled_from(["Lwów", "1991", "umowa o partnerstwie"]), min_size=3, max_size=3)))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_rows_get_an_answer_and_none_is_lost(cities, rows):
    plan = plan_import(text([HEADER, *rows]).encode())
    if not plan.is_refused:
        left = {message.row for message in plan.messages if message.code in ("total-row", "repeated-header")}
        numbers = {planned.number for planned in plan.rows}
        assert numbers.isdisjoint(left)
        assert len(plan.rows) == plan.counts["rows"] == sum(plan.counts[a] for a in plan.counts if a != "rows")


@given(st.permutations(range(6)), st.integers(1, 6))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_identical_rows_count_once_wherever_they_stand(cities, order, count):
    rows = [["Lwów", "umowa o partnerstwie", 1991 + number % count] for number in order]
    plan = plan_import(sheet(HEADER, *rows))
    assert actions(plan).count("new") == count
    assert actions(plan).count("unchanged") == 6 - count


@pytest.mark.once
def test_a_plan_that_nobody_holds_is_gone_at_once_with_all_its_rows(cities):
    rows = [ROW, ["Lwów", "umowa o partnerstwie", "12.12.76"], ["Nowy Gród", "x", "31.02.2001"]]
    rows += [["Lwów; Mediolan", "umowa o partnerstwie", "1992"], ["Lvov", "deklaracja", "ok. 1993"]]
    gc.collect()
    with uncollected():
        plan = plan_of(HEADER, *rows)
        kept = {id(thing) for thing in [plan, *plan.rows, *(planned.row for planned in plan.rows)]}
        assert len(kept) == 1 + 2 * len(rows)
        del plan
        left = [thing for thing in gc.get_objects() if type(thing) in (Plan, PlannedRow, SheetRow)]
        assert kept.isdisjoint(map(id, left))
