"""Where a page leads: its links keep the language and the day it is read in."""

from contextlib import suppress
from urllib.parse import urlencode

from django.conf import settings
from django.templatetags.static import static
from django.urls import Resolver404, resolve

from krakow_intl.core.address_plan import reverse
from krakow_intl.core.as_of import day_of_page, day_query
from krakow_intl.core.display import name_field, text
from krakow_intl.core.escaping import html_of
from krakow_intl.core.page_language import page_language
from krakow_intl.core.site_url import absolute


def url(name, *args):
    """The address of a named page, as of today."""
    return reverse(name, args=args)


def url_on(target, *args, **query):
    """The address of a record or of a named page, with `query`, keeping the day the page is read as of."""
    path = reverse(target, args=args) if isinstance(target, str) else target.get_absolute_url()
    kept = day_query()
    if not query:
        return path + kept
    added = urlencode({name: value for name, value in query.items() if value not in (None, "")})
    return f"{path}{kept}{'&' if kept and added else '?' if added else ''}{added}"


def link(record, words=None):
    """A link to a record under its name or title (or `words`), keeping the day."""
    return html_of('<a href="{}">{}</a>', url_on(record), words or text(record, name_field(record)))


def day_fields():
    """For a GET form: the hidden field that keeps the day."""
    day = day_query().removeprefix("?on=")
    return html_of('<input type="hidden" name="on" value="{}">', day) if day else ""


def querystring(request, **changes):
    """The query of a request with some parameters changed, or left out where they are None."""
    query = {name: values for name, values in request.GET.lists() if name not in changes}
    query |= {name: value for name, value in changes.items() if value is not None}
    return f"?{urlencode(query, doseq=True)}" if query or request.GET else ""


def lasting_address(request, day=None):
    """The address at which this page is read as of a day for ever, for paper: "https://…/pl/?on=2006-04-30"."""
    return absolute(request.path + querystring(request, **({"on": day.isoformat()} if day else {})))


def lasting_address_of(record):
    """The same of a record's own page, as it is on the day of the page that is being rendered."""
    return absolute(f"{record.get_absolute_url()}?on={day_of_page().isoformat()}")


def languages_of(request, parameter_names=None):
    """[(code, name, address of this page with its query)] in each language; home for what is no page.

    A page may say what one of its parameters is called in each: {"pl": "miasto", "en": "city"}.
    """
    match = _match(request)
    return [
        (code, name, _in_language(match, code) + _query_in(request, parameter_names, code) if match else _home(code))
        for code, name in settings.LANGUAGES
    ]


def canonical(request):
    """The canonical address of the page, which is as of today."""
    return absolute(request.path + _page_query(request))


def alternates(request):
    """[(code, address)] of the page in both languages."""
    match, query = _match(request), _page_query(request)
    return [(code, absolute(_in_language(match, code) + query)) for code, _name in settings.LANGUAGES]


def page_numbers(page):
    """The numbers of a list's pages that are shown, with an ellipsis between those far apart."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


def language():
    """The language of the page: "pl" or "en"."""
    return page_language()


def _page_query(request):
    page = request.GET.get("page", "")
    return f"?page={page}" if page.isdecimal() and page != "1" else ""


def _match(request):
    """What the address plan has at a page; None for what is no page."""
    if request:
        with suppress(Resolver404):
            return request.resolver_match or resolve(request.path_info)
    return None


def _in_language(match, code):
    """The path of a page in a language; that of the home page for what is in none, or has no name."""
    if not match.url_name:
        return _home(code)
    address = reverse(match.view_name, match.args, match.kwargs, code)
    return address if address.startswith(f"/{code}/") else _home(code)


def _home(code):
    return reverse("home", language=code)


def _query_in(request, names, code):
    """The query of this page, with the parameter of any of these names called as in a language."""
    if not names:
        return "".join(request.get_full_path().partition("?")[1:])
    query = [(names[code] if name in names.values() else name, values) for name, values in request.GET.lists()]
    return f"?{urlencode(query, doseq=True)}" if query else ""


FUNCTIONS = (
    url,
    url_on,
    link,
    static,
    day_fields,
    querystring,
    lasting_address,
    lasting_address_of,
    languages_of,
    canonical,
    alternates,
    page_numbers,
    language,
)
