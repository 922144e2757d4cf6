"""What is said once of a whole file: it is asked in its preview, kept, and taken back."""

import pytest

from partners.admin.import_forms import NOT_READ, token
from partners.imports.writing import background
from partners.models import Agreement, SheetAlias, SheetImport
from tests.partners.admin.sheets import GOOD, HEAD, address, apply, csv, post, reply, send
from tests.staff import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.usefixtures("lviv")]


@pytest.fixture
def importer(client):
    return sign_in(client, "importer")


def test_what_the_list_leaves_out_is_said_once_and_can_be_taken_back(importer):
    record, page = send(importer, csv(["Lwów", "Umowa o parkach"], head=["Miasto", "Tytuł"]))
    assert "Said once for the whole file" in page.content.decode()
    answers = {"constant:kind": "partnership", "constant:signed_on": "not-recorded"}
    page = reply(importer, record, answers)
    assert (page.context["report_view"].writes, page.context["answers_of_the_file"].questions) == (1, {})
    said = [answer for *_asked, answer in page.context["report_view"].answers]
    assert said == ["partnership agreement", "not recorded"]
    assert [field.label for field in page.context["columns"]] == ["Miasto", "Tytuł"]
    page = reply(importer, record, answers)
    assert page.context["report_view"].writes == 1
    page = post(importer, "again", record, key="constant:kind")
    assert (page.context["report_view"].code, len(page.context["report_view"].answers)) == ("missing-columns", 1)


def test_columns_are_shown_with_what_stands_in_them(importer):
    _record, page = send(importer, csv(GOOD, [*GOOD[:3], "kiedyś"]))
    html = page.content.decode()
    for words in ("<q>Umowa o parkach</q>", "Of 2 cells, 1 can be read as “Signed on”."):
        assert words in html


def test_the_row_of_the_names_is_said_where_none_is_known(importer):
    record, page = send(importer, csv([*GOOD[:3], "2005"], head=["Ort", "Art", "Titel", "Datum"]))
    [field] = page.context["answers_of_the_file"]
    assert ("in row 1: Ort · Art · Titel · Datum" in str(field), "nowhere: the list has no names" in str(field)) == (
        True,
        True,
    )
    page = reply(importer, record, {"header": "0:0-0"})
    form = page.context["columns"]
    assert list(form.names.values()) == ["A", "B", "C", "D"]
    page = post(importer, "again", record, key="header")
    page = reply(importer, record, {"header": "0:1-1"})
    form = page.context["columns"]
    initial = {name: form[field].initial for field, name in form.names.items()}
    assert initial == {"Ort": "city:en", "Art": "kind:en", "Titel": NOT_READ, "Datum": "signed_on:en"}
    page = post(importer, "columns", record, **{field: form[field].initial for field in form.names})
    assert page.context["report_view"].writes == 1


def test_columns_without_names_teach_the_register_no_words(importer):
    record, _page = send(importer, csv(["Mediolan", "protokół", "", "2005"], head=["Lwów", "protokół", "", "2004"]))
    page = reply(importer, record, {"header": "0:0-0"})
    form = page.context["columns"]
    post(importer, "columns", record, **{field: form[field].initial for field in form.names})
    apply(importer, record, what="good")
    assert (Agreement.objects.count(), SheetAlias.objects.count()) == (1, 0)


def test_unknown_cities_are_answered_all_at_once(importer):
    record, page = send(importer, csv(*([f"Gród {letter}", "protokół", "", "2004"] for letter in "abcd"), GOOD))
    choices = page.context["answers_of_the_file"].fields[f"answer-{token('cities')}"].choices
    assert [value for value, _label in choices] == ["leave-out"]
    page = reply(importer, record, {"only-cities": "Gród a\r\nLwów"})
    assert page.context["report_view"].bad == 1
    assert page.context["report_view"].answers[0][-1] == "Gród a, Lwów"
    post(importer, "again", record)
    page = reply(importer, record, {"cities": "leave-out"})
    assert (page.context["report_view"].bad, page.context["report_view"].writes) == (0, 1)


def test_while_a_large_sheet_is_read_its_page_says_how_far_and_looks_again(importer):
    record, _page = send(importer, csv(GOOD))
    background._note(record, "token", "read", 0.5)
    page = importer.get(address("change", record.pk))
    assert (page["Refresh"], 'value="0.5"' in page.content.decode()) == ("2", True)
    background._forget(record, "token")
    SheetImport.objects.update(report={}, counts={})
    assert "Read it anew" in importer.get(address("change", record.pk)).content.decode()
    page = post(importer, "read", record)
    assert (page.context["report_view"].writes, page.context["is_unread"]) == (1, False)


def test_a_day_that_holds_for_all_rows_is_written_beside_the_question_and_no_other_text_is_one(importer):
    record, _page = send(importer, csv(["Lwów", "protokół"], head=HEAD[:2]))
    name = f"answer-{token('constant:signed_on')}"
    page = post(importer, "answers", record, key="constant:signed_on", **{f"typed-{name}": "kiedyś"})
    assert (page.status_code, "“kiedyś” is no date up to today" in page.content.decode()) == (400, True)
    page = post(importer, "answers", record, key="constant:signed_on", **{f"typed-{name}": "12 maja 2005"})
    view = page.context["report_view"]
    assert (view.writes, [answer for *_asked, answer in view.answers]) == (1, ["2005-05-12"])


def test_what_holds_for_all_rows_is_said_of_columns_that_the_list_lacks_and_taken_back(importer):
    record, page = send(importer, csv(GOOD))
    assert [*page.context["constants"].fields][:2] == ["signed_at", "valid_from"]
    page = post(importer, "constants", record, signed_at="Kraków", resolution="")
    assert [answer for *_asked, answer in page.context["report_view"].answers] == ["Kraków"]
    assert "signed_at" not in page.context["constants"].fields
    record.refresh_from_db()
    assert record.report["plan"][0]["values"]["signed_at"] == "Kraków"
    page = post(importer, "again", record, key="constant:signed_at")
    assert "signed_at" in page.context["constants"].fields
    assert post(importer, "constants", record, resolution="X" * 301).status_code == 400
