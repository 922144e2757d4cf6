"""The Polish communities abroad and the campaigns for them, for programs that read them."""

from krakow_intl.core.public_data import Collection, Part, enter
from polonia.models import Campaign, Community

enter(
    Collection(name="communities", model=Community),
    Collection(
        name="campaigns",
        model=Campaign,
        with_facts=lambda campaigns, day: campaigns.with_beginnings(day),
        parts=(
            Part(name="institutions", noun="campaign-institutions", relation="institution_links"),
            Part(name="editions", noun="editions"),
        ),
    ),
)
