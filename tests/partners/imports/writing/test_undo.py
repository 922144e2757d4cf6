import pytest
from django.db import transaction
from django.db.models import Q, QuerySet
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from krakow_intl.core.content_version import content_version
from partners.imports.writing.undo import plan_undo, undo_import
from partners.models import (
    Agreement,
    AgreementEvent,
    AgreementLink,
    AgreementTheme,
    CityName,
    Document,
    PartnerCity,
    Party,
    SheetAlias,
    Signatory,
)
from tests.partners.factories import (
    AgreementEventFactory,
    AgreementFactory,
    AgreementLinkFactory,
    AgreementThemeFactory,
    DocumentFactory,
    PartyFactory,
    SignatoryFactory,
    ThemeFactory,
)
from tests.partners.imports.conftest import HEADER, applied, make_cities, stored

OF_AGREEMENTS = (Agreement, Party, Signatory, AgreementTheme, AgreementLink, AgreementEvent)
TABLES = (SheetAlias, PartnerCity, CityName, *OF_AGREEMENTS)
WIDE = [*HEADER, "Tytuł", "Uchwała", "Strona partnerska", "Dziedziny współpracy", "Poprzedni akt", "Związek"]
EVENTS = [*HEADER, "Uchwała", "Zdarzenia"]
KIND = "umowa o partnerstwie"


def undo(record, **decisions):
    """The import after an undoing, and the keys of what is left to decide."""
    record, plan = undo_import(record, None, **decisions)
    return record, [unit.key for unit in plan.staying]


def key_of(agreement):
    return f"agreement:{agreement.pk}"


def tables():
    """Everything that the tables of agreements hold, column by column, but how often it was written."""
    return {model: [{**row, "version": None} for row in stored(model)] for model in TABLES}


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
    undone, left = undo(record)
    assert (undone.state, left, tables()) == ("undone", [], before)


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
    undo(record)
    assert tables() == before


def test_undo_takes_back_who_signed_what_was_checked_and_why_it_ended(register):
    first, _second = register
    for position in (2, 4):
        SignatoryFactory(agreement=first, position=position, person="Jan Nowak", office_pl="prezydent")
    AgreementEventFactory(
        agreement=first, kind="terminated", taken_on="2001", reason_pl="wojna", verified_on="2002-03-04"
    )
    before = tables()
    header = [*HEADER, "Podpisali za Kraków", "Czego dotyczy", "Data weryfikacji", "Zakończona dnia", "Przyczyna"]
    rows = [
        ["Lwów", KIND, "1991", "Anna Nowak, radna", "Sport.", "4.05.2020", "31.12.2002", "brak kontaktów"],
        ["Lwów", KIND, "1995", "Jan Nowak", None, None, None, None],
        ["Lwów", KIND, "1999", "Jan Nowak; —, radny", "Kultura.", "4.05.2020", None, None],
    ]
    record = applied(header, *rows).record
    assert (record.counts["changed"], record.counts["new"], Signatory.objects.count()) == (2, 1, 4)
    added = SignatoryFactory(agreement=Agreement.objects.get(signed_on="1999"), side="partner")
    assert undo(record)[1] == [key_of(added.agreement)]
    undo(record, also=[key_of(added.agreement)])
    assert tables() == before


def test_an_agreement_to_which_an_event_was_added_or_of_which_one_was_edited_stays(register):
    record = applied(EVENTS, ["Lwów", KIND, "1999", None, "zawieszono 2000"]).record
    event = AgreementEvent.objects.get()
    added = AgreementEventFactory(agreement=event.agreement, kind="resumed", taken_on="2001")
    assert undo(record) == (record, [key_of(event.agreement)])
    added.delete()
    event.save()
    assert undo(record)[1] == [key_of(event.agreement)]
    assert undo(record, also=[key_of(event.agreement)])[1] == []
    assert not AgreementEvent.objects.exists()


def test_undo_takes_draft_cities_and_learnt_names_away(register):
    before = tables()
    city = {"slug": "odessa", "name_pl": "Odessa", "name_en": "Odesa", "country": "UA", "latitude": 46, "longitude": 30}
    rows = [[name, KIND, "1999"] for name in ("Lvov", "Odessa")]
    undo(applied(HEADER, *rows, decisions={"city:lvov": "lviv", "city:odessa": city}).record)
    assert tables() == before


def test_undo_takes_learnt_words_away(register):
    before = tables()
    record = applied([*HEADER[:2], "Kiedy"], ["Lwów", KIND, "1999"], mapping={"Kiedy": "signed_on"}).record
    assert SheetAlias.objects.filter(key="kiedy").exists()
    undo(record)
    assert tables() == before


