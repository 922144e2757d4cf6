"""How others are led to the register: the list of its pages for search engines, the picture of each for networks."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from krakow_intl.core.dates import format_partial_date, format_period
from krakow_intl.core.fields import country_name
from krakow_intl.core.pictures import Words, draw
from krakow_intl.core.records import Publication
from krakow_intl.models import AccessibilityStatement, Page
from krakow_intl.portal.schema import name_of
from krakow_intl.templatetags.register import plain
from organizations.models import Organization
from partners.models import Agreement, Institution, PartnerCity, Relation
from polonia.models import Campaign, Community
from programme.models import Chapter, Goal, Programme

A_DAY = 86_400
LISTS = [
    "home",
    "counterparts",
    "partners:city_list",
    "partners:compare",
    "partners:agreement_list",
    "partners:agreement_timeline",
    "partners:institution_list",
    "organizations:organization_list",
    "polonia:polonia_list",
    "programme:goal_list",
    "programme:figure_list",
]
PAGES = ("about", "data", "privacy", "contact")


def records():
    """{kind: the published records that have a page of their own, as of today}."""
    today, of_programme = timezone.localdate(), {"programme__publication": Publication.PUBLISHED}
    return {
        "city": PartnerCity.objects.published().with_relation(today),
        "agreement": Agreement.objects.published().of_published_cities().select_related("city"),
        "institution": Institution.objects.published(),
        "organization": Organization.objects.published().with_membership(today),
        "campaign": Campaign.objects.published(),
        "community": Community.objects.published(),
        "goal": Goal.objects.published().filter(**of_programme),
        "chapter": Chapter.objects.published().filter(**of_programme),
        "programme": Programme.objects.published(),
        "page": Page.objects.published().filter(slug__in=PAGES),
        "statement": AccessibilityStatement.objects.all(),
    }


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
    """The pages of the records of one kind, each with the day it was last changed."""

    def __init__(self, kind):
        self.kind = kind

    def items(self):
        found = records()[self.kind]
        history = found.model.history.model.objects.filter(id=OuterRef("pk")).order_by("-history_date")
        return found.annotate(changed_at=Subquery(history.values("history_date")[:1])).order_by("pk")

    def lastmod(self, record):
        return record.changed_at


@require_safe
@cache_control(public=True, max_age=A_DAY)
def picture(request, kind, slug):
    """The picture of the page of a record."""
    if kind not in WORDS:
        raise Http404
    record = get_object_or_404(records()[kind], slug=slug)
    of_kind, when = WORDS[kind](record)
    return _drawn(Words(_("Kraków and the World"), capfirst(of_kind), name_of(record), when))


@require_safe
@cache_control(public=True, max_age=A_DAY)
def picture_of_register(request):
    """The picture of every other page."""
    kind, title = _("Register of international co-operation"), _("What binds Kraków to the world")
    return _drawn(Words(_("Kraków and the World"), kind, title))


def _drawn(words):
    return HttpResponse(draw(words), content_type="image/png")


def _of_city(city):
    relation = Relation(city.relation).label if city.relation else _("co-operation without an agreement")
    since = format_period(city.relation_since, None) if city.relation_since else ""
    return f"{relation} · {country_name(city.country)}", since


def _of_agreement(agreement):
    signed = format_partial_date(agreement.signed_on) if agreement.signed_on else ""
    return f"{agreement.get_kind_display()} · {plain(agreement.city, 'name')}", signed


def _of_organization(organization):
    since = min((membership.since for membership in organization.memberships.all() if membership.since), default=None)
    joined = f"{_('Kraków is a member')}: {format_period(since, None)}" if since and organization.is_joined else ""
    return _("international organization"), joined


WORDS = {  # what the picture of a record says beside its name: its kind, and when
    "city": _of_city,
    "agreement": _of_agreement,
    "institution": lambda institution: (institution.get_kind_display(), ""),
    "organization": _of_organization,
    "campaign": lambda _campaign: (_("Polonia campaign"), ""),
    "community": lambda _community: (_("Polish community"), ""),
    "goal": lambda goal: (goal.get_kind_display(), ""),
    "chapter": lambda chapter: (plain(chapter.programme, "name"), ""),
}
SITEMAPS = {"lists": Lists} | {kind: Records(kind) for kind in (*WORDS, "programme", "page", "statement")}
