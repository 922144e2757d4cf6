"""What is missing of a city is told with the field in which it is entered."""

from datetime import date

import pytest
from django.utils.translation import override

from partners.admin.city_gaps import gaps_of, lacks_of
from partners.models import Agreement
from tests.partners.factories import AgreementFactory, CityFactory, InstitutionFactory
from tests.programme.factories import DepartmentFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 30)


def told(city, *others, may_see=lambda model: True, **given):
    agreements = [*Agreement.objects.with_status(TODAY).filter(city=city).order_by("pk")]
    with override("en"):
        return {str(gap.sentence): gap for gap in gaps_of(city, agreements, others, may_see, **given)}


def complete_city(**given):
    reached = DepartmentFactory(email="office@example.org")
    return CityFactory(**{"department": reached, "verified_on": TODAY} | given)


def test_a_complete_city_lacks_nothing():
    city = complete_city()
    AgreementFactory(city=city, term="open-ended", verified_on=TODAY)
    assert told(city) == {}


@pytest.mark.parametrize(
    ("given", "sentence", "field"),
    [
        ({"department": None}, "No department coordinates it.", "#id_department"),
        ({"latitude": None, "publication": "draft"}, "It has no place on the map.", "#id_latitude"),
        ({"lead_pl": "Zdanie."}, "English is missing: lead.", "#id_lead_en"),
        ({"verified_on": None}, "Nobody has checked the city against the files.", "#id_verified_on"),
    ],
)
def test_each_gap_of_the_city_leads_to_its_field(given, sentence, field):
    gap = told(complete_city(**given))[sentence]
    assert gap.links[0][1].endswith(f"/change/{field}")


def test_a_department_that_nobody_can_reach_is_told_to_those_who_may_see_it():
    city = complete_city(department=DepartmentFactory(email=""))
    assert "Nothing tells how to reach its department." in told(city)
    assert told(city, may_see=lambda model: False) == {}


def test_agreements_lack_their_term_while_they_stand_their_date_and_their_english():
    city = complete_city()
    common = {"city": city, "verified_on": TODAY}
    AgreementFactory(**common, title_en="Stands", signed_on="1995", term="not-recorded")
    AgreementFactory(**common, title_en="Ended", signed_on="1990", term="fixed", valid_until="1995")
    AgreementFactory(**common, title_en="Undated", signed_on=None, term="open-ended")
    AgreementFactory(**common, title_en="Polish", signed_on="1996", term="open-ended", summary_pl="Zakres")
    gaps = told(city)
    names = {sentence: [words for words, _address in gap.links] for sentence, gap in gaps.items()}
    assert names == {
        "Agreements in force whose term is not recorded:": ["Stands (1995)"],
        "Agreements without a date:": ["Undated"],
        "English is missing in:": ["Polish (1996)"],
    }


def test_what_nobody_verified_is_counted_and_led_to_a_round_where_there_is_one():
    city = complete_city()
    others = [InstitutionFactory(name_en=f"Opera {number}") for number in range(7)]
    gap = told(city, *others)["7 records were never verified:"]
    assert (len(gap.links), gap.more) == (5, 2)
    gap = told(city, *others, rounds=[("Begin", "/round/")])["7 records were never verified:"]
    assert (gap.links, gap.more) == ([("Begin", "/round/")], 0)


def test_a_record_says_what_it_lacks():
    AgreementFactory(signed_on="1995", term="not-recorded", summary_pl="Zakres")
    AgreementFactory(signed_on=None, term="open-ended")
    first, second = Agreement.objects.with_status(TODAY).order_by("pk")
    with override("en"):
        assert lacks_of(first) == ("term not recorded", "English missing")
        assert lacks_of(second) == ("date not recorded",)
        assert lacks_of(InstitutionFactory()) == ()
