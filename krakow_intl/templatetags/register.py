"""How a page says what a record holds: in its language, with its typography, as of its day."""

import re
from datetime import date
from urllib.parse import urlencode

from babel.numbers import format_currency, format_decimal, is_currency
from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve, reverse, translate_url
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from krakow_intl.core import dates, fields
from krakow_intl.core.as_of import as_of
from krakow_intl.core.prose import sanitize
from krakow_intl.core.references import linked
from krakow_intl.core.site_url import absolute
from krakow_intl.core.typography import NBSP, typeset_html

register = template.Library()
register.filter(is_currency)

IN_LANGUAGE = {"pl": _("in Polish"), "en": _("in English")}
# what a programme is called before its year, in either language: the "Programme" of "Programme 2006, I.2.1 d"
PROGRAMME_OF_A_YEAR = re.compile(r"\bProgram(?:me)?(?= \d{4}\b)")
NAMES = ("name", "heading", "title")  # what a record may be called by: the first that it has
YEAR_OF_FIRST_AGREEMENTS = 1970
SECTIONS = [
    ("partners:city_list", _("Cities")),
    ("partners:agreement_list", _("Agreements")),
    ("organizations:organization_list", _("Organizations")),
    ("polonia:polonia_list", _("Polonia")),
    ("partners:institution_list", _("Institutions")),
    ("programme:programme_detail", _("Programme")),
]


# --- words -----------------------------------------------------------------------------------------------------------


@register.simple_tag
def text(record, field):
    """The text of `field` in the page's language, else in the other one, marked and said to be so."""
    words, language = _words(record, field)
    if not words or language == _language():
        return words
    html = typeset_html(words, language)
    return format_html(
        '<span lang="{}">{}</span> <span class="in-language">({})</span>', language, html, IN_LANGUAGE[language]
    )


@register.simple_tag(takes_context=True)
def prose(context, record, field):
    """The same for formatted text: cleaned once more, its references turned into links."""
    words, language = _words(record, field)
    html = mark_safe(linked(sanitize(words), _day(context)))
    if not words or language == _language():
        return html
    note = _("This text exists only in Polish.") if language == "pl" else _("This text exists only in English.")
    return format_html('<p class="in-language">{}</p><div lang="{}">{}</div>', note, language, typeset(html, language))


@register.simple_tag
def plain(record, field):
    """The text of `field` without any mark, for titles and descriptions of pages."""
    return _words(record, field)[0]


def name_of(record):
    """What a record is called where it stands alone, in the language of the page as far as it is there."""
    return plain(record, next(field for field in NAMES if hasattr(record, f"{field}_pl")))


@register.filter
def typeset(value, language=None):
    return typeset_html(value, language)


@register.filter
def source_label(source):
    """A source, with the programme named in the page's language: "Program 2006, I.2.1 d"."""
    return PROGRAMME_OF_A_YEAR.sub(str(_("Programme")), source)


def _language():
    return (get_language() or settings.LANGUAGE_CODE)[:2]


def _words(record, field):
    """The text of a translated field and its language: the page's if there is any, else the other."""
    languages = sorted(IN_LANGUAGE, key=lambda code: code != _language())
    found = ((getattr(record, f"{field}_{code}", None), code) for code in languages)
    return next(((words, code) for words, code in found if words), ("", _language()))


# --- figures and dates -----------------------------------------------------------------------------------------------


@register.filter
def partial_date(value):
    """A date, known to the day, the month or the year, in words: "9 July 2001", "September 2005"."""
    return dates.format_partial_date(value) if value else ""


@register.simple_tag
def period(start, end):
    return dates.format_period(start, end)


@register.simple_tag
def time(value, in_narrow_column=False):
    """The date in words within <time>, which programs read; between its words it breaks only in a narrow column."""
    if not value:
        return ""
    iso = value if isinstance(value, str) else value.isoformat()
    words = dates.format_partial_date(value).split(NBSP) if in_narrow_column else [dates.format_partial_date(value)]
    joined = format_html_join(mark_safe(f"{NBSP}<wbr>"), "{}", ((word,) for word in words))
    return format_html('<time datetime="{}">{}</time>', iso, joined)


@register.filter
def number(value):
    """A number as the page's language groups it: "10 000" or "10,000"."""
    return "" if value is None else format_decimal(value, locale=_language(), group_separator=_is_grouped(value))


@register.filter
def money(amount, currency):
    """An amount with its ISO 4217 currency: "20 000 EUR" or "EUR 20,000"."""
    if amount is None:
        return ""
    pattern = f"¤¤{NBSP}#,##0.##" if _language() == "en" else f"#,##0.##{NBSP}¤¤"
    return format_currency(
        amount,
        currency,
        pattern,
        locale=_language(),
        currency_digits=False,
        group_separator=_is_grouped(amount),
    )


