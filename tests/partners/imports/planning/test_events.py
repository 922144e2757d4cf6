"""What a row says happened to an agreement is held against what the register knows of it."""

from datetime import date

import pytest
from django.utils.translation import override

from krakow_intl.core.workbooks import Page, write_book
from partners.event_words import code_of
from partners.imports.planning.planner import plan_import
from partners.models import Agreement, AgreementEvent, SheetAlias
from partners.models.events import WHY_IMPOSSIBLE
from tests.partners.factories import AgreementEventFactory, AgreementFactory
from tests.partners.imports.conftest import HEADER, actions, applied, plan_of, said
from tests.programme.factories import SourceFactory

KIND = "umowa o partnerstwie"
EVENTS = [*HEADER, "Zdarzenia"]
DAY = date(2022, 4, 30)


def row(events, day="1991", city="Lwów"):
    return [city, KIND, day, events]


@pytest.fixture
def agreement(cities):
    """An agreement without a term that was suspended and resumed."""
    agreement = AgreementFactory(city=cities["lviv"], signed_on="1991", number=7, term="not-recorded")
    AgreementEventFactory(
        agreement=agreement, kind="suspended", taken_on="2000-03", effective_on="2000-05", side="home"
    )
    AgreementEventFactory(agreement=agreement, kind="resumed", taken_on="2001-01-02")
    return agreement


KNOWN = "zawieszono 2000-03, ze skutkiem od 2000-05 (strona krakowska); przywrócenie 2001-01-02"


def codes(agreement):
    return [code_of(event) for event in agreement.events.in_order_of_time()]


def kept(agreement):
    agreement = Agreement.objects.get(pk=agreement.pk)
    names = ("notice_given_on", "notice_ends_on", "will_to_end_on", "ended_on", "end_reason", "suspensions")
    return [getattr(agreement, name) for name in (*names, "ends_on", "ends_as", "carried_to")]


@pytest.mark.parametrize(
    "cell",
    [
        None,
        "—",
        KNOWN,
        "zawieszono 2000-03, ze skutkiem od 2000-05; przywrócenie 2001-01-02",
        "Wznowiona 2 stycznia 2001 r.\nZawieszona w marcu 2000, ze skutkiem od maja 2000, strona polska",
        "suspended 03.2000, effective from 05.2000 (Kraków side); resumed 2.01.2001",
    ],
)
def test_events_that_the_register_knows_change_nothing(agreement, cell):
    plan = plan_of(EVENTS, row(cell))
    assert (actions(plan), said(plan)) == (["unchanged"], [])


NOTICE = "wypowiedzenie 2022-03-02 (strona krakowska)"


def test_two_events_that_are_alike_leave_and_come_back_as_two(agreement):
    AgreementEventFactory.create_batch(2, agreement=agreement, kind="notice-given", taken_on="2022-03-02", side="home")
    header = [*EVENTS, "Numer", "Wersja"]
    twice = [f"{KNOWN}; {NOTICE}; {NOTICE}", 7, agreement.version]
    plan = plan_of(header, ["Lwów", KIND, "1991", *twice])
    assert (actions(plan), said(plan)) == (["unchanged"], [])
    agreement.delete()
    assert applied(header, ["Lwów", KIND, "1991", *twice]).result == "applied"
    assert codes(Agreement.objects.get())[-2:] == ["notice-given 2022-03-02 home"] * 2


def test_an_event_that_a_person_lists_twice_counts_once_and_that_is_told(agreement):
    plan = plan_of(EVENTS, row(f"{NOTICE}; {NOTICE}; {NOTICE}"))
    [told] = [str(message.text) for message in plan.messages if message.code == "event-twice"]
    assert ("2022" in told, len(plan.rows[0].events)) == (True, 1)
    plan = plan_of(EVENTS, row("resumed 2.01.2001; resumed 2.01.2001"))
    assert (actions(plan), said(plan)[-1]) == (["unchanged"], (2, "event-twice"))


