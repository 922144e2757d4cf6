"""The public pages of the Polish communities abroad and of the campaigns for them."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from krakow_intl.core.as_of import as_of
from polonia.display import campaigns_on
from polonia.models import Campaign, Community
from programme.models import Figure


@require_safe
def polonia_list(request):
    context = {
        "campaigns": campaigns_on(as_of(request).day).with_cities(),
        "communities": communities(),
    }
    return render(request, "polonia/polonia_list.html", context)


@require_safe
def polonia_detail(request, slug):
    """Campaigns and communities share their addresses; no slug belongs to both."""
    is_campaign = Campaign.objects.public().filter(slug=slug).exists()
    return (campaign_detail if is_campaign else community_detail)(request, slug)


def campaign_detail(request, slug):
    campaign = get_object_or_404(campaigns_on(as_of(request).day).with_links(), slug=slug)
    context = {
        "campaign": campaign,
        "editions": campaign.editions.public().select_related("source").in_order_of_time("period"),
        "communities": communities(),
        "figures": Figure.objects.public().about(f"campaign:{slug}"),
    }
    return render(request, "polonia/campaign_detail.html", context)


def community_detail(request, slug):
    community = get_object_or_404(communities(), slug=slug)
    context = {
        "community": community,
        "associations": community.associations.public().up_to(as_of(request).day).by_name(),
        "campaigns": campaigns_on(as_of(request).day).with_cities(),
        "figures": Figure.objects.public().about(f"community:{slug}"),
    }
    return render(request, "polonia/community_detail.html", context)


def communities():
    return Community.objects.public().select_related("city", "source").by_name()
