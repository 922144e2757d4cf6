"""A file that nobody applies within a day is deleted; what was applied is kept."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from partners.imports.writing.applying import store_upload
from partners.imports.writing.cleanup import forget_imports
from partners.models import SheetImport

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return tmp_path / "imports"


def import_of(hours, state="previewed"):
    record = store_upload(b"Miasto", f"{state}-{hours}.csv", None)
    SheetImport.objects.filter(pk=record.pk).update(
        uploaded_at=timezone.now() - timedelta(hours=hours), state=state, report={"plan": []}, counts={"rows": 1}
    )
    return record


def test_only_what_was_never_applied_is_forgotten_and_only_after_a_day(store):
    old, fresh, applied = import_of(25), import_of(23), import_of(25, "applied")
    assert forget_imports() == ["previewed-25.csv"]
    assert {path.name for path in store.iterdir()} == {fresh.file.name, applied.file.name}
    old.refresh_from_db()
    assert (old.state, old.report, old.counts, bool(old.file)) == ("forgotten", {}, {"rows": 1}, False)
    assert forget_imports() == []


def test_a_file_that_no_import_speaks_of_is_deleted_too(store, monkeypatch):
    import_of(1)
    stray = store / "stray"
    stray.write_bytes(b"")
    forget_imports()
    assert stray.exists()
    monkeypatch.setattr("partners.imports.writing.cleanup.KEPT", -timedelta(hours=1))
    forget_imports()
    assert list(store.iterdir()) == []


def test_there_is_a_command_for_it_that_needs_no_store(capsys):
    call_command("forget_imports")
    assert capsys.readouterr().out == "0 files deleted.\n"


def test_the_command_names_what_it_deleted(capsys):
    import_of(30)
    call_command("forget_imports")
    assert capsys.readouterr().out == "previewed-30.csv\n1 files deleted.\n"
