from datetime import date

import pytest
from django.utils.translation import override

from krakow_intl.core.dates import PartialDate
from partners.models import PartnerCity, Relation
from tests.partners.factories import (
    ActivityFactory,
    AgreementFactory,
    AgreementThemeFactory,
    CityFactory,
    CityNameFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def kyiv():
    """A partner from 12 December 1976 and a twin from 19 February 1993."""
    city = CityFactory(slug="kyiv")
    AgreementFactory(city=city, signed_on="1976-12-12")
    AgreementFactory(city=city, twinning=True, signed_on="1993-02-19")
    return city


@pytest.mark.parametrize(
    ("day", "relation", "since"),
    [
        (date(1976, 12, 11), "", None),
        (date(1976, 12, 12), Relation.PARTNER, "1976-12-12"),
        (date(1993, 2, 18), Relation.PARTNER, "1976-12-12"),
        (date(1993, 2, 19), Relation.TWIN, "1993-02-19"),
    ],
    ids=str,
)
def test_the_relation_of_a_city_is_the_highest_in_force(kyiv, day, relation, since):
    city = PartnerCity.objects.with_relation(day).get()
    assert (city.relation, city.relation_since) == (relation, since)


def test_the_relation_rests_on_published_agreements_in_force():
    city = CityFactory()
    AgreementFactory(city=city, twinning=True, held_back=True)
    AgreementFactory(city=city, signed_on="1990", term="fixed", valid_until="1995")
    AgreementFactory(city=city, establishes="")
    city = PartnerCity.objects.with_relation(date(2006, 1, 1)).get()
    assert (city.relation, city.relation_since) == ("", None)


def test_the_relation_counts_from_the_day_recorded_before_the_signing():
    AgreementFactory(signed_on="1990-05-01", valid_from="1990-06")
    assert PartnerCity.objects.with_relation(date(2006, 1, 1)).get().relation_since == PartialDate("1990-06")


@pytest.mark.parametrize(
    ("day", "facts", "has_history"),
    [
        (date(1994, 12, 31), {"agreements": "1995", "activities": "1996"}, False),
        (date(1995, 1, 1), {"agreements": "1995"}, True),
        (date(1995, 1, 1), {"agreements": "1996", "activities": "1995-01-01"}, True),
        (date(1900, 1, 1), {"agreements": None}, True),
        (date(1900, 1, 1), {}, True),
    ],
    ids=["before", "an agreement", "an activity", "nothing dated", "nothing"],
)
def test_co_operation_begins_with_what_is_recorded_first(day, facts, has_history):
    city = CityFactory()
    if "agreements" in facts:
        AgreementFactory(city=city, signed_on=facts["agreements"], establishes="")
    if "activities" in facts:
        ActivityFactory(cities=[city], starts_on=facts["activities"])
    found = PartnerCity.objects.with_relation(day).with_beginnings(day).get()
    assert (found.has_history, found.display_relation) == (has_history, "" if has_history else "not-yet")


def test_agreements_are_counted_between_the_cities_only():
    city = CityFactory()
    AgreementFactory(city=city, signed_on="1996", level="institutional")
    AgreementFactory(city=city, signed_on="2003-05-14")
    AgreementFactory(city=city, signed_on="2004", level="legislative")
    AgreementFactory(city=city, undated=True)
    AgreementFactory(city=city, signed_on="1980", held_back=True)
    city = PartnerCity.objects.with_agreements(date(2003, 12, 31)).get()
    assert (city.first_agreement_on, city.agreements_in_force) == (PartialDate("2003-05-14"), 1)


@pytest.mark.parametrize(("day", "first"), [(date(1992, 12, 31), None), (date(1993, 1, 1), PartialDate("1993"))])
def test_the_first_agreement_is_told_from_its_first_possible_day_on(day, first):
    AgreementFactory(signed_on="1993")
    assert PartnerCity.objects.with_agreements(day).get().first_agreement_on == first


def test_a_city_without_agreements_has_none_in_force():
    CityFactory()
    city = PartnerCity.objects.with_agreements(date(2006, 1, 1)).get()
    assert (city.first_agreement_on, city.agreements_in_force) == (None, 0)


def test_a_field_is_one_of_agreements_or_of_activities():
    culture, (then, today) = ThemeFactory(slug="culture"), (date(2003, 1, 1), date(2026, 1, 1))
    by_agreement, by_activity, by_draft = CityFactory(), CityFactory(), CityFactory()
    AgreementThemeFactory(agreement=AgreementFactory(city=by_agreement), theme=culture)
    ActivityFactory(cities=[by_activity], themes=[culture])
    ActivityFactory(cities=[by_draft], themes=[culture], held_back=True)
    fields = {day: set(PartnerCity.objects.co_operating_in("culture", day)) for day in (then, today)}
    assert fields == {then: {by_agreement}, today: {by_agreement, by_activity}}


@pytest.mark.parametrize("text", ["Lwów", "lwow", "LVIV", "L'viv", "Львів", "Lemb", " lviv "], ids=str)
def test_a_city_is_found_by_any_of_its_names(text):
    city = CityFactory(name_pl="Lwów", name_en="Lviv")
    CityNameFactory(city=city, name="Lemberg")
    CityNameFactory(city=city, name="Львів", language="uk")
    CityFactory(name_pl="Wilno", name_en="Vilnius")
    assert list(PartnerCity.objects.called_like(text)) == [city]


@pytest.mark.parametrize("text", ["%", "_", "\\", "'", "—"], ids=str)
def test_a_name_without_letters_is_that_of_no_city(text):
    CityFactory()
    assert not PartnerCity.objects.called_like(text)


@pytest.mark.parametrize(
    ("language", "order"), [("pl", ["lviv", "vienna", "zagreb"]), ("en", ["lviv", "vienna", "zagreb"])]
)
def test_cities_sort_by_the_alphabet_of_the_page(language, order):
    CityFactory(slug="zagreb", name_pl="Żagrzeb", name_en="Zagreb")
    CityFactory(slug="lviv", name_pl="Łwów", name_en="Lviv")
    CityFactory(slug="vienna", name_pl="Wiedeń", name_en="Vienna")
    with override(language):
        assert [city.slug for city in PartnerCity.objects.by_name()] == order


def test_a_city_names_a_few_others_of_its_country_and_the_nearest_of_those_around(monkeypatch):
    here = CityFactory(country="AT", latitude="48.2", longitude="16.4")
    for number in range(14):
        CityFactory(country="DE", latitude=f"{50 + number}", longitude="10", name_pl=f"M{number:02}")
    assert here.nearest_of(PartnerCity.objects.around(here.pk))[0]["kilometres"] == 510
    german = PartnerCity.objects.with_others().get(name_pl="M00")
    assert [row["name"] for row in german.country_rows] == [f"M{number:02}" for number in range(1, 13)]
