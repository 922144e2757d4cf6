"""The pages that belong to no app: the entrance, search, the pages about the register, and those that say what failed."""

from collections import Counter

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from krakow_intl.as_of import as_of
from krakow_intl.dates import PartialDate
from krakow_intl.fields import country_name
from krakow_intl.middleware import language_in_path, language_of, preferred_language
from krakow_intl.models import Page
from krakow_intl.search import TITLE, key_of, query_words
from krakow_intl.search import forms as forms_of
from organizations.models import Organization
from partners.models import Agreement, Institution, PartnerCity, Relation
from partners.terms import Status
from polonia.models import Campaign, Community
from programme.models import Chapter, Goal


class SampleForm(forms.Form):
    """What the styleguide shows of forms."""

    name = forms.CharField(label=_("Name"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("any")), ("twinning", _("twinning"))])
    year = forms.IntegerField(label=_("Year"), min_value=1258, help_text=_("Four digits."))


SEARCHED_GROUPS = [
    (_("Cities"), PartnerCity.objects.prefetch_related("names"), ("lead",)),
    (_("Agreements"), Agreement.objects.select_related("city"), ("summary",)),
    (_("Institutions"), Institution.objects.all(), ()),
    (_("Organizations"), Organization.objects.all(), ("lead",)),
    (_("Polonia"), Campaign.objects.all(), ("lead",)),
    (_("Polish communities"), Community.objects.all(), ("lead",)),
    (_("Goals"), Goal.objects.all(), ()),
    (_("Programme"), Chapter.objects.all(), ("lead",)),
]


@require_safe
def root(request):
    return _in_preferred_language(request, "/{}/")


@require_safe
def admin_root(request):
    return _in_preferred_language(request, "/{}/admin/")


@require_safe
def home(request):
    day = as_of(request).day
    cities = PartnerCity.objects.published().with_relation(day).order_by(f"sort_key_{request.LANGUAGE_CODE}")
    having = Counter(city.relation for city in cities)
    relations = [{"code": code, "count": having[code]} for code in (*Relation.values, "") if having[code]]
    counts = {
        "acts_in_force": Agreement.objects.published().in_force(day).count(),
        "organizations": Organization.objects.published().joined_by(day).count(),
    }
    return render(request, "house/home.html", {"cities": cities, "relations": relations, **counts})


@require_safe
def page(request, slug):
    return render(request, "house/page.html", {"page": get_object_or_404(Page.objects.published(), slug=slug)})


@require_safe
def search(request):
    query = request.GET.get("q", "").strip()[:200]
    groups = _find(query)
    count = sum(len(records) for _label, records in groups)
    return render(request, "house/search.html", {"query": query, "groups": groups, "count": count})


@require_safe
def styleguide(request):
    samples = {
        "colours": [
            "paper",
            "raised",
            "sunken",
            "ink",
            "ink-soft",
            "line",
            "line-strong",
            "brick",
            "verdigris",
            "night",
            "ochre",
            "focus",
        ],
        "icons": ["search", "calendar", "download", "arrow", "info", "warn", "check"],
        "years": range(1990, 2006),
        "form": SampleForm({"kind": "", "year": "1257"}),
        "page": Paginator(range(120), 10).page(4),
        "statuses": [status.value for status in Status],
        "relations": [*Relation.values, ""],
        "dates": [PartialDate(text) for text in ("1976-12-12", "2005-09", "1996")],
        "record": Page(name_pl="Strona przykładowa", lead_pl="Tekst, którego nie ma po angielsku.", source="2006, I.2"),
        "tags": [Page(slug=name, name_pl=name, name_en=name) for name in ("kultura", "sport", "transport")],
    }
    return render(request, "house/styleguide.html", samples)


@require_safe
def robots(request):
    return HttpResponse("User-agent: *\nDisallow: /pl/admin/\nDisallow: /en/admin/\n", content_type="text/plain")


@require_safe
def favicon(request):
    return redirect(static("img/mark.svg"))


def bad_request(request, exception):
    return _failure(request, 400)


def permission_denied(request, exception):
    return _failure(request, 403)


def page_not_found(request, exception):
    return _failure(request, 404)


def server_error(request):
    return _failure(request, 500)


def _in_preferred_language(request, address):
    response = redirect(address.format(preferred_language(request)))
    patch_vary_headers(response, ["Accept-Language"])
    return response


def _failure(request, status):
    """An error page in the language of the path; without the request, which may be what is broken."""
    with override(language_of(request)):
        page = render_to_string(f"{status}.html", {"number": getattr(request, "number", "")})
        response = HttpResponse(page, status=status)
    if not language_in_path(request):
        patch_vary_headers(response, ["Accept-Language"])
    return response


def _find(query):
    """The published records that hold every word of `query`, as [(group, records)]; found by name before by text."""
    typed = query_words(query)
    if not typed:
        return []
    found = ((label, _find_among(records.published(), texts, typed)) for label, records, texts in SEARCHED_GROUPS)
    return [(label, records) for label, records in found if records]


def _find_among(records, texts, typed):
    keys = [(record, key_of(_names(record), _translations(record, *texts))) for record in records]
    by_name = [record for record, key in keys if _holds(key, typed, TITLE)]
    return by_name + [record for record, key in keys if _holds(key, typed) and record not in by_name]


def _holds(key, typed, where=""):
    return all(any(f" {where}{form}" in key for form in forms_of(word)) for word in typed)


def _names(record):
    """Every name of a record in both languages; those of its city and country too."""
    names = [
        *_translations(record, "name", "title"),
        getattr(record, "name_own", ""),
        getattr(record, "abbreviation", ""),
    ]
    if isinstance(record, PartnerCity):
        names += [other.name for other in record.names.all()]
    if isinstance(record, Agreement):
        names += _translations(record.city, "name")
    if country := getattr(record, "country", ""):
        names += [country_name(country, "pl"), country_name(country, "en")]
    return names


def _translations(record, *fields):
    return [getattr(record, f"{field}_{code}", None) or "" for field in fields for code in ("pl", "en")]