def test_undo_is_told_by_history(register):
    record = applied(WIDE, *changes()).record
    undo(record)
    reasons = Party.history.filter(history_change_reason=f"undo of import {record.pk}")
    assert {row.history_type for row in reasons} == {"+", "~", "-"} & {row.history_type for row in reasons}
    assert reasons.exists()


@pytest.mark.parametrize("model", [Agreement, Party, AgreementTheme, AgreementLink], ids=lambda model: model.__name__)
def test_what_was_edited_since_stays_and_the_others_go_back(register, model):
    before = tables()
    record = applied(WIDE, *changes()).record
    edited = model.objects.order_by("pk").last()
    edited.save()
    agreement = edited if model is Agreement else edited.agreement
    kept = parts_of(agreement)
    record, left = undo(record)
    assert (record.state, left) == ("applied", [key_of(agreement)])
    assert parts_of(agreement) == kept
    record, left = undo(record, also=left)
    assert (record.state, left, tables()) == ("undone", [], before)


def parts_of(agreement):
    """What the tables hold of an agreement and its parts."""
    parts = {model: stored(model, agreement=agreement) for model in OF_AGREEMENTS if model is not Agreement}
    return parts | {Agreement: stored(Agreement, pk=agreement.pk)}


def test_what_a_person_decides_to_keep_stays_and_the_import_is_undone(register):
    record = applied(WIDE, *changes()).record
    agreement = Agreement.objects.get(signed_on="1999")
    agreement.save()
    record, left = undo(record, keep=[key_of(agreement)])
    assert (record.state, left) == ("undone", [])
    assert Agreement.objects.filter(pk=agreement.pk).exists()


def test_what_a_staying_agreement_rests_on_stays_with_it(register):
    rows = [["Lwów", KIND, "1999"], ["Lwów", KIND, "2001", *[None] * 4, "1999", "odnawia"]]
    record = applied(WIDE, *[[*row, *[None] * (9 - len(row))] for row in rows]).record
    first, later = Agreement.objects.filter(signed_on__in=["1999", "2001"]).order_by("signed_on")
    later.save()
    assert set(undo(record)[1]) == {key_of(first), key_of(later)}
    assert undo(record, also=[key_of(first)])[1] == [key_of(first), key_of(later)]
    assert undo(record, also=[key_of(later)]) == (record, [])
    assert not Agreement.objects.filter(signed_on__in=["1999", "2001"]).exists()


def test_a_new_city_with_which_something_else_is_connected_by_now_stays(register):
    city = {"slug": "odessa", "name_pl": "Odessa", "name_en": "Odesa", "country": "UA", "latitude": 46, "longitude": 30}
    record = applied(HEADER, ["Odessa", KIND, "1999"], decisions={"city:odessa": city}).record
    odessa = PartnerCity.objects.get(slug="odessa")
    other = AgreementFactory(city=odessa)
    record, left = undo(record, also=[f"partnercity:{odessa.pk}"])
    assert (record.state, left) == ("applied", [f"partnercity:{odessa.pk}"])
    other.delete()
    assert undo(record) == (record, [])
    assert not PartnerCity.objects.filter(slug="odessa").exists()


def test_imports_are_taken_back_one_after_the_other(register):
    before = tables()
    first = applied(WIDE, *changes()).record
    between = tables()
    second = applied(WIDE, ["Lwów", KIND, "1999", None, "IV/4", "Rada", "sport", None, None]).record
    undo(second)
    assert tables() == between
    undo(first)
    assert tables() == before


def test_what_came_to_a_new_agreement_since_goes_with_it_only_if_a_person_says_so(register):
    record = applied(WIDE, *changes()).record
    agreement = Agreement.objects.get(signed_on="1999")
    DocumentFactory(agreement=agreement)
    assert undo(record)[1] == [key_of(agreement)]
    assert undo(record, also=[key_of(agreement)])[0].state == "undone"
    assert not Document.objects.exists()


@pytest.mark.parametrize("what", ["agreement", "party"])
def test_what_was_deleted_since_is_gone_and_the_others_go_back(register, what):
    before = tables()
    record = applied(WIDE, *changes()).record
    party = Party.objects.get(name_pl="Nowa rada")
    (party.agreement if what == "agreement" else party).delete()
    record, left = undo(record)
    assert (record.state, left, tables()) == ("undone", [], before)


