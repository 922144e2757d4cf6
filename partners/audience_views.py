"""The public pages for those who look for what the register holds for them."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from krakow_intl.core.as_of import as_of
from partners.audience_page import AudiencePage
from partners.models import Activity, ActivityAudience, Audience
from programme.sourced import knowledge_of, known_to


@require_safe
def audience_list(request):
    """The parts of the public, each with how much there is for it."""
    day = as_of(request)
    audiences = Audience.objects.public().with_activities(day.chosen)
    links = ActivityAudience.objects.filter(audience__in=Audience.objects.public())
    activities = Activity.objects.public().filter(pk__in=links.values("activity")).up_to(day.day)
    context = {"audiences": audiences, "knowledge": knowledge_of(activities.annotate(known_to=known_to()))}
    return render(request, "partners/audience_list.html", context)


@require_safe
def audience_detail(request, slug):
    """What exists for a part of the public, how to begin and whom to ask."""
    audience = get_object_or_404(Audience.objects.public().with_links().select_related("department"), slug=slug)
    found = AudiencePage(audience, as_of(request))
    others = Audience.objects.public().exclude(pk=audience.pk)
    return render(request, "partners/audience_detail.html", {"audience": audience, "found": found, "others": others})


@require_safe
def moved_to_audiences(request):
    return redirect("partners:audience_list", permanent=True)
