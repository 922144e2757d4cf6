"""The public pages of what was given and received, and its ledger as data."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from krakow_intl.core.as_of import as_of
from krakow_intl.core.middleware.parameters import reads
from krakow_intl.core.prepared import asked
from krakow_intl.core.resources import csv_response
from partners.benefit_filters import BenefitFilter
from partners.benefit_resources import BenefitResource
from partners.benefit_totals import accounts_of
from partners.models import Benefit
from partners.public_lists import FirstPage, later_than, read_on, refused, written_on
from programme.sourced import horizons_of, knowledge_in, knowledge_of, known_to

GIFTS_ON_A_PAGE = 100


@reads("page", filters=BenefitFilter)
@require_safe
def benefit_list(request):
    filters = BenefitFilter(request.GET, in_the_ledger() if request.GET else None)
    filters.is_valid()  # reads what is asked
    found = listed(filters, request) if request.GET else all_listed()
    context = {"filters": filters, "accounts": accounts_of(found["told"]), **found}
    return render(request, "partners/benefit_list.html", context)


@reads(filters=BenefitFilter)
@require_safe
def benefit_csv(request):
    day = as_of(request)
    filters = BenefitFilter(request.GET, in_the_ledger())
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


def listed(filters, request):
    """What a page of the ledger shows of what its filters find."""
    day = as_of(request)
    found = read_on(filters.qs, day)
    told = filters.qs if day.is_today else filters.qs.told_by(day.day)
    return {
        "page": Paginator(found, GIFTS_ON_A_PAGE).get_page(request.GET.get("page")),
        "told": list(filters.within_years(told).in_rows()),
        "later": later_than(filters.qs, day),
        "knowledge": knowledge_of(found),
    }


def all_listed():
    """What the ledger shows of all gifts, which nobody has narrowed."""
    knowledge = knowledge_in(horizons_of_gifts())
    return {
        "page": FirstPage(first_gifts(), GIFTS_ON_A_PAGE, knowledge.total).page(1),
        "told": list(gifts_in_rows()),
        "later": 0,
        "knowledge": knowledge,
    }


@asked
def first_gifts():
    return in_the_ledger()[:GIFTS_ON_A_PAGE]


@asked
def gifts_in_rows():
    return in_the_ledger().in_rows()


@asked
def horizons_of_gifts():
    return horizons_of(in_the_ledger())


def in_the_ledger():
    listed = gifts().without_texts("city", "activity")
    return listed.annotate(known_to=known_to()).in_order_of_the_ledger()


def gifts():
    return Benefit.objects.public().select_related("city", "source", "activity").with_sides()
