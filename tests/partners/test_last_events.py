"""The latest facts of all cities at once are those that each city tells."""

from datetime import date

import pytest

from partners.last_events import last_events
from partners.models import ActivityCity, PartnerCity
from tests.partners.factories import ActivityFactory, AgreementFactory, BenefitFactory, CityFactory

pytestmark = pytest.mark.django_db


def done_with(city, **given):
    ActivityCity.objects.create(activity=ActivityFactory(**given), city=city)


def world():
    for number in range(2):
        CityFactory()
        city = AgreementFactory(signed_on="1998-03", valid_from=f"200{number}").city
        AgreementFactory(city=city, signed_on="2030-01-01")
        AgreementFactory(city=city, signed_on="2020-01-01", publication="draft")
        AgreementFactory(events=[{"kind": "ratified", "taken_on": "2011-01-01", "effective_on": "2012"}])
        done_with(city, starts_on="2004-05-06", ends_on="2004-07")
        done_with(CityFactory(), starts_on="2004-05-06", state="planned")
        BenefitFactory(given_on="2015-01", is_promised=False)
        BenefitFactory(given_on="2016-01", is_promised=True)


@pytest.mark.parametrize("day", [date(2026, 5, 20), date(2005, 1, 1), date(2031, 1, 1)], ids=str)
def test_they_are_what_each_city_tells(day):
    world()
    told = dict(PartnerCity.objects.with_last_event(day).values_list("pk", "last_event_on"))
    assert {key: str(last) for key, last in told.items() if last} == last_events(day)
    assert len(last_events(day)) > 3


def test_four_questions_tell_of_all_cities(django_assert_num_queries):
    world()
    with django_assert_num_queries(4):
        last_events(date(2026, 5, 20))
