"""Odd agreements found by a few queries are those that each would tell of itself."""

import pytest
from django.utils.translation import override

from partners import odd
from partners.models import Agreement
from tests.partners.factories import AgreementFactory, AgreementLinkFactory, CityFactory

pytestmark = pytest.mark.django_db


def odd_world():
    city, other = CityFactory(country="DE"), CityFactory(country="DE")
    AgreementFactory(city=city, twinning=True)
    AgreementFactory(city=other, twinning=True)
    AgreementFactory(city=other, signed_on="2000-01-01", valid_from="1999-01-01")
    AgreementFactory(city=other, term="fixed")
    AgreementFactory(city=other, term="fixed", valid_until="2300-01-01")
    AgreementFactory(city=other, tacit=True, notice_months=100)
    AgreementFactory(city=other, term="fixed", valid_until="1992-06-05", notice_months=12)
    AgreementFactory(city=other, term="fixed", term_months=3, notice_months=12)
    AgreementFactory(city=other, title_pl="To samo", title_en="Same")
    earlier = AgreementFactory(city=other, title_pl="To samo", title_en="Other")
    AgreementLinkFactory(agreement=AgreementFactory(city=city), earlier=earlier, verb="replaces")
    AgreementFactory(events=[{"kind": "ratified", "taken_on": "2001-01-01", "effective_on": "2000-01-01"}])
    AgreementFactory(city=other, title_pl="", title_en="")
    AgreementFactory(city=other, title_pl="", title_en="")
    AgreementFactory(tacit=True)


def test_they_are_told_as_each_tells_it_of_itself():
    odd_world()
    with override("en"):
        told = {
            agreement.pk: [*map(str, sentences)] for agreement, sentences in odd.agreements(Agreement.objects.all())
        }
        own = {agreement.pk: [*map(str, agreement.warnings())] for agreement in Agreement.objects.all()}
    assert told == {key: sentences for key, sentences in own.items() if sentences}
    assert len(told) > 9


def test_however_many_there_are_a_few_queries_find_them(django_assert_max_num_queries):
    odd_world()
    odd_world()
    with django_assert_max_num_queries(6):
        odd.agreements(Agreement.objects.all())


def test_nothing_odd_costs_one_query(django_assert_num_queries):
    AgreementFactory(tacit=True)
    with django_assert_num_queries(1):
        assert odd.agreements(Agreement.objects.all()) == []
