"""Lists go out and come back by command, and in the pages of the staff."""

import json
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.utils.translation import override

from krakow_intl.core.workbooks import Page, write_book
from partners.imports.writing.undo import undo_import
from partners.models import ActivityCity, PartnerCity, SheetImport
from tests.lists import contents, corrected, file_of, page_of
from tests.partners.admin.sheets import address, apply, post, undo
from tests.partners.factories import ActivityFactory, AgreementFactory, CityFactory, PartyFactory
from tests.staff import WRITERS, account, anna, publish_waiting, sign_in
from tests.staff import page_of as page_of_record

COUNTS = ("rows", "new", "changed", "unchanged", "doubtful", "refused")
KEYS = {*COUNTS, "plan", "messages", "questions", "ledger", "applied", "import_id"}


@pytest.fixture(autouse=True)
def private_storage(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"


@pytest.fixture
def lviv(db):
    city = CityFactory(slug="lviv", name_pl="Lwów", name_en="Lviv", country="UA")
    PartyFactory(agreement=AgreementFactory(city=city))
    ActivityCity.objects.create(activity=ActivityFactory(), city=city)
    return city


def run(noun, path, **options):
    """The exit status of the command, and its report."""
    output, status = StringIO(), 0
    with override("en"):
        try:
            call_command("import_list", noun, str(path), report="json", stdout=output, user=anna(), **options)
        except SystemExit as error:
            status = error.code
    publish_waiting()
    return status, json.loads(output.getvalue())


def counts(report):
    return {name: report[name] for name in COUNTS if report[name]}


def book_of(**pages):
    """A workbook with some sheets of the register, those given instead of its own."""
    from krakow_intl.imports.nouns import NOUNS

    return write_book([Page(noun.title(), pages.get(name) or page_of(name)) for name, noun in NOUNS.items()], "xlsx")


@pytest.mark.parametrize(("noun", "kind"), [("all", "xlsx"), ("all", "ods"), ("cities", "csv"), ("agreements", "xlsx")])
@pytest.mark.parametrize("language", ["pl", "en"])
def test_what_was_exported_changes_nothing(lviv, tmp_path, noun, kind, language):
    path = tmp_path / f"list.{kind}"
    with override(language):
        call_command("export_list", noun, str(path))
    status, report = run(noun, path, apply=True)
    assert (status, counts(report)["unchanged"], report["messages"]) == (0, report["rows"], [])
    assert report.keys() >= KEYS
    assert (report["applied"], SheetImport.objects.count()) == (False, 0)


def test_a_list_is_written_only_when_told_to_and_can_be_taken_back(lviv, tmp_path):
    path, before = tmp_path / "list.xlsx", contents()
    with override("en"):
        path.write_bytes(file_of(corrected(page_of("cities"), "lviv", Population=717_486)))
    assert (run("cities", path)[0], PartnerCity.objects.get().population) == (0, None)
    status, report = run("cities", path, apply=True)
    assert (status, counts(report), PartnerCity.objects.get().population) == (0, {"rows": 1, "changed": 1}, 717_486)
    record, left = undo_import(SheetImport.objects.get(pk=report["import_id"]), None)
    assert (record.state, left.staying, contents()) == ("undone", [], before)


def test_a_workbook_is_written_whole_or_not_at_all(lviv, client, tmp_path):
    path, before = tmp_path / "list.xlsx", contents()
    with override("en"):
        cities = corrected(page_of("cities"), "lviv", Population=717_486)
        activities = page_of("activities")
        wrong = [activities[0], [*activities[1][:1], *["x"] * 3, *activities[1][4:]]]
        path.write_bytes(book_of(cities=cities, activities=wrong))
        status, report = run("all", path, apply=True)
        assert (status, report["applied"], report["refused"], contents()) == (1, False, 1, before)
        path.write_bytes(book_of(cities=cities))
    status, report = run("all", path, apply=True)
    assert (status, report["changed"], PartnerCity.objects.get().population) == (0, 1, 717_486)
    assert sign_in(client, WRITERS).get(address("change", report["import_id"])).status_code == 200
    record, _left = undo_import(SheetImport.objects.get(pk=report["import_id"]), None)
    assert (record.state, contents()) == ("undone", before)


def test_a_workbook_that_holds_no_list_is_refused_by_name(lviv, tmp_path):
    path = tmp_path / "list.xlsx"
    path.write_bytes(write_book([Page("Notatki", [["a", "b"], [1, 2]])], "xlsx"))
    status, report = run("all", path)
    assert (status, [message["code"] for message in report["messages"]]) == (2, ["sheet-left-out", "no-list"])
    with pytest.raises(CommandError):
        call_command("export_list", "all", str(tmp_path / "list.csv"))


def send(client, noun, data):
    """Sends a list as a person does; the import it became, and its page."""
    file = SimpleUploadedFile("list.xlsx", data)
    page = client.post(f"{address('add')}?list={noun}", {"noun": noun, "file": file}, follow=True)
    return SheetImport.objects.latest("pk"), page


def test_a_list_is_looked_at_applied_and_taken_back_in_the_admin(client, lviv):
    administrator, before = sign_in(client, WRITERS), contents()
    with override("en"):
        rows = corrected(page_of("activities"), page_of("activities")[1][0], Cities="—", State="planned")
    record, page = send(administrator, "activities", file_of(rows))
    text = page.content.decode()
    assert (record.noun, record.counts["changed"], "The list has 1 row." in text) == ("activities", 1, True)
    address_of_activity = page_of_record(ActivityCity.objects.get().activity, "change")
    assert [told for told in ("done", "planned", "lviv", address_of_activity) if told not in text] == []
    assert administrator.get(address("marked", record.pk)).status_code == 200
    assert "1 row" in apply(administrator, record).content.decode()
    assert ActivityCity.objects.count() == 0
    assert administrator.get(address("undo", record.pk)).status_code == 200
    undo(administrator, record)
    record.refresh_from_db()
    assert (record.state, contents()) == ("undone", before)


def test_a_question_about_a_list_is_answered_in_the_admin(client, lviv):
    administrator = sign_in(client, WRITERS)
    rows = [["Name (English)", "Name (Polish)", "Country", "Latitude", "Longitude"], ["Lwow", "Lwów", "UA", 1, 2]]
    record, page = send(administrator, "cities", file_of(rows))
    (question,) = record.report["questions"]
    (field,) = page.context["answers"].fields
    post(administrator, "answers", record, **{"key": question["key"], field: "new"})
    record.refresh_from_db()
    assert (record.counts["new"], record.decisions["record:2"]) == (1, "new")


def test_lists_are_offered_to_those_who_may_bring_them_in(client, lviv):
    importer = sign_in(client, "importer")
    page = importer.get(address("add"))
    assert [noun.name for noun in page.context["nouns"]] >= ["city-names", "agreements"]
    assert "assessments" not in {noun.name for noun in page.context["nouns"]}
    assert importer.get(f"{address('blank', 'xlsx')}?list=city-names").status_code == 200
    refused = importer.post(address("add"), {"noun": "cities", "file": SimpleUploadedFile("a.csv", b"a")})
    assert refused.context["form"].errors.keys() == {"noun"}
    page = importer.get("/en/admin/partners/partnercity/").content.decode()
    links = f"{address('add')}?list=cities", "/en/admin/partners/partnercity/list/xlsx/"
    assert [link in page for link in links] == [False, True]
    assert importer.get("/en/admin/partners/partnercity/list/xlsx/").status_code == 200
    assert importer.get("/en/admin/partners/assessment/list/xlsx/").status_code == 403


def test_an_import_of_what_one_may_not_see_stays_shut(client, lviv):
    with override("en"):
        head = page_of("assessments")[0]
    record, _page = send(sign_in(client, WRITERS), "assessments", file_of([head, ["lviv"]]))
    client.force_login(account("importer"))
    assert client.get(address("change", record.pk)).status_code == 403
