from datetime import date

import pytest
from django.utils.translation import override

from partners.goals import activities_by_goal, activities_serving, by_country, plans_for, with_geographic_goals
from partners.models import Activity
from tests.partners.factories import ActivityFactory, CityFactory
from tests.programme.factories import GoalFactory, SourceFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 29)


@pytest.fixture
def union():
    return GoalFactory(slug="union", kind="geographic", area="european-union", name_en="The Union first")


@pytest.fixture
def vilnius():
    return CityFactory(slug="vilnius", country="LT")


def slugs(records):
    return [record.slug for record in records]


def goals_of(activity):
    with override("en"):
        (found,) = with_geographic_goals(Activity.objects.filter(pk=activity.pk).with_links(), TODAY)
    return [(row["slug"], row["name"]) for row in found.goal_rows]


@pytest.mark.parametrize(
    ("facts", "serves"),
    [
        ({"starts_on": "2004-04"}, False),
        ({"starts_on": "2004-05"}, True),
        ({"starts_on": "2004", "ends_on": "2005"}, False),
        ({"starts_on": None, "ends_on": "2004"}, True),
        ({"starts_on": None}, True),
        ({"starts_on": "2005", "kind": "talks"}, False),
        ({"starts_on": "2005", "state": "planned"}, False),
    ],
    ids=str,
)
def test_an_activity_serves_a_goal_if_its_country_lay_in_the_area_on_its_day(union, vilnius, facts, serves):
    activity = ActivityFactory(cities=[vilnius], **facts)
    assert goals_of(activity) == ([("union", "The Union first (by country)")] if serves else [])
    assert slugs(activities_serving(union, TODAY)) == ([activity.slug] if serves else [])


def test_an_activity_without_a_day_counts_on_the_last_of_which_its_source_knows(union, vilnius):
    for known_to in ("2004-04-30", "2004-05-01"):
        source = SourceFactory(slug=f"report-{known_to}", known_to=known_to)
        ActivityFactory(slug=f"known-to-{known_to}", starts_on=None, source=source, cities=[vilnius])
    assert slugs(activities_serving(union, TODAY)) == ["known-to-2004-05-01"]


def test_linked_goals_come_first_and_only_public_ones(union, vilnius):
    linked = GoalFactory(slug="linked", name_en="Linked")
    GoalFactory(kind="geographic", area="world", held_back=True)
    activity = ActivityFactory(cities=[vilnius], starts_on="2005", goals=[linked, union])
    assert goals_of(activity) == [("linked", "Linked"), ("union", "The Union first (by country)")]


def test_a_city_that_is_held_back_counts_for_nothing(union):
    ActivityFactory(starts_on="2005", cities=[CityFactory(country="DE", held_back=True)])
    assert activities_serving(union, TODAY) == []
    assert activities_by_goal(TODAY) == {}


@pytest.mark.parametrize("kind", ["thematic", "geographic"])
def test_activities_are_counted_by_state_and_plans_apart(vilnius, kind):
    goal = GoalFactory(kind=kind, area="world" if kind == "geographic" else "")
    linked = {"goals": [goal] if kind == "thematic" else [], "cities": [vilnius], "source": SourceFactory()}
    ActivityFactory.create_batch(3, **linked)
    ActivityFactory.create_batch(2, state="ongoing", **linked)
    ActivityFactory(state="ongoing", kind="talks", **linked)
    ActivityFactory(state="planned", **linked)
    ActivityFactory(held_back=True, **linked)
    tally = activities_by_goal(TODAY)[goal.pk]
    assert (tally.done, tally.ongoing, tally.number, tally.known_to) == (3, 2, 5, date(2006, 4, 20))
    assert tally.planned == len(plans_for(goal, TODAY)) == (1 if kind == "geographic" else 0)
    assert len(activities_serving(goal, TODAY)) == 5


def test_a_record_of_two_goals_is_counted_for_each_and_knows_the_day_of_each_link():
    goals = [GoalFactory(), GoalFactory()]
    activity = ActivityFactory(goals=goals)
    activity.goal_links.filter(goal=goals[0]).update(linked_on=date(2026, 11, 29))
    activity.goal_links.filter(goal=goals[1]).update(linked_on=date(2026, 12, 1))
    assert {goal: tally.number for goal, tally in activities_by_goal(TODAY).items()} == dict.fromkeys(
        (goal.pk for goal in goals), 1
    )
    found = [activities_serving(goal, TODAY) for goal in goals]
    assert [[each.linked_on for each in some] for some in found] == [[date(2026, 11, 29)], [date(2026, 12, 1)]]


def test_what_serves_a_geographic_goal_stands_under_the_country_that_lay_in_its_area(union, vilnius):
    lviv, milan = CityFactory(slug="lviv", country="UA"), CityFactory(slug="milan", country="IT")
    ActivityFactory(slug="visit", starts_on="2005", cities=[lviv, vilnius])
    ActivityFactory(slug="fair", starts_on="2001", cities=[vilnius, milan])
    with override("en"):
        found = by_country(union, activities_serving(union, TODAY), TODAY)
    assert [(country, slugs(some)) for country, some in found] == [("IT", ["fair"]), ("LT", ["visit"])]
