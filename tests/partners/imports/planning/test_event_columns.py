"""Columns with the day of one event each make the events of the agreement, or correct them; nothing is told twice."""

import pytest
from django.utils.translation import override

from partners.event_words import code_of
from partners.events import ENDS
from partners.imports.planning.event_columns import HOW_IT_ENDED
from partners.models import Agreement, AgreementEvent
from tests.partners.factories import AgreementEventFactory, AgreementFactory
from tests.partners.imports.conftest import HEADER, actions, applied, plan_of, said

KIND = "umowa o partnerstwie"
COLUMNS = {
    "events": "Zdarzenia",
    "notice": "Wypowiedziana dnia",
    "suspended": "Zawieszona od",
    "resumed": "Wznowiona",
    "ended": "Zakończona dnia",
    "how": "Sposób zakończenia",
    "why": "Przyczyna",
    "because": "Reason",
}
END = {"ended": "31.12.2001", "how": "rozwiązano za porozumieniem stron"}


def rows(**cells):
    return [[*HEADER, *(COLUMNS[name] for name in cells)], ["Lwów", KIND, "1991", *cells.values()]]


@pytest.fixture
def agreement(cities):
    return AgreementFactory(city=cities["lviv"], signed_on="1991", number=7, term="not-recorded")


def codes():
    return [code_of(event) for event in AgreementEvent.objects.in_order_of_time()]


@pytest.mark.parametrize("is_new", [True, False])
@pytest.mark.parametrize(
    ("cells", "events"),
    [
        ({"notice": "2.03.2000"}, ["notice-given 2000-03-02"]),
        ({"suspended": "2000-05", "resumed": "2001"}, ["suspended /2000-05", "resumed /2001"]),
        (END, ["withdrawn /2001-12-31"]),
        ({"ended": "2001", "how": "strona przestała istnieć"}, ["party-ceased /2001"]),
        ({"notice": "2000", "ended": "2001"}, ["notice-given 2000", "terminated /2001"]),
        ({"events": "odstąpiono 2000, w mocy do 31.12.2001", **END}, ["withdrawn 2000/2001-12-31"]),
        ({"events": "zawieszono 2000", **END}, ["suspended 2000", "withdrawn /2001-12-31"]),
        ({"events": "odstąpiono 2001", "ended": "2001"}, ["withdrawn 2001"]),
        ({"notice": "—", "ended": None, "why": ""}, []),
    ],
)
def test_a_row_with_such_columns_makes_the_events_once(cities, cells, events, is_new):
    if not is_new:
        AgreementFactory(city=cities["lviv"], signed_on="1991", term="not-recorded")
    applied(*rows(**cells))
    assert codes() == events
    assert actions(plan_of(*rows(**cells))) == ["unchanged"]
    agreement = Agreement.objects.get()
    kept = [agreement.ended_on, agreement.end_reason, agreement.suspensions]
    agreement.keep_what_events_say()
    assert kept == [agreement.ended_on, agreement.end_reason, agreement.suspensions]


@pytest.mark.parametrize(
    ("cells", "events"),
    [
        ({"ended": "31.12.2001"}, ["withdrawn 2000/2001-12-31"]),
        ({"ended": "2001"}, ["withdrawn 2000/2001-12"]),
        ({"ended": "2000"}, ["withdrawn 2000/2001-12"]),
        ({"ended": "2002"}, ["withdrawn 2000/2002"]),
        ({"ended": "12.2001", "how": "rozwiązanie za wypowiedzeniem"}, ["terminated 2000/2001-12"]),
        ({"how": "strona przestała istnieć"}, ["party-ceased 2000/2001-12"]),
        ({"notice": "1999"}, ["notice-given 1999", "withdrawn 2000/2001-12"]),
    ],
)
def test_they_correct_the_end_that_is_known_and_leave_what_they_do_not_tell_of(agreement, cells, events):
    AgreementEventFactory(agreement=agreement, kind="withdrawn", taken_on="2000", effective_on="2001-12")
    plan = plan_of(*rows(**cells))
    assert (actions(plan), said(plan)) == ([["changed"], ["unchanged"]][codes() == events], [])
    applied(*rows(**cells))
    assert codes() == events
    assert actions(plan_of(*rows(**cells))) == ["unchanged"]


