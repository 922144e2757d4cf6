"""The cases of tests/law, asked of the reference, of the calendar in `partners.terms` and of the database."""

import json
from datetime import date
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import pytest

from krakow_intl.core.dates import PartialDate
from partners import terms
from partners.events import ENDS, EventKind, event_of, suspensions
from partners.models import Agreement
from tests.law import reference
from tests.partners.factories import AgreementEventFactory, AgreementFactory, AgreementLinkFactory, CityFactory
from tests.programme.factories import SourceFactory

LAW = Path(__file__).parent / "law"
MIN_CASES = 300


def cases():
    for path in sorted(LAW.glob("*.json")):
        for number, case in enumerate(json.loads(path.read_text())["cases"], 1):
            yield pytest.param(case, id=f"{path.stem} {number} {case['day']}")


CASES = list(cases())
each_case = pytest.mark.parametrize("case", CASES)


def agreements():
    """The facts of each agreement, with its cases."""
    for facts, group in groupby((param.values[0] for param in CASES), key=itemgetter("facts")):
        group = list(group)
        yield pytest.param(facts, group, id=group[0]["agreement"])


def test_there_are_many_cases_and_no_two_are_the_same():
    keys = {json.dumps([param.values[0]["facts"], param.values[0]["day"]], sort_keys=True) for param in CASES}
    assert len(CASES) == len(keys) >= MIN_CASES


@each_case
def test_the_reference_answers_each_case(case):
    assert reference.answer(case["facts"], date.fromisoformat(case["day"])) == case["expected"]


# --- the calendar -----------------------------------------------------------------------------------------------------


def partial(record, name):
    return PartialDate(record[name]) if record.get(name) else None


def start_of(record):
    return partial(record, "valid_from") or partial(record, "signed_on")


def term_facts(facts):
    start, until = start_of(facts), partial(facts, "until")
    return terms.TermFacts(
        term=facts["term"],
        start=start and start.first_day,
        start_is_exact=bool(start) and start.precision == "day",
        start_last=start and start.last_day,
        until=until and until.last_day,
        until_is_exact=bool(until) and until.precision == "day",
        **{name: facts.get(name) for name in ("term_months", "renewal_months", "notice_months")},
        **of_events(facts.get("events", [])),
        **of_replacing(facts.get("replaced_by", [])),
    )


def of_events(records):
    events = [
        event_of(EventKind(record["kind"]), partial(record, "taken_on"), partial(record, "effective_on"))
        for record in records
    ]
    events.sort(key=lambda event: event.day)
    notice = next((event for event in events if event.kind is EventKind.NOTICE_GIVEN), None)
    return {
        "notice_given_on": notice and notice.day,
        "notice_ends_on": notice and notice.ends_on,
        "ended_on": next((event.day for event in events if event.kind in ENDS), None),
        "suspensions": suspensions(events),
    }


def of_replacing(records):
    dated = sorted((record for record in records if start_of(record)), key=lambda record: start_of(record).first_day)
    return {
        "replaced_on": next((start_of(record).first_day for record in dated), None),
        "replaced_known_to": next((reference.horizon(record) for record in dated), None),
    }


def answer(status, basis, term, notice_by):
    return {
        "status": status,
        "basis": basis,
        "running_term": term and [term.start.isoformat(), term.end.isoformat()],
        "notice_by": notice_by and notice_by.isoformat(),
    }


@each_case
def test_the_calendar_answers_each_case(case):
    facts, day = term_facts(case["facts"]), date.fromisoformat(case["day"])
    basis = terms.basis(facts, day, reference.horizon(case["facts"]))
    found = answer(terms.status(facts, day), basis, terms.running_term(facts, day), terms.notice_day(facts, day))
    assert found == case["expected"]


# --- the database -----------------------------------------------------------------------------------------------------


def source(record):
    known_to = record.get("known_to")
    return known_to and SourceFactory(slug=f"known-to-{known_to}", known_to=known_to)


def sourced(record, *names):
    return {name: record.get(name) for name in names} | {
        "source": source(record) or None,
        "verified_on": record.get("verified_on"),
    }


def agreement_in_the_register(facts, city):
    names = ("signed_on", "valid_from", "term_months", "renewal_months", "notice_months")
    term = facts.get("term", "open-ended")
    agreement = AgreementFactory(city=city, term=term, valid_until=facts.get("until"), **sourced(facts, *names))
    for event in facts.get("events", []):
        happened = sourced(event, "taken_on", "effective_on")
        AgreementEventFactory(agreement=agreement, kind=event["kind"], side=event.get("side", ""), **happened)
    for replacing in facts.get("replaced_by", []):
        later = agreement_in_the_register(replacing, city)
        AgreementLinkFactory(agreement=later, verb="replaces", earlier=agreement)
    return agreement


@pytest.mark.django_db
@pytest.mark.parametrize(("written", "group"), [*agreements()])
def test_the_register_answers_each_case(written, group):
    agreement = agreement_in_the_register(written, CityFactory())
    for case in group:
        found = Agreement.objects.with_status(date.fromisoformat(case["day"])).get(pk=agreement.pk)
        assert (case["day"], answer(found.status, found.basis, found.term_then, found.notice_by)) == (
            case["day"],
            case["expected"],
        )
        is_in_force = Agreement.objects.in_force(found.status_on).filter(pk=agreement.pk).exists()
        assert is_in_force == (found.status == "in-force")
