"""The pages that belong to no app: the entrance, the search, those about the register, those that say what failed."""

import sys
from collections import Counter
from datetime import timedelta
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import F, OuterRef, Subquery, Value
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import NoReverseMatch
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.timezone import localtime
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from krakow_intl.core.address_plan import reverse
from krakow_intl.core.addressed import record_at
from krakow_intl.core.as_of import as_of
from krakow_intl.core.availability import is_away
from krakow_intl.core.dates import PartialDate
from krakow_intl.core.display import name_of
from krakow_intl.core.facts import REASON
from krakow_intl.core.former_addresses import GONE, present_address
from krakow_intl.core.json_rows import localized_column
from krakow_intl.core.middleware.language import language_in_path, language_of, preferred_language
from krakow_intl.core.middleware.parameters import reads
from krakow_intl.core.prepared import asked
from krakow_intl.core.site_url import absolute
from krakow_intl.models import AccessibilityStatement, Page
from krakow_intl.portal import reports, search_suggestions
from krakow_intl.portal.home_page import OF_EACH, by_basis, told_on
from krakow_intl.portal.search_results import SearchPage
from organizations.models import Membership
from partners.models import Activity, Agreement, Audience, Benefit, PartnerCity, Relation
from partners.terms import Basis, Status
from programme.models import Department, Source
from programme.sourced import knowledge_of

COLOURS = ["paper", "sunken", "line", "line-strong", "ink", "ink-soft", "brick", "verdigris", "night", "ochre"]
RETRY_AFTER = 30  # seconds
PLAIN_TEXT = "text/plain; charset=utf-8"
VALID_FOR = timedelta(days=180)  # from each day on which it is read: what names whom to write to
TEMPLATES = {"contact": "portal/contact.html", "data": "portal/data.html"}  # of pages that say more than their text


class SampleForm(forms.Form):
    """What the styleguide shows of forms."""

    name = forms.CharField(label=_("Name"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("any")), ("twinning", _("twinning"))])
    year = forms.IntegerField(
        label=_("Year"),
        min_value=1257,
        help_text=_("Four digits."),
        error_messages={"min_value": _("Write a year from 1257 to 2200.")},
    )


@require_safe
def root(request):
    return _in_preferred_language(request, "/{}/")


@require_safe
def admin_root(request):
    return _in_preferred_language(request, "/{}/admin/")


@require_safe
def home(request):
    as_read = as_of(request)
    day = as_read.day
    memberships = Membership.objects.public().surest(day)
    context = {
        **told_on(day, get_language()[:2]),
        "audiences": audiences(),
        "knowledge": knowledge_of(Agreement.objects.public().up_to(day).with_known_to()),
        "sources": sources(),
        "organizations": len(memberships),
        "membership_bases": by_basis(Counter(memberships.values())),
        "changes": _changes() if as_read.is_today else [],
    }
    return render(request, "portal/home.html", context)


@asked
def audiences():
    return Audience.objects.public()


@asked
def sources():
    return Source.objects.public()


@require_safe
def page(request, slug):
    template = TEMPLATES.get(slug, "portal/page.html")
    return render(request, template, {"page": get_object_or_404(Page.objects.public(), slug=slug)})


@require_safe
def accessibility(request):
    statement = AccessibilityStatement.objects.order_by("pk").first()
    if statement is None:
        raise Http404
    return render(request, "portal/accessibility.html", {"statement": statement})


