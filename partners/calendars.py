"""The days that the register knows of, for everybody's calendar program: of all cities, or of one."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from krakow_intl.core.calendars import ICALENDAR, calendar_of
from krakow_intl.core.display import plain
from partners.anniversaries import WORDS, anniversaries, standing_until, upcoming
from partners.models import Activity, Agreement, PartnerCity

AHEAD = timedelta(days=731)  # two years
BACK = timedelta(days=366)  # for which what was done stays


@require_safe
def calendar(request):
    name = _("Kraków and the World: anniversaries, ends, notice days and activities")
    return _answer(name, Agreement.objects.public(), Activity.objects.public())


@require_safe
def city_calendar(request, slug):
    city = get_object_or_404(PartnerCity.objects.public(), slug=slug)
    name = _("Kraków and %(city)s") % {"city": plain(city, "name")}
    return _answer(name, Agreement.objects.public().of_city(slug), Activity.objects.public().of_city(city))


def _answer(name, agreements, activities):
    today = timezone.localdate()
    days = [*_of_agreements(agreements, today), *_of_activities(activities, today)]
    return HttpResponse(calendar_of(name, days), content_type=ICALENDAR)


def _of_agreements(agreements, today):
    """Anniversaries of what stands, and what its terms bring, in the order of time."""
    standing = agreements.standing(today).select_related("city")
    ending = standing_until(agreements, today, today + AHEAD)
    dates = anniversaries(standing, today) + [day for one in ending for day in upcoming(one, today, today + AHEAD)]
    named = Agreement.objects.select_related("city").in_bulk([each.agreement.pk for each in dates])
    for each in sorted(dates, key=lambda date: (date.day, date.agreement.pk)):
        agreement = named[each.agreement.pk]
        what = f"{_words_of(each)}: {plain(agreement.city, 'name')}, {plain(agreement, 'title') or agreement}"
        yield f"{each.kind}-{agreement.pk}-{each.day}", each.day, what, agreement.get_absolute_url()


def _words_of(each):
    if each.kind == "anniversary":
        return ngettext("%(count)d year ago", "%(count)d years ago", each.years) % {"count": each.years}
    return WORDS[each.kind]


def _of_activities(activities, today):
    """What is known to the day; of what is planned only that it is."""
    dated = activities.filter(starts_on__gte=(today - BACK).isoformat()).order_by("starts_on", "pk")
    for activity in (each for each in dated if each.starts_on.precision == "day"):
        title = plain(activity, "title")
        what = _("Planned: %(title)s") % {"title": title} if activity.is_plan else title
        first, last = activity.starts_on.first_day, activity.ends_on
        is_exact = last and last.precision == "day" and last.first_day >= first
        yield f"activity-{activity.pk}", first, what, activity.get_absolute_url(), last.first_day if is_exact else first
