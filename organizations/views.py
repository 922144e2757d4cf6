"""The public pages of the international organizations Kraków belongs to."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from krakow_intl.core.as_of import as_of
from organizations.models import Organization
from programme.models import Figure


@require_safe
def organization_list(request):
    day = as_of(request).day
    organizations = Organization.objects.public().select_related("source").with_membership(day).with_beginnings(day)
    organizations = organizations.by_name()
    return render(request, "organizations/organization_list.html", {"organizations": organizations})


@require_safe
def organization_detail(request, slug):
    day = as_of(request).day
    organizations = Organization.objects.public().select_related("source").with_membership(day).with_beginnings(day)
    organization = get_object_or_404(organizations, slug=slug)
    context = {
        "organization": organization,
        "involvements": organization.involvements.public()
        .select_related("institution", "source")
        .with_goals()
        .in_order_of_time(),
        "figures": Figure.objects.public().about(f"organization:{slug}"),
    }
    return render(request, "organizations/organization_detail.html", context)
