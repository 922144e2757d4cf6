"""The audit log is kept for as long as the settings say, and says itself what was deleted."""

from io import StringIO

from django.core.management import call_command

from krakow_intl.core import audit
from tests.audit import lines


def test_months_that_need_not_be_kept_any_more_are_deleted_and_that_is_noted(settings, tmp_path, clock):
    settings.VAR_DIR = tmp_path
    audit.folder().mkdir()
    for month in ("2024-03", "2024-04", "2024-05"):
        (audit.folder() / f"{month}.jsonl").touch()
    call_command("forget_audit", stdout=(output := StringIO()))
    assert output.getvalue().split("\n") == ["2024-03.jsonl", "2024-04.jsonl", "2 files deleted.", ""]
    assert [(line["outcome"], line["what"]) for line in lines("log")] == [
        ("forgotten", "2024-03.jsonl"),
        ("forgotten", "2024-04.jsonl"),
    ]
    assert [path.name for path in sorted(audit.folder().iterdir())] == ["2024-05.jsonl", "2026-05.jsonl"]
