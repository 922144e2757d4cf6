from datetime import date

import pytest

from krakow_intl.core.as_of import AsOf
from partners.city_page import CityPage
from partners.models import ActivityAudience, PartnerCity
from tests.partners.factories import (
    ActivityFactory,
    AgreementFactory,
    AudienceFactory,
    BenefitFactory,
    CityFactory,
    InstitutionFactory,
    PartyFactory,
)
from tests.programme.factories import SourceFactory

pytestmark = pytest.mark.django_db
DAY = date(2006, 4, 30)


def page_of(city, day=DAY):
    cities = PartnerCity.objects.with_beginnings(day)
    return CityPage(cities.get(pk=city.pk), AsOf(day, is_today=False))


def facts(city, day=DAY):
    return {fact.kind: (fact.value, fact.about) for fact in page_of(city, day).facts_that_matter}


def test_the_facts_that_matter_are_the_first_three_of_which_anything_is_recorded():
    city, school = CityFactory(), InstitutionFactory(of_krakow=True)
    assert facts(city) == {}
    ActivityFactory(cities=[city], institutions=[school], starts_on=None)
    BenefitFactory(city=city, direction="partner", given_on=None)
    assert facts(city) == {"activities": (1, []), "institutions": (1, 1), "gifts": (1, 0)}
    AgreementFactory(city=city, undated=True)
    assert list(facts(city)) == ["agreements", "activities", "institutions"]
    ActivityFactory(cities=[city], starts_on="2004")
    assert list(facts(city)) == ["last-event", "agreements", "activities"]
    assert facts(city)["activities"] == (2, [2004])


def test_of_agreements_in_force_the_strongest_is_named_first_and_those_of_institutions_are_not_counted():
    city = CityFactory()
    AgreementFactory(city=city, slug="over", term="fixed", valid_until="1999")
    AgreementFactory(city=city, slug="of-schools", level="institutional", establishes="")
    AgreementFactory(city=city, slug="declaration", establishes="")
    AgreementFactory(city=city, slug="presumed", source=SourceFactory(known_to="2000-01-01"))
    AgreementFactory(city=city, slug="on-record", source=SourceFactory(slug="other", known_to="2006-05-01"))
    AgreementFactory(city=city, slug="later", signed_on="2006-05-01", establishes="twin")
    number, in_force = facts(city)["agreements"]
    assert number == 3
    assert [each.slug for each in in_force] == ["on-record", "presumed", "declaration", "of-schools"]


def test_a_plan_and_what_is_only_promised_is_no_fact():
    city = CityFactory()
    ActivityFactory(cities=[city], state="planned", starts_on="2006")
    BenefitFactory(city=city, is_promised=True, given_on=None)
    assert facts(city) == {}


def test_a_city_is_open_to_those_whom_an_activity_is_for_and_to_those_whose_kind_of_body_takes_part():
    city, body = CityFactory(), InstitutionFactory(of_krakow=True, kind="firm")
    names = ("schools", "firms", "artists")
    schools, firms, artists = (AudienceFactory(slug=name, publication="published") for name in names)
    AudienceFactory(slug="hidden", kinds=["firm"], publication="draft")
    firms.kind_links.create(kind="firm")
    PartyFactory(agreement=AgreementFactory(city=city), institution=body)
    for audience, activity in (
        (schools, ActivityFactory(cities=[city], starts_on="1999")),
        (schools, ActivityFactory(cities=[city], starts_on="2000")),
        (artists, ActivityFactory(cities=[city], starts_on="2010")),
        (artists, ActivityFactory(cities=[city], starts_on="1999", held_back=True)),
        (artists, ActivityFactory(cities=[CityFactory()], starts_on="1999")),
    ):
        ActivityAudience.objects.create(activity=activity, audience=audience)
    assert {audience.slug for audience in page_of(city).audiences} == {"schools", "firms"}
    assert len(page_of(city).audiences) == 2
