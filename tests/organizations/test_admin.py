"""A clerk records Kraków's memberships and what it did in the organizations."""

import pytest

from organizations.models import Membership, Organization
from tests.organizations.factories import InvolvementFactory, MembershipFactory, OrganizationFactory
from tests.programme.factories import GoalFactory
from tests.staff import change, page_of, publish_waiting, sign_in, typed

pytestmark = pytest.mark.django_db


def test_an_organization_is_recorded_with_membership_and_involvement(client):
    sign_in(client, "reviewer")
    values = {
        "name_pl": "Eurocities",
        "name_en": "Eurocities",
        "slug": "eurocities",
        "memberships-0-since": "1995",
        "memberships-0-publication": "in-review",
        "involvements-0-slug": "eurocities-prize",
        "involvements-0-kind": "prize",
        "involvements-0-title_pl": "Nagroda",
        "involvements-0-title_en": "Prize",
    }
    address = page_of(Organization, "add")
    assert client.post(address, typed(client.get(address)) | values).status_code == 302
    organization = Organization.objects.get()
    membership, involvement = organization.memberships.get(), organization.involvements.get()
    assert (membership.since, membership.publication, involvement.publication) == ("1995", "in-review", "draft")
    publish_waiting()
    membership.refresh_from_db()
    assert membership.publication == "published"


def test_a_membership_that_ends_before_it_starts_is_refused(client):
    membership = MembershipFactory(since="1995")
    sign_in(client, "editor")
    response = change(client, membership.organization, **{"memberships-0-until": "1990"})
    assert "ends before it starts" in response.content.decode()


def test_a_membership_sent_twice_is_made_once(client):
    organization = OrganizationFactory()
    sign_in(client, "editor")
    data = typed(client.get(page_of(organization, "change"))) | {"memberships-0-role_pl": "członek"}
    for _time in range(2):
        client.post(page_of(organization, "change"), data)
    assert Membership.objects.count() == 1


def test_an_involvement_serves_goals(client):
    involvement, goal = InvolvementFactory(), GoalFactory()
    sign_in(client, "editor")
    change(client, involvement, **{"goal_links-0-goal": goal.pk})
    assert list(involvement.goals.all()) == [goal]
