"""How a page says what a record holds: in its language, with its typography, as of its day."""

from functools import lru_cache
from itertools import groupby

from babel.numbers import format_currency, format_decimal, is_currency
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from krakow_intl.core import dates, fields
from krakow_intl.core.as_of import day_query
from krakow_intl.core.escaping import html_of
from krakow_intl.core.page_language import page_language
from krakow_intl.core.prose import safe, with_regions
from krakow_intl.core.references import linked
from krakow_intl.core.typography import NBSP, typeset_html

IN_LANGUAGE = {"pl": _("in Polish"), "en": _("in English")}
OTHER = {"pl": "en", "en": "pl"}
NAMES = ("name", "heading", "title", "label", "what")  # what a record may be called by: the first that it has


# --- words -----------------------------------------------------------------------------------------------------------


def text(record, field):
    """The text of `field` in the page's language, else in the other one, marked and said to be so."""
    words, language = _words(record, field)
    if not words or language == page_language():
        return words
    html = typeset_html(words, language)
    return html_of(
        '<span lang="{}">{}</span> <span class="in-language">({})</span>', language, html, IN_LANGUAGE[language]
    )


def prose(record, field):
    """The same for formatted text: cleaned once more, its references turned into links, its wide tables scrolling."""
    words, language = _words(record, field)
    html = mark_safe(linked(with_regions(safe(words)), day_query()))
    if not words or language == page_language():
        return html
    note = _("This text exists only in Polish.") if language == "pl" else _("This text exists only in English.")
    return html_of('<p class="in-language">{}</p><div lang="{}">{}</div>', note, language, typeset(html, language))


def plain(record, field):
    """The text of `field` without any mark, for titles and descriptions of pages."""
    return _words(record, field)[0]


def name_of(record):
    """What a record is called where it stands alone, in the language of the page as far as it is there."""
    field = next((field for field in NAMES if hasattr(record, f"{field}_pl")), None)
    return plain(record, field) if field else str(record)


def name_field(record):
    """Which field names a record; a model is asked first, for a translated field would be read to be told of."""
    return "name" if hasattr(type(record), "name") or hasattr(record, "name") else "title"


def typeset(value, language=None):
    return typeset_html(value, language)


def _words(record, field):
    """The text of a translated field and its language: the page's if there is any, else the other."""
    own = page_language()
    if words := getattr(record, f"{field}_{own}", None):
        return words, own
    other = OTHER[own]
    words = getattr(record, f"{field}_{other}", None)
    return (words, other) if words else ("", own)


# --- figures and dates -----------------------------------------------------------------------------------------------


def partial_date(value):
    """A date, known to the day, the month or the year, in words: "9 July 2001", "September 2005"."""
    return dates.format_partial_date(value) if value else ""


def period(start, end):
    return dates.format_period(start, end)


def time(value, in_narrow_column=False):
    """The date in words within <time>, which programs read; between its words it breaks only in a narrow column."""
    return _time(value, in_narrow_column, page_language()) if value else ""


@lru_cache(maxsize=5000)
def _time(value, in_narrow_column, _language):
    iso = value if isinstance(value, str) else value.isoformat()
    words = dates.format_partial_date(value).split(NBSP) if in_narrow_column else [dates.format_partial_date(value)]
    joined = format_html_join(mark_safe(f"{NBSP}<wbr>"), "{}", ((word,) for word in words))
    return html_of('<time datetime="{}">{}</time>', iso, joined)


def number(value):
    """A number as the page's language groups it: "10 000" or "10,000"."""
    return "" if value is None else format_decimal(value, locale=page_language(), group_separator=_is_grouped(value))


def money(amount, currency):
    """An amount with its ISO 4217 currency: "20 000 EUR" or "EUR 20,000"."""
    if amount is None:
        return ""
    pattern = f"¤¤{NBSP}#,##0.##" if page_language() == "en" else f"#,##0.##{NBSP}¤¤"
    return format_currency(
        amount,
        currency,
        pattern,
        locale=page_language(),
        currency_digits=False,
        group_separator=_is_grouped(amount),
    )


def _is_grouped(value):
    """Polish does not group four digits: "1996" but "10 000"."""
    return page_language() == "en" or abs(value) >= 10_000


def country(code):
    return fields.country_name(code) if code else ""


def grouped(records, by):
    """[(value, [records])] of records that stand together already; `by` names an attribute or a method."""
    return [(value, list(some)) for value, some in groupby(records, lambda record: _value(record, by))]


def _value(record, name):
    value = getattr(record, name)
    return value() if callable(value) else value


FUNCTIONS = (text, prose, plain, name_of, period, time)
FILTERS = (typeset, partial_date, number, money, country, is_currency, capfirst, grouped)
