"""What pages of the programme and of institutions say about international organizations."""

from django.db.models import Count

from krakow_intl.core.records import public_condition
from organizations.models import Involvement, InvolvementGoal


def involvements_by_goal():
    """How many published involvements serve each goal, by the goal's primary key."""
    links = InvolvementGoal.objects.filter(public_condition(InvolvementGoal, "involvement")).order_by()
    return dict(links.values_list("goal").annotate(Count("pk")))


def involvements_serving(goal):
    involvements = Involvement.objects.public().filter(goal_links__goal=goal)
    return involvements.select_related("organization", "institution").in_order_of_time()


def involvements_of(institution):
    involvements = Involvement.objects.public().filter(institution=institution)
    return involvements.select_related("organization").in_order_of_time()


FUNCTIONS = (
    involvements_by_goal,
    involvements_serving,
    involvements_of,
)
