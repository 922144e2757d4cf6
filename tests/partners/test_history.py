from datetime import date

import pytest
from django.utils.translation import override

from partners.history import history_of
from partners.models import Activity, Agreement, Benefit, Side
from tests.partners.factories import (
    ActivityFactory,
    AgreementEventFactory,
    AgreementFactory,
    BenefitFactory,
    CityFactory,
    ThemeFactory,
)
from tests.programme.factories import GoalFactory, SourceFactory

pytestmark = pytest.mark.django_db


def history():
    with override("en"):
        agreements = Agreement.objects.with_parties().in_order_of_time()
        return history_of(agreements, Activity.objects.with_links().in_order_of_time(), Benefit.objects.all())


def slugs(entries):
    return [entry.record.slug for entry in entries]


def test_agreements_activities_and_gifts_stand_in_one_order_of_time():
    BenefitFactory(slug="gift", given_on="1993")
    AgreementFactory(slug="agreement", signed_on="1991-12-06")
    ActivityFactory(slug="visit", starts_on="1992-05")
    ActivityFactory(slug="undated", starts_on=None)
    AgreementFactory(slug="undated-agreement", undated=True)
    told = history()
    assert [(year, slugs(entries)) for year, entries in told.years] == [
        (1991, ["agreement"]),
        (1992, ["visit"]),
        (1993, ["gift"]),
    ]
    assert slugs(told.undated) == ["undated-agreement", "undated"]


@pytest.mark.parametrize(
    ("facts", "day", "is_later"),
    [
        ({"starts_on": "1992-05"}, date(1992, 5, 31), False),
        ({"starts_on": "1992-05"}, date(1992, 4, 30), True),
        ({"starts_on": "1992"}, date(1992, 3, 3), False),
        ({"starts_on": None}, date(1970, 1, 1), False),
        ({"starts_on": "2006-09", "state": "planned"}, date(2006, 4, 30), False),
        ({"starts_on": "2006-09", "state": "planned"}, date(2006, 4, 19), True),
    ],
    ids=["in its month", "before", "perhaps", "undated", "a plan that is known", "a plan not known yet"],
)
def test_what_is_later_than_a_day_stands_apart(facts, day, is_later):
    ActivityFactory(source=SourceFactory(known_to="2006-04-20"), **facts)
    told = history()
    assert (len(told.up_to(day)), len(told.after(day))) == ((0, 1) if is_later else (1, 0))


@pytest.mark.parametrize(("known_to", "noted_in"), [(["2006-04-20"] * 2, 2006), (["2006-04-20", "2010-01-01"], None)])
def test_the_undated_is_noted_in_the_year_of_its_only_source(known_to, noted_in):
    for number, day in enumerate(known_to):
        ActivityFactory(starts_on=None, source=SourceFactory(slug=f"source-{number}", known_to=day))
    assert history().noted_in == noted_in


@pytest.mark.parametrize(
    ("facts", "group"),
    [
        ({}, "years"),
        ({"state": "ongoing"}, "years"),
        ({"starts_on": None, "state": "ongoing"}, "undated"),
        ({"starts_on": None, "recurrence_pl": "co rok", "recurrence_en": "every year"}, "undated"),
        ({"state": "planned"}, "planned"),
        ({"state": "planned", "recurrence_pl": "co rok", "recurrence_en": "every year"}, "planned"),
    ],
    ids=str,
)
def test_what_has_no_date_and_what_is_planned_stands_apart(facts, group):
    ActivityFactory(**facts)
    told = history()
    assert {name for name in ("years", "undated", "planned") if getattr(told, name)} == {group}


def test_a_gift_stands_with_its_activity_and_alone_only_if_it_is_dated():
    visit = ActivityFactory(slug="visit", starts_on="1992")
    BenefitFactory(slug="of-the-visit", activity=visit, given_on="1992")
    BenefitFactory(slug="undated")
    BenefitFactory(slug="of-a-draft", activity=ActivityFactory(held_back=True), given_on="1995", is_promised=True)
    agreements, activities = Agreement.objects.none(), Activity.objects.published().with_links()
    told = history_of(agreements, activities, Benefit.objects.order_by("pk"))
    assert slugs(told.entries) == ["visit", "of-a-draft"]
    assert [gift.slug for gift in told.entries[0].benefits] == ["of-the-visit"]
    assert slugs(told.planned) == ["of-a-draft"]


