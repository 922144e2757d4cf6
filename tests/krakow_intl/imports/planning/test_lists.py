from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils.translation import override

from krakow_intl.core.workbooks import Page, write_book
from krakow_intl.imports.books import plan_book
from krakow_intl.imports.exports import blank_pages
from krakow_intl.imports.nouns import NOUNS
from krakow_intl.imports.planning.lists import plan_list
from krakow_intl.imports.writing.records import needed_rights, write_list
from krakow_intl.imports.writing.undo import divided, give_back
from krakow_intl.imports.writing.undo_units import units_of
from partners.models import Activity, ActivityCity, Assessment, Benefit, Institution, PartnerCity
from tests.lists import contents, corrected, file_of, page_of, plan_of, said, stamp
from tests.partners.factories import ActivityFactory, AssessmentFactory, BenefitFactory
from tests.programme.factories import FigureFactory
from tests.spreadsheets.forms import STRUCK, book, styled
from tests.staff import account

CITY = {"Address word": "lviv", "Name (Polish)": "Lwów", "Name (English)": "Lviv", "Country": "Ukraine"}
BODY = {"Address word": "opera", "Name (Polish)": "Opera", "Name (English)": "Opera", "Side": "Kraków"}
PLACE = {"Latitude": 49.8, "Longitude": 24.0}


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@pytest.fixture
def known(cities):
    """A city with some of what hangs on it."""
    activity = ActivityFactory(slug="visit", title_pl="Wizyta", title_en="Visit")
    ActivityCity.objects.create(activity=activity, city=cities["lviv"])
    BenefitFactory(city=cities["lviv"])
    AssessmentFactory(city=cities["milan"])
    return cities


def rows_of(*rows):
    """A list whose head is the names that some of the rows have."""
    head = [*dict.fromkeys(name for row in rows for name in row)]
    return [head, *([row.get(name) for name in head] for row in rows)]


def test_what_goes_out_comes_back_without_a_change(known):
    for name in ("cities", "activities", "benefits", "assessments"):
        plan = plan_of(name, page_of(name))
        assert (name, plan.counts["unchanged"], plan.questions, said(plan)) == (name, plan.counts["rows"], {}, [])


def test_a_negative_quantity_is_refused(known):
    slug = Benefit.objects.get().slug
    plan = plan_of("benefits", corrected(page_of("benefits"), slug, Quantity=-3))
    assert not plan.written
    assert any("greater than or equal to 0" in str(message.text) for message in plan.messages)


def test_what_is_struck_through_in_a_list_is_told(known):
    head, row = ["Address word", "Population"], ["lviv", 700_000]
    assert "form-not-read" not in {code for _row, code in said(plan_list(NOUNS["cities"], book(head, row)))}
    struck = book(head, [row[0], styled("700000", STRUCK)])
    assert (2, "form-not-read") in said(plan_list(NOUNS["cities"], struck))


def test_a_cell_that_was_corrected_is_one_change_with_history_that_undo_takes_back(known):
    before = contents()
    plan = plan_of("cities", corrected(page_of("cities"), "lviv", Population=717_486, **{"Name (English)": "=Lviv"}))
    (planned,) = plan.written
    assert planned.changes == {"population": (None, 717_486), "name_en": ("Lviv", "=Lviv")}
    made = stamp()
    write_list(plan, made)
    city = PartnerCity.objects.get(slug="lviv")
    assert (city.population, city.version, city.history.first().history_change_reason) == (717_486, 2, "import 1")
    parts = NOUNS["cities"].parts
    units = list(units_of(parts, made.reason, made.at).values())
    give_back(divided(units, parts).going, parts, stamp("undo of import 1"))
    assert contents() == before


LINK = '<p><a data-ref="{}">tu</a></p>'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (LINK.format("city:milan"), []),
        (LINK.format("city:odesa"), []),  # which the same list brings in
        (LINK.format("city:lvivv"), ["city:lvivv"]),
        ('<a href="city:lvivv">tu</a> <a href="goal:none">tam</a>', ["city:lvivv", "goal:none"]),
        ('<a href="town:lviv">tu</a>', ["town:lviv"]),
    ],
)
def test_a_link_in_prose_to_no_record_refuses_the_row(cities, text, told):
    odesa = CITY | PLACE | {"Address word": "odesa", "Name (English)": "Odesa", "Name (Polish)": "Odessa"}
    lviv = CITY | PLACE | {"History of the co-operation (Polish)": text}
    plan = plan_of("cities", rows_of(lviv, odesa))
    assert [(message.code, message.value) for message in plan.messages] == [("no-record-linked", name) for name in told]
    assert (2 in {planned.number for planned in plan.written}) is (told == [])


