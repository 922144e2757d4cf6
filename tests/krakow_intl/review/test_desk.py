"""What waits about pending changes is with whom it waits for: its author, another person, all reviewers."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from krakow_intl.core.admin.desk import Desk
from krakow_intl.core.typography import NBSP
from krakow_intl.review.models import PendingChange
from tests.partners.factories import AgreementFactory, CityFactory
from tests.staff import REASON, account, page_of, typed

pytestmark = pytest.mark.django_db
State = PendingChange.State
NOON = datetime.fromisoformat("2026-05-05T12:00:00+02:00")


@pytest.fixture
def anna():
    return account("editor", "anna", first_name="Anna", last_name="Nowak")


@pytest.fixture
def zofia():
    return account("reviewer", "zofia", first_name="Zofia", last_name="Lis")


def hand_in(client, user, record, **values):
    client.force_login(user)
    page = page_of(record, "change")
    client.post(page, typed(client.get(page)) | REASON | values)
    change = PendingChange.objects.latest("pk")
    PendingChange.objects.filter(pk=change.pk).update(created_at=NOON)
    return change


def lines(user, name):
    desk = Desk(user)
    with override("en"):
        section = desk.section(name)
        if section is None:
            return None
        return [(line.text, line.why.replace(NBSP, " ")) for line in section.lines([*section.rows(desk)], desk)]


def decide(change, state, by, **values):
    PendingChange.objects.filter(pk=change.pk).update(state=state, decided_by=by, decided_at=NOON, **values)


def test_what_others_handed_in_waits_for_reviewers_and_not_for_its_author(client, anna, zofia):
    agreement = AgreementFactory(title_en="Old")
    hand_in(client, anna, agreement, title_en="New")
    hand_in(client, zofia, CityFactory(name_en="Lviv"), lead_en="A city")
    assert lines(zofia, "to-review") == [
        ("change of a record: Old", "Handed in by Anna Nowak on 5 May 2026: as the original has it")
    ]
    assert len(lines(account("reviewer", "ewa"), "to-review")) == 2
    assert lines(anna, "to-review") is None


def test_what_was_sent_back_comes_to_its_author_with_the_remark(client, anna, zofia):
    change = hand_in(client, anna, AgreementFactory(title_en="Old"), title_en="New")
    decide(change, State.SENT_BACK, zofia, remark="The date is wrong")
    assert lines(anna, "sent-back") == [("change of a record: Old", "Zofia Lis: The date is wrong")]
    assert lines(zofia, "sent-back") == []


def test_an_emergency_waits_for_all_reviewers_but_those_who_took_part(client, anna, zofia):
    change = hand_in(client, anna, AgreementFactory(title_en="Old"), title_en="New")
    decide(change, State.PUBLISHED, zofia, approval="emergency", remark="It could not wait")
    ewa = account("reviewer", "ewa")
    assert lines(ewa, "to-confirm") == [
        ("change of a record: Old", "Published by Zofia Lis on 5 May 2026: It could not wait")
    ]
    assert lines(zofia, "to-confirm") == []
    assert lines(anna, "to-confirm") is None
    PendingChange.objects.update(confirmed_at=NOON, confirmed_by=ewa)
    assert lines(ewa, "to-confirm") == []


def test_what_is_approved_for_a_day_to_come_is_told_to_its_author_and_reviewers(client, anna, zofia):
    change = hand_in(client, anna, AgreementFactory(title_en="Old"), title_en="New")
    decide(change, State.SCHEDULED, zofia, due_at=NOON + timedelta(days=2))
    told = [("change of a record: Old", "To be carried out on 7 May 2026, 12:00.")]
    assert (lines(anna, "scheduled"), lines(zofia, "scheduled")) == (told, told)
    assert lines(account("editor", "eve"), "scheduled") == []


def test_many_changes_of_many_kinds_ask_no_more_questions(client, anna, zofia):
    hand_in(client, anna, AgreementFactory(), title_en="New")
    hand_in(client, anna, CityFactory(), lead_en="New")
    desk = Desk(zofia)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            desk.first_of(desk.section("to-review"))
        return len(queries)

    asked()  # what a process knows from then on
    few = asked()
    for _number in range(3):
        hand_in(client, anna, AgreementFactory(), title_en="New")
        hand_in(client, anna, CityFactory(), lead_en="New")
    assert asked() == few
