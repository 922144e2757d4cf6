"""The public pages for those who look for what the register holds for them."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from krakow_intl.core.as_of import as_of
from partners.models import Audience, Institution


@require_safe
def audience_list(request):
    """Which bodies of Kraków work abroad already and with whom, for those who would like to begin."""
    institutions = Institution.objects.public().in_krakow().with_cities(as_of(request).chosen).by_name()
    institutions = institutions.select_related("source")
    institutions = [institution for institution in institutions if institution.city_rows]
    audiences = [
        (audience, [institution for institution in institutions if institution.kind in audience.kinds])
        for audience in Audience.objects.public().with_links()
    ]
    shown = [(audience, theirs) for audience, theirs in audiences if theirs or audience.theme_rows]
    listed = {institution for _audience, theirs in shown for institution in theirs}
    return render(request, "partners/audience_list.html", {"audiences": shown, "institutions": listed})


@require_safe
def audience_detail(request, slug):
    """What exists for a part of the public, how to begin and whom to ask."""
    audience = get_object_or_404(Audience.objects.public().with_links().select_related("department"), slug=slug)
    return render(request, "partners/audience_detail.html", {"audience": audience})


@require_safe
def moved_to_audiences(request):
    return redirect("partners:audience_list", permanent=True)
