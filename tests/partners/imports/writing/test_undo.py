import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from krakow_intl.core.content_version import content_version
from partners.imports.writing.undo import UndoRefused, undo_import
from partners.models import (
    Agreement,
    AgreementEvent,
    AgreementLink,
    AgreementTheme,
    CityName,
    PartnerCity,
    Party,
    SheetAlias,
)
from tests.partners.factories import (
    AgreementEventFactory,
    AgreementFactory,
    AgreementLinkFactory,
    AgreementThemeFactory,
    DocumentFactory,
    PartyFactory,
    ThemeFactory,
)
from tests.partners.imports.conftest import HEADER, applied, make_cities, stored

TABLES = (SheetAlias, PartnerCity, CityName, Agreement, Party, AgreementTheme, AgreementLink, AgreementEvent)
WIDE = [*HEADER, "Tytuł", "Uchwała", "Strona partnerska", "Dziedziny współpracy", "Poprzedni akt", "Związek"]
EVENTS = [*HEADER, "Uchwała", "Zdarzenia"]
KIND = "umowa o partnerstwie"


def tables():
    """Everything that the tables of agreements hold, column by column."""
    return {model: stored(model) for model in TABLES}


@pytest.fixture
def register(cities):
    """Two agreements, one of which rests on the other, with parties whose places have a gap, and a field."""
    first = AgreementFactory(city=cities["lviv"], signed_on="1991", number=1, title_pl="Umowa", resolution="I/1")
    second = AgreementFactory(city=cities["lviv"], signed_on="1995", number=2, title_pl="Umowa")
    for position, name in ((1, "Rada"), (3, "Magistrat")):
        PartyFactory(agreement=first, position=position, name_pl=name, name_en="")
    themes = [ThemeFactory(slug=slug, name_pl=slug) for slug in ("culture", "sport")]
    AgreementThemeFactory(agreement=first, theme=themes[0])
    AgreementLinkFactory(agreement=second, earlier=first, verb="confirms")
    return first, second


def changes(city="Lwów"):
    return [
        [city, KIND, "1991", None, "II/2", "Rada; Urząd; Izba", "sport", None, None],
        ["Lwów", KIND, "1995", "Umowa", None, "Rada", None, "1991", "zastępuje"],
        [city, KIND, "1999", None, "III/3", "Nowa rada", "culture;sport", "1995", "odnawia"],
    ]


def test_undo_restores_every_table_to_the_last_column(register):
    before = tables()
    record = applied(WIDE, *changes()).record
    assert tables() != before
    undone = undo_import(record, None)
    assert (undone.state, tables()) == ("undone", before)


def test_undo_takes_events_back_and_what_followed_from_them(register):
    first, second = register
    AgreementEventFactory(agreement=first, kind="suspended", taken_on="1992")
    AgreementEventFactory(agreement=second, kind="terminated", taken_on="2001")
    before = tables()
    rows = [
        ["Lwów", KIND, "1991", None, "zawieszono 1992 (strona krakowska); wznowiono 1993; odstąpiono 2002"],
        ["Lwów", KIND, "1995", "II/2", "rejestracja 1996"],
        ["Lwów", KIND, "1999", None, "zawieszono 2000"],
    ]
    record = applied(EVENTS, *rows).record
    assert (record.counts["changed"], record.counts["new"]) == (2, 1)
    assert tables() != before
    undo_import(record, None)
    assert tables() == before


def test_undo_is_refused_where_an_event_was_added_or_edited_since(register):
    record = applied(EVENTS, ["Lwów", KIND, "1999", None, "zawieszono 2000"]).record
    event = AgreementEvent.objects.get()
    added = AgreementEventFactory(agreement=event.agreement, kind="resumed", taken_on="2001")
    with pytest.raises(UndoRefused) as refused:
        undo_import(record, None)
    assert refused.value.records == [added]
    added.delete()
    event.save()
    with pytest.raises(UndoRefused) as refused:
        undo_import(record, None)
    assert refused.value.records == [event]


def test_undo_takes_draft_cities_and_learnt_names_away(register):
    before = tables()
    city = {"slug": "odessa", "name_pl": "Odessa", "name_en": "Odesa", "country": "UA", "latitude": 46, "longitude": 30}
    rows = [[name, KIND, "1999"] for name in ("Lvov", "Odessa")]
    undo_import(applied(HEADER, *rows, decisions={"city:lvov": "lviv", "city:odessa": city}).record, None)
    assert tables() == before


def test_undo_takes_learnt_words_away(register):
    before = tables()
    record = applied([*HEADER[:2], "Kiedy"], ["Lwów", KIND, "1999"], mapping={"Kiedy": "signed_on"}).record
    assert SheetAlias.objects.filter(key="kiedy").exists()
    undo_import(record, None)
    assert tables() == before


