"""Which goals of the programme is served by what is done with cities: by a link, or by the countries of the cities."""

from collections import Counter

from django.db.models import F
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from krakow_intl.core.display import plain
from krakow_intl.core.fields import country_name
from krakow_intl.core.prepared import asked
from krakow_intl.core.sorting import sort_key
from partners.models import Activity
from programme.geographic_goals import counting_day, is_within
from programme.models import Goal
from programme.sourced import as_read


def with_geographic_goals(activities, day):
    """The activities of `with_links`, each with all goals it serves as its `goal_rows`, the geographic ones last."""
    goals = list(geographic_goals())
    for activity in activities:
        served = [goal_row(goal) for goal in goals if country_within(activity, goal, day)]
        activity.goal_rows = [*activity.goal_rows, *served] if activity.may_serve else []
    return activities


@asked
def geographic_goals():
    return Goal.objects.public().geographic()


def goal_row(goal):
    """A geographic goal as a row of what is served: its name says that nobody linked it."""
    return {"slug": goal.slug, "name": _("%(goal)s (by country)") % {"goal": plain(goal, "name")}}


def country_within(activity, goal, day):
    """The first country of an activity that lay in the area of a goal on the activity's day, or ""."""
    known_to = activity.source and activity.source.known_to
    counted_on = counting_day(activity.starts_on, activity.ends_on, known_to, day)
    countries = (row["country"] for row in activity.city_rows)
    return next((country for country in countries if is_within(goal.area, [country], counted_on)), "")


class Tally:
    """How many activities serve a goal, by state; the planned ones, which do not serve it yet, are not in `number`."""

    def __init__(self, activities=()):
        states = Counter(activity.state for activity in activities)
        self.done, self.ongoing = states[Activity.State.DONE], states[Activity.State.ONGOING]
        self.planned = states[Activity.State.PLANNED]
        ongoing = (activity for activity in activities if activity.state == Activity.State.ONGOING)
        self.known_to = min((activity.horizon for activity in ongoing if activity.horizon), default=None)

    @property
    def number(self):
        return self.done + self.ongoing


def tally(activities):
    return Tally(activities)


def activities_by_goal(day):
    """{primary key of a goal: `Tally` of the public activities that served it on a day}."""
    found = {}
    linked = _serving().filter(goal_links__goal__kind=Goal.Kind.THEMATIC).annotate(goal=F("goal_links__goal"))
    for activity in as_read(linked, day).records:
        found.setdefault(activity.goal, []).append(activity)
    goals = list(geographic_goals())
    for activity in as_read(_serving(plans=True).with_countries(), day).records:
        for goal in (goal for goal in goals if country_within(activity, goal, day)):
            found.setdefault(goal.pk, []).append(activity)
    return {goal: Tally(activities) for goal, activities in found.items()}


def activities_serving(goal, day):
    """The public activities that serve a goal in the order of time; those linked to it with `linked_on`."""
    serving = _serving().with_links().in_order_of_time()
    if goal.kind == Goal.Kind.THEMATIC:
        return list(serving.filter(goal_links__goal=goal).annotate(linked_on=F("goal_links__linked_on")))
    return [activity for activity in serving if country_within(activity, goal, day)]


def plans_for(goal, day):
    """The public plans that would serve a geographic goal; none is linked to a thematic one."""
    if goal.kind == Goal.Kind.THEMATIC:
        return []
    plans = _serving(plans=True).filter(state=Activity.State.PLANNED).with_countries()
    return [activity for activity in plans if country_within(activity, goal, day)]


def by_country(goal, activities, day):
    """[(country, activities)] of what serves a geographic goal, in the alphabet of the page's language."""
    groups = {}
    for activity in activities:
        groups.setdefault(country_within(activity, goal, day), []).append(activity)
    language = get_language()[:2]
    return sorted(groups.items(), key=lambda group: sort_key(country_name(group[0], language), language))


def _serving(plans=False):
    activities = Activity.objects.public().select_related("source")
    return activities.without_talks() if plans else activities.may_serve()


FUNCTIONS = (activities_by_goal, activities_serving, plans_for, by_country, tally)