def test_an_event_that_is_new_is_added_with_source_and_passage_of_its_row(agreement):
    source = SourceFactory(slug="letter", known_to="2022-12-31")
    header = [*EVENTS, "Źródło", "Miejsce w źródle"]
    before = codes(agreement)
    outcome = applied(
        header, [*row(f"{KNOWN}; rozwiązana 2.03.2022, w mocy do 2022 (strona partnerska)"), "letter", "s. 4"]
    )
    assert outcome.result == "applied"
    assert codes(agreement) == [*before, "terminated 2022-03-02/2022 partner"]
    event = agreement.events.latest("pk")
    assert (event.source, event.passage, event.position, event.version) == (source, "s. 4", 3, 1)
    assert [row.history_type for row in event.history.all()] == ["+"]
    assert event.history.get().history_change_reason == outcome.record.reason
    assert Agreement.objects.get().version == 2


ALL = [
    ("wypowiedzenie 2002-03, w mocy do 2003", (None,)),
    ("zapowiedź zakończenia 2002-03", (None,)),
    ("zawieszono 2002", ("suspended",)),
    ("rozwiązano za wypowiedzeniem 2002, w mocy do 2003-05", ("terminated",)),
    ("rozwiązano za porozumieniem stron 2002", ("terminated",)),
    ("strona przestała istnieć 2002-01-01", ("terminated",)),
    ("ratyfikacja 1992; rejestracja 1993-02-03", ("in-force",)),
]


@pytest.mark.parametrize("cell", [cell for cell, _status in ALL])
@pytest.mark.parametrize("is_new", [True, False])
def test_what_follows_from_events_is_kept_as_if_each_had_been_saved(cities, cell, is_new):
    if not is_new:
        AgreementFactory(city=cities["lviv"], signed_on="1991", term="not-recorded")
    assert applied(EVENTS, row(cell)).result == "applied"
    agreement = Agreement.objects.get()
    written = kept(agreement)
    agreement.keep_what_events_say()
    assert written == kept(agreement)
    AgreementEvent.objects.latest("pk").save()
    assert written == kept(agreement)
    assert agreement.events.count() == cell.count(";") + 1


def test_a_suspended_agreement_is_suspended_on_the_day(cities):
    applied(EVENTS, row("zawieszono 2022-03-02"))
    assert Agreement.objects.with_status(DAY).get().status == "suspended"
    assert Agreement.objects.with_status(date(2022, 3, 1)).get().status == "in-force"


def test_an_event_that_a_cell_does_not_list_stays_and_is_told(agreement):
    plan = plan_of(EVENTS, row("przywrócenie 2001-01-02"))
    assert (actions(plan), said(plan)) == (["unchanged"], [(2, "event-kept")])
    [message] = [message for message in plan.messages if message.code == "event-kept"]
    with override("en"):
        assert "“suspended 2000-03, effective from 2000-05 (Kraków side)”" in str(message.text)
    assert (message.level, message.column) == ("warning", "Zdarzenia")


def test_the_side_of_a_known_event_is_told_where_the_register_does_not_know_it(agreement):
    before = codes(agreement)
    cell = f"{KNOWN} (strona partnerska)"
    applied(EVENTS, row(cell))
    assert codes(agreement) == [before[0], "resumed 2001-01-02 partner"]
    assert agreement.events.get(kind="resumed").version == 2
    assert actions(plan_of(EVENTS, row(cell))) == ["unchanged"]


