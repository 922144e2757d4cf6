import pytest

from partners.models import Institution, Side
from tests.partners.factories import ActivityFactory, AgreementFactory, CityFactory, InstitutionFactory, PartyFactory

pytestmark = pytest.mark.django_db


def test_who_takes_part_is_named_by_acts_and_activities_or_has_its_seat_in_the_city():
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


def test_an_institution_stands_on_the_side_of_its_seat():
    assert InstitutionFactory(of_krakow=True).side == Side.KRAKOW
    assert InstitutionFactory().side == Side.PARTNER
    assert InstitutionFactory(city=None, place_pl="Temuco").side == Side.PARTNER
