"""How others are led to the register: the list of its pages for search engines, the picture of each for networks."""

from functools import partial
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import SitemapIndexItem, x_robots_tag
from django.contrib.sitemaps.views import sitemap as urls_of
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from krakow_intl.core.address_plan import reverse
from krakow_intl.core.display import name_of
from krakow_intl.core.kinds import KINDS, with_address
from krakow_intl.core.pictures import Words, draw
from krakow_intl.core.site_url import absolute
from krakow_intl.models import AccessibilityStatement
from programme.models import Programme

A_DAY = 86_400
PART = 500  # records that one part of the map of the site names, so that a part takes no more room in a large register
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
    "documentation",
]


class InBothLanguages(Sitemap):
    i18n = alternates = True

    def get_protocol(self, protocol=None):
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site=None):
        return urlsplit(settings.SITE_URL).netloc


class Lists(InBothLanguages):
    """The pages that are about no single record."""

    parts = 1

    def items(self):
        return LISTS

    def location(self, name):
        return reverse(name)


class Records(InBothLanguages):
    """The pages of one kind of records, each with the day it was last changed; of many, one part of them."""

    def __init__(self, records, number=1):
        self.records, self.number = records, number

    @property
    def parts(self):
        return -(-self.records().count() // PART)

    def items(self):
        found = self.records()
        history = found.model.history.model.objects.filter(id=OuterRef("pk")).order_by("-history_date")
        found = found.annotate(changed_at=Subquery(history.values("history_date")[:1])).order_by("pk")
        return found[(self.number - 1) * PART : self.number * PART]

    def lastmod(self, record):
        return record.changed_at


@x_robots_tag
@require_safe
def index(request):
    """The parts of the map of the site that name a page."""
    parts = [(name, number) for name, section in sections().items() for number in range(1, section.parts + 1)]
    addresses = [absolute(reverse("sitemap_part", args=each)) for each in parts]
    told = {"sitemaps": [SitemapIndexItem(address) for address in addresses]}
    return render(request, "sitemap_index.xml", told, content_type="application/xml")


@require_safe
def part(request, section, number):
    found = sections(number).get(section)
    if found is None or not 0 < number <= found.parts:
        raise Http404
    return urls_of(request, {section: found}, section)


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


def sections(number=1):
    """{name: the part of that number of the map of that kind of pages}."""
    kinds = {kind.name: partial(_of_today, kind) for kind in with_address()}
    others = {"programme": Programme.objects.public, "statement": AccessibilityStatement.objects.all}
    return {"lists": Lists()} | {name: Records(records, number) for name, records in (kinds | others).items()}


def _of_today(kind):
    return kind.records(timezone.localdate())
