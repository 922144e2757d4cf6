from datetime import date

import pytest

from polonia.goals import campaigns_serving, communities_serving, goals_of, polonia_by_goal
from polonia.models import Campaign
from tests.partners.factories import CityFactory
from tests.polonia.factories import CampaignFactory, CommunityFactory
from tests.programme.factories import GoalFactory, SourceFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 29)


@pytest.fixture
def union():
    return GoalFactory(kind="geographic", area="european-union")


@pytest.mark.parametrize(
    ("facts", "serves"),
    [({"since": "1999"}, False), ({"since": "2005"}, True), ({"until": "2003"}, False), ({}, True)],
    ids=str,
)
def test_a_campaign_serves_a_goal_if_the_country_of_a_city_lay_in_the_area_when_it_began(union, facts, serves):
    campaign = CampaignFactory(cities=[CityFactory(country="LT")], **facts)
    assert campaigns_serving(union, TODAY) == ([campaign] if serves else [])
    assert goals_of(Campaign.objects.with_links().get(), TODAY) == ([(union, True)] if serves else [])


def test_a_community_counts_by_its_country_as_of_its_source(union):
    community = CommunityFactory(country="LT", source=SourceFactory())
    CommunityFactory(country="LT", source=SourceFactory(slug="of-2001", known_to="2001-05-01"))
    CommunityFactory(country="UA")
    assert communities_serving(union, TODAY) == [community]


def test_the_linked_goals_of_a_campaign_are_told_from_those_by_country(union):
    linked = GoalFactory()
    campaign = CampaignFactory(goals=[linked, union], cities=[CityFactory(country="DE")])
    assert goals_of(Campaign.objects.with_links().get(), TODAY) == [(linked, False), (union, True)]
    assert campaigns_serving(linked, TODAY) == campaigns_serving(union, TODAY) == [campaign]
    assert communities_serving(linked, TODAY) == []


def test_campaigns_and_communities_are_counted_together_where_countries_count(union):
    goal = GoalFactory()
    CampaignFactory(goals=[goal], cities=[CityFactory(country="DE")])
    CampaignFactory(goals=[goal], held_back=True)
    CommunityFactory(country="AT")
    CommunityFactory(country="AT", held_back=True)
    assert polonia_by_goal(TODAY) == {goal.pk: 1, union.pk: 2}
