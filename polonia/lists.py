"""The Polish communities abroad and the campaigns for them as lists that go out and come back."""

from krakow_intl.imports.nouns import Noun, enter
from polonia.models import Campaign, CampaignInstitution, Community, Edition
from programme.lists import SOURCED

enter(
    Noun(
        name="communities",
        model=Community,
        columns=("slug", "name", "place", "country", "city", "associations", "lead", "description", *SOURCED),
    ),
    Noun(
        name="campaigns",
        model=Campaign,
        columns=(
            *("slug", "name", "since", "until", "recurrence", "origin", "cities", "institutions", "goals", "lead"),
            *("description", *SOURCED),
        ),
    ),
    Noun(
        name="campaign-institutions",
        model=CampaignInstitution,
        columns=("campaign", "institution", "role"),
    ),
    Noun(
        name="editions",
        model=Edition,
        columns=(*("campaign", "period", "number", "people", "people_unit", "precision", "description", *SOURCED),),
    ),
)
