from datetime import date

import pytest
from django.utils.translation import override

from krakow_intl.core.as_of import AsOf
from partners.audience_page import ACTIVITIES_IN_A_CITY, AudiencePage
from partners.models import Audience
from tests.partners.factories import (
    ActivityFactory,
    AgreementFactory,
    AgreementThemeFactory,
    AudienceFactory,
    CityFactory,
    InstitutionFactory,
    PartyFactory,
    ThemeFactory,
)
from tests.programme.factories import SourceFactory

pytestmark = pytest.mark.django_db


def page_of(audience, day=None):
    day = AsOf(date.fromisoformat(day), is_today=False) if day else AsOf(date(2026, 11, 30))
    return AudiencePage(Audience.objects.public().with_links().get(pk=audience.pk), day)


def slugs(records):
    return [record.slug for record in records]


def test_what_was_done_stands_city_by_city_the_newest_first_and_plans_last():
    schools = AudienceFactory()
    lviv, pecs = (CityFactory(slug=slug, name_pl=name) for slug, name in (("lviv", "Lwów"), ("pecs", "Pecz")))
    CityFactory(slug="zagreb")
    for slug, values in {
        "old": {"starts_on": "1998"},
        "plan": {"starts_on": "2006-12", "state": "planned"},
        "undated": {"starts_on": None},
        "new": {"starts_on": "2005-03", "cities": [pecs, lviv]},
    }.items():
        ActivityFactory(slug=slug, audiences=[schools], **{"cities": [lviv]} | values)
    ActivityFactory(cities=[lviv])
    ActivityFactory(slug="nowhere", audiences=[schools])
    with override("pl"):
        found = page_of(schools).cities
    assert [(city.slug, slugs(city.shown.all)) for city in found] == [
        ("lviv", ["new", "old", "undated", "plan"]),
        ("pecs", ["new"]),
        ("", ["nowhere"]),
    ]


def test_a_city_shows_some_of_much_and_tells_how_much_there_is():
    schools, lviv = AudienceFactory(), CityFactory()
    ActivityFactory.create_batch(ACTIVITIES_IN_A_CITY + 2, cities=[lviv], audiences=[schools])
    [city] = page_of(schools).cities
    assert (len(city.shown.records), city.number, city.more) == (ACTIVITIES_IN_A_CITY, ACTIVITIES_IN_A_CITY + 2, 2)


def test_on_an_early_day_what_came_later_is_only_counted_and_what_has_no_date_stands_apart():
    schools, lviv, pecs = AudienceFactory(), CityFactory(slug="lviv"), CityFactory(slug="pecs")
    source = SourceFactory(known_to="2006-04-20")
    ActivityFactory(slug="done", starts_on="1998", cities=[lviv], audiences=[schools])
    ActivityFactory(slug="undated", starts_on=None, source=source, cities=[lviv], audiences=[schools])
    ActivityFactory(slug="later", starts_on="2004", cities=[pecs], audiences=[schools])
    found = page_of(schools, "2001-01-01")
    [city] = found.cities
    assert (slugs(city.shown.records), slugs(city.shown.undated)) == (["done"], ["undated"])
    assert slugs(found.activities.later) == ["later"]


def test_bodies_of_krakow_stand_apart_from_the_partners_and_offices_only_where_nobody_else_is_named():
    schools, lviv = AudienceFactory(kinds=["school"]), CityFactory()
    centre = InstitutionFactory(slug="centre", kind="culture", of_krakow=True)
    hall = InstitutionFactory(slug="hall", kind="office", of_krakow=True)
    abroad = InstitutionFactory(slug="abroad", kind="school", city=lviv)
    hidden = InstitutionFactory(slug="hidden", kind="school", of_krakow=True, held_back=True)
    ActivityFactory(cities=[lviv], institutions=[centre, hall, abroad, hidden], audiences=[schools])
    ActivityFactory(cities=[CityFactory(slug="z")], institutions=[hall], audiences=[schools])
    first, second = page_of(schools).cities
    assert (slugs(first.at_home), [row["slug"] for row in first.abroad]) == (["centre"], ["abroad"])
    assert [kind.value for kind in first.not_named] == ["school"]
    assert slugs(second.at_home) == ["hall"]
    assert slugs(page_of(schools).bodies) == ["centre"]


def test_who_is_party_to_an_agreement_with_the_city_is_not_said_to_be_unnamed():
    firms, lviv, pecs = AudienceFactory(kinds=["chamber"]), CityFactory(slug="lviv"), CityFactory(slug="pecs")
    chamber = InstitutionFactory(slug="chamber", kind="chamber", of_krakow=True)
    ActivityFactory(cities=[lviv, pecs], audiences=[firms])
    PartyFactory(agreement=AgreementFactory(city=lviv, signed_on="1995"), institution=chamber)
    with_lviv, with_pecs = page_of(firms).cities
    assert (slugs(with_lviv.others), with_lviv.not_named) == (["chamber"], [])
    assert (with_pecs.others, with_pecs.not_named) == ([], ["chamber"])


def test_bodies_of_the_kinds_stand_there_too_if_they_work_with_a_city_in_whatever():
    schools, lviv = AudienceFactory(kinds=["school"]), CityFactory(slug="lviv")
    bodies = [
        InstitutionFactory(slug=slug, kind="school", of_krakow=True, held_back=slug == "hidden")
        for slug in ("busy", "hidden", "idle")
    ]
    ActivityFactory(cities=[lviv], institutions=bodies[:2])
    [body] = page_of(schools).bodies
    assert (body.slug, [row["slug"] for row in body.city_rows]) == ("busy", ["lviv"])


def test_agreements_in_force_that_cover_a_field_are_told_once_a_city_where_nothing_was_done():
    education, sport = ThemeFactory(name_en="education"), ThemeFactory()
    schools, lviv = AudienceFactory(themes=[education]), CityFactory(slug="lviv")
    ActivityFactory(starts_on="1990", cities=[lviv], audiences=[schools])
    edinburgh = CityFactory(slug="edinburgh")
    for slug, values in {
        "covers": {"city": edinburgh, "signed_on": "1995"},
        "covers-later": {"city": edinburgh, "signed_on": "2005"},
        "with-lviv": {"city": lviv},
        "ended": {"city": edinburgh, "term": "fixed", "signed_on": "1990", "valid_until": "1994"},
        "held-back": {"city": edinburgh, "held_back": True},
        "of-a-hidden-city": {"city__held_back": True},
    }.items():
        AgreementThemeFactory(agreement=AgreementFactory(slug=slug, **values), theme=education)
    AgreementThemeFactory(agreement__city=edinburgh, theme=sport)
    with override("en"):
        found = page_of(schools)
        assert slugs(found.agreements) == ["covers-later", "covers", "with-lviv"]
    assert [row["name"] for row in found.agreements[0].covering_rows] == ["education"]
    assert slugs(found.agreements_alone) == ["covers-later"]
    assert slugs(page_of(schools, "1996-01-01").agreements_alone) == ["covers"]
