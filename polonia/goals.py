"""Which goals what is done for Polonia serves: by a link, or by the countries of cities and communities."""

from collections import Counter

from django.db.models import F

from polonia.display import campaigns_on
from polonia.models import Community
from programme.geographic_goals import counting_day, is_within
from programme.models import Goal
from programme.sourced import as_read


def goals_of(campaign, day):
    """[(goal, whether by country)] of the public goals that a campaign of `with_links` serves."""
    linked = [(goal, False) for goal in campaign.goals.all()]
    goals = Goal.objects.public().geographic()
    return linked + [(goal, True) for goal in goals if campaign_is_within(campaign, goal, day)]


def campaign_is_within(campaign, goal, day):
    """Whether the country of one of its cities lay in the area of a geographic goal when a campaign began."""
    counted_on = counting_day(campaign.since, campaign.until, _known_to(campaign), day)
    return is_within(goal.area, [city.country for city in campaign.cities.all()], counted_on)


def community_is_within(community, goal, day):
    """Whether the country of a community lay in the area of a geographic goal on the day up to which it is known."""
    return is_within(goal.area, [community.country], _known_to(community) or day)


def polonia_by_goal(day):
    """{primary key of a goal: how many public campaigns served it on a day, and communities if it is geographic}."""
    linked = campaigns_on(day).filter(goal_links__goal__kind=Goal.Kind.THEMATIC).annotate(goal=F("goal_links__goal"))
    counts = Counter(campaign.goal for campaign in as_read(linked, day).records)
    campaigns, communities = as_read(_campaigns(day), day).records, as_read(_communities(), day).records
    for goal in Goal.objects.public().geographic():
        counts[goal.pk] += sum(campaign_is_within(campaign, goal, day) for campaign in campaigns)
        counts[goal.pk] += sum(community_is_within(community, goal, day) for community in communities)
    return counts


def campaigns_serving(goal, day):
    """The public campaigns that serve a goal; those linked to it with `linked_on`."""
    if goal.kind == Goal.Kind.THEMATIC:
        linked = campaigns_on(day).filter(goal_links__goal=goal)
        return list(linked.annotate(linked_on=F("goal_links__linked_on")))
    return [campaign for campaign in _campaigns(day) if campaign_is_within(campaign, goal, day)]


def communities_serving(goal, day):
    """The public communities in the area of a geographic goal; none is linked to a thematic one."""
    if goal.kind == Goal.Kind.THEMATIC:
        return []
    return [community for community in _communities() if community_is_within(community, goal, day)]


def _campaigns(day):
    return campaigns_on(day).with_cities()


def _communities():
    return Community.objects.public().select_related("source").by_name()


def _known_to(record):
    return record.source and record.source.known_to


FUNCTIONS = (goals_of, polonia_by_goal, campaigns_serving, communities_serving)
