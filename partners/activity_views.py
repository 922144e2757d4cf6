"""The public pages of what was done or is planned, and its list as data."""

from django.core.paginator import Paginator
from django.db.models import Count, Max, Min, Q
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from krakow_intl.core.as_of import as_of
from krakow_intl.core.middleware.parameters import reads
from krakow_intl.core.prepared import asked
from krakow_intl.core.records import in_one_row
from krakow_intl.core.resources import csv_response
from partners.activity_filters import ActivityFilter, newest_first
from partners.activity_resources import ActivityResource
from partners.goals import with_geographic_goals
from partners.models import Activity
from partners.public_lists import FirstPage, later_than, read_on, refused, written_on
from programme.sourced import horizons_of, knowledge_in, knowledge_of, known_to

ACTIVITIES_ON_A_PAGE = 50


@reads("page", filters=ActivityFilter)
@require_safe
def activity_list(request):
    day = as_of(request)
    filters = ActivityFilter(request.GET, newest_first(public_activities()) if request.GET else None, request=request)
    filters.is_valid()  # reads what is asked
    found = listed(filters.qs, request) if request.GET else all_listed(day.day)
    context = {"filters": filters, "groups": filters.groups(found["page"]), **found}
    return render(request, "partners/activity_list.html", context)


@reads(filters=ActivityFilter)
@require_safe
def activity_csv(request):
    day = as_of(request)
    activities = public_activities().select_related("source").with_links().with_audiences()
    filters = ActivityFilter(request.GET, newest_first(activities), request=request)
    if day.error or filters.errors:
        return refused(day, filters)
    written = written_on(filters.qs, day).iterator(chunk_size=500)
    return csv_response("activities.csv", ActivityResource.data(), written)


@require_safe
def activity_detail(request, slug):
    day = as_of(request).day
    activities = Activity.objects.public().select_related("source").with_links().with_audiences()
    activity = get_object_or_404(activities, slug=slug)
    before, after, of_city = neighbours(activity, day)
    context = {
        "activity": with_geographic_goals([activity], day)[0],
        "benefits": activity.benefits.public().select_related("city", "source", "activity").with_sides(),
        "before": before,
        "after": after,
        "of_city": of_city,
    }
    return render(request, "partners/activity_detail.html", context)


def public_activities():
    return Activity.objects.public().annotate(known_to=known_to())


def listed(activities, request):
    """What a page of the list shows of activities."""
    day = as_of(request)
    found = read_on(activities, day)
    return {
        "page": Paginator(in_full(found), ACTIVITIES_ON_A_PAGE).get_page(request.GET.get("page")),
        "later": later_than(activities, day),
        "knowledge": knowledge_of(found),
        "counts": counts_in(counts_of(found, day.day)),
    }


def all_listed(day):
    """What the list shows of all of them, which nobody has narrowed."""
    knowledge = knowledge_in(horizons_of_activities())
    return {
        "page": FirstPage(first_activities(), ACTIVITIES_ON_A_PAGE, knowledge.total).page(1),
        "later": 0,
        "knowledge": knowledge,
        "counts": counts_in(counts_of_activities(day)),
    }


def in_full(activities):
    return activities.select_related("source").without_texts("").with_links()


@asked
def first_activities():
    first = newest_first(Activity.objects.public())[:ACTIVITIES_ON_A_PAGE]
    return in_full(newest_first(public_activities().filter(pk__in=first.values("pk"))))


@asked
def horizons_of_activities():
    return horizons_of(public_activities())


@asked
def counts_of_activities(day):
    return counts_of(Activity.objects.public(), day)


def counts_of(activities, day):
    """What asks for what `counts_in` tells."""
    noted = Activity.objects.noted_later(day)
    return in_one_row(
        activities,
        **{state: Count("pk", filter=Q(state=state) & ~noted) for state in Activity.State.values},
        undated=Count("pk", filter=Q(starts_on=None, ends_on=None)),
        noted=Count("pk", filter=noted),
        first=Min("source__known_to__year", filter=noted),
        last=Max("source__known_to__year", filter=noted),
    )


def counts_in(rows):
    """{state: how many}, apart from what only a source later than the day has "noted", and how many are "undated".

    "noted_in" is the year of the source of all that is undated, if all of it is noted later, and in one year.
    """
    counts = next(iter(rows))
    is_one_year = counts["noted"] == counts["undated"] and counts["first"] == counts["last"]
    return {**counts, "noted_in": counts["first"] if is_one_year else None}


def neighbours(activity, day):
    """The activities before and after one in the history of its first city up to a day, and how many are in it."""
    if not activity.city_rows:
        return None, None, 0
    of_city = Activity.objects.public().filter(cities__slug=activity.city_rows[0]["slug"]).up_to(day)
    history = list(of_city.in_order_of_history())
    if activity not in history:
        return None, None, len(history)
    place = history.index(activity)
    before = history[place - 1] if place else None
    return before, next(iter(history[place + 1 :]), None), len(history)
