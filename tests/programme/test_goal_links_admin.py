from datetime import date

import pytest
from django.utils import timezone
from django.utils.translation import override

from partners.models import ActivityGoal
from tests.organizations.factories import InvolvementFactory
from tests.partners.factories import ActivityFactory
from tests.polonia.factories import CampaignFactory
from tests.programme.factories import GoalFactory
from tests.staff import change, errors, page_of, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]
FACTORIES = [ActivityFactory, InvolvementFactory, CampaignFactory]


@pytest.mark.parametrize("factory", FACTORIES)
def test_whoever_links_a_goal_is_noted_with_the_day(client, factory):
    record, goal = factory(), GoalFactory()
    sign_in(client, "editor", username="anna")
    assert change(client, record, **{"goal_links-0-goal": goal.pk}).status_code == 302
    link = record.goal_links.get()
    assert (link.goal, link.linked_on, link.linked_by) == (goal, timezone.localdate(), "anna")
    assert "anna" in client.get(page_of(record, "change")).content.decode()


def test_a_link_keeps_its_maker_until_another_goal_is_chosen(client):
    goal, other = GoalFactory(), GoalFactory()
    activity = ActivityFactory(goals=[goal])
    ActivityGoal.objects.update(linked_on=date(2026, 11, 29), linked_by="fixtures")
    sign_in(client, "editor", username="anna")
    change(client, activity, title_en="Another title")
    assert activity.goal_links.get().linked_by == "fixtures"
    change(client, activity, **{"goal_links-0-goal": other.pk})
    link = activity.goal_links.get()
    assert (link.goal, link.linked_on, link.linked_by) == (other, timezone.localdate(), "anna")


@pytest.mark.parametrize("factory", FACTORIES)
def test_a_geographic_goal_is_neither_offered_nor_taken(client, factory):
    record, goal = factory(), GoalFactory(kind="geographic", area="world", name_en="Worldwide")
    GoalFactory(name_en="Contacts of the young")
    sign_in(client, "editor")
    page = client.get(page_of(record, "change")).content.decode()
    assert "Contacts of the young" in page
    assert "Worldwide</option>" not in page
    response = change(client, record, **{"goal_links-0-goal": goal.pk})
    with override("en"):
        assert any("follows from the countries" in error for error in errors(response))
    assert not record.goal_links.exists()


def test_a_plan_cannot_be_linked_nor_what_is_linked_become_a_plan(client):
    goal = GoalFactory()
    plan, linked = ActivityFactory(state="planned"), ActivityFactory(goals=[goal])
    sign_in(client, "editor")
    for response in (change(client, plan, **{"goal_links-0-goal": goal.pk}), change(client, linked, state="planned")):
        with override("en"):
            assert any("do not serve a goal yet" in error for error in errors(response))
    assert not plan.goal_links.exists()
