"""Days as calendar programs subscribe to them (RFC 5545)."""

from datetime import timedelta

from django.utils import timezone
from icalendar import Calendar, Event

from krakow_intl.core.site_url import absolute

ICALENDAR = "text/calendar; charset=utf-8"


def calendar_of(name, days):
    """The bytes of a calendar of (key, first day, what, address), perhaps with its last day; a key stays for ever."""
    made = Calendar()
    made.add("prodid", "-//Register of international co-operation//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", name)
    made.add("refresh-interval", timedelta(days=1), parameters={"VALUE": "DURATION"})
    for day in days:
        made.add_component(_event(*day))
    return made.to_ical()


def _event(key, day, what, address, last_day=None):
    event = Event()
    host = absolute("").split("://")[-1].rstrip("/")
    event.add("uid", f"{key}@{host}")
    event.add("dtstamp", timezone.now())
    event.add("dtstart", day)
    event.add("dtend", (last_day or day) + timedelta(days=1))
    event.add("summary", what)
    event.add("url", absolute(address))
    event.add("description", absolute(address))
    event.add("transp", "TRANSPARENT")
    return event
