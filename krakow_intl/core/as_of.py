"""The day as of which a page of the register is read: `?on=YYYY-MM-DD`, else today."""

import re
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# a day: "2006-04-30"
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
FIRST_YEAR, LAST_YEAR = 1257, 2200  # from the charter of the city to further than any term reaches
YEAR_OF_FIRST_AGREEMENTS = 1970
_page = ContextVar("the AsOf of the page that is being rendered", default=None)


@dataclass(frozen=True)
class AsOf:
    day: date
    is_today: bool = True
    error: str = ""

    @property
    def chosen(self):
        """The day, or None for today, which nothing recorded is later than."""
        return None if self.is_today else self.day

    @property
    def query(self):
        """What a link appends to keep the day: "?on=2006-04-30", or nothing for today."""
        return "" if self.is_today else f"?on={self.day.isoformat()}"


def as_of(request):
    """The `AsOf` of a request; a day that cannot be read gives today and says so."""
    if not hasattr(request, "_as_of"):
        request._as_of = _read(request.GET.get("on", "").strip(), timezone.localdate())
    return request._as_of


@contextmanager
def reading(day):
    """While a page is rendered as of that `AsOf`, as it is in one language: every link keeps both."""
    token = _page.set(day)
    try:
        yield
    finally:
        _page.reset(token)


def day_query():
    """What a link of the page that is being rendered appends to keep its day: "?on=2006-04-30", or nothing."""
    day = _page.get()
    return day.query if day else ""


def day_of_page():
    """The day as of which the page that is being rendered is read; today for what has no day."""
    page = _page.get()
    return page.day if page else timezone.localdate()


def last_days():
    """The last day of each year back to the first agreements, the latest first."""
    return tuple(date(year, 12, 31) for year in range(timezone.localdate().year - 1, YEAR_OF_FIRST_AGREEMENTS, -1))


def _read(text, today):
    if not text:
        return AsOf(today)
    try:
        day = date.fromisoformat(text) if ISO_DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None:
        message = _(
            "“%(text)s” is no day of the calendar. Write it as in 2006-04-30. The register is shown as of today."
        )
        return AsOf(today, error=message % {"text": text[:40]})
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        message = _("The register can be read for the years %(first)s to %(last)s. It is shown as of today.")
        return AsOf(today, error=message % {"first": FIRST_YEAR, "last": LAST_YEAR})
    return AsOf(day, is_today=day == today)


def context(request):
    """Context processor: `as_of` for every page."""
    return {"as_of": as_of(request)}


FUNCTIONS = (last_days, day_of_page)