def test_a_workbook_may_link_to_what_a_later_sheet_brings_and_to_nothing_else(cities):
    def bring(link):
        text = {"History of the co-operation (Polish)": LINK.format(link)}
        pages = [Page("Partner cities", rows_of(CITY | PLACE | text)), Page("Institutions", rows_of(BODY))]
        plan = plan_book(write_book(pages, "xlsx"), stamp())
        return [(message.code, message.value) for message in plan.messages if message.level == "error"]

    assert bring("institution:nowhere") == [("no-record-linked", "institution:nowhere")]
    assert not PartnerCity.objects.get(slug="lviv").description_pl
    assert bring("institution:opera") == []
    assert PartnerCity.objects.get(slug="lviv").description_pl == LINK.format("institution:opera")


def test_a_new_row_is_a_draft_with_an_address_word_of_its_own(cities):
    odesa = CITY | PLACE | {"Address word": None, "Name (English)": "Odesa", "Name (Polish)": "Odessa"}
    plan = plan_of("cities", rows_of(odesa))
    write_list(plan, stamp())
    city = PartnerCity.objects.get(slug="odesa")
    assert (city.publication, city.country, city.latitude) == ("draft", "UA", Decimal("49.8"))
    assert needed_rights(plan) == ["partners.add_partnercity"]


def test_rows_that_hang_on_a_record_are_listed_in_one_cell(known):
    plan = plan_of("activities", corrected(page_of("activities"), "visit", Cities="Mediolan; lviv"))
    assert (plan.counts["changed"], plan.written[0].shown["cities"]) == (1, [["lviv"], ["milan", "lviv"]])
    assert needed_rights(plan) == ["partners.add_activitycity", "partners.change_activity"]
    write_list(plan, stamp())
    assert {str(city) for city in Activity.objects.get().cities.all()} == {"Lviv", "Milan"}


def test_a_dash_empties_a_cell_and_an_empty_one_says_nothing(known):
    PartnerCity.objects.filter(slug="lviv").update(population=7, wikidata="Q36036")
    plan = plan_of("cities", corrected(page_of("cities"), "lviv", Population="—", **{"Wikidata id": None}))
    assert [planned.changes for planned in plan.written] == [{"population": (7, None)}]


@pytest.mark.parametrize(
    ("name", "cell", "code"),
    [
        ("Country", "Ukraina", None),
        ("Country", "Ukrain", "unlikely-word"),
        ("Country", "Xyz", "unknown-word"),
        ("Population", "many", "not-a-number"),
        ("Population", -1, "not-possible"),
        ("Latitude", "49,8000001", "not-a-decimal"),
        ("Latitude", "x", "not-a-decimal"),
        ("Wikidata id", "36036", "not-possible"),
        ("Verified on", "2001", "not-a-whole-day"),
        ("Verified on", "31.02.2001", "impossible-date"),
        ("Coordinating department", "nobody", "unknown-record"),
        ("Name (English)", "x" * 201, "too-long"),
        ("Name (English)", True, "not-a-text"),
        ("Known to", "2001-01-01", "not-read"),
        ("Binder", "A/7", None),
    ],
)
def test_each_cell_is_read_or_said_why_not(cities, name, cell, code):
    plan = plan_of("cities", rows_of(CITY | PLACE | {name: cell}))
    assert [message.code for message in plan.messages if message.code != "unknown-column"] == [code] * bool(code)
    assert plan.counts["refused"] == (code not in (None, "not-read"))
    assert plan.ledger.cells == sum(value is not None for row in rows_of(CITY | PLACE | {name: cell}) for value in row)


def test_what_was_edited_since_is_asked_and_never_overwritten(cities):
    rows = corrected(page_of("cities"), "lviv", Population=1)
    city = cities["lviv"]
    city.population = 2
    city.save()
    plan = plan_of("cities", rows)
    assert (plan.counts["doubtful"], said(plan)) == (1, [(2, "conflict")])
    (key,) = plan.questions
    assert plan_of("cities", rows, decisions={key: "take"}).written[0].changes == {"population": (2, 1)}
    assert plan_of("cities", rows, decisions={key: "keep"}).counts["unchanged"] == 1


