"""What pages of cities and of the programme say about Polonia."""

from krakow_intl.core.sorting import sort_column
from polonia.models import Campaign, Community, Edition

POLES_ABROAD = "poles-abroad"  # the address word of the audience that all this is for; once published it is frozen


def communities_in(city):
    return Community.objects.public().filter(city=city).by_name()


def campaigns_with(city, day):
    return campaigns_on(day).filter(city_links__city=city)


def communities_for(audience):
    """All communities by name for the page of Poles abroad, none for that of any other audience."""
    is_theirs = audience.slug == POLES_ABROAD
    return Community.objects.public().select_related("source").by_name() if is_theirs else []


def campaigns_for(audience, day):
    """The same of the campaigns, each with whether it had begun by a day."""
    return campaigns_on(day) if audience.slug == POLES_ABROAD else []


def communities_of(institution):
    return (
        Community.objects.public().filter(association_links__institution=institution).select_related("source").by_name()
    )


def campaigns_of(institution, day):
    return campaigns_on(day).filter(institution_links__institution=institution)


def campaigns_on(day):
    """The public campaigns by name, each with whether it had begun by a day."""
    return Campaign.objects.public().select_related("source").with_beginnings(day).by_name()


def editions_in_figures():
    """The published editions of which the number of people is known, by campaign."""
    editions = Edition.objects.public().filter(people__isnull=False)
    return editions.select_related("campaign", "source").order_by(sort_column("campaign__"), "period")


FUNCTIONS = (
    communities_in,
    campaigns_with,
    communities_for,
    campaigns_for,
    communities_of,
    campaigns_of,
    editions_in_figures,
)
