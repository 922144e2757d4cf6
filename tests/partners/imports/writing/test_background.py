"""A large sheet is read beside the request; how far it is, is told, and what was cut short is read anew."""

import os

import pytest

from partners.imports.writing import background
from partners.imports.writing.applying import is_read, store_upload
from partners.imports.writing.background import read_sheet, share_of
from partners.models import SheetImport
from tests.partners.imports.conftest import HEADER, sheet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cities")]
ROWS = [HEADER, ["Lwów", "protokół", "2005"]]


@pytest.fixture(autouse=True)
def _every_sheet_is_large(monkeypatch):
    monkeypatch.setattr(background, "MIN_BYTES", 0)


@pytest.fixture
def started(monkeypatch):
    """The readings that were begun, to be carried out when a test says so."""
    readings = []

    class Reading:
        def __init__(self, target, args, name):
            self.run = lambda: target(*args)

        def start(self):
            readings.append(self.run)

    monkeypatch.setattr(background, "Thread", Reading)
    return readings


def begin(record, capture):
    with capture(execute=True):
        read_sheet(record)
    return record


def brought(capture):
    return begin(store_upload(sheet(*ROWS), "umowy.csv", None), capture)


def test_it_is_read_beside_the_request(started, monkeypatch, django_capture_on_commit_callbacks):
    shares = []
    note = background._note
    monkeypatch.setattr(
        background, "_note", lambda record, token, share: shares.append(share) or note(record, token, share)
    )
    record = brought(django_capture_on_commit_callbacks)
    assert (share_of(record), is_read(record)) == (0, False)
    started.pop()()
    record.refresh_from_db()
    assert (share_of(record), is_read(record), record.counts["new"]) == (None, True, 1)
    assert shares == sorted(shares)
    assert (shares[0], shares[-1], len(shares) > 4) == (0, 1, True)


def test_a_reading_that_was_killed_is_told_and_begun_anew(started, django_capture_on_commit_callbacks):
    record = brought(django_capture_on_commit_callbacks)
    started.clear()
    os.utime(background._path(record), (0, 0))
    assert (share_of(record), is_read(record)) == (None, False)
    begin(record, django_capture_on_commit_callbacks)
    started.pop()()
    assert is_read(SheetImport.objects.get())


def test_what_was_said_meanwhile_is_not_overwritten(started, django_capture_on_commit_callbacks):
    record = brought(django_capture_on_commit_callbacks)
    first = started.pop()
    record.decisions = {"constant:kind": "partnership"}
    begin(record, django_capture_on_commit_callbacks)
    first()
    assert share_of(record) == 0
    started.pop()()
    record.refresh_from_db()
    assert (record.decisions, is_read(record)) == ({"constant:kind": "partnership"}, True)


def test_a_fault_of_ours_leaves_the_sheet_to_be_read_anew(started, monkeypatch, django_capture_on_commit_callbacks):
    record = brought(django_capture_on_commit_callbacks)
    monkeypatch.setattr(background, "keep_plan", lambda *_arguments: 1 / 0)
    started.pop()()
    record.refresh_from_db()
    assert (share_of(record), is_read(record), record.is_open) == (None, False, True)
