from datetime import date

import pytest
from django.utils.translation import override

from partners.models import Audience, Institution
from tests.partners.factories import ActivityFactory, AudienceFactory, CityFactory, ThemeFactory
from tests.programme.factories import GoalFactory, SourceFactory

pytestmark = pytest.mark.django_db


def test_an_audience_tells_its_kinds_and_fields_as_entered_and_the_goals_that_are_published():
    youth, education = (ThemeFactory(slug=slug, name_en=slug) for slug in ("youth", "education"))
    later, goal = GoalFactory(letter="b"), GoalFactory(letter="a")
    goals = [later, goal, GoalFactory(held_back=True)]
    AudienceFactory(kinds=["university", "school"], themes=[youth, education], goals=goals)
    with override("en"):
        audience = Audience.objects.with_links().get()
    assert audience.kinds == [Institution.Kind.UNIVERSITY, Institution.Kind.SCHOOL]
    assert audience.theme_rows == [{"slug": slug, "name": slug} for slug in ("youth", "education")]
    assert audience.goal_rows == [{"slug": goal.slug, "name": goal.name_en} for goal in (goal, later)]


def test_what_is_told_of_one_audience_is_not_told_of_the_next():
    AudienceFactory(kinds=["firm"], themes=[ThemeFactory()], goals=[GoalFactory()])
    empty = AudienceFactory()
    assert Audience.objects.with_links().get(pk=empty.pk).kinds == []
    assert Audience.objects.with_links().values_list("theme_rows", "goal_rows").get(pk=empty.pk) == ([], [])


def test_audiences_stand_in_the_order_of_their_positions():
    last, first = AudienceFactory(position=2), AudienceFactory(position=1)
    assert list(Audience.objects.all()) == [first, last]


def test_an_audience_counts_what_is_published_up_to_a_day_and_plans_and_talks_apart():
    schools, lviv = AudienceFactory(), CityFactory(slug="lviv")
    hidden = CityFactory(held_back=True)
    for values in (
        {"starts_on": "1998"},
        {"starts_on": "2005"},
        {"starts_on": "2005", "state": "planned", "source": SourceFactory(known_to="2004-12-31")},
        {"kind": "talks"},
        {"held_back": True},
    ):
        ActivityFactory(cities=[lviv, hidden], audiences=[schools], **values)
    today, then = (Audience.objects.with_activities(day).get() for day in (None, date(2001, 1, 1)))
    assert (today.activities_done, today.activities_not_done) == (2, 2)
    assert (then.activities_done, then.activities_not_done) == (1, 0)
    assert [row["slug"] for row in today.city_rows] == ["lviv"]


def test_what_only_a_later_source_tells_without_a_date_is_counted_apart():
    schools, source = AudienceFactory(), SourceFactory(known_to="2006-04-20")
    for values in (
        {"starts_on": "1998"},
        {"starts_on": None, "source": source},
        {"starts_on": None, "source": source, "state": "planned"},
    ):
        ActivityFactory(cities=[CityFactory()], audiences=[schools], **values)
    then, today = (Audience.objects.with_activities(day).get() for day in (date(2001, 1, 1), None))
    assert (then.activities_done, then.activities_not_done, then.activities_noted, then.noted_in) == (1, 0, 2, 2006)
    assert (today.activities_done, today.activities_not_done, today.activities_noted) == (2, 1, 0)
    assert [len(audience.city_rows) for audience in (then, today)] == [1, 2]


def test_the_cities_are_those_of_what_was_done():
    schools = AudienceFactory()
    ActivityFactory(cities=[CityFactory(slug="lviv")], audiences=[schools])
    ActivityFactory(cities=[CityFactory()], audiences=[schools], kind="talks")
    assert [row["slug"] for row in Audience.objects.with_activities().get().city_rows] == ["lviv"]


def test_an_audience_without_activities_counts_none():
    AudienceFactory()
    audience = Audience.objects.with_activities().get()
    assert (audience.activities_done, audience.activities_not_done, audience.city_rows) == (0, 0, [])
