"""A clerk records Polish communities and the editions of campaigns."""

import pytest

from tests.partners.factories import CityFactory, InstitutionFactory
from tests.polonia.factories import CampaignFactory, CommunityFactory, EditionFactory
from tests.programme.factories import GoalFactory
from tests.staff import change

pytestmark = pytest.mark.django_db


def test_a_campaign_is_recorded_with_its_editions_cities_institutions_and_goals(editor):
    campaign = CampaignFactory()
    values = {
        "editions-0-period": "kwiecień 2005",
        "editions-0-people": "120",
        "city_links-0-city": CityFactory().pk,
        "institution_links-0-institution": InstitutionFactory().pk,
        "institution_links-0-role": "organizer",
        "goal_links-0-goal": GoalFactory().pk,
    }
    assert change(editor, campaign, **values).status_code == 302
    edition = campaign.editions.get()
    assert (edition.period, edition.people, edition.publication) == ("2005-04", 120, "draft")
    assert [relation.count() for relation in (campaign.cities, campaign.institutions, campaign.goals)] == [1, 1, 1]


def test_a_second_edition_of_one_date_is_refused(editor):
    edition = EditionFactory(period="2005")
    response = change(editor, edition.campaign, **{"editions-1-period": "2005"})
    assert response.status_code == 200
    assert edition.campaign.editions.count() == 1


def test_a_community_has_associations(editor):
    community, association = CommunityFactory(), InstitutionFactory()
    change(editor, community, **{"association_links-0-institution": association.pk})
    assert list(community.associations.all()) == [association]