def test_a_row_without_a_key_is_known_by_its_names_or_asked_about(cities):
    named = {name: value for name, value in CITY.items() if name != "Address word"}
    assert plan_of("cities", rows_of(named | {"Population": 5})).written[0].record.slug == "lviv"
    other = rows_of(named | PLACE | {"Name (English)": "Lwow", "Name (Polish)": "Lwów"})
    plan = plan_of("cities", other)
    assert said(plan) == [(2, "which-record")]
    decided = {answer: plan_of("cities", other, decisions={"record:2": answer}) for answer in ("new", "leave-out")}
    assert [plan.counts["new"] for plan in decided.values()] == [1, 0]
    assert decided["leave-out"].left_out == 1
    assert said(plan_of("cities", rows_of(CITY | {"Address word": "lemberg"}))) == [(2, "which-record")]


def test_rows_of_one_record_are_counted_once_or_refused(cities):
    assert said(plan_of("cities", rows_of(CITY, CITY))) == [(3, "same-as-row")]
    plan = plan_of("cities", rows_of(CITY | {"Population": 1}, CITY | {"Population": 2}))
    assert (plan.counts["refused"], said(plan)) == (2, [(2, "contradiction"), (3, "contradiction")])


@pytest.mark.parametrize(
    ("name", "row", "code"),
    [
        ("cities", {"Country": "UA", "Population": 7}, "missing-columns"),
        ("cities", CITY | {"Slug": "lviv"}, "duplicate-column"),
        ("assessments", {"City": "lviv", "Grade": "weak"}, "missing-columns"),
        ("cities", {"Colour": "red", "Size": 7}, "no-header"),
    ],
)
def test_a_list_in_which_no_row_can_be_known_is_refused_by_name(cities, name, row, code):
    plan = plan_of(name, rows_of(row))
    assert (plan.is_refused, said(plan)[0][1]) == (True, code)


def test_a_record_may_point_to_one_that_stands_below_it_in_the_list(cities):
    part = {"Address word": "unit", "Name (Polish)": "Wydział", "Name (English)": "Unit", "Part of": "Uniwersytet"}
    whole = {"Address word": "whole", "Name (Polish)": "Uniwersytet", "Name (English)": "University"}
    write_list(plan_of("institutions", rows_of(part, whole)), stamp())
    assert Institution.objects.get(slug="unit").parent.slug == "whole"


def test_a_number_with_decimals_comes_back_from_a_text_file(db):
    FigureFactory(value=Decimal("1234.50"))
    with override("pl"):
        plan = plan_of("figures", page_of("figures"))
        assert plan.counts["unchanged"] == 1
    plan = plan_list(NOUNS["figures"], file_of(page_of("figures"), "csv"))
    assert plan.counts["unchanged"] == 1


def test_what_a_person_may_not_see_neither_goes_out_nor_comes_in(known, monkeypatch):
    noun = NOUNS["agreements"]
    importer = account("importer")
    assert not NOUNS["assessments"].may_see(importer)
    assert not NOUNS["cities"].may_bring_in(importer)
    monkeypatch.setattr(noun.model, "internal_fields", {"internal_notes": "partners.view_assessment"})
    assert "internal_notes" not in {column.code for column in noun.columns_for(importer)}
    rows = rows_of({"Number": 1, "Internal notes": "secret", "City": "lviv", "Signed on": "1991"})
    plan = plan_of("agreements", rows, user=importer)
    assert [message.code for message in plan.messages][:1] == ["column-withheld"]
    assert "secret" not in str([planned.row.values for planned in plan.rows])


def test_who_checked_a_record_is_kept_with_the_day(cities):
    editor = account("editor")
    checked = plan_of("cities", rows_of(CITY | {"Verified on": "2006-04-20"}))
    write_list(checked, replace(stamp(), user=editor))
    assert PartnerCity.objects.get(slug="lviv").verified_by == editor


@pytest.mark.parametrize("name", list(NOUNS))
def test_the_blank_sheet_of_a_list_explains_each_of_its_columns(db, name):
    for language in ("pl", "en"):
        with override(language):
            blank, explanations = blank_pages(NOUNS[name])
            (head,) = blank.rows
            assert len({*head}) == len(head) == sum(row[0] is not None for row in explanations.rows) - 1


def test_assessments_of_a_city_are_known_by_their_day(known):
    plan = plan_of("assessments", rows_of({"City": "Lviv", "Assessed on": "2006-04-20", "Grade": "weak"}))
    write_list(plan, stamp())
    assert Assessment.objects.filter(city__slug="lviv", grade="weak").count() == 1
