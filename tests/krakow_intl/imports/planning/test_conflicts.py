import pytest

from krakow_intl.core.dates import PartialDate
from partners.models import Agreement
from tests.partners.factories import AgreementFactory, PartyFactory
from tests.partners.imports.conftest import HEADER, actions, applied, plan_of, said

SHEET = [*HEADER, "Numer", "Wersja", "Uchwała", "Miejsce w źródle", "Strona partnerska"]
ROW = ["Lwów", "umowa o partnerstwie", "1991-12-06", 7, 1, "I/1", "Teczka 1", "Rada"]


@pytest.fixture
def edited(cities):
    """An agreement that somebody edited after the sheet was made: it said I/1 then."""
    agreement = AgreementFactory(city=cities["lviv"], number=7, resolution="I/1", passage="Teczka 1")
    PartyFactory(agreement=agreement, position=1, name_pl="Rada")
    agreement = Agreement.objects.get()
    agreement.resolution = "II/2"
    agreement.save()
    return agreement


def row(**cells):
    return [cells.get(name, value) for name, value in zip(SHEET, ROW, strict=True)]


def test_what_was_edited_since_is_a_conflict_of_that_field(edited):
    plan = plan_of(SHEET, ROW)
    assert (actions(plan), said(plan)) == (["doubtful"], [(2, "conflict")])
    [message] = [message for message in plan.messages if message.code == "conflict"]
    assert (message.column, message.value) == ("Uchwała", "I/1")
    assert "II/2" in str(message.text)


def test_a_conflict_is_told_in_words(edited):
    edited.kind, edited.signed_on = "protocol", PartialDate("1991-12-07")
    edited.save()
    sheet = row(**{"Data podpisania": "1991-12-06", "Rodzaj aktu": "umowa o partnerstwie", "Uchwała": "II/2"})
    told = {message.column: str(message.text) for message in plan_of(SHEET, sheet).messages}
    assert "„7\N{NO-BREAK SPACE}grudnia\N{NO-BREAK SPACE}1991”" in told["Data podpisania"]
    assert "„protokół”" in told["Rodzaj aktu"]


def test_what_nobody_else_edited_may_change(edited):
    plan = plan_of(SHEET, row(**{"Uchwała": "II/2", "Miejsce w źródle": "Teczka 2"}))
    assert (actions(plan), said(plan)) == (["changed"], [])


def test_a_relation_of_an_edited_agreement_is_asked_about(edited):
    assert said(plan_of(SHEET, row(Uchwała="II/2", **{"Strona partnerska": "Magistrat"}))) == [(2, "conflict")]


@pytest.mark.parametrize(("answer", "resolution"), [("keep", "II/2"), ("take", "I/1")])
def test_a_person_decides_field_by_field(edited, answer, resolution):
    assert applied(SHEET, ROW, decisions={"conflict:7:resolution": answer}).result == "applied"
    edited.refresh_from_db()
    assert edited.resolution == resolution


@pytest.mark.parametrize("version", [2, None])
def test_a_sheet_of_the_present_version_or_of_none_changes_freely(edited, version):
    assert actions(plan_of(SHEET, row(Wersja=version))) == ["changed"]
