import json
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import override

from krakow_intl.core.facts import load_file
from organizations.models import InvolvementGoal
from partners.models import ActivityGoal
from polonia.models import CampaignGoal
from tests.organizations.factories import InvolvementFactory
from tests.partners.factories import ActivityFactory
from tests.polonia.factories import CampaignFactory
from tests.programme.factories import GoalFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db
LINKS = [
    (ActivityGoal, "activity", ActivityFactory),
    (InvolvementGoal, "involvement", InvolvementFactory),
    (CampaignGoal, "campaign", CampaignFactory),
]


def activity_file(*goals):
    fields = {"slug": "visit", "kind": "visit", "title_pl": "Wizyta", "title_en": "Visit", "publication": "published"}
    return json.dumps([{"model": "partners.activity", "fields": fields | {"goals": [[goal] for goal in goals]}}])


@pytest.mark.parametrize(("model", "name", "factory"), LINKS)
def test_nothing_is_linked_to_a_geographic_goal(model, name, factory):
    link = model(goal=GoalFactory(kind="geographic", area="world"), **{name: factory()})
    with pytest.raises(ValidationError) as refusal:
        link.full_clean()
    with override("en"):
        assert "follows from the countries" in refusal.value.message_dict["goal"][0]


@pytest.mark.parametrize(("model", "name", "factory"), LINKS)
def test_a_link_notes_the_day_it_was_made(model, name, factory):
    link = model.objects.create(goal=GoalFactory(), **{name: factory()})
    link.full_clean()
    assert link.linked_on == timezone.localdate()
    link.linked_on = date(2026, 11, 29)
    link.save()
    link.refresh_from_db()
    assert link.linked_on == date(2026, 11, 29)


@pytest.mark.parametrize("facts", [{"kind": "talks"}, {"state": "planned"}], ids=str)
def test_talks_and_plans_serve_no_goal_yet(facts):
    link = ActivityGoal(activity=ActivityFactory(**facts), goal=GoalFactory())
    with pytest.raises(ValidationError) as refusal:
        link.full_clean()
    with override("en"):
        assert "do not serve a goal yet" in refusal.value.message_dict["goal"][0]


def test_the_links_of_the_fixtures_were_made_on_the_day_they_were_read():
    GoalFactory(slug="thematic-o", programme=ProgrammeFactory())
    load_file("50-activities-lviv.json", activity_file("thematic-o").encode())
    link = ActivityGoal.objects.get()
    assert (link.linked_on, link.linked_by) == (date(2026, 11, 29), "fixtures")


def test_a_later_file_leaves_the_day_of_a_link_as_it_was():
    for letter in "no":
        GoalFactory(slug=f"thematic-{letter}")
    load_file("a.json", activity_file("thematic-o").encode())
    ActivityGoal.objects.update(linked_on=date(2026, 1, 1))
    load_file("a.json", activity_file("thematic-o", "thematic-n").encode())
    days = dict(ActivityGoal.objects.values_list("goal__slug", "linked_on"))
    assert days == {"thematic-o": date(2026, 1, 1), "thematic-n": date(2026, 11, 29)}
