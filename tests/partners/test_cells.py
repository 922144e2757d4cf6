from datetime import date

import pytest
from django.utils.translation import override

from partners import cells
from partners.models import Agreement
from tests.partners.factories import AgreementFactory, AgreementLinkFactory

pytestmark = pytest.mark.django_db
DAY = date(2006, 4, 30)


def listed(agreement):
    return Agreement.objects.with_status(DAY).with_replaced().with_events().get(pk=agreement.pk)


def test_an_agreement_names_the_numbers_of_those_it_replaces():
    agreement = AgreementFactory(number=9)
    for number in (4, 3):
        AgreementLinkFactory(agreement=agreement, verb="replaces", earlier=AgreementFactory(number=number))
    AgreementLinkFactory(agreement=agreement, verb="confirms", earlier=AgreementFactory(number=5))
    assert cells.replaced(listed(agreement)) == "3 4"


def test_an_agreement_tells_programs_what_happened_to_it():
    events = [
        {"kind": "notice-given", "taken_on": "2002-03", "effective_on": "2003", "side": "home"},
        {"kind": "ratified", "taken_on": "1993"},
    ]
    agreement = AgreementFactory(events=events)
    for language in ("pl", "en"):
        with override(language):
            assert cells.event_codes(listed(agreement)) == "ratified 1993; notice-given 2002-03/2003 home"


@pytest.mark.parametrize("kind", ["notice-given", "will-to-end"])
def test_an_agreement_tells_programs_what_leads_to_its_end(kind):
    agreement = AgreementFactory(tacit=True, events=[{"kind": kind, "taken_on": "2006-03-01"}])
    assert cells.mark(listed(agreement)) == {"notice-given": "notice-running"}.get(kind, kind)


def test_programs_are_told_what_happened_up_to_the_day_and_sheets_all_of_it():
    notice = {"kind": "notice-given", "taken_on": "2006-04-30", "effective_on": "2007-01-31"}
    agreement = listed(AgreementFactory(events=[notice, {"kind": "terminated", "taken_on": "2006-05"}]))
    assert cells.event_codes(agreement) == "notice-given 2006-04-30/2007-01-31"
    with override("en"):
        assert "terminated" in cells.events(agreement, "en")
