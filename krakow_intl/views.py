"""The pages that belong to no app: the entrance, the search, those about the register, those that say what failed."""

from collections import Counter
from typing import NamedTuple

from django import forms
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q
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
from krakow_intl.keys import name_key
from krakow_intl.middleware import language_in_path, language_of, preferred_language
from krakow_intl.models import Page, Publication
from krakow_intl.search import TITLE, did_you_mean, excerpt, marked, matching, query_words, ranked
from krakow_intl.typography import typeset
from organizations.models import Organization
from partners.models import Agreement, CityName, Institution, PartnerCity, Relation
from partners.terms import Status
from polonia.models import Campaign, Community
from programme.models import Chapter, Goal

COLOURS = ["paper", "sunken", "line", "line-strong", "ink", "ink-soft", "brick", "verdigris", "night", "ochre"]


class SampleForm(forms.Form):
    """What the styleguide shows of forms."""

    name = forms.CharField(label=_("Name"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("any")), ("twinning", _("twinning"))])
    year = forms.IntegerField(label=_("Year"), min_value=1258, help_text=_("Four digits."))


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
        "acts_in_force": Agreement.objects.published().of_published_cities().in_force(day).count(),
        "organizations": Organization.objects.published().joined_by(day).count(),
    }
    return render(request, "house/home.html", {"cities": cities, "relations": relations, **counts})


@require_safe
def page(request, slug):
    return render(request, "house/page.html", {"page": get_object_or_404(Page.objects.published(), slug=slug)})


@require_safe
def search(request):
    query = request.GET.get("q", "").strip()[:200]
    typed = query_words(query)
    groups = _find(typed, request.LANGUAGE_CODE)
    count = sum(len(hits) for _label, hits in groups)
    meant = "" if groups else _meant(typed)
    return render(request, "house/search.html", {"query": query, "groups": groups, "count": count, "meant": meant})


@require_safe
def styleguide(request):
    samples = {
        "colours": COLOURS,
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


class Hit(NamedTuple):
    """What the search page says of one record: the words that were typed are marked."""

    record: object
    title: str
    excerpt: str


def _find(typed, language):
    """[(group, hits)] of the published records that hold most of the typed words, the best first."""
    groups = [(label, list(ranked(records, typed, also))) for label, records, also in _searched()]
    most = max((record.words_found for _label, records in groups for record in records), default=0)
    best = ((label, [record for record in records if record.words_found == most]) for label, records in groups)
    return [(label, [_hit(record, typed, language) for record in records]) for label, records in best if records]


def _searched():
    """[(group, published records, further condition under which a word names one)]."""
    of_programme = {"programme__publication": Publication.PUBLISHED}
    agreements = Agreement.objects.published().of_published_cities().select_related("city")
    return [
        (_("Cities"), PartnerCity.objects.published(), _is_called("pk")),
        (
            _("Agreements"),
            agreements,
            lambda word: _is_called("city")(word) | matching(word, "city__search_words", TITLE),
        ),
        (_("Institutions"), Institution.objects.published(), None),
        (_("Organizations"), Organization.objects.published(), None),
        (_("Polonia"), Campaign.objects.published(), None),
        (_("Polish communities"), Community.objects.published(), None),
        (_("Goals"), Goal.objects.published().filter(**of_programme), None),
        (_("Programme"), Chapter.objects.published().filter(**of_programme), None),
    ]


def _is_called(column):
    """A condition a word: one of the other names of the city in `column` begins with it."""

    def condition(word):
        key = name_key(word)
        named = CityName.objects.filter(Q(key__startswith=key) | Q(key__contains=f" {key}"), city=OuterRef(column))
        return Exists(named)

    return condition


def _is_with_a_city(word):
    return _is_called("city")(word) | matching(word, "city__search_words", TITLE)


def _hit(record, typed, language):
    title, *texts = (
        getattr(record, f"{name}_{language}", None) or getattr(record, f"{name}_pl", None) or getattr(record, name, "")
        for name in (record.titles_to_find[0], *record.texts_to_find)
    )
    is_named = record.words_in_title == len(typed)
    text = "" if is_named else excerpt(" ".join(filter(None, texts)), typed)
    return Hit(record, typeset(marked(title, typed)), typeset(text))


def _meant(typed):
    """The typed words as the names of cities are spelled, or "" if they are spelled so already."""
    cities = PartnerCity.objects.published().prefetch_related("names")
    own = (name for city in cities for name in (city.name_pl, city.name_en))
    others = (other.name for city in cities for other in city.names.all())
    return did_you_mean(typed, [*own, *others])
