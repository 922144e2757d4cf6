"""The public pages of what was given and received, and its ledger as data."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from krakow_intl.core.resources import csv_response
from partners.models import Benefit


@require_safe
def benefit_list(request):
    benefits = Benefit.objects.public().select_related("city", "source", "activity").with_sides()
    return render(request, "partners/benefit_list.html", {"benefits": benefits.in_order_of_time("given_on")})


@require_safe
def benefit_csv(request):
    return csv_response("gifts.csv", (), ())


@require_safe
def benefit_detail(request, slug):
    benefits = Benefit.objects.public().select_related("city", "source", "activity").with_sides()
    return render(request, "partners/benefit_detail.html", {"benefit": get_object_or_404(benefits, slug=slug)})
