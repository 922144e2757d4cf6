"""A large sheet is read beside the request; how far it is, is told, and what was cut short is read anew."""

import os
from functools import partial

import pytest
from django.db import IntegrityError

from partners.imports.writing import background
from partners.imports.writing.applying import apply_import, is_read, preview, store_upload
from partners.imports.writing.background import read_sheet, share_of, told_of, work_on
from partners.imports.writing.undo import undo_import
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
        background, "_note", lambda record, token, what, share: shares.append(share) or note(record, token, what, share)
    )
    record = brought(django_capture_on_commit_callbacks)
    assert (share_of(record), is_read(record)) == (0, False)
    started.pop()()
    record.refresh_from_db()
    assert (share_of(record), is_read(record), record.counts["new"]) == (None, True, 1)
    assert shares == sorted(shares)
    assert (shares[0], shares[-1], len(shares) > 4) == (0, 1, True)


def shares_of(work):
    """Which shares some work tells, in the order in which it tells them."""
    shares = []
    work(progress=lambda share: shares.append(round(share, 3)))
    return shares


@pytest.mark.parametrize("noun", ["agreements", "themes"])
def test_applying_and_undoing_tell_how_far_they_are(noun):
    rows = ROWS if noun == "agreements" else [["slug", "name_pl", "name_en"], ["parks", "parki", "parks"]]
    record = store_upload(sheet(*rows), "umowy.csv", None, noun)
    preview(record)
    for work in (partial(apply_import, record, None), partial(undo_import, record, None)):
        shares = shares_of(work)
        assert (shares, shares[-1]) == (sorted(shares), 1)
        assert len(shares) > 2


def test_what_came_of_a_work_beside_the_request_is_told_once(started, django_capture_on_commit_callbacks):
    record = store_upload(sheet(*ROWS), "umowy.csv", None)
    with django_capture_on_commit_callbacks(execute=True):
        background.do_beside(record, background.APPLY, lambda progress: progress(0.5) or {"code": "applied"})
    assert (work_on(record), told_of(record)) == (("apply", 0), None)
    started.pop()()
    assert (work_on(record), told_of(record), told_of(record)) == (None, {"code": "applied"}, None)


@pytest.mark.parametrize(
    ("fault", "code"), [(IntegrityError, "at-once"), (FileNotFoundError, "gone"), (ZeroDivisionError, "failed")]
)
def test_a_work_that_fails_beside_the_request_says_so(started, django_capture_on_commit_callbacks, fault, code):
    def work(_progress):
        raise fault

    record = store_upload(sheet(*ROWS), "umowy.csv", None)
    with django_capture_on_commit_callbacks(execute=True):
        background.do_beside(record, background.UNDO, work)
    started.pop()()
    assert (work_on(record), told_of(record)) == (None, {"code": code})


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
