import pytest
from django.core.exceptions import ValidationError

from tests.polonia.factories import CampaignFactory, CommunityFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("first", "second"), [(CampaignFactory, CommunityFactory), (CommunityFactory, CampaignFactory)]
)
def test_a_community_and_a_campaign_do_not_share_an_address(first, second):
    first(slug="chicago")
    with pytest.raises(ValidationError) as refusal:
        second.build(slug="chicago").full_clean()
    assert list(refusal.value.message_dict) == ["slug"]
