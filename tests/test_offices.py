"""Offices' files, answered by a careful person: what the register would write is what that person finds in them."""

import pytest

from partners.imports.writing.applying import apply_import, preview, store_upload
from partners.imports.writing.undo import undo_import
from partners.models import Agreement
from tests.partners.imports.conftest import loaded_cities  # noqa: F401  a register without agreements
from tests.spreadsheets import offices  # noqa: F401  it enters the files
from tests.spreadsheets.careful import OFFICES, missing, rows_left_out, untold, wrong

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.usefixtures("loaded_cities")]


@pytest.mark.parametrize("case", OFFICES.values(), ids=OFFICES)
def test_nothing_but_what_a_careful_person_finds_is_written_and_all_else_is_told(case):
    plan = case.plan()
    if case.stops:
        assert not plan.is_clean
        assert case.stops in {message.code for message in plan.messages}
        return
    assert wrong(case, plan) == []
    assert untold(plan) == []
    lost = missing(case, plan)
    assert not lost or case.waits, plan.messages
    if plan.is_refused:
        assert "error" in {message.level for message in plan.messages}
    elif not case.splits:
        assert len(lost) <= sum(not planned.writes for planned in plan.rows) + rows_left_out(plan)


def test_what_a_file_lacks_is_said_before_what_is_too_much_in_it():
    codes = [message.code for message in OFFICES["za-duzo-wierszy-bez-rodzaju.csv"].plan().messages]
    assert codes == ["missing-columns", "too-many-rows"]


def test_what_an_office_brought_in_by_mistake_is_taken_back_but_for_what_was_corrected_since(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    record = store_upload(OFFICES["wpisane-omylkowo.xlsx"].data(), "wpisane-omylkowo.xlsx", None)
    preview(record)
    record = apply_import(record, None).record
    corrected = Agreement.objects.get(city__slug="vilnius")
    corrected.title_pl = "Protokół o wymianie nauczycieli"
    corrected.save()
    _record, plan = undo_import(record, None)
    assert [unit.key for unit in plan.staying] == [f"agreement:{corrected.pk}"]
    assert Agreement.objects.get() == corrected


def test_there_are_files_of_many_offices():
    assert len(OFFICES) >= 40