def test_the_same_day_of_both_sides_is_two_events(agreement):
    AgreementEventFactory(agreement=agreement, kind="ratified", taken_on="1992")
    applied(EVENTS, row(f"{KNOWN}; ratyfikacja 1992 (Kraków); ratyfikacja 1992 (partner)"))
    assert codes(agreement)[:2] == ["ratified 1992 home", "ratified 1992 partner"]


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("zawieszono", "without-a-day"),
        ("zawieszono 1990", "before-the-start"),
        ("rozwiązano za wypowiedzeniem 2000-06", None),
        ("rozwiązano za wypowiedzeniem 1999", "after-the-end"),
        ("rozwiązano 2002; strona przestała istnieć 2003", "ended-twice"),
        ("zawieszono 2000-06", "suspended-twice"),
        ("przywrócenie 2001-05", "resumed-but-not-suspended"),
    ],
)
def test_what_cannot_have_been_refuses_the_row_with_the_reason(agreement, cell, reason):
    plan = plan_of(EVENTS, row(f"{KNOWN}; {cell}"))
    if reason is None:  # ended while it was suspended, before it was resumed
        reason = "after-the-end"
    assert actions(plan) == ["refused"]
    messages = [message for message in plan.messages if message.code == "not-possible"]
    assert {message.column for message in messages} == {"Zdarzenia"}
    assert any(str(WHY_IMPOSSIBLE[reason]) in str(message.text) for message in messages)


@pytest.mark.parametrize("cell", [None, KNOWN])
def test_a_start_that_makes_a_known_event_impossible_refuses_the_row(agreement, cell):
    header = ["Numer", *EVENTS]
    plan = plan_of(header, [7, *row(cell, "2000-12")])
    assert actions(plan) == ["refused"]
    [message] = [message for message in plan.messages if message.code == "not-possible"]
    assert message.column == ("Zdarzenia" if cell else "Data podpisania")
    with override("en"):
        assert "before the agreement comes into force" in str(message.text)
    assert actions(plan_of(header, [7, *row(cell, "1999")])) == ["changed"]


def test_a_known_sequence_that_cannot_have_been_is_no_matter_until_it_is_touched(agreement):
    AgreementEventFactory(agreement=agreement, kind="resumed", taken_on="2003")
    header = [*EVENTS, "Uchwała"]
    assert actions(plan_of(header, [*row(f"{KNOWN}; przywrócenie 2003"), "I/1"])) == ["changed"]
    assert actions(plan_of(header, [*row(f"{KNOWN}; ratyfikacja 1992"), "I/1"])) == ["refused"]


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("opublikowano 2002", ["unknown-word"]),
        ("zawieszonno 2002", ["unlikely-word"]),
        ("zawieszono 31.02.2002", ["impossible-date"]),
        ("zawieszono z powodu wojny", ["not-a-date"]),
        ("zawieszono 2002, ze skutkiem od", ["not-a-date"]),
        ("zawieszono 2002 (na wniosek rady)", ["unknown-word"]),
        ("zawieszono 1.02.02", ["two-digit-year"]),
        ("zawieszono 1200", ["before-the-city"]),
        ("zawieszono 2002; nic; strona trzecia przestała istnieć 2003", ["unknown-word", "unlikely-word"]),
        ("j.w.", ["said-above"]),
        (2002, ["unknown-word"]),
    ],
)
def test_what_cannot_be_read_is_told_and_refuses_the_row(agreement, cell, codes):
    plan = plan_of(EVENTS, row(cell))
    assert sorted(code for _row, code in said(plan)) == codes
    is_asked = isinstance(cell, str) and {*codes} <= {"two-digit-year", "unknown-word", "unlikely-word"}
    assert actions(plan) == ["doubtful" if is_asked else "refused"]
    assert {message.column for message in plan.messages} == {"Zdarzenia"}
    assert "events" not in plan.rows[0].row.values


def test_it_is_told_how_an_event_is_written(agreement):
    with override("en"):
        [message] = plan_of(EVENTS, row("zawieszono z powodu wojny")).messages
        assert "“suspended 2022-03-02, effective from 2022-04-01 (Kraków side)”" in str(message.text)