def test_how_an_agreement_ended_is_asked_once_where_nothing_says_it(agreement, cities):
    header, row = rows(ended="2001")
    sheet = [header, row, ["Mediolan", KIND, "1992", "2002"]]
    plan = plan_of(*sheet)
    assert (actions(plan), [*plan.questions]) == (["doubtful", "doubtful"], [HOW_IT_ENDED])
    assert plan.questions[HOW_IT_ENDED].rows == [2, 3]
    for answer, found in (("party-ceased", ["changed", "new"]), ("leave-out", ["unchanged", "unchanged"])):
        assert actions(plan_of(*sheet, decisions={HOW_IT_ENDED: answer})) == found
    assert not plan_of(*sheet, decisions={HOW_IT_ENDED: "party-ceased"}).questions


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (END, "withdrawn"),
        ({"suspended": "2000", "notice": "2001"}, "suspended"),
        ({"notice": "2001"}, "notice-given"),
        ({"events": "ratyfikacja 1992"}, "ratified"),
    ],
)
def test_a_reason_is_that_of_the_gravest_event_of_the_row_in_the_language_of_its_column(agreement, cells, kind):
    cells = {**cells, "why": "wojna;\nbrak kontaktów", "because": "war"}
    applied(*rows(**cells))
    event = AgreementEvent.objects.get(kind=kind)
    assert (event.reason_pl, event.reason_en) == ("wojna;\nbrak kontaktów", "war")
    assert AgreementEvent.objects.exclude(reason_pl="").exclude(reason_pl=None).count() == 1
    assert actions(plan_of(*rows(**cells))) == ["unchanged"]


def test_a_reason_alone_is_that_of_the_end_that_the_register_knows(agreement):
    assert said(plan_of(*rows(why="wojna"))) == [(2, "reason-without-event")]
    AgreementEventFactory(agreement=agreement, kind="terminated", taken_on="2000", version=1)
    applied(*rows(why="wojna"))
    event = AgreementEvent.objects.get()
    assert (event.reason_pl, event.version, event.history.count()) == ("wojna", 2, 2)


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"events": "odstąpiono 2000", "ended": "2001"}, "contradictory-event"),
        ({"events": "odstąpiono 2000", "ended": "2000", "how": "strona przestała istnieć"}, "contradictory-event"),
        ({"events": "odstąpiono 2000, przyczyna: wojna", "ended": "2000", "why": "pokój"}, "contradictory-event"),
        ({"ended": "dawno"}, "not-a-date"),
        ({"how": "odstąpiono"}, "not-possible"),
        ({"suspended": "1990"}, "not-possible"),
        ({"resumed": "1995"}, "not-possible"),
        ({"notice": "1.02.2100"}, "not-possible"),
    ],
)
def test_what_is_at_odds_or_cannot_be_refuses_the_row(clock, agreement, cells, code):
    plan = plan_of(*rows(**cells))
    assert (actions(plan), said(plan)) == (["refused"], [(2, code)])
    [message] = plan.messages
    with override("pl"):
        assert (message.column in COLUMNS.values(), bool(str(message.text))) == (True, True)


@pytest.mark.parametrize("how", ["wygasła", "zawieszono"])
def test_how_it_ended_is_asked_where_no_end_is_called_so(agreement, how):
    plan = plan_of(*rows(ended="2000", how=how))
    assert (actions(plan), said(plan)) == (["doubtful"], [(2, "unknown-word")])
    [(key, question)] = plan.questions.items()
    answer = next(value for value, _label in question.choices if value in ENDS)
    assert actions(plan_of(*rows(ended="2000", how=how), decisions={key: answer})) == ["changed"]


def test_an_event_changed_since_the_download_is_asked_about(agreement):
    event = AgreementEventFactory(agreement=agreement, kind="withdrawn", taken_on="2000")
    header, row = rows(ended="2001")
    sheet = [["Numer", "Wersja", *header], [7, Agreement.objects.get().version, *row]]
    Agreement.objects.get().save()
    plan = plan_of(*sheet)
    assert (actions(plan), [*plan.questions]) == (["doubtful"], ["conflict:7:event"])
    assert actions(plan_of(*sheet, decisions={"conflict:7:event": "keep"})) == ["unchanged"]
    plan = plan_of(*sheet, decisions={"conflict:7:event": "take"})
    assert [(code_of(event), before) for event, before in plan.rows[0].events] == [
        ("withdrawn 2000/2001", code_of(event))
    ]