def test_what_was_changed_and_deleted_since_comes_back_only_if_a_person_says_so(register):
    _first, second = register
    record = applied(WIDE, *changes()).record
    second.links.all().delete()
    AgreementLink.objects.filter(earlier=second).delete()
    Agreement.objects.get(pk=second.pk).delete()
    record, left = undo(record)
    assert (record.state, left) == ("applied", [key_of(second)])
    assert undo(record, also=left)[0].state == "undone"
    assert Agreement.objects.get(pk=second.pk).signed_on == "1995"


def test_the_place_of_a_removed_part_may_be_taken_by_now(register):
    first, _second = register
    record = applied(WIDE, ["Lwów", KIND, "1991", None, None, "Rada", *[None] * 3]).record
    PartyFactory(agreement=first, side="partner", position=3, name_pl="Inny")
    record, left = undo(record)
    assert (record.state, left) == ("applied", [key_of(first)])
    assert undo(record, also=left)[0].state == "undone"


def test_a_second_undo_does_nothing(register):
    record = applied(WIDE, *changes()).record
    undo(record)
    before = tables()
    assert (undo(record)[0].state, tables()) == ("undone", before)


def test_looking_changes_nothing(register):
    record = applied(WIDE, *changes()).record
    before = tables()
    assert [unit.key for unit in plan_undo(record).going] != []
    assert tables() == before


def test_what_was_undone_can_be_imported_again(register):
    undo(applied(WIDE, *changes()).record)
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
    undo(outcome.record)
    assert tables() == before


DEEDS = {
    "edit": lambda agreement: agreement.save(),
    "publish": lambda agreement: (
        QuerySet(Agreement).filter(pk=agreement.pk).update(publication="published")
        or Agreement.objects.get(pk=agreement.pk).save()
    ),
    "delete": lambda agreement: (
        AgreementLink.objects.filter(Q(earlier=agreement) | Q(agreement=agreement)).delete(),
        agreement.delete(),
    ),
    "party": lambda agreement: PartyFactory(agreement=agreement, position=9 + Party.history.count(), name_pl="Inna"),
    "event": lambda agreement: AgreementEventFactory(agreement=agreement, kind="registered", taken_on="2003"),
    "document": lambda agreement: DocumentFactory(agreement=agreement),
    "edit a party": lambda agreement: [party.save() for party in agreement.parties.all()[:1]],
    "delete a party": lambda agreement: [party.delete() for party in agreement.parties.all()[:1]],
}


@given(
    st.lists(cells, min_size=1, max_size=5),
    st.lists(st.tuples(st.integers(0, 9), st.sampled_from([*DEEDS])), max_size=5),
    st.booleans(),
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_was_done_in_between_an_undo_loses_nothing_and_comes_to_an_end(register, rows, deeds, is_forced):
    with transaction.atomic():
        undo_after(rows, deeds, is_forced)
        transaction.set_rollback(True)


def undo_after(rows, deeds, is_forced):
    record = applied(WIDE, *[["Lwów", KIND, *row] for row in rows], only_good=True).record
    for place, deed in deeds:
        agreements = list(Agreement.objects.order_by("pk"))
        if agreements:
            DEEDS[deed](agreements[place % len(agreements)])
    after = tables()
    record, left = undo(record)
    stayed = tables()
    for model, found in after.items():  # what stays to be decided stands as it stood, to the last column
        column = "id" if model is Agreement else "agreement_id"
        kept = [row for row in found if model in OF_AGREEMENTS and f"agreement:{row[column]}" in left]
        assert [row for row in kept if row not in stayed[model]] == []
    assert undo(record)[1] == left
    for _time in range(3):  # what others rest on goes after them
        record, left = undo(record, **{"also" if is_forced else "keep": left})
    assert (record.state, left) == ("undone", [])


@pytest.mark.django_db(transaction=True)
def test_drafts_that_come_in_and_are_taken_back_leave_the_public_pages_alone():
    make_cities()
    before = content_version()
    row = ["Lwów", "umowa o partnerstwie", "1991", "Rada Miasta Krakowa"]
    record = applied([*HEADER, "Strona krakowska"], row).record
    undo(record)
    assert content_version() == before
    assert not Agreement.objects.exists()


def test_what_was_published_and_taken_back_is_gone_until_it_is_imported_again(client, cities):
    record = applied(HEADER, ["Lwów", KIND, "1991"], publish=True).record
    address = Agreement.objects.get().get_absolute_url()
    assert client.get(address).status_code == 200
    undo(record)
    assert client.get(address).status_code == 410
    applied(HEADER, ["Lwów", KIND, "1991"], publish=True)
    agreement = Agreement.objects.get()
    assert agreement.get_absolute_url() == address
    agreement.full_clean()
    assert client.get(address).status_code == 200
