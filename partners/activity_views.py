"""The public pages of what was done or is planned, and its list as data."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from krakow_intl.core.resources import csv_response
from partners.models import Activity


@require_safe
def activity_list(request):
    activities = Activity.objects.public().select_related("source").with_links().in_order_of_time()
    return render(request, "partners/activity_list.html", {"activities": activities})


@require_safe
def activity_csv(request):
    return csv_response("activities.csv", (), ())


@require_safe
def activity_detail(request, slug):
    activities = Activity.objects.public().select_related("source").with_links()
    return render(request, "partners/activity_detail.html", {"activity": get_object_or_404(activities, slug=slug)})