@reads("page")
@csrf_exempt  # it asks for no cookie: `reports` checks who writes
@cache_control(no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
def report(request):
    if request.method != "POST":
        form = reports.ReportForm(initial={"page": request.GET.get("page", "")[: reports.MAX_PAGE]})
        return _report_page(request, form)
    form = reports.ReportForm(request.POST)
    try:
        received = reports.take_in(form, request)
    except reports.Refusal as refusal:
        return _report_page(request, form, refusal)
    except Exception as error:
        if not is_away(error):
            raise
        return _report_page(request, form, reports.Refusal(503, reports.LATER, RETRY_AFTER))
    return redirect(f"{reverse('report_received')}?{urlencode({'receipt': reports.receipt_of(received)})}")


@reads("receipt")
@cache_control(no_store=True)
@require_safe
def report_received(request):
    number, due_on = reports.read_receipt(request.GET.get("receipt", ""))
    if not number:
        return redirect("report")
    return render(request, "portal/report_received.html", {"number": number, "due_on": due_on})


@reads("q", "in", "page")
@require_safe
def search(request):
    query, key, number = (request.GET.get(name, "") for name in ("q", "in", "page"))
    day = as_of(request)
    found = SearchPage(query, day.day, get_language(), key, number, is_today=day.is_today)
    return render(request, "portal/search.html", {"search": found})


@reads("q")
@require_safe
@cache_control(public=True, max_age=300)
def suggestions(request):
    """The names that a search field proposes for what was typed into it, each with the other names of a city."""
    return JsonResponse({"names": search_suggestions.suggestions(request.GET.get("q", ""))})


@require_safe
def styleguide(request):
    agreements = Agreement.objects.public().with_status(as_of(request).day).with_chain()
    renewed, linked = agreements.exclude(notice_months=None)[:1], agreements.exclude(links=None)[:1]
    samples = {
        "agreements": [*renewed, *linked],
        "activities": [
            Activity(slug=state, title_pl="Spotkanie", title_en="A meeting", kind="visit", state=state)
            for state in (Activity.State.DONE, Activity.State.PLANNED)
        ],
        "benefits": [
            Benefit(slug="gift", what_pl="Stypendium", what_en="A grant", amount=20_000, currency="EUR"),
            Benefit(slug="aid", what_pl="Wagony", what_en="Cars", quantity=124, unit_pl="sztuki", unit_en="pieces"),
        ],
        "series": [(2003, 60), (2004, 80), (2005, 100)],
        "city": PartnerCity(name_pl="Wilno", name_en="Vilnius", latitude=54.687, longitude=25.28),
        "colours": COLOURS,
        "addressee": Department(
            name_pl="Wydział przykładowy",
            name_en="A department",
            email="name@example.org",
            phone="12 345 67 89",
            address_pl="ul. Przykładowa 7, 31-000 Kraków",
            delivery_address="AE:PL-12345-67890-ABCDE-12",
            website="https://www.example.org/",
        ),
        "icons": ["search", "calendar", "download", "arrow", "info", "warn", "check", "post", "mail", "phone", "box"],
        "form": SampleForm({"kind": "", "year": "1256"}),
        "page": Paginator(range(120), 10).page(4),
        "statuses": [status.value for status in Status],
        "relations": [*Relation.values, "", "not-yet"],
        "dates": [PartialDate(text) for text in ("1976-12-12", "2005-09", "1996")],
        "record": PartnerCity(
            name_pl="Miasto przykładowe",
            lead_pl="Tekst, którego nie ma po angielsku.",
            source=Source.objects.public().first(),
            passage="I.2.1 d",
        ),
        "bases": list(Basis),
        "tags": [Page(slug=name, name_pl=name, name_en=name) for name in ("kultura", "sport", "transport")],
    }
    return render(request, "portal/styleguide.html", samples)


@require_safe
def robots(request):
    lines = ["User-agent: *", "Disallow: /pl/admin/", "Disallow: /en/admin/"]
    lines += ["", f"Sitemap: {absolute(reverse('sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type=PLAIN_TEXT)


@require_safe
def favicon(request):
    return redirect(static("img/mark.svg"))


@require_safe
def security_txt(request):
    """Whom to write to who found a way to do harm, as RFC 9116 has it."""
    with override("en"):
        contact = f"mailto:{settings.CITY_HALL_EMAIL}" if settings.CITY_HALL_EMAIL else absolute(reverse("contact"))
    fields = {
        "Contact": contact,
        "Expires": f"{timezone.localdate() + VALID_FOR:%Y-%m-%d}T00:00:00Z",
        "Preferred-Languages": "pl, en",
        "Canonical": absolute(request.path),
    }
    return HttpResponse("".join(f"{name}: {value}\n" for name, value in fields.items()), content_type=PLAIN_TEXT)


@require_safe
def change_password(request):
    """Where a keeper of passwords looks for the page on which one chooses another."""
    return _in_preferred_language(request, "/{}/admin/password_change/")


def bad_request(request, exception):
    return _failure(request, 400)


def permission_denied(request, exception):
    return _failure(request, 403)


def page_not_found(request, exception):
    """What once stood here in public has moved or is gone; for now, so that nobody keeps that answer for ever."""
    with override(language_of(request)):
        address = request.resolver_match and present_address(request.resolver_match)
        if address == GONE:
            return _failure(request, 410, list_url=_list_beside(request.resolver_match))
    if address in (None, request.path):
        return _failure(request, 404)
    query = request.META.get("QUERY_STRING", "")
    moved = HttpResponsePermanentRedirect(f"{address}?{query}".removesuffix("?"))
    patch_cache_control(moved, no_cache=True)
    return moved


def server_error(request):
    """503 where the register only cannot be reached or written just now: its database, or the disk."""
    if not is_away(sys.exception()):
        return _failure(request, 500)
    response = _failure(request, 503)
    response["Retry-After"] = str(RETRY_AFTER)
    return response


def _in_preferred_language(request, address):
    response = redirect(address.format(preferred_language(request)))
    patch_vary_headers(response, ["Accept-Language"])
    return response


def _report_page(request, form, refusal=None):
    if refusal and refusal.message:
        form.add_error(None, refusal.message)
    about = _record_named(form["page"].value() or "")
    context = {"form": form, "ticket": reports.ticket(), "about": about, "about_name": about and name_of(about)}
    response = render(request, "portal/report.html", context, status=refusal.status if refusal else 200)
    if refusal and refusal.retry_after:
        response["Retry-After"] = refusal.retry_after
    return response


def _record_named(address):
    """The record at the address that stands in the form; None too while the database cannot say."""
    try:
        return record_at(address[: reports.MAX_PAGE])[1]
    except Exception as error:
        if not is_away(error):
            raise
        return None


def _list_beside(match):
    """The list of the things of which a page told, if they have one."""
    try:
        return reverse(match.view_name.replace("_detail", "_list"))
    except NoReverseMatch:
        return None


def _failure(request, status, **context):
    """An error page in the language of the path, kept by no cache; without the request, which may be what is broken."""
    with override(language_of(request)):
        page = render_to_string(f"{status}.html", {"number": getattr(request, "id", ""), **context})
        response = HttpResponse(page, status=status)
    patch_cache_control(response, private=True, no_store=True)
    if not language_in_path(request):
        patch_vary_headers(response, ["Accept-Language"])
    return response


def _changes():
    return [_change(*row) for row in _changed_last()]


@asked
def _changed_last():
    """The cities and agreements that somebody added or changed last, the newest first."""
    cities = _changed(PartnerCity.objects.public(), "name", Value(""))
    agreements = _changed(Agreement.objects.public(), "title", localized_column("city__name"))
    return cities.union(agreements).order_by("-changed_at")[:OF_EACH]


def _change(slug, title, city, at):
    record = Agreement(slug=slug) if city else PartnerCity(slug=slug)
    return {"record": record, "title": title, "city": city, "on": localtime(at).date()}


def _changed(records, title, city):
    """The rows of `_changes`; being filled in from a file of facts is no change."""
    history = records.model.history.filter(id=OuterRef("pk"))
    by_people = history.exclude(history_type="+", history_change_reason__startswith=REASON)
    rows = records.order_by().annotate(
        address=F("slug"),
        title_now=localized_column(title),
        city_now=city,
        changed_at=Subquery(by_people.order_by("-history_date").values("history_date")[:1]),
    )
    return rows.exclude(changed_at=None).values_list("address", "title_now", "city_now", "changed_at")
