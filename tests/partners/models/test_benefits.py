from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from partners.models import Benefit
from tests.partners.factories import ActivityFactory, BenefitFactory, InstitutionFactory
from tests.programme.factories import SourceFactory

pytestmark = pytest.mark.django_db


def test_a_benefit_belongs_to_its_giver_and_its_recipient():
    giver, recipient = InstitutionFactory(), InstitutionFactory()
    benefit = BenefitFactory(giver_institution=giver, recipient_institution=recipient)
    BenefitFactory()
    assert list(Benefit.objects.of_institution(giver)) == [benefit]
    assert list(Benefit.objects.of_institution(recipient)) == [benefit]


@pytest.mark.parametrize("day", ["1987-01-01", "1994-06-01", "1996-12-31", "2006-04-20"])
def test_a_gift_knows_of_itself_what_the_query_knows_of_all(day):
    day, source = date.fromisoformat(day), SourceFactory(known_to="2006-04-20")
    times = [
        {"starts_on": "1988", "state": "ongoing"},
        {"starts_on": "1993", "ends_on": "1996"},
        {"starts_on": "1993"},
        {"starts_on": None},
        {"starts_on": "1993", "held_back": True},
    ]
    for facts in ({"activity": None}, *({"activity": ActivityFactory(**time)} for time in times)):
        for given_on in (None, "1990"):
            BenefitFactory(given_on=given_on, source=source, **facts)
            BenefitFactory(given_on=given_on, source=source, is_promised=True, **facts)
            BenefitFactory(given_on=given_on, **facts)
    told = {benefit for benefit in Benefit.objects.all() if benefit.is_told_by(day)}
    assert told == set(Benefit.objects.told_by(day))


def test_neither_a_quantity_nor_an_amount_is_negative():
    with pytest.raises(ValidationError) as refused:
        BenefitFactory(quantity=-1, amount=Decimal("-0.01"), currency="EUR").full_clean()
    assert set(refused.value.message_dict) == {"quantity", "amount"}
    BenefitFactory(quantity=0, amount=None).full_clean()
