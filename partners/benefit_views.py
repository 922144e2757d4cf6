"""The public pages of what was given and received, and its ledger as data."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from krakow_intl.core.as_of import as_of
from krakow_intl.core.middleware.parameters import reads
from krakow_intl.core.resources import csv_response
from partners.benefit_filters import BenefitFilter
from partners.benefit_resources import BenefitResource
from partners.benefit_totals import accounts_of
from partners.models import Benefit
from partners.public_lists import later_than, read_on, refused, written_on
from programme.sourced import knowledge_of, known_to

GIFTS_ON_A_PAGE = 100


@reads("page", filters=BenefitFilter)
@require_safe
def benefit_list(request):
    day = as_of(request)
    filters = BenefitFilter(request.GET, gifts().annotate(known_to=known_to()).in_order_of_the_ledger())
    found = read_on(filters.qs, day)
    told = filters.qs if day.is_today else filters.qs.told_by(day.day)
    rows = list(filters.within_years(told).in_rows())
    context = {
        "filters": filters,
        "page": Paginator(found, GIFTS_ON_A_PAGE).get_page(request.GET.get("page")),
        "told": rows,
        "accounts": accounts_of(rows),
        "later": later_than(filters.qs, day),
        "knowledge": knowledge_of(found),
    }
    return render(request, "partners/benefit_list.html", context)


@reads(filters=BenefitFilter)
@require_safe
def benefit_csv(request):
    day = as_of(request)
    filters = BenefitFilter(request.GET, gifts().annotate(known_to=known_to()).in_order_of_the_ledger())
    if day.error or filters.errors:
        return refused(day, filters)
    return csv_response("gifts.csv", BenefitResource.data(), written_on(filters.qs, day).iterator(chunk_size=500))


@require_safe
def benefit_detail(request, slug):
    benefit = get_object_or_404(gifts(), slug=slug)
    others = gifts().filter(activity=benefit.came_of).exclude(pk=benefit.pk).in_order_of_time("given_on")
    context = {
        "benefit": benefit,
        "others": others if benefit.came_of else (),
        "all_of_city": gifts().filter(city=benefit.city).in_order_of_the_ledger(),
    }
    return render(request, "partners/benefit_detail.html", context)


def gifts():
    return Benefit.objects.public().select_related("city", "source", "activity").with_sides()
