"""The private calendar of a person: notice days and ends under a secret address, for their own calendar program."""

from datetime import timedelta
from hmac import compare_digest

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from krakow_intl.core.admin.desk import Desk
from krakow_intl.core.admin.desk_pages import digest_of
from krakow_intl.core.site_url import absolute
from krakow_intl.models import StaffDesk

AHEAD = timedelta(days=731)  # two years
MAX_TOKEN = 100  # characters
DAYS = []  # (permission, what tells the days)


def calendar(permission):
    """Enters what yields (key, day, what it is, address) up to a day, for those who have a permission."""

    def enter(tell):
        DAYS.append((permission, tell))
        return tell

    return enter


def private_calendar(request, token):
    """The days of the person whose address it is; what is no address of anybody is told apart from nothing else."""
    user = _owner(token)
    if user is None:
        raise Http404
    response = HttpResponse(_written(Desk(user)), content_type="text/calendar; charset=utf-8")
    response["Cache-Control"], response["X-Robots-Tag"] = "private, no-store", "noindex, nofollow"
    response["Content-Disposition"] = 'attachment; filename="register.ics"'
    return response


def _owner(token):
    """The person whose secret the token is; the time it takes tells nothing of how much of it is right."""
    digest = digest_of(token[:MAX_TOKEN])
    wishes = StaffDesk.objects.filter(calendar_digest=digest).select_related("user").first()
    if wishes is None or not compare_digest(wishes.calendar_digest, digest):
        return None
    return wishes.user if wishes.user.is_active and wishes.user.is_staff else None


def _written(desk):
    made = Calendar()
    made.add("prodid", "-//Register of international co-operation//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", _("Register of international co-operation: notice days and ends"))
    made.add("refresh-interval", timedelta(days=1), parameters={"VALUE": "DURATION"})
    for permission, tell in DAYS:
        if desk.user.has_perm(permission):
            for key, day, what, address in tell(desk, desk.today + AHEAD):
                made.add_component(_event(key, day, what, address))
    return made.to_ical()


def _event(key, day, what, address):
    event = Event()
    host = absolute("").split("://")[-1].rstrip("/")
    event.add("uid", f"{key}@{host}")
    event.add("dtstamp", timezone.now())
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", what)
    event.add("url", absolute(address))
    event.add("description", absolute(address))
    event.add("transp", "TRANSPARENT")
    return event
