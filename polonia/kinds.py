"""Polonia campaigns and Polish communities abroad, for pages that speak of every kind of record."""

from operator import attrgetter

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from krakow_intl.core.display import name_of, plain
from krakow_intl.core.kinds import Kind, enter
from krakow_intl.core.schema_org import publisher
from krakow_intl.core.search.groups import SearchGroup
from partners.kinds import city_of
from polonia.models import Campaign, Community


def schema(campaign):
    return {
        "type_": "GovernmentService",
        "name": name_of(campaign),
        "description": plain(campaign, "lead"),
        "provider": publisher(),
    }


enter(
    Kind(
        name="campaign",
        model=Campaign,
        page="polonia:polonia_detail",
        picture=lambda _campaign: (_("Polonia campaign"), ""),
        schema=schema,
        is_suggested=True,
        search=SearchGroup("campaigns", gettext_lazy("Polonia"), lambda _day: Campaign.objects.public()),
    ),
    Kind(
        name="community",
        model=Community,
        page="polonia:polonia_detail",
        picture=lambda _community: (_("Polish community"), ""),
        is_suggested=True,
        search=SearchGroup(
            "communities",
            gettext_lazy("Polish communities"),
            lambda _day: Community.objects.public().select_related("city"),
            cities=city_of,
            country=attrgetter("country"),
        ),
    ),
)