def test_undo_is_told_by_history(register):
    record = applied(WIDE, *changes()).record
    undo_import(record, None)
    reasons = Party.history.filter(history_change_reason=f"undo of import {record.pk}")
    assert {row.history_type for row in reasons} == {"+", "~", "-"} & {row.history_type for row in reasons}
    assert reasons.exists()


@pytest.mark.parametrize("model", [Agreement, Party, AgreementTheme, AgreementLink], ids=lambda model: model.__name__)
def test_undo_is_refused_and_names_what_was_edited_since(register, model):
    record = applied(WIDE, *changes()).record
    edited = model.objects.order_by("pk").last()
    edited.save()
    before = tables()
    with pytest.raises(UndoRefused) as refused:
        undo_import(record, None)
    assert refused.value.records == [edited]
    assert str(edited) in str(refused.value.text)
    assert tables() == before


def test_imports_are_taken_back_one_after_the_other(register):
    before = tables()
    first = applied(WIDE, *changes()).record
    between = tables()
    second = applied(WIDE, ["Lwów", KIND, "1999", None, "IV/4", "Rada", "sport", None, None]).record
    undo_import(second, None)
    assert tables() == between
    undo_import(first, None)
    assert tables() == before


def test_the_refusal_tells_one_agreement_from_another_of_its_name(register):
    record = applied(WIDE, *changes()).record
    Agreement.objects.get(signed_on="1995").save()
    with pytest.raises(UndoRefused) as refused:
        undo_import(record, None)
    assert "2. Umowa (Lwów, 1995)" in str(refused.value.text)


def test_undo_is_refused_where_something_else_rests_on_a_new_agreement(register):
    record = applied(WIDE, *changes()).record
    document = DocumentFactory(agreement=Agreement.objects.get(signed_on="1999"))
    with pytest.raises(UndoRefused) as refused:
        undo_import(record, None)
    assert refused.value.records == [document]


def test_undo_is_refused_where_a_record_was_deleted_since(register):
    record = applied(WIDE, *changes()).record
    Party.objects.get(name_pl="Nowa rada").delete()
    with pytest.raises(UndoRefused):
        undo_import(record, None)


def test_a_second_undo_does_nothing(register):
    record = applied(WIDE, *changes()).record
    undo_import(record, None)
    before = tables()
    assert undo_import(record, None).state == "undone"
    assert tables() == before


def test_what_was_undone_can_be_imported_again(register):
    undo_import(applied(WIDE, *changes()).record, None)
    assert applied(WIDE, *changes()).record.counts == {
        "rows": 3,
        "new": 1,
        "changed": 2,
        "unchanged": 0,
        "doubtful": 0,
        "refused": 0,
    }


cells = st.tuples(
    st.sampled_from(["1991", "1991-05", "1995", "1999", "2001-02-03"]),
    st.sampled_from([None, "Umowa", "Umowa o mostach"]),
    st.sampled_from([None, "I/1", "IX/9"]),
    st.sampled_from([None, "Rada", "Magistrat; Rada", "A;B;C;D"]),
    st.sampled_from([None, "sport", "culture; sport"]),
)


@given(st.lists(cells, min_size=1, max_size=5))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_was_applied_is_taken_back(register, rows):
    before = tables()
    outcome = applied(WIDE, *[["Lwów", KIND, *row] for row in rows], only_good=True)
    assert outcome.result == "applied"
    undo_import(outcome.record, None)
    assert tables() == before


@pytest.mark.django_db(transaction=True)
def test_drafts_that_come_in_and_are_taken_back_leave_the_public_pages_alone():
    make_cities()
    before = content_version()
    row = ["Lwów", "umowa o partnerstwie", "1991", "Rada Miasta Krakowa"]
    record = applied([*HEADER, "Strona krakowska"], row).record
    undo_import(record, None)
    assert (record.state, content_version()) == ("applied", before)
    assert not Agreement.objects.exists()


def test_what_was_published_and_taken_back_is_gone_until_it_is_imported_again(client, cities):
    record = applied(HEADER, ["Lwów", KIND, "1991"], publish=True).record
    address = Agreement.objects.get().get_absolute_url()
    assert client.get(address).status_code == 200
    undo_import(record, None)
    assert client.get(address).status_code == 410
    applied(HEADER, ["Lwów", KIND, "1991"], publish=True)
    agreement = Agreement.objects.get()
    assert agreement.get_absolute_url() == address
    agreement.full_clean()
    assert client.get(address).status_code == 200
