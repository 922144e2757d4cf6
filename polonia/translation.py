"""Which texts about Polish communities and campaigns exist in both languages."""

from krakow_intl.translation import translate
from polonia.models import (
    Campaign,
    CampaignCity,
    CampaignGoal,
    CampaignInstitution,
    Community,
    CommunityAssociation,
    Edition,
)

translate(Community, "name", "place", "lead", "description", required=("name",))
translate(CommunityAssociation)
translate(Campaign, "name", "lead", "description", "recurrence", "origin", required=("name",))
translate(CampaignCity)
translate(CampaignInstitution)
translate(CampaignGoal)
translate(Edition, "people_unit", "description")
