import pytest

from partners.models import Institution, Side
from tests.partners.factories import ActivityFactory, AgreementFactory, CityFactory, InstitutionFactory, PartyFactory

pytestmark = pytest.mark.django_db


def test_who_takes_part_is_named_by_agreements_and_activities_or_has_its_seat_in_the_city():
    city = CityFactory()
    seated = InstitutionFactory(city=city)
    school = InstitutionFactory(of_krakow=True)
    temuco = InstitutionFactory(city=None, place_pl="Temuco", country="CL")
    stranger = InstitutionFactory(of_krakow=True)
    elsewhere = InstitutionFactory()
    ActivityFactory(cities=[city, elsewhere.city], institutions=[school, elsewhere])
    ActivityFactory(cities=[city], institutions=[stranger], held_back=True)
    PartyFactory(agreement=AgreementFactory(city=city), institution=temuco)
    assert set(Institution.objects.taking_part_with(city)) == {seated, school, temuco}


@pytest.mark.parametrize(
    ("facts", "side"),
    [
        ({"of_krakow": True}, Side.HOME),
        ({"city": None, "place_pl": "Warszawa", "country": "PL"}, Side.HOME),
        ({"city": None, "country": "PL"}, Side.HOME),
        ({}, Side.PARTNER),
        ({"city": None, "place_pl": "Temuco", "country": "CL"}, Side.PARTNER),
        ({"city": None}, Side.PARTNER),
    ],
    ids=str,
)
def test_an_institution_stands_on_the_side_of_its_seat(facts, side):
    body = InstitutionFactory(**facts)
    assert body.side == side
    assert set(Institution.objects.on_side(side)) == {body}


@pytest.mark.parametrize(
    ("facts", "is_in_krakow"),
    [
        ({"of_krakow": True}, True),
        ({"city": None, "place_pl": "Warszawa", "country": "PL"}, False),
        ({"place_pl": "Kraków"}, False),
    ],
    ids=["in Kraków", "in Poland", "of a city abroad in Kraków"],
)
def test_an_institution_is_in_krakow_by_its_seat(facts, is_in_krakow):
    body = InstitutionFactory(**facts)
    assert body.is_in_krakow == is_in_krakow == Institution.objects.in_krakow().exists()


def test_an_agreement_with_the_city_says_on_which_side_a_body_stands():
    city, body = CityFactory(), InstitutionFactory(city=None, country="")
    PartyFactory(agreement=AgreementFactory(city=city), institution=body, side=Side.HOME)
    assert Institution.objects.taking_part_with(city).get().side == Side.HOME
