"""Prose as staff write it and pages print it: which HTML is allowed, and links that name a record of the register."""

import re
from html import unescape

import nh3
from django.utils.html import format_html, strip_tags
from django.utils.translation import gettext as _

from krakow_intl.core.kinds import referable
from krakow_intl.core.pasted import structured

EDITOR = {
    "Bold": True,
    "Italic": True,
    "BulletList": True,
    "OrderedList": {"enableListAttributes": False},
    "ListItem": True,
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "Blockquote": True,
    "Heading": {"levels": [2, 3, 4]},
    "Link": {"enableTarget": False, "autolink": False, "protocols": ["http", "https", "mailto"]},
    "HardBreak": True,
    "History": True,
}
TAGS = {"p", "br", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "blockquote", "a"}
TAGS |= {"table", "thead", "tbody", "tr", "th", "td"}
MAX_CLEANINGS = 4  # what is torn to pieces may need a second look
SPANS = {"colspan", "rowspan"}
ATTRIBUTES = {"a": {"href", "data-ref"}, "ol": {"start", "type"}, "th": {*SPANS, "scope"}, "td": SPANS}
# a reference to a record, its kind and its address word: "city:lviv"
REFERENCE = re.compile(r"^[a-z]+:[a-z0-9-]+$")
# the tag of a link to a reference: '<a href="city:lviv">'
LINK = re.compile(r"""<a\b[^>]*?\bhref\s*=\s*["']?\s*([a-z]+:[a-z0-9-]+)(?=[\s"'>])[^>]*>""", re.IGNORECASE)
# what ends a line of prose: "</p>", "</li>", "<br>"
END_OF_LINE = re.compile(r"</(?:p|h[2-4]|li|tr|blockquote)>|<br>|<(?:ul|ol|table)\b")
# what stands between two cells of a row: "</td><td>", "</th><td colspan="2">"
BETWEEN_CELLS = re.compile(r"</t[hd]><t[hd]\b[^>]*>")
# the beginning of a table and the row that heads it, if one does: "<table><thead><tr><th>Year</th></tr></thead>"
TABLE = re.compile(r"<table>(<thead>.*?</thead>)?", re.DOTALL)
# the number of columns or rows that a cell takes: "2"
SPAN = re.compile(r"^([2-9]|1[0-9]|20)$")
# with which number a list begins that goes on with its third item: "3"
START = re.compile(r"^(?!1$)[1-9][0-9]{0,3}$")
# how a list counts: with letters, "a", or Roman numbers, "I"
COUNTING = re.compile(r"^[aAiI]$")
# what a heading of a table heads: "row"
SCOPE = re.compile(r"^(row|col)$")
VALUES = {"data-ref": REFERENCE, "start": START, "type": COUNTING, "colspan": SPAN, "rowspan": SPAN, "scope": SCOPE}


def _attribute(tag, name, value):
    return value if name not in VALUES or VALUES[name].fullmatch(value) else None


_cleaner = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
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
    """`html` as it is stored: headings, paragraphs, lists, tables, emphasis and safe links alone, what was pasted from
    an office program in order; idempotent."""
    for _time in range(MAX_CLEANINGS):
        before, html = html, safe(structured(html))
        if html == before:
            break
    return html


def safe(html):
    """`html` without anything but what prose may hold."""
    return _cleaner.clean(html).strip()


def in_lines(html):
    """What `html` says in plain text, a line for each paragraph, heading, item of a list and row of a table."""
    lines = strip_tags(END_OF_LINE.sub(r"\n\g<0>", BETWEEN_CELLS.sub(" | ", html))).split("\n")
    return unescape("\n".join(line.strip() for line in lines if line.strip()))


def with_regions(html):
    """`html` as pages show it: each table, called by its columns, scrolls on a narrow screen, also by keyboard."""
    return TABLE.sub(_region, html).replace("</table>", "</table></div>")


def _region(match):
    head = in_lines(match[1] or "").split("\n")[0].replace(" | ", ", ").strip(" ,|")
    name = _("Table: %(columns)s") % {"columns": head} if head else _("Table")
    start = format_html(
        '<div class="table-frame" role="group" tabindex="0" aria-label="{}"><table class="table">', name
    )
    return start + (match[1] or "")


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
