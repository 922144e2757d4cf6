"""What pages of the programme and of institutions say about international organizations."""

from collections import Counter

from django.db.models import F

from organizations.models import Involvement
from programme.models import Goal
from programme.sourced import as_read


def involvements_by_goal(day):
    """{primary key of a thematic goal: how many public involvements served it on a day}; they have no country."""
    linked = Involvement.objects.public().filter(goal_links__goal__kind=Goal.Kind.THEMATIC).order_by()
    found = linked.select_related("source").annotate(goal=F("goal_links__goal"))
    return Counter(involvement.goal for involvement in as_read(found, day).records)


def involvements_serving(goal):
    """The public involvements linked to a goal, with `linked_on`."""
    linked = Involvement.objects.public().filter(goal_links__goal=goal, goal_links__goal__kind=Goal.Kind.THEMATIC)
    involvements = linked.annotate(linked_on=F("goal_links__linked_on"))
    return involvements.select_related("organization", "institution", "source").in_order_of_time()


def involvements_of(institution):
    involvements = Involvement.objects.public().filter(institution=institution)
    return involvements.select_related("organization", "source").with_goals().in_order_of_time()


def memberships_of(organizations):
    """The memberships in organizations `with_membership`."""
    return [membership for organization in organizations for membership in organization.memberships.all()]


def membership_on(organization, day):
    """Of an organization `with_membership` the one that counts on a day, else the latest by then, or the first to come.

    None if none is recorded.
    """
    memberships = sorted(organization.memberships.all(), key=lambda membership: str(membership.since or ""))
    begun = [membership for membership in memberships if not membership.is_later(day)]
    lasting = [membership for membership in begun if not membership.until or membership.until.last_day >= day]
    return next(reversed(lasting or begun or memberships[:1]), None)


FUNCTIONS = (
    memberships_of,
    membership_on,
    involvements_by_goal,
    involvements_serving,
    involvements_of,
)
