"""What happened to an agreement is kept with it, whoever records, corrects or deletes it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from krakow_intl.core.dates import PartialDate
from partners import terms
from partners.events import EventKind, Impossible
from partners.models import Agreement, AgreementEvent
from partners.models.events import WHY_IMPOSSIBLE
from tests.partners.factories import AgreementEventFactory, AgreementFactory, CityFactory

pytestmark = pytest.mark.django_db

DAY = date(2005, 1, 1)


def status_of(agreement, day=DAY):
    return Agreement.objects.with_status(day).get(pk=agreement.pk).status


def kept(agreement):
    agreement = Agreement.objects.get(pk=agreement.pk)
    return (agreement.ended_on, agreement.end_reason, agreement.ends_on, agreement.ends_as)


def test_every_kind_of_event_has_its_words_and_every_refusal_its_reason():
    assert {kind.value for kind in EventKind} == {*AgreementEvent.Kind.values}
    assert {*WHY_IMPOSSIBLE} == {*Impossible}


def test_an_event_says_what_happened_in_the_language_of_the_page():
    event = AgreementEventFactory.build(kind="suspended")
    with override("en"):
        assert str(event) == "suspended"


def test_events_are_numbered_as_they_are_recorded():
    agreement = AgreementFactory()
    first, second = (AgreementEventFactory(agreement=agreement, kind="registered") for _each in range(2))
    assert (first.position, second.position, AgreementEventFactory().position) == (1, 2, 1)


def test_an_event_ends_its_agreement_until_it_is_corrected_or_deleted():
    agreement = AgreementFactory()
    event = AgreementEventFactory(agreement=agreement, kind="withdrawn", taken_on="2004-05-06")
    assert kept(agreement) == ("2004-05-06", "withdrawn", date(2004, 5, 6), "terminated")
    event.effective_on = PartialDate("2005-06")
    event.save()
    assert kept(agreement) == ("2005-06", "withdrawn", date(2005, 6, 30), "terminated")
    event.delete()
    assert kept(agreement) == (None, "", None, "")


def test_the_earliest_end_is_kept_in_whatever_order_events_are_recorded():
    agreement = AgreementFactory()
    AgreementEventFactory(agreement=agreement, kind="terminated", taken_on="2003")
    AgreementEventFactory(agreement=agreement, kind="withdrawn", taken_on="2002")
    assert kept(agreement) == ("2002", "withdrawn", date(2002, 12, 31), "terminated")


def test_an_agreement_saved_afterwards_keeps_what_its_events_say():
    agreement = AgreementFactory(events=[{"kind": "suspended", "taken_on": "2004-05-06"}])
    for each in (agreement, Agreement.objects.get(pk=agreement.pk)):
        each.title_en = "Corrected"
        each.save()
        assert status_of(agreement) == "suspended"


def test_an_agreement_whose_term_is_corrected_ends_as_its_events_and_its_new_term_say():
    agreement = AgreementFactory(tacit=True, events=[{"kind": "notice-given", "taken_on": "2003-01-17"}])
    assert agreement.ends_on == date(2003, 7, 17)
    agreement.notice_months = 7
    agreement.save()
    assert Agreement.objects.get().ends_on == date(2008, 7, 17)


def test_notice_suspension_and_will_to_end_are_kept_as_well():
    agreement = AgreementFactory(
        events=[
            {"kind": "will-to-end", "taken_on": "2000"},
            {"kind": "suspended", "taken_on": "2001-02-03"},
            {"kind": "resumed", "taken_on": "2002-02-03"},
            {"kind": "notice-given", "taken_on": "2003-02-03", "effective_on": "2003-12"},
        ]
    )
    agreement.refresh_from_db()
    assert agreement.will_to_end_on == date(2000, 12, 31)
    assert agreement.suspensions == [["2001-02-03", "2002-02-03"]]
    assert (agreement.notice_given_on, agreement.notice_ends_on) == (date(2003, 2, 3), date(2003, 12, 31))
    assert agreement.ends_on == date(2003, 12, 31)


def test_an_event_without_a_day_changes_nothing():
    agreement = AgreementFactory(events=[{"kind": "suspended", "taken_on": None}])
    assert (status_of(agreement), agreement.suspensions) == ("in-force", [])


def test_events_stand_in_the_order_of_time():
    agreement = AgreementFactory()
    days = ["2003", "2001-05", "2002-01-01"]
    for day in days:
        AgreementEventFactory(agreement=agreement, kind="registered", taken_on=day)
    assert [event.taken_on for event in agreement.events.in_order_of_time()] == sorted(days)


def test_the_public_sees_the_events_of_public_agreements():
    shown = AgreementEventFactory()
    AgreementEventFactory(agreement=AgreementFactory(held_back=True))
    AgreementEventFactory(agreement=AgreementFactory(city=CityFactory(held_back=True)))
    assert AgreementEvent.objects.public().get() == shown


def test_an_event_of_a_month_tells_of_its_agreement_up_to_the_first_day_of_it():
    event = AgreementEventFactory(taken_on="2004-05", effective_on="2010")
    assert event.horizon == date(2004, 5, 1)
    assert AgreementEventFactory(taken_on=None, effective_on="2010-01-31").horizon == date(2010, 1, 31)


def test_an_event_makes_its_agreement_known_up_to_its_own_horizon():
    agreement = AgreementFactory(term="not-recorded", events=[{"kind": "registered", "taken_on": "2004-05-06"}])
    found = {day: Agreement.objects.with_status(date(2004, 5, day)).get(pk=agreement.pk) for day in (6, 7)}
    assert {found[day].known_to for day in found} == {date(2004, 5, 6)}
    assert [found[day].basis for day in found] == [terms.Basis.ON_RECORD, terms.Basis.PRESUMED]


def test_an_event_goes_with_its_agreement():
    AgreementEventFactory().agreement.delete()
    assert not AgreementEvent.objects.exists()


def test_what_is_still_to_come_was_not_taken_and_nothing_is_known_up_to_it(clock):
    agreement = AgreementFactory(signed_on="1995-10-23", source=None)
    event = AgreementEventFactory.build(agreement=agreement, kind="suspended", taken_on="2026-12", position=1)
    with pytest.raises(ValidationError) as refused:
        event.full_clean()
    assert refused.value.message_dict.keys() == {"taken_on"}
    AgreementEventFactory(agreement=agreement, kind="suspended", taken_on=None, effective_on="2030-01-01", source=None)
    assert Agreement.objects.with_known_to().get().known_to == date(1995, 10, 23)
