"""Faults of uploads, named as the catalogue of faults names them; scans, which are PDF files, are all that is uploaded.

U01, U03, U04 and U08 are about pictures, which nobody uploads yet: they wait for them.
"""

from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import UnreadablePostError
from django.test.client import FakePayload
from django.urls import reverse
from django.utils.translation import override

from krakow_intl.core.admin import scans
from krakow_intl.core.admin.scans import clean_scan
from krakow_intl.core.downloads import POLICY
from krakow_intl.core.records import Publication
from krakow_intl.core.typography import NBSP
from tests.partners.factories import AgreementFactory, CityFactory, DocumentFactory
from tests.programme.factories import SourceFactory
from tests.staff import page_of, typed

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PDF = b"%PDF-1.7\n%%EOF"
SCRIPT = b"<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """Where scans are stored, which is not there yet."""
    settings.VAR_DIR = tmp_path
    return tmp_path / "documents"


def stored(folder):
    return sorted(path.read_bytes() for path in folder.iterdir()) if folder.exists() else []


def scan(content=PDF, name="umowa.pdf", language="pl"):
    """What is sent of a row with a scan."""
    return {"documents-0-language": language, "documents-0-file": SimpleUploadedFile(name, content)}


def cleaned(content, name):
    """What a form takes of a file."""
    file = SimpleUploadedFile(name, content)
    return clean_scan(SimpleNamespace(cleaned_data={"scan": file}, changed_data=["scan"]), "scan")


NO_PDF = {
    "a page": (b"<!doctype html>" + SCRIPT, "umowa.pdf"),
    "a drawing": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "umowa.pdf"),
    "a picture that is an archive": (b"GIF89a" + b"\0" * 20 + b"PK\x03\x04", "umowa.pdf"),
    "a picture that is a program": (b"\xff\xd8\xff\xe0<?php system($_GET[0]); ?>", "umowa.pdf"),
    "an archive": (b"PK\x03\x04" + PDF, "umowa.pdf"),
    "a program": (b"MZ\x90\0" + PDF, "umowa.pdf"),
    "a page before a PDF": (SCRIPT + PDF, "umowa.pdf"),
    "a line before a PDF": (b"\n" + PDF, "umowa.pdf"),
    "a mark of order before a PDF": (b"\xef\xbb\xbf" + PDF, "umowa.pdf"),
    "nothing": (b"", "umowa.pdf"),
    "almost a PDF": (b"%pdf-1.7\n%%EOF", "umowa.pdf"),
    "a PDF called page": (PDF, "umowa.html"),
    "a PDF called drawing": (PDF, "umowa.svg"),
    "a PDF called program": (PDF, "umowa.pdf.php"),
    "a PDF without a name": (PDF, "pdf"),
    "a PDF called picture": (PDF, "umowa.pdf.jpg"),
}


@pytest.mark.parametrize(("content", "name"), NO_PDF.values(), ids=NO_PDF)
def test_u02_what_is_no_pdf_is_refused_whatever_it_is_called(content, name):
    with override("en"), pytest.raises(ValidationError, match="no PDF"):
        cleaned(content, name)


@pytest.mark.parametrize(
    ("factory", "sent", "language", "words"),
    [
        (AgreementFactory, scan(SCRIPT), "pl", "To nie jest plik PDF"),
        (SourceFactory, {"scan": SimpleUploadedFile("a.pdf", SCRIPT)}, "en", "This is no PDF file"),
    ],
    ids=["agreement", "source"],
)
def test_u02_it_is_said_at_its_field_in_the_language_of_the_page(editor, folder, factory, sent, language, words):
    page = page_of(factory(), "change", language)
    answer = editor.post(page, typed(editor.get(page)) | sent).content.decode()
    assert words in answer.partition("errorlist")[2]
    assert ("alert(1)" in answer, stored(folder)) == (False, [])


HARMFUL = {
    "a script": b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>endobj\n%%EOF",
    "a page": b"%PDF-1.7\n<!doctype html>" + SCRIPT + b"\n%%EOF",
    "an archive": b"%PDF-1.7\nPK\x03\x04 META-INF/MANIFEST.MF\n%%EOF",
}


@pytest.mark.parametrize("content", HARMFUL.values(), ids=HARMFUL)
def test_u02_a_pdf_with_something_in_it_is_saved_and_never_opened_as_a_page(client, editor, content):
    document = DocumentFactory(stored=True, file__data=content, title_en="../../evil\r\nX: y.html")
    source = SourceFactory(slug="office", scan=SimpleUploadedFile("a.pdf", content))
    staff = f"/en/admin/partners/agreement/scan/{document.pk}/"
    for address in (document.get_absolute_url(), staff, reverse("programme:source_scan", args=[source.slug])):
        answer = editor.get(address)
        assert (answer.status_code, b"".join(answer)) == (200, content)
        assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
        assert answer["Content-Security-Policy"] == POLICY
        assert answer["Content-Disposition"].startswith("attachment; filename")
        assert "/" not in answer["Content-Disposition"]


def test_u05_a_pdf_that_was_cut_off_is_told_so():
    for content in (b"%PDF-1.7", PDF[:-3], PDF + b"\0" * 2000):
        with override("en"), pytest.raises(ValidationError, match="cut off"):
            cleaned(content, "umowa.pdf")
    assert cleaned(PDF + b"\r\n\r\n", "UMOWA.PDF").size == len(PDF) + 4


def test_u07_files_of_one_name_and_one_file_sent_twice_stand_side_by_side(client, folder):
    other = b"%PDF-1.7 other\n%%EOF"
    documents = [DocumentFactory(stored=True, file__data=content) for content in (PDF, other, PDF)]
    assert stored(folder) == sorted([PDF, other, PDF])
    assert not [document for document in documents if "umowa" in document.file.name]
    assert [b"".join(client.get(each.get_absolute_url())) for each in documents] == [PDF, other, PDF]


def test_u10_a_form_that_is_refused_is_told_so_and_leaves_no_file(editor, folder, monkeypatch):
    agreement = AgreementFactory()
    page = page_of(agreement, "change", "pl")
    usual = typed(editor.get(page))
    assert editor.post(page, usual | scan() | {"signed_on": "31.02.1999"}).status_code == 200
    monkeypatch.setattr(scans, "LARGEST_SCAN", 10)
    answer = editor.post(page, usual | scan()).content.decode().replace(NBSP, " ")
    assert "Plik ma 14" in answer.partition("errorlist")[2]
    assert (agreement.documents.count(), stored(folder)) == (0, [])


class Aborted(FakePayload):
    """What is sent of a form until the connection breaks."""

    def read(self, *arguments):
        raise UnreadablePostError("connection reset")


def test_u10_an_upload_that_breaks_off_leaves_nothing(editor, folder, tmp_path):
    agreement = AgreementFactory()
    editor.handler.enforce_csrf_checks = True
    kind = "multipart/form-data; boundary=x"
    answer = editor.generic(
        "POST", page_of(agreement, "change"), b"--x", kind, **{"wsgi.input": Aborted(), "CONTENT_LENGTH": "5000000"}
    )
    assert answer.status_code in (400, 403)
    assert (agreement.documents.count(), stored(folder)) == (0, [])
    assert [*tmp_path.rglob("*.upload*")] == []


HELD_BACK = [state for state in Publication.values if state != Publication.PUBLISHED]


@pytest.mark.parametrize("state", HELD_BACK)
def test_u11_the_scan_of_a_draft_has_no_address_until_it_is_public(client, state):
    drafts = AgreementFactory(publication=state), AgreementFactory(city=CityFactory(publication=state))
    for document in [DocumentFactory(agreement=agreement, stored=True) for agreement in drafts]:
        name = document.file.name
        own = document.get_absolute_url()
        others = [f"/media/{name}", f"/documents/{name}", f"/var/documents/{name}", f"/static/{name}", f"/{name}"]
        for address in (own, f"{own}?on=2010-01-01"):
            assert client.get(address, headers={"range": "bytes=0-3"}).status_code == 404
        assert client.head(own).status_code == 404
        for record in (document.agreement, document.agreement.city):
            type(record).objects.filter(pk=record.pk).update(publication=Publication.PUBLISHED)
        assert client.head(own).status_code == 200
        assert {client.get(address).status_code for address in others} == {404}


@pytest.mark.parametrize("state", HELD_BACK)
def test_u11_the_scan_of_a_source_that_is_held_back_has_no_address(client, state):
    source = SourceFactory(publication=state, scan=SimpleUploadedFile("a.pdf", PDF))
    address = reverse("programme:source_scan", args=[source.slug])
    assert client.get(address).status_code == 404
    type(source).objects.update(publication=Publication.PUBLISHED)
    assert client.head(address).status_code == 200
