"""Which goals what is done for Polonia serves: by a link, or by the countries of cities and communities."""

from collections import Counter

from django.db.models import F

from polonia.models import Campaign, Community
from programme.geographic_goals import counting_day, is_within
from programme.models import Goal


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
    """{primary key of a goal: how many public campaigns serve it, and communities where it is geographic}."""
    linked = Campaign.objects.public().filter(goal_links__goal__kind=Goal.Kind.THEMATIC).order_by()
    counts = Counter(linked.values_list("goal_links__goal", flat=True))
    campaigns, communities = _campaigns(), _communities()
    for goal in Goal.objects.public().geographic():
        counts[goal.pk] += sum(campaign_is_within(campaign, goal, day) for campaign in campaigns)
        counts[goal.pk] += sum(community_is_within(community, goal, day) for community in communities)
    return counts


def campaigns_serving(goal, day):
    """The public campaigns that serve a goal; those linked to it with `linked_on`."""
    if goal.kind == Goal.Kind.THEMATIC:
        linked = Campaign.objects.public().filter(goal_links__goal=goal).by_name()
        return list(linked.annotate(linked_on=F("goal_links__linked_on")))
    return [campaign for campaign in _campaigns() if campaign_is_within(campaign, goal, day)]


def communities_serving(goal, day):
    """The public communities in the area of a geographic goal; none is linked to a thematic one."""
    if goal.kind == Goal.Kind.THEMATIC:
        return []
    return [community for community in _communities() if community_is_within(community, goal, day)]


def _campaigns():
    return Campaign.objects.public().select_related("source").with_cities().by_name()


def _communities():
    return Community.objects.public().select_related("source").by_name()


def _known_to(record):
    return record.source and record.source.known_to


FUNCTIONS = (goals_of, polonia_by_goal, campaigns_serving, communities_serving)