def _is_grouped(value):
    """Polish does not group four digits: "1996" but "10 000"."""
    return _language() == "en" or abs(value) >= 10_000


@register.filter
def country(code):
    return fields.country_name(code) if code else ""


# --- addresses -------------------------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def url_on(context, target, *args, **query):
    """The address of a record or of a named page, with `query`, keeping the day the page is read as of."""
    path = reverse(target, args=args) if isinstance(target, str) else target.get_absolute_url()
    kept = _day(context)
    added = urlencode({name: value for name, value in query.items() if value not in (None, "")})
    return f"{path}{kept}{'&' if kept and added else '?' if added else ''}{added}"


@register.simple_tag(takes_context=True)
def link(context, record, words=None):
    """A link to a record under its name or title (or `words`), keeping the day."""
    label = words or text(record, "name" if hasattr(record, "name") else "title")
    return format_html('<a href="{}">{}</a>', url_on(context, record), label)


@register.simple_tag(takes_context=True)
def day_fields(context):
    """For a GET form: the hidden field that keeps the day."""
    query = _day(context)
    return format_html('<input type="hidden" name="on" value="{}">', query.removeprefix("?on=")) if query else ""


@register.inclusion_tag("components/language_switch.html", takes_context=True)
def language_switch(context):
    """Links to this page, with its query, in each language.

    A page may say in `parameter_names` what one of its parameters is called in each: {"pl": "miasto", "en": "city"}.
    """
    request, names = _request(context), context.get("parameter_names")
    languages = [
        (code, name, _in_language(request, code, names and _with_parameter(request, names, code)))
        for code, name in settings.LANGUAGES
    ]
    return {"languages": languages, "current": _language()}


@register.inclusion_tag("layout/navigation.html", takes_context=True)
def navigation(context):
    request = _request(context)
    path = request.path if request else ""
    pages = [(reverse(name), label) for name, label in SECTIONS]
    return {"pages": [(url + _day(context), label, path.startswith(url), path == url) for url, label in pages]}


@register.inclusion_tag("layout/addresses.html", takes_context=True)
def addresses(context):
    """The canonical address of the page, which is as of today, and its addresses in both languages."""
    request = _request(context)
    page = request.GET.get("page", "")
    query = f"?page={page}" if page.isdecimal() and page != "1" else ""
    others = [(code, absolute(_in_language(request, code, request.path) + query)) for code, _name in settings.LANGUAGES]
    return {"canonical": absolute(request.path + query), "alternates": others}


@register.inclusion_tag("components/day_form.html", takes_context=True)
def day_form(context):
    """The form that chooses the day; the page's other parameters stay as they are."""
    request = _request(context)
    kept = [(name, value) for name, values in request.GET.lists() if name not in ("on", "page") for value in values]
    last_days = [date(year, 12, 31) for year in range(timezone.localdate().year - 1, YEAR_OF_FIRST_AGREEMENTS, -1)]
    return {"as_of": as_of(request), "kept": kept, "path": request.path, "last_days": last_days}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context, page):
    return {"page": page, "numbers": page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)}


def _request(context):
    """The request, from which components included with `only` are not cut off; None on error pages."""
    return getattr(context, "request", None)


def _day(context):
    request = _request(context)
    return as_of(request).query if request else ""


def _in_language(request, code, path=None):
    """The address of this page (with its query) in another language; the home page for what is no page."""
    try:
        resolve(request.path_info if request else "")
    except Resolver404:
        return _home(code)
    url = translate_url(path or request.get_full_path(), code)
    return url if url.startswith(f"/{code}/") else _home(code)


def _with_parameter(request, names, code):
    """This page with its query, the parameter of any of these names called as in a language."""
    query = [(names[code] if name in names.values() else name, values) for name, values in request.GET.lists()]
    return f"{request.path}?{urlencode(query, doseq=True)}".removesuffix("?")


def _home(code):
    with override(code):
        return reverse("home")


# --- components with content -----------------------------------------------------------------------------------------


@register.simple_block_tag
def fact(content, label, note=""):
    """One row of <dl class="facts">; without content it says "not recorded"."""
    return render_to_string(
        "components/fact.html", {"label": label, "content": mark_safe(content.strip()), "note": note}
    )


@register.simple_block_tag
def notice(content, kind="info", title=""):
    return render_to_string("components/notice.html", {"kind": kind, "title": title, "content": content})


@register.simple_block_tag
def scroll_table(content, label):
    """A wide table in a region that scrolls, by keyboard too."""
    return render_to_string("components/scroll_table.html", {"label": label, "content": content})