def test_gifts_of_one_activity_that_share_a_name_are_told_once():
    aid = ActivityFactory()
    for direction in (Side.HOME, Side.HOME, Side.PARTNER):
        BenefitFactory(activity=aid, direction=direction, what_pl="Książki", what_en="Books")
    (entry,) = history().entries
    assert sorted(gift.direction for gift in entry.benefits) == [Side.HOME, Side.PARTNER]


def test_the_deeds_are_the_history_without_the_agreements_by_decade():
    AgreementFactory(signed_on="1991", events=[{"kind": "registered", "taken_on": "1992"}])
    for year in ("1988", "1989-05", "1990"):
        ActivityFactory(slug=f"of-{year}", starts_on=year)
    deeds = history().deeds
    assert [(first, last, len(entries)) for first, last, _years, entries in deeds.decades] == [
        (1980, 1989, 2),
        (1990, 1999, 2),
    ]
    assert deeds.numbers_by_year == {1988: 1, 1989: 1, 1990: 1, 1992: 1}


@pytest.mark.parametrize(
    ("day", "latest"),
    [
        ("1989-12-31", None),
        ("1991-12-31", "1991"),
        ("1994-12-31", "1994-05"),
        ("2001-01-01", "2000"),
        ("2026-01-01", "2005"),
    ],
)
def test_the_last_event_is_the_latest_date_of_anything_that_happened(day, latest):
    AgreementFactory(signed_on="1991")
    visit = ActivityFactory(starts_on="1993", ends_on="1994-05")
    for given_on in ("1994", "2000"):
        BenefitFactory(activity=visit, what_pl="Książki", what_en="Books", given_on=given_on)
    BenefitFactory(given_on="2006", is_promised=True)
    ActivityFactory(starts_on="2006", state="planned")
    ActivityFactory(starts_on="2005")
    found = history().last_event(date.fromisoformat(day))
    assert (found and found[0]) == latest


@pytest.fixture
def _register():
    culture, sport = ThemeFactory(slug="culture", name_en="Łódź"), ThemeFactory(slug="sport", name_en="Lwów")
    goal = GoalFactory(slug="thematic-a", name_en="Goal")
    AgreementFactory(slug="agreement")
    ActivityFactory(slug="concert", kind="concert", themes=[culture, sport], goals=[goal])
    BenefitFactory(activity=ActivityFactory(slug="match", kind="sport", themes=[sport]), city=CityFactory())


@pytest.mark.usefixtures("_register")
@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["agreement", "concert", "match"]),
        ({"kind": "agreement"}, ["agreement"]),
        ({"kind": "gift"}, ["match"]),
        ({"theme": "sport"}, ["concert", "match"]),
        ({"goal": "thematic-a"}, ["concert"]),
        ({"kind": "sport", "theme": "sport"}, ["match"]),
        ({"kind": "agreement", "theme": "sport"}, []),
    ],
    ids=str,
)
def test_a_part_of_the_history_can_be_asked_for(asked, expected):
    assert slugs(history().only(**asked).entries) == expected


@pytest.mark.usefixtures("_register")
def test_kinds_fields_and_goals_are_counted():
    told = history()
    with override("en"):
        assert [(kind, count) for kind, _label, count in told.kinds] == [
            ("concert", 1),
            ("sport", 1),
            ("gift", 1),
        ]
        assert told.themes == [("culture", "Łódź", 1), ("sport", "Lwów", 2)]
        assert told.goals == [("thematic-a", "Goal", 1)]


def test_what_happened_to_an_agreement_stands_in_the_history_by_the_day_it_was_decided():
    agreement = AgreementFactory(slug="agreement", signed_on="1993")
    for kind, taken_on, effective_on in (("suspended", "2022-03-02", "2022-04"), ("ratified", None, "1994")):
        AgreementEventFactory(agreement=agreement, kind=kind, taken_on=taken_on, effective_on=effective_on)
    told = history()
    assert [(year, [entry.kind for entry in entries]) for year, entries in told.years] == [
        (1993, ["agreement"]),
        (1994, ["event"]),
        (2022, ["event"]),
    ]
    assert [entry.record.kind for entry in told.only(kind="event").entries] == ["ratified", "suspended"]
    assert len(told.after(date(2022, 3, 1))) == 1
