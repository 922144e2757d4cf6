"""What pages of cities and of the programme say about Polonia."""

from django.db.models import Count

from krakow_intl.core.records import public_condition
from krakow_intl.core.sorting import sort_column
from polonia.models import Campaign, CampaignGoal, Community, Edition


def communities_in(city):
    return Community.objects.public().filter(city=city).by_name()


def campaigns_with(city):
    return Campaign.objects.public().filter(city_links__city=city).by_name()


def communities_of(institution):
    return Community.objects.public().filter(association_links__institution=institution).by_name()


def campaigns_of(institution):
    return Campaign.objects.public().filter(institution_links__institution=institution).by_name()


def campaigns_by_goal():
    """How many published campaigns serve each goal, by the goal's primary key."""
    links = CampaignGoal.objects.filter(public_condition(CampaignGoal, "campaign")).order_by()
    return dict(links.values_list("goal").annotate(Count("pk")))


def campaigns_serving(goal):
    return Campaign.objects.public().filter(goal_links__goal=goal).by_name()


def editions_in_figures():
    """The published editions of which the number of people is known, by campaign."""
    editions = Edition.objects.public().filter(people__isnull=False)
    return editions.select_related("campaign").order_by(sort_column("campaign__"), "period")


FUNCTIONS = (
    communities_in,
    campaigns_with,
    communities_of,
    campaigns_of,
    campaigns_by_goal,
    campaigns_serving,
    editions_in_figures,
)
