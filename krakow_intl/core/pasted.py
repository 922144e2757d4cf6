"""Lists and tables as Word, LibreOffice and Google Docs put them on the clipboard, made real lists and tables."""

import re

import nh3

from krakow_intl.core.markup import BLOCKS, Element, blocks_of, has_tag, is_blank, read, write
from krakow_intl.core.pasted_lists import as_lists, list_place
from krakow_intl.core.pasted_tables import arrange_table

LISTS = ("ul", "ol")
CALLED = {"h1": "h2", "h5": "h4", "h6": "h4", "b": "strong", "i": "em", "center": "div", "dir": "ul", "menu": "ul"}
STYLED = ("p", "div", "span", "li", "b")
CELL = {"colspan", "rowspan"}
# what Word wraps the mark of an item in: "<![if !supportLists]>1.&nbsp;<![endif]>", in Chrome "<!--[if ...]-->"
MARK = re.compile(r"<!(?:--)?\[if !supportLists\](?:--)?>(.{0,2000}?)<!(?:--)?\[endif\](?:--)?>", re.DOTALL)
# a tag that prose of plain paragraphs has not: "<ul>", "<span style=...>", "<table>"; or a paragraph of a list of Word
UNUSUAL = re.compile(r"<(?!/?(?:p|br|h[2-4]|strong|em|blockquote|a)\b)[a-z]|mso-list", re.IGNORECASE)
# the frame that Google Docs puts around all it copies: '<b style="font-weight:normal;">'
NORMAL = re.compile(r"(?<![-\w])font-weight:\s*(?:normal|400)\b", re.IGNORECASE)
NOT_BOLD = "normal"
# what is emphasized in Google Docs: '<span style="font-style:italic">'
ITALIC = re.compile(r"(?<![-\w])font-style:\s*italic\b", re.IGNORECASE)
# and in bold letters: '<span style="font-weight:700">'
BOLD = re.compile(r"(?<![-\w])font-weight:\s*(?:bold|[6-9]00)\b", re.IGNORECASE)
EMPHASIS = {"em": ITALIC, "strong": BOLD}
INLINE = ("strong", "em", "a")
AROUND = (*INLINE, "span", "h2", "h3", "h4")
PARTS = ("thead", "tbody", "tr", "td", "th")
FLOW = {"", "li", "td", "th", "blockquote"}


def _attribute(tag, name, value):
    """Of a style what it says of a list of Word, "mso-list:l0 level1 lfo1", and of emphasis: "em strong"."""
    if name != "style":
        return value
    if tag == "b":
        return NOT_BOLD if NORMAL.search(value) else None
    return list_place(value) or " ".join(tag for tag, look in EMPHASIS.items() if look.search(value)) or None


_orderly = nh3.Cleaner(
    tags={*STYLED, *CALLED, *LISTS, "h2", "h3", "h4", "br", "strong", "em", "blockquote", "a"}
    | {"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"},
    clean_content_tags={"script", "style", "title"},
    attributes={tag: {"style"} for tag in STYLED}
    | {"li": {"style", "data-aria-level"}, "ol": {"start", "type"}, "a": {"href", "data-ref"}, "td": CELL, "th": CELL},
    attribute_filter=_attribute,
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)


def structured(html):
    """`html` with real lists and tables in place of what looks like them; whatever else it holds is as it was."""
    if not UNUSUAL.search(html):
        return html
    root = read(_orderly.clean(MARK.sub(r'<span style="mso-list:Ignore">\1</span>', html)))
    _arrange(root)
    return write(root)


def _arrange(element):
    """Puts what stands within `element` in order, the innermost first."""
    children = [each for child in element.children for each in _arranged(child)]
    if element.tag in LISTS:
        children = _items(children)
    elif element.tag in FLOW:
        children = as_lists([each for child in children for each in _without_frame(child)])
    element.children = children


def _arranged(child):
    """What stands for a child: nothing for a list without items, two for a table with a caption."""
    if isinstance(child, str):
        return [child]
    is_frame = child.attributes.get("style") == NOT_BOLD
    child.tag = "div" if is_frame else CALLED.get(child.tag, child.tag)
    _arrange(child)
    if has_tag(child, "span"):
        _emphasize(child)
    if has_tag(child, "table"):
        return arrange_table(child)
    return [] if has_tag(child, *LISTS) and not child.children else [child]


def _emphasize(span):
    for tag in EMPHASIS:
        if tag in span.attributes.get("style", "").split():
            span.children = [Element(tag, {}, span.children)]


def _without_frame(child):
    """What a frame holds instead of the frame, emphasis and links within each paragraph instead of around them all."""
    is_around = has_tag(child, *AROUND) and any(has_tag(each, *BLOCKS) for each in child.children)
    if not (is_around or has_tag(child, "div")):
        return [child]
    blocks = blocks_of(child.children)
    for block in blocks if has_tag(child, *INLINE) else []:
        _put_within(block, child)
    return [each for block in blocks for each in _without_frame(block)]


def _put_within(block, inline):
    """Puts the words of a block within an inline element, deep where the block holds blocks of its own."""
    if any(has_tag(each, *BLOCKS, *PARTS) for each in block.children):
        for each in block.children:
            if isinstance(each, Element):
                _put_within(each, inline)
    else:
        block.children = [Element(inline.tag, inline.attributes, block.children)]


def _items(children):
    """Items alone: a list among them belongs to the item before it, a text is an item of its own."""
    items = []
    for child in children:
        if has_tag(child, "li"):
            items.append(child)
        elif has_tag(child, *LISTS) and items:
            items[-1].children.append(child)
        elif not is_blank(child):
            items.append(Element("li", {}, [child]))
    return items