def test_a_person_says_which_day_is_meant(agreement):
    decisions = {"date:events:1 02 02": "2002-02-01"}
    plan = plan_of(EVENTS, row(f"{KNOWN}; zawieszono 1.02.02"), decisions=decisions)
    assert plan.rows[0].row.values["events"][-1] == "suspended 2002-02-01"
    english = [*HEADER, "Events"]
    assert said(plan_of(english, row("suspended 1/2/2002"))) == [(2, "day-or-month")]
    plan = plan_of(english, row("suspended 1/2/2002"), decisions={"order:events": "month"})
    assert plan.rows[0].row.values["events"] == ["suspended 2002-01-02"]


def test_rows_that_say_the_same_count_once_and_others_contradict_each_other(cities):
    same = [row("zawieszono 2002; rejestracja 1992"), row("Rejestracja 1992; suspended 2002")]
    plan = plan_of(EVENTS, *same)
    assert (actions(plan), said(plan)) == (["new", "unchanged"], [(3, "same-as-row")])
    plan = plan_of(EVENTS, row("zawieszono 2002"), row("zawieszono 2003"))
    assert said(plan) == [(2, "contradiction"), (3, "contradiction")]


def test_a_plan_is_another_where_its_events_are(agreement):
    digests = {plan_of(EVENTS, row(cell)).digest() for cell in (None, "ratyfikacja 1992", "ratyfikacja 1993")}
    assert len(digests) == 3


def test_a_word_that_is_likely_meant_is_asked_for_by_its_label(agreement):
    with override("pl"):
        [message] = plan_of(EVENTS, row("ratyfikacia 1992")).messages
        assert "„ratyfikacja”" in str(message.text)
    assert not SheetAlias.objects.filter(about="event").exists()


@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv"])
def test_events_come_in_from_every_kind_of_file(cities, kind):
    head = ["City", "Kind", "Signed on", "Events"]
    cells = ["Lviv", "partnership agreement", "1991", "suspended 2 March 2022 (Kraków side); resumed 2023"]
    plan = plan_import(write_book([Page("Agreements", [head, cells])], kind))
    assert plan.rows[0].row.values["events"] == ["suspended 2022-03-02 home", "resumed 2023"]


KNOWN_TO = [*HEADER, "Znane do"]


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        (None, []),
        ("2001-01-02", []),
        ("2 stycznia 2001", []),
        ("2002", ["not-read"]),
        ("2010-01-01", ["not-read"]),
        ("dawno", ["not-read"]),
    ],
)
def test_the_day_up_to_which_an_agreement_is_known_is_not_read_but_told_where_it_is_another(agreement, cell, codes):
    plan = plan_of(KNOWN_TO, row(cell))
    assert ([code for _row, code in said(plan)], actions(plan)) == (codes, ["unchanged"])
    assert {(message.column, message.value) for message in plan.messages} == {("Znane do", cell)[: 2 * len(codes)]} - {
        ()
    }


def test_of_a_new_agreement_nothing_is_known_yet(cities):
    plan = plan_of(KNOWN_TO, row("2010-01-01"))
    assert (said(plan), actions(plan)) == ([(2, "not-read")], ["new"])


def test_an_event_cites_no_source_that_was_written_before_it(agreement):
    source = SourceFactory(slug="programme-2006", known_to="2006-04-20")
    told = [*row("zawieszono 2005; przywrócenie 2022-03-02"), source.slug, "I.2"]
    plan = plan_of([*EVENTS, "Źródło", "Miejsce w źródle"], [told[0], told[1], "1990", *told[3:]])
    found = {event.kind: (event.source, event.passage) for event, _before in plan.rows[0].events}
    assert found == {"suspended": (source, "I.2"), "resumed": (None, "")}
    assert (2, "later-than-source") in said(plan)


def test_an_event_that_is_still_to_come_is_refused(clock, cities):
    plan = plan_of(EVENTS, row("wypowiedzenie 2030-01-01"))
    assert actions(plan) == ["refused"]
    assert "not-possible" in [code for _row, code in said(plan)]
