"""The sheets with which one tries the import: each is what its name says, looks like an office's, and is told of."""

import io
import zipfile
from datetime import date

import pytest
from django.conf import settings as configured
from django.db import transaction
from openpyxl import load_workbook

from krakow_intl.sheets import read
from partners.imports.planning.planner import plan_import
from partners.imports.writing.applying import apply_import, preview, store_upload
from partners.models import Agreement
from tests.facts import load_facts
from tests.partners.imports.conftest import load_words, said
from tests.spreadsheets import demo

NAMES = list(demo.sheets())
GOOD = {"good.xlsx": 12, "good.ods": 10, "good-windows-1250.csv": 8}  # a file, and how many agreements are in it
DATE_COLUMNS = {"good.xlsx": 6, "good.ods": 6}  # which column, from 0, holds the date of signing
KNOWN_TO_THE_MONTH = {"good.ods": ["2008-11", "2010-05"]}
OF_ALL_AGREEMENTS = ("01-", "02-", "10-", "11-", "20-", "21-", "30-", "40-")
REFUSED = {
    6: "impossible-date",
    7: "missing-date",
    9: "contradictory-term",
    10: "not-possible",
    11: "said-above",
    14: "error-value",
    15: "contradiction",
    16: "contradiction",
    17: "unknown-agreement",
}
WORDS = {8: "unlikely-word", 12: "unknown-word"}
ASKED = {
    6: "unknown-city",
    7: "unknown-city",
    8: "unknown-city",
    9: "other-country",
    10: "two-digit-year",
    11: "approximate-date",
    12: "which-agreement",
}
QUESTIONS = [  # the rows of each
    ("agreement:12", [12]),
    ("city:norynberga:DE", [6]),
    ("city:porto:PT", [7, 8]),
    ("city:wilno:LV", [9]),
    ("date:signed_on:12 06 14", [10]),
    ("date:signed_on:ok 2011", [11]),
]


@pytest.fixture(scope="module")
def loaded_agreements(django_db_setup, django_db_blocker):
    """All agreements of the fixtures and what they rest on; loaded once for these tests and taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_facts(lambda name: name.startswith(OF_ALL_AGREEMENTS))
        load_words()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def register(loaded_agreements, db, settings, tmp_path):
    """That register, for one test: what the test changes is taken back."""
    settings.VAR_DIR = tmp_path / "var"


def committed(name):
    return (demo.FOLDER / name).read_bytes()


def unpacked(data):
    """The bytes of a file, or of each part of an archive: programs compress in different ways."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(part.filename, part.date_time, archive.read(part)) for part in archive.infolist()]


def sheet_of(name):
    return read(committed(name), is_header=lambda texts: 9 * ("Uwagi" in texts))


def test_the_folder_holds_what_is_written_for_it():
    assert sorted(path.name for path in demo.FOLDER.iterdir()) == sorted(NAMES)
    stale = [name for name, data in demo.files().items() if unpacked(data) != unpacked(committed(name))]
    assert stale == [], "write them anew: python -m tests.spreadsheets.demo"


@pytest.mark.parametrize("name", NAMES)
def test_a_sheet_is_told_of_where_one_looks_for_it(name):
    documents = [configured.BASE_DIR / "README.md", configured.BASE_DIR / "docs" / "import.md"]
    assert [document.name for document in documents if f"`{name}`" not in document.read_text()] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_sheet_is_small_and_stands_below_a_title(name):
    sheet = sheet_of(name)
    assert 8 <= len(sheet.rows) <= 20
    assert sheet.header_row > 2


@pytest.mark.parametrize("name", DATE_COLUMNS)
def test_days_in_a_workbook_are_dates(name):
    days = [row.values[DATE_COLUMNS[name]] for row in sheet_of(name).rows]
    assert [day for day in days if not isinstance(day, date)] == KNOWN_TO_THE_MONTH.get(name, [])


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith(".xlsx")])
def test_a_workbook_is_laid_out(name):
    page = load_workbook(io.BytesIO(committed(name))).active
    head = page[int(page.freeze_panes.removeprefix("A")) - 1]
    assert {cell.font.bold for cell in head} == {True}
    assert {page.column_dimensions[cell.column_letter].customWidth for cell in head} == {True}
    assert [str(title) for title in page.merged_cells.ranges] == [f"A1:{head[-1].column_letter}1"]


@pytest.mark.parametrize("name", GOOD)
def test_a_good_sheet_is_new_from_its_first_row_to_its_last(name, register):
    plan = plan_import(committed(name))
    assert plan.counts | {"rows": GOOD[name], "new": GOOD[name]} == plan.counts
    assert plan.is_clean
    assert said(plan) == ([(6, "coarse-dates")] if name == "good.ods" else [])


def test_the_text_file_is_in_the_encoding_of_its_name(register):
    assert plan_import(committed("good-windows-1250.csv")).sheet.encoding == "windows-1250"


def test_each_row_of_the_text_file_rests_on_an_agreement_of_the_register(register):
    rows = plan_import(committed("good-windows-1250.csv")).rows
    assert [[earlier.pk is not None for _verb, earlier, _link in row.links] for row in rows] == [[True]] * len(rows)


def test_the_good_sheets_come_in_one_after_another(register):
    before = Agreement.objects.count()
    for name in GOOD:
        record = store_upload(committed(name), name, None)
        preview(record)
        apply_import(record, None)
    assert Agreement.objects.count() - before == sum(GOOD.values())
    assert [plan_import(committed(name)).counts["unchanged"] for name in GOOD] == [*GOOD.values()]


def test_the_sheet_with_faults_has_them_and_good_rows_between(register):
    plan = plan_import(committed("with-faults.xlsx"))
    assert said(plan) == sorted((REFUSED | WORDS).items())
    counts = plan.counts
    assert (counts["rows"], counts["new"], counts["refused"], counts["doubtful"]) == (14, 3, len(REFUSED), len(WORDS))


def test_the_sheet_with_questions_asks_them_and_has_good_rows_too(register):
    plan = plan_import(committed("with-questions.xlsx"))
    assert said(plan) == sorted(ASKED.items())
    assert sorted((key, question.rows) for key, question in plan.questions.items()) == QUESTIONS
    counts = plan.counts
    assert (counts["rows"], counts["new"], counts["doubtful"]) == (9, 2, len(ASKED))


def test_the_likely_city_and_the_known_agreement_are_offered(register):
    questions = plan_import(committed("with-questions.xlsx")).questions
    assert questions["city:norynberga:DE"].choices[0][0] == "nuremberg"
    assert "new-city" in [value for value, _label in questions["city:porto:PT"].choices]
    known = Agreement.objects.get(city__slug="lviv", signed_on="1995-10-23")
    assert questions["agreement:12"].choices[0][0] == f"number:{known.number}"
