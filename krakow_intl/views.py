"""The pages that belong to no app: the entrance, search, pages about the register, and what is shown when a page fails."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.cache import patch_vary_headers
from django.utils.translation import override
from django.views.decorators.http import require_safe

from krakow_intl.as_of import as_of
from krakow_intl.middleware import language_in_path, language_of, preferred_language
from krakow_intl.models import Page
from krakow_intl.search import find
from organizations.models import Organization
from partners.models import Agreement, PartnerCity


@require_safe
def root(request):
    return _in_preferred_language(request, "/{}/")


@require_safe
def admin_root(request):
    return _in_preferred_language(request, "/{}/admin/")


@require_safe
def home(request):
    day = as_of(request).day
    cities = PartnerCity.objects.published().with_relation(day)
    return render(
        request,
        "house/home.html",
        {
            "cities": cities,
            "acts_in_force": Agreement.objects.published().in_force(day).count(),
            "organizations": Organization.objects.published().joined_by(day).count(),
        },
    )


@require_safe
def page(request, slug):
    return render(request, "house/page.html", {"page": get_object_or_404(Page.objects.published(), slug=slug)})


@require_safe
def search(request):
    query = request.GET.get("q", "").strip()[:200]
    return render(request, "house/search.html", {"query": query, "groups": find(query)})


@require_safe
def styleguide(request):
    return render(request, "house/styleguide.html")


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
        response = HttpResponse(render_to_string(f"{status}.html"), status=status)
    if not language_in_path(request):
        patch_vary_headers(response, ["Accept-Language"])
    return response
