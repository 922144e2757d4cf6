"""The private calendar of a person: notice days and ends under a secret address, for their own calendar program."""

from datetime import timedelta
from hmac import compare_digest

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from krakow_intl.core.admin.desk import Desk
from krakow_intl.core.admin.desk_pages import digest_of
from krakow_intl.core.calendars import ICALENDAR, calendar_of
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
    response = HttpResponse(_written(Desk(user)), content_type=ICALENDAR)
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
    days = [
        day for permission, tell in DAYS if desk.user.has_perm(permission) for day in tell(desk, desk.today + AHEAD)
    ]
    return calendar_of(_("Register of international co-operation: notice days and ends"), days)
