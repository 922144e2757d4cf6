"""Prose as staff write it and pages print it: which HTML is allowed, and links that name a record of the register."""

import re

import nh3

EDITOR = {
    "Bold": True,
    "Italic": True,
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "Heading": {"levels": [2, 3, 4]},
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
    "HardBreak": True,
    "History": True,
}
TAGS = {"p", "br", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "blockquote", "a"}
REFERENCE = re.compile(r"^[a-z]+:[a-z0-9-]+$")  # "city:lviv"


def _attribute(tag, name, value):
    return value if name != "data-ref" or REFERENCE.match(value) else None


_cleaner = nh3.Cleaner(
    tags=TAGS,
    attributes={"a": {"href", "data-ref"}},
    attribute_filter=_attribute,
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)


def sanitize(html):
    """`html` without anything but headings, paragraphs, lists, emphasis and safe links; idempotent."""
    return _cleaner.clean(html).strip()


def references(html):
    """The references in `html`, in order: ["city:lviv", "goal:thematic-a"]."""
    return re.findall(r'data-ref="([^"]+)"', html)
