"""What a page tells those who lead others to it: search engines, and networks that show its name and picture."""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from jinja2 import pass_context

from krakow_intl.core.address_plan import reverse
from krakow_intl.core.display import name_of
from krakow_intl.core.kinds import kind_of
from krakow_intl.core.records import PublicRecord
from krakow_intl.core.site_url import absolute
from krakow_intl.portal.schema import described_in

LOCALES = {"pl": "pl_PL", "en": "en_GB"}
ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}  # no text ends the block it stands in


def page_title(content):
    """The title of a page, in its window and for networks."""
    title = _as_attribute(content)
    return format_html(
        '<title>{} · {}</title>\n  <meta property="og:title" content="{}">', title, _("Kraków and the World"), title
    )


def meta_description(content):
    """What a page is about, for search engines and networks."""
    text = _as_attribute(content)
    return format_html(
        '<meta name="description" content="{}">\n  <meta property="og:description" content="{}">', text, text
    )


def _as_attribute(content):
    """What a block of the page rendered, which is escaped, fit to stand between quotation marks."""
    return mark_safe(" ".join(content.split()).replace('"', "&quot;"))


@pass_context
def shared(context):
    """The picture of the page for networks, and what it is about for programs."""
    request = context["request"]
    record = _record_of_page(context, request.path)
    kind = kind_of(type(record))
    has_picture = kind and kind.picture
    path = reverse("picture", args=[kind.name, record.slug]) if has_picture else reverse("picture_of_register")
    graph = {"@context": "https://schema.org", "@graph": [*described_in(request, record, kind)]}
    return {
        "url": absolute(request.path),
        "locale": LOCALES[get_language()],
        "picture": absolute(path),
        "name": name_of(record) if record else _("What binds Kraków to the world"),
        "data": mark_safe(json.dumps(graph, cls=DjangoJSONEncoder, ensure_ascii=False).translate(ESCAPES)),
    }


def _record_of_page(context, path):
    """The record whose own page this is, or None; what is lazy is left alone."""
    values = [value for value in context.get_all().values() if issubclass(type(value), PublicRecord)]
    own = (record for record in values if hasattr(record, "get_absolute_url"))
    return next((record for record in own if record.get_absolute_url() == path), None)


FUNCTIONS = (shared,)
FILTERS = (page_title, meta_description)
