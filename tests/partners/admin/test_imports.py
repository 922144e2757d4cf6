"""A sheet comes in, is kept in private and is told of as in a letter, to those alone who may import."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.translation import override

from krakow_intl.core.dates import PartialDate
from krakow_intl.sheets.safety import MAX_BYTES
from partners.admin import import_publishing
from partners.admin.import_forms import token
from partners.admin.import_review import hand_in_import
from partners.imports.planning.planner import plan_import
from partners.imports.writing.cleanup import forget_imports
from partners.models import Agreement, SheetImport
from tests.partners.admin.sheets import GOOD, HEAD, UNKNOWN_CITY, WRONG_DAY, address, apply, csv, post, send, told
from tests.partners.factories import AgreementFactory, CityFactory, CityNameFactory
from tests.staff import WRITERS, account, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.usefixtures("lviv")]
DOWNLOADS = [("blank", "xlsx"), ("explanations", "csv")]
STEPS = ["sheet", "columns", "answers", "again", "apply", "undo"]


@pytest.fixture
def importer(client):
    return sign_in(client, "importer")


def statuses(client, record):
    """{page: status} of every page of imports, asked for by GET and by POST."""
    pages = [address("changelist"), address("add"), *(address(*page) for page in DOWNLOADS)]
    pages += [address("change", record.pk), address("history", record.pk), address("bad_rows", record.pk, "csv")]
    found = {page: client.get(page).status_code for page in pages}
    return found | {step: client.post(address(step, record.pk)).status_code for step in STEPS}


@pytest.mark.parametrize("role", ["reader", "editor"])
def test_imports_are_hidden_from_those_who_may_not_import(client, role):
    record, _page = send(sign_in(client, "importer"), csv(GOOD))
    assert set(statuses(sign_in(client, role), record).values()) == {403}
    record.refresh_from_db()
    assert (record.state, Agreement.objects.count()) == ("previewed", 0)
    assert "sheetimport" not in client.get("/en/admin/").content.decode()
    assert address("add") not in client.get("/en/admin/partners/agreement/").content.decode()


def test_reviewers_see_imports_and_do_nothing_with_them(client):
    record, _page = send(sign_in(client, "importer"), csv(GOOD))
    sign_in(client, "reviewer")
    page = client.get(address("change", record.pk))
    assert (page.status_code, "Row by row" in page.content.decode()) == (200, True)
    assert {client.post(address(step, record.pk)).status_code for step in STEPS} == {403}
    assert client.get(address("add")).status_code == 403


def test_reviewers_are_offered_no_form_that_would_refuse_them(client):
    record, _page = send(sign_in(client, "importer"), csv(GOOD, WRONG_DAY))
    sign_in(client, "reviewer")
    page = client.get(address("change", record.pk)).content.decode().split('id="content-main"')[1]
    assert "<form" not in page
    # an address that a page leads to: 'href="/en/admin/partners/sheetimport/1/marked/"'
    links = re.findall(r'href="(/en/admin/[^"]*)"', page)
    assert {client.get(link).status_code for link in links} == {200}


def test_a_reviewer_sees_plan_ledger_and_samples_where_an_import_is_decided_about(client):
    record, _page = send(sign_in(client, "importer"), csv(GOOD, WRONG_DAY))
    record.refresh_from_db()
    with override("en"):
        handed_in = hand_in_import(record, record.uploaded_by, publish=False, only_good=True).get_absolute_url()
    sign_in(client, "reviewer")
    page = client.get(handed_in).content.decode()
    refused = "31\N{NO-BREAK SPACE}February\N{NO-BREAK SPACE}2005 does not exist"
    expected = ("Umowa o parkach", "Umowa o lasach", "cells:", "Look at the import", refused)
    assert [words for words in expected if words not in page] == []
    sign_in(client, "reader")
    page = client.get(handed_in).content.decode()
    assert [words for words in expected if words in page] == []
    assert "The import" in page


def handed_in(record, **given):
    record.refresh_from_db()
    with override("en"):
        said = {"publish": False, "only_good": False} | given
        return hand_in_import(record, record.uploaded_by, **said).get_absolute_url()


def draft_cities(*names):
    for name in names:
        city = CityFactory(slug=name, name_en=name.title(), lead_pl=f"{name} po polsku", publication="draft")
        CityNameFactory(city=city, name=f"Alt {name}")
    return "\r\n".join(["slug;publication", *(f"{name};published" for name in names)]).encode()


def test_a_reviewer_reads_every_draft_that_an_import_publishes_in_full(
    client, lviv, monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr(import_publishing, "ROWS_ON_A_PAGE", 4)
    sign_in(client, "editor+importer")
    addresses = [
        handed_in(send(client, draft_cities(*names), noun="cities")[0])
        for names in (["kyiv", "odesa"], ["milan", "turin", "genoa", "siena", "parma"])
    ]
    client.force_login(account("reviewer", username="maria"))
    client.get(addresses[0])
    with django_assert_max_num_queries(60) as few:
        page = client.get(addresses[0]).content.decode()
    assert "What would come before the public" in page
    assert [
        words for words in ("kyiv po polsku", "Alt odesa", "<details open>", ">published</td>") if words not in page
    ] == []
    with django_assert_max_num_queries(len(few)):
        page = client.get(addresses[1]).content.decode()
    assert ("siena po polsku" in page, "parma po polsku" in page) == (True, False)
    assert "parma po polsku" in client.get(addresses[1] + "?text=2").content.decode()
    client.force_login(account("reader", username="reader"))
    assert "kyiv po polsku" not in client.get(addresses[0]).content.decode()


def test_an_import_is_not_published_unread_among_many_changes(client):
    record, _page = send(sign_in(client, "reviewer+importer"), csv(GOOD))
    key = handed_in(record, publish=True).rstrip("/").split("/")[-2]
    client.force_login(account("reviewer", username="maria"))
    data = {"action": "publish_selected", "_selected_action": [key]}
    page = client.post("/en/admin/review/pendingchange/", data).content.decode()
    assert ("stands on its own page" in page, "Publish all of this" in page) == (True, False)
    digest = SheetImport.objects.get().plan_digest
    client.post("/en/admin/review/pendingchange/", data | {"confirmed": "yes", f"digest-{key}": digest})
    assert not Agreement.objects.exists()


def test_what_is_new_is_read_in_full_where_it_is_published_and_only_there(client):
    data = csv([*GOOD, "Agreement on parks"], [*GOOD[:2], "Umowa o lesie", "2006", ""], head=[*HEAD, "Title"])
    record, _page = send(sign_in(client, "reviewer+importer"), data)
    as_drafts = handed_in(record)
    client.force_login(account("reviewer", username="maria"))
    assert "What would come before the public" not in client.get(as_drafts).content.decode()
    page = client.get(handed_in(record, publish=True)).content.decode().split('id="published"')[1]
    assert ("Umowa o parkach" in page, "Umowa o lesie" in page) == (True, False)


def test_strangers_are_asked_to_sign_in(client):
    record, _page = send(sign_in(client, "importer"), csv(GOOD))
    client.logout()
    assert set(statuses(client, record).values()) == {302}


def test_an_importer_finds_the_way_and_opens_every_page(importer):
    record, _page = send(importer, csv(GOOD, WRONG_DAY))
    found = statuses(importer, record)
    assert {page: status for page, status in found.items() if status not in (200, 302, 400)} == {}
    for page in ("/en/admin/", "/en/admin/partners/agreement/", address("changelist")):
        assert f'href="{address("add")}"' in importer.get(page).content.decode()


def test_a_file_is_kept_under_a_name_of_our_own(importer, tmp_path):
    record, page = send(importer, csv(GOOD), name="../../<b>umowy</b>.csv")
    (kept,) = (tmp_path / "imports").iterdir()
    assert (kept.read_bytes(), kept.stat().st_mode & 0o077) == (csv(GOOD), 0)
    assert "umowy" not in kept.name
    assert "<b>umowy" not in page.content.decode()
    assert (record.uploaded_by.username, len(record.digest), record.state) == ("importer", 64, "previewed")


def test_a_file_that_is_too_large_is_refused_unread(importer, tmp_path):
    page = importer.post(address("add"), {"file": SimpleUploadedFile("umowy.csv", bytes(MAX_BYTES + 1))})
    assert "larger than 10 MB" in page.content.decode()
    assert (SheetImport.objects.count(), (tmp_path / "imports").exists()) == (0, False)


def test_nothing_sent_is_answered_at_the_field(importer):
    page = importer.post(address("add"), {})
    assert page.context["form"].errors.keys() == {"file"}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7", "Ask for the spreadsheet it was made from"),
        (csv(["Lwów"], head=["Miasto"]), "No row with column names was found"),
        (csv(GOOD[:2], head=HEAD[:2]), "“Data podpisania / Signed on”"),
        (csv(head=HEAD), "nothing to read"),
        (csv([*GOOD, "x"], head=[*HEAD, "City"]), "mean the same"),
    ],
    ids=["a PDF", "no header", "a missing column", "no rows", "a column twice"],
)
def test_a_refused_file_is_told_why_and_what_to_do(importer, data, words):
    record, page = send(importer, data)
    html = page.content.decode()
    assert words in html
    assert "cannot be read as a list" in html or "Answer below, and it is read" in html
    assert address("apply", record.pk) not in html
    apply(importer, record)
    assert not Agreement.objects.exists()


def test_all_errors_are_told_at_once_apart_from_warnings_and_questions(importer):
    wrong = ["Lwów", "umowaa", "", "31.02.2005"]
    _record, page = send(importer, csv(GOOD, wrong, WRONG_DAY, UNKNOWN_CITY))
    html = page.content.decode()
    errors = html[html.index("remarks--error") : html.index("remarks--warning")]
    assert errors.count("does not exist") == 1
    assert "rows 3–4, Data podpisania" in errors
    for asked in ("The register knows no city “Nowy Gród”", "“umowaa” in “Rodzaj aktu”: what does it mean?"):
        assert asked in html[: html.index("remarks--error")]


@pytest.mark.parametrize("language", ["pl", "en"])
def test_a_change_is_told_field_by_field_in_the_language_of_the_page(importer, lviv, language):
    agreement = AgreementFactory(city=lviv, number=7, signed_on=PartialDate("2005"), term_months=None)
    row = ["7", "Lwów", agreement.get_kind_display(), "12.05.2005", "24"]
    head = ["Numer", "Miasto", "Rodzaj aktu", "Data podpisania", "Okres (mies.)"]
    record, _page = send(importer, csv(row, head=head))
    page = importer.get(address("change", record.pk, language=language))
    html = page.content.decode().replace("\xa0", " ")
    day = {"pl": "12 maja 2005", "en": "12 May 2005"}[language]
    for old, new in [("2005", day), ("—", "24")]:
        assert f'<del>{old}</del> <span aria-hidden="true">→</span> <ins>{new}</ins>' in html
    assert f"/{language}/admin/partners/agreement/{agreement.pk}/change/" in html


def test_an_unreadable_value_is_told_with_its_row_and_its_column(importer):
    unreadable = [["Lwów", "protokół", "", value] for value in ("bzdura 1", "kiedyś 2", "bzdura 1")]
    _record, page = send(importer, csv(*unreadable))
    html = page.content.decode()
    for words in ("rows 2, 4, Data podpisania, “bzdura 1”:", "row 3, Data podpisania, “kiedyś 2”:"):
        assert words in html
    assert html.count("Data podpisania, “kiedyś 2”:") == 2
    assert page.context["rows"][1]["summary"] == "Lwów · protokół · kiedyś 2"


def test_contradictory_rows_are_named_once(importer):
    head = [*HEAD, "Uchwała"]
    _record, page = send(importer, csv([*GOOD, "I/1"], [*GOOD, "I/2"], head=head))
    ((_level, _title, remarks, _more), *_others) = page.context["report_view"].remarks()
    assert [where for where, _value, _text in remarks] == [""]
    assert [len(row["messages"]) for row in page.context["rows"]] == [1, 1]


def test_the_list_tells_a_file_that_could_not_be_read(importer):
    send(importer, csv(GOOD))
    send(importer, b"%PDF-1.7", name="umowy.pdf")
    html = importer.get(address("changelist")).content.decode()
    assert [html.count(f'<td class="field-told_state">{state}</td>') for state in ("previewed", "not read")] == [1, 1]


def test_a_forgotten_sheet_offers_nothing_any_more(importer):
    record, _page = send(importer, csv(WRONG_DAY))
    SheetImport.objects.update(uploaded_at=timezone.now() - timedelta(days=2))
    forget_imports()
    html = importer.get(address("change", record.pk)).content.decode()
    assert ("it was deleted" in html, "bad-rows" in html) == (True, False)
    assert importer.get(address("bad_rows", record.pk, "csv")).status_code == 404


@pytest.mark.parametrize("rows", [2, 12])
def test_the_page_of_an_import_asks_the_database_no_more_for_more_rows(importer, rows, django_assert_max_num_queries):
    cities = [["Miasto " + letter, "protokół", "", "2004"] for letter in "abcdefghijkl"[:rows]]
    agreements = [["Lwów", "protokół", "", str(1950 + n)] for n in range(rows)]
    record, _page = send(importer, csv(*cities, *agreements))
    keys = [question["key"] for question in record.report["questions"]]
    given = {f"answer-{token(key)}": "lviv" for key in keys}
    post(importer, "answers", record, key=keys, **given)
    apply(importer, record, what="good")
    with django_assert_max_num_queries(18):
        importer.get(address("change", record.pk))


def test_rows_are_filtered_with_links_and_keep_their_numbers_of_the_sheet(importer):
    record, page = send(importer, csv(GOOD, WRONG_DAY, UNKNOWN_CITY))
    assert "?rows=refused#rows" in page.content.decode()
    for action, number in {"new": 2, "refused": 3, "doubtful": 4, "": None, "<x>": None}.items():
        page = importer.get(address("change", record.pk), {"rows": action})
        numbers = [row["row"] for row in page.context["page"].object_list]
        assert numbers == ([number] if number else [2, 3, 4])


def test_a_long_plan_is_told_page_by_page(importer, monkeypatch):
    monkeypatch.setattr("partners.admin.imports.ROWS_ON_A_PAGE", 2)
    rows = [["Lwów", "protokół", f"Protokół {n}", str(1950 + n)] for n in range(5)]
    record, page = send(importer, csv(*rows))
    assert "?p=3#rows" in page.content.decode()
    page = importer.get(address("change", record.pk), {"p": "3", "rows": "new"})
    assert [row["row"] for row in page.context["page"].object_list] == [6]


def test_hostile_cells_are_told_but_never_run(importer):
    attack = "<script>alert(1)</script>"
    _record, page = send(importer, csv([attack, attack, attack, attack]), name=f"{attack}.csv")
    head = csv([*GOOD, "x"], head=[*HEAD, "<img src=x onerror=alert(1)>"])
    _record, other = send(importer, head)
    for html in (page.content.decode(), other.content.decode()):
        assert ("<script>alert" in html, "<img src=x" in html) == (False, False)
    assert b"<script>alert" not in importer.get(address("changelist")).content


@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv"])
@pytest.mark.parametrize("language", ["pl", "en"])
def test_the_bad_rows_are_taken_away_corrected_and_brought_back(importer, kind, language):
    record, _page = send(importer, csv(GOOD, WRONG_DAY, UNKNOWN_CITY))
    data = importer.get(address("bad_rows", record.pk, kind, language=language)).content
    plan = plan_import(data)
    assert [row.action for row in plan.rows] == ["refused", "doubtful"]
    assert plan.rows[0].row.cells[:4] == WRONG_DAY
    # a reason that names its cell: "Data podpisania: 31.02.1979 never was"
    assert re.match("Data podpisania: .*31", plan.rows[0].row.cells[4])
    assert plan.rows[1].row.cells[4].startswith("Miasto: ")
    again, page = send(importer, data, name=f"poprawki.{kind}")
    assert again.counts["rows"] == 2
    assert "What to correct" not in page.content.decode().partition("columns/")[0]


def test_a_kind_of_file_that_is_not_offered_is_not_found(importer):
    record, _page = send(importer, csv(GOOD))
    for page in (address("bad_rows", record.pk, "pdf"), address("blank", "exe"), address("explanations", "html")):
        assert importer.get(page).status_code == 404
    assert importer.get(address("change", 999_999)).status_code == 404
    assert importer.get("/en/admin/partners/sheetimport/99x/change/").status_code == 404


def test_the_same_file_is_recognized(importer):
    first, _page = send(importer, csv(GOOD))
    apply(importer, first)
    second, page = send(importer, csv(GOOD), name="inna-nazwa.csv")
    assert second.counts["unchanged"] == 1
    html = page.content.decode()
    assert ("The same file was applied on" in html, address("change", first.pk) in html) == (True, True)
    assert address("apply", second.pk) not in html


def test_files_that_nobody_applied_are_forgotten_when_the_next_one_comes(importer, tmp_path):
    old, _page = send(importer, csv(GOOD))
    SheetImport.objects.update(uploaded_at=timezone.now() - timezone.timedelta(hours=25))
    new, _page = send(importer, csv(WRONG_DAY))
    old.refresh_from_db()
    assert (old.state, old.report) == ("forgotten", {})
    assert [path.name for path in (tmp_path / "imports").iterdir()] == [new.file.name]
    assert "was deleted" in importer.get(address("change", old.pk)).content.decode()
    assert "not open" in told(apply(importer, old))[0]


def test_the_list_tells_who_brought_what(importer):
    send(importer, csv(GOOD, WRONG_DAY))
    html = importer.get(address("changelist")).content.decode()
    assert ("umowy.csv" in html, "1 new, 1 refused" in html, "importer" in html) == (True, True, True)


def test_the_rights_a_person_lacks_are_named_before_he_tries(client):
    person = account("importer")
    record, _page = send(sign_in(client, WRITERS), csv(GOOD))
    person.groups.clear()
    rights = ["import_agreements", "view_internal_notes"]
    person.user_permissions.set(Permission.objects.filter(codename__in=rights))
    client.force_login(person)
    for language, words in {"en": "add: agreements", "pl": "Umowy"}.items():
        html = client.get(address("change", record.pk, language=language)).content.decode()
        assert (words.lower() in html.lower(), address("apply", record.pk, language=language) in html) == (True, False)
    response = client.post(address("apply", record.pk), {"plan": record.plan_digest, "what": "all"})
    assert (response.status_code, Agreement.objects.count()) == (403, 0)
    assert "add: agreements" in response.content.decode()
