"""What pages of the programme and of institutions say about international organizations."""

from django import template
from django.db.models import Count

from organizations.models import Involvement, InvolvementGoal

register = template.Library()


@register.simple_tag
def involvements_by_goal():
    """How many published involvements serve each goal, by the goal's primary key."""
    public = {"involvement__publication": "published", "involvement__organization__publication": "published"}
    return dict(InvolvementGoal.objects.filter(**public).order_by().values_list("goal").annotate(Count("pk")))


@register.simple_tag
def involvements_serving(goal):
    involvements = Involvement.objects.published().filter(goal_links__goal=goal, organization__publication="published")
    return involvements.select_related("organization", "institution").in_order_of_time()


@register.simple_tag
def involvements_of(institution):
    involvements = Involvement.objects.published().filter(
        institution=institution, organization__publication="published"
    )
    return involvements.select_related("organization").in_order_of_time()
