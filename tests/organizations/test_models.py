from datetime import date

import pytest

from organizations.models import Membership
from tests.organizations.factories import MembershipFactory
from tests.programme.factories import SourceFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("facts", "day", "basis"),
    [
        ({"since": "1990"}, date(1989, 12, 31), None),
        ({"since": "1990"}, date(2006, 4, 20), "on-record"),
        ({"since": "1990"}, date(2006, 4, 21), "presumed"),
        ({"since": "1990", "verified_on": "2020-05-05"}, date(2020, 5, 5), "on-record"),
        ({"since": "1990", "verified_on": "2020-05-05"}, date(2020, 5, 6), "presumed"),
        ({"since": "1990", "until": "2004"}, date(2010, 1, 1), "on-record"),
        ({"since": "1990", "until": "2010"}, date(2010, 6, 30), "by-its-terms"),
        ({"since": "1990", "until": "2010"}, date(2011, 1, 1), "on-record"),
    ],
    ids=["before", "last day known", "day after", "checked", "after the check", "ended", "to its end", "over"],
)
def test_how_a_membership_is_known(facts, day, basis):
    MembershipFactory(source=SourceFactory(known_to="2006-04-20"), **facts)
    assert Membership.objects.with_basis(day).get().basis == basis
