from datetime import date

import pytest
from django.db.models import Count, Min, Model

from krakow_intl.core.records import in_one_row, natural_keys_remembered
from organizations.models import Organization
from partners.models import Activity, Agreement, Benefit, Institution, PartnerCity
from polonia.models import Campaign
from programme.models import Figure
from tests.organizations.factories import InvolvementFactory, MembershipFactory, OrganizationFactory
from tests.partners.factories import (
    ActivityFactory,
    AgreementFactory,
    BenefitFactory,
    CityFactory,
    InstitutionFactory,
    PartyFactory,
)
from tests.polonia.factories import CampaignFactory, EditionFactory
from tests.programme.factories import FigureFactory, SourceFactory

pytestmark = pytest.mark.django_db
DAY = date(1998, 6, 1)


def divided(model, day=DAY):
    """(slugs of what had happened by the day, of what came later), after each record was asked the same."""
    records = model.objects.public()
    asked = records.with_beginnings(day) if hasattr(records, "with_beginnings") else records
    up_to, after = ({record.slug for record in some} for some in (records.up_to(day), records.after(day)))
    assert {record.slug for record in asked if record.is_later(day)} == after
    assert {record.slug for record in asked} == up_to | after
    return up_to, after


@pytest.mark.parametrize(
    ("dates", "is_later"),
    [
        ({"starts_on": "1998-06-01"}, False),
        ({"starts_on": "1998-06-02"}, True),
        ({"starts_on": "1998"}, False),
        ({"starts_on": "1998-07"}, True),
        ({"starts_on": None}, False),
        ({"starts_on": None, "ends_on": "1999"}, True),
        ({"starts_on": "1997", "ends_on": "1999"}, False),
    ],
    ids=str,
)
def test_a_record_is_later_than_a_day_if_the_first_of_its_dates_is(dates, is_later):
    ActivityFactory(slug="one", **dates)
    assert divided(Activity)[is_later] == {"one"}


@pytest.mark.parametrize(("known_to", "is_later"), [("1998-05-01", False), ("2006-04-20", True)])
def test_a_plan_for_later_was_one_from_when_its_source_tells_of_it(known_to, is_later):
    source = SourceFactory(known_to=known_to)
    ActivityFactory(slug="plan", state="planned", starts_on="1999", source=source)
    BenefitFactory(slug="promise", is_promised=True, given_on="1999", source=source)
    assert divided(Activity)[is_later] == {"plan"}
    assert divided(Benefit)[is_later] == {"promise"}
    assert not Activity.objects.begun(DAY)


@pytest.mark.parametrize(
    ("given_on", "activity", "is_later", "is_dated"),
    [
        (None, {"starts_on": "2004"}, True, True),
        (None, {"starts_on": None, "ends_on": "2004"}, True, True),
        (None, {"starts_on": "1988", "ends_on": "2004"}, False, True),
        (None, {"starts_on": None}, False, False),
        (None, {"starts_on": "2004", "held_back": True}, False, False),
        ("1990", {"starts_on": "2004"}, False, True),
        ("2005", {"starts_on": "1988"}, True, True),
        (None, None, False, False),
    ],
    ids=str,
)
def test_a_gift_without_a_date_is_of_the_time_of_its_activity(given_on, activity, is_later, is_dated):
    came_of = activity and ActivityFactory(**activity)
    source = SourceFactory(known_to=date(2006, 4, 20))
    gift = BenefitFactory(slug="gift", given_on=given_on, activity=came_of, source=source)
    assert divided(Benefit)[is_later] == {"gift"}
    assert Benefit.objects.dated().exists() is is_dated is not gift.is_undated(DAY)
    assert Benefit.objects.begun(DAY).exists() is (is_dated and not is_later)


def test_a_figure_is_of_its_year():
    for slug, year in (("then", "1998"), ("later", "1999"), ("undated", None)):
        FigureFactory(slug=slug, year=year)
    assert divided(Figure) == ({"then", "undated"}, {"later"})


def test_a_body_began_with_the_first_dated_record_that_names_it():
    then, later = InstitutionFactory(slug="then"), InstitutionFactory(slug="later")
    InstitutionFactory(slug="never-dated")
    PartyFactory(institution=then, agreement=AgreementFactory(signed_on="1998"))
    PartyFactory(institution=later, agreement=AgreementFactory(signed_on="1990", held_back=True))
    for body in (then, later):
        ActivityFactory(starts_on="2004", institutions=[body])
        ActivityFactory(starts_on=None, institutions=[body])
    assert divided(Institution) == ({"then", "never-dated"}, {"later"})


def test_an_organization_began_with_the_membership_or_what_was_done_there():
    for slug, since, done in (("member", "1990", None), ("guest", "2001", "1997"), ("later", "2001", "2002")):
        organization = OrganizationFactory(slug=slug)
        MembershipFactory(organization=organization, since=since)
        InvolvementFactory(organization=organization, starts_on=done)
    assert divided(Organization) == ({"member", "guest"}, {"later"})


def test_a_campaign_began_as_it_says_itself_or_with_an_edition():
    CampaignFactory(slug="since", since="1990")
    CampaignFactory(slug="undated")
    EditionFactory(campaign=CampaignFactory(slug="edition"), period="1997")
    EditionFactory(campaign=CampaignFactory(slug="later"), period="2005")
    assert divided(Campaign) == ({"since", "undated", "edition"}, {"later"})


@pytest.mark.django_db
def test_a_record_may_be_remembered_by_its_natural_key(django_assert_num_queries):
    city = CityFactory(slug="lviv")
    with natural_keys_remembered(), django_assert_num_queries(1):
        assert [PartnerCity.objects.get_by_natural_key("lviv") for _time in range(3)] == [city] * 3
    with natural_keys_remembered(), pytest.raises(PartnerCity.DoesNotExist):
        PartnerCity.objects.get_by_natural_key("kyiv")
    with django_assert_num_queries(2):
        assert [PartnerCity.objects.get_by_natural_key("lviv") for _time in range(2)] == [city] * 2


@pytest.mark.once
def test_a_row_becomes_a_record_as_django_makes_it():
    agreement = AgreementFactory()
    fields = [field.attname for field in Agreement._meta.concrete_fields]
    row = [getattr(agreement, name) for name in fields]
    ours = Agreement.from_db("default", fields, row)
    djangos = Model.from_db.__func__(Agreement, "default", fields, row)
    assert ours._state.fields_cache == {}
    assert {**vars(ours), "_state": vars(ours._state)} == {**vars(djangos), "_state": vars(djangos._state)}
    assert Agreement.objects.only("slug").get().get_deferred_fields() >= {"number", "starts_on"}


@pytest.mark.parametrize("number", [0, 2])
def test_what_is_counted_in_one_row_is_what_is_aggregated(number):
    for name in range(number):
        ActivityFactory(slug=f"activity-{name}", starts_on=f"199{name}")
    counted = {"number": Count("pk"), "first": Min("starts_on")}
    records = Activity.objects.public().order_by("slug")
    assert [*in_one_row(records, **counted)] == [records.aggregate(**counted)]


def test_what_is_read_without_texts_lacks_them_alone():
    BenefitFactory()
    benefit = Benefit.objects.select_related("city").without_texts("", "city").get()
    assert benefit.get_deferred_fields() > {"search_words", "description_pl", "description_en"}
    assert benefit.city.get_deferred_fields() > {"search_words", "lead_pl", "description_en"}
    assert benefit.get_deferred_fields().isdisjoint({"what_pl", "slug"})
    assert benefit.city.get_deferred_fields().isdisjoint({"name_pl", "slug"})
