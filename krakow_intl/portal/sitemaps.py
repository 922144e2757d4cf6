"""How others are led to the register: the list of its pages for search engines, the picture of each for networks."""

from functools import partial
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from krakow_intl.core.address_plan import reverse
from krakow_intl.core.display import name_of
from krakow_intl.core.kinds import KINDS, with_address
from krakow_intl.core.pictures import Words, draw
from krakow_intl.models import AccessibilityStatement
from programme.models import Programme

A_DAY = 86_400
LISTS = [
    "home",
    "partners:audience_list",
    "partners:city_list",
    "partners:compare",
    "partners:agreement_list",
    "partners:agreement_timeline",
    "partners:term_rules",
    "partners:activity_list",
    "partners:benefit_list",
    "partners:institution_list",
    "organizations:organization_list",
    "polonia:polonia_list",
    "programme:goal_list",
    "programme:figure_list",
]


class InBothLanguages(Sitemap):
    i18n = alternates = True

    def get_protocol(self, protocol=None):
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site=None):
        return urlsplit(settings.SITE_URL).netloc


class Lists(InBothLanguages):
    """The pages that are about no single record."""

    def items(self):
        return LISTS

    def location(self, name):
        return reverse(name)


class Records(InBothLanguages):
    """The pages of one kind of records, each with the day it was last changed."""

    def __init__(self, records):
        self.records = records

    def items(self):
        found = self.records()
        history = found.model.history.model.objects.filter(id=OuterRef("pk")).order_by("-history_date")
        return found.annotate(changed_at=Subquery(history.values("history_date")[:1])).order_by("pk")

    def lastmod(self, record):
        return record.changed_at


@require_safe
@cache_control(public=True, max_age=A_DAY)
def picture(request, kind, slug):
    """The picture of the page of a record."""
    entry = KINDS.get(kind)
    if entry is None or not entry.picture:
        raise Http404
    record = get_object_or_404(entry.records(timezone.localdate()), slug=slug)
    of_kind, when = entry.picture(record)
    return _drawn(Words(_("Kraków and the World"), capfirst(of_kind), name_of(record), when))


@require_safe
@cache_control(public=True, max_age=A_DAY)
def picture_of_register(request):
    """The picture of every other page."""
    kind, title = _("Register of international co-operation"), _("What binds Kraków to the world")
    return _drawn(Words(_("Kraków and the World"), kind, title))


def _drawn(words):
    return HttpResponse(draw(words), content_type="image/png")


def sitemaps():
    """{name: the sitemap of that kind of pages}."""
    kinds = {kind.name: Records(partial(_of_today, kind)) for kind in with_address()}
    others = {"programme": Records(Programme.objects.public), "statement": Records(AccessibilityStatement.objects.all)}
    return {"lists": Lists} | kinds | others


def _of_today(kind):
    return kind.records(timezone.localdate())
