"""Prose as staff write it and pages print it: which HTML is allowed, and links that name a record of the register."""

import re
from html import unescape

import nh3
from django.utils.html import strip_tags

from krakow_intl.core.kinds import referable

EDITOR = {
    "Bold": True,
    "Italic": True,
    "BulletList": True,
    "OrderedList": {"enableListAttributes": False},
    "ListItem": True,
    "Blockquote": True,
    "Heading": {"levels": [2, 3, 4]},
    "Link": {"enableTarget": False, "autolink": False, "protocols": ["http", "https", "mailto"]},
    "HardBreak": True,
    "History": True,
}
TAGS = {"p", "br", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "blockquote", "a"}
# a reference to a record, its kind and its address word: "city:lviv"
REFERENCE = re.compile(r"^[a-z]+:[a-z0-9-]+$")
# the tag of a link to a reference: '<a href="city:lviv">'
LINK = re.compile(r"""<a\b[^>]*?\bhref\s*=\s*["']?\s*([a-z]+:[a-z0-9-]+)(?=[\s"'>])[^>]*>""", re.IGNORECASE)
# what ends a line of prose: "</p>", "</li>", "<br>"
END_OF_LINE = re.compile(r"</(?:p|h[2-4]|li)>|<br>")


def _attribute(tag, name, value):
    return value if name != "data-ref" or REFERENCE.match(value) else None


_cleaner = nh3.Cleaner(
    tags=TAGS,
    attributes={"a": {"href", "data-ref"}},
    attribute_filter=_attribute,
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)


def editor_with_references():
    """What the editor may do where prose may refer to records."""
    link = EDITOR["Link"]
    return EDITOR | {"Link": link | {"protocols": [*link["protocols"], *(kind.name for kind in referable())]}}


def is_reference(address):
    """Whether an address such as "city:lviv" begins with a kind of record."""
    return address.lower().partition(":")[0] in {kind.name for kind in referable()}


def sanitize(html):
    """`html` without anything but headings, paragraphs, lists, emphasis and safe links; idempotent."""
    return _cleaner.clean(html).strip()


def in_lines(html):
    """What `html` says in plain text, a line for each paragraph, heading and item of a list."""
    lines = strip_tags(END_OF_LINE.sub("\n", html)).split("\n")
    return unescape("\n".join(line.strip() for line in lines if line.strip()))


def references(html):
    """The references in `html`, in order: ["city:lviv", "goal:thematic-a"]."""
    # the reference of a link that is stored: the "city:lviv" of '<a data-ref="city:lviv">'
    return re.findall(r'data-ref="([^"]+)"', html)


def with_links(html):
    """`html` as the editor shows it: a reference is a link whose address is "city:lviv"."""
    # the tag of a link that is stored: '<a data-ref="city:lviv">'
    return re.sub(r'<a[^>]* data-ref="([^"]+)"[^>]*>', r'<a href="\1">', html)


def with_references(html):
    """`html` as the editor left it, links to "city:lviv" turned into references again; not yet sanitized."""
    return LINK.sub(_reference, html)


def _reference(match):
    reference = match[1].lower()
    return f'<a data-ref="{reference}">' if is_reference(reference) else match[0]


def strange_addresses(html):
    """The addresses of links that look like references but name no kind of record: ["town:lviv"]."""
    return [address for address in LINK.findall(html) if not is_reference(address)]
