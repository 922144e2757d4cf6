import pytest

from partners.models import Benefit
from tests.partners.factories import BenefitFactory, InstitutionFactory

pytestmark = pytest.mark.django_db


def test_a_benefit_belongs_to_its_giver_and_its_recipient():
    giver, recipient = InstitutionFactory(), InstitutionFactory()
    benefit = BenefitFactory(giver_institution=giver, recipient_institution=recipient)
    BenefitFactory()
    assert list(Benefit.objects.of_institution(giver)) == [benefit]
    assert list(Benefit.objects.of_institution(recipient)) == [benefit]
