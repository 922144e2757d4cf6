"""HTML as a tree that can be rearranged: read from what a cleaner of HTML has put in order, and written again."""

import re
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

# what a browser shows as one space, where Word breaks its lines: "umowa\r\n  o współpracy"
SPACES = re.compile(r"[ \t\r\n\f]+")
MAX_DEPTH = 60  # elements that stand deeper are read as if they stood there
BLOCKS = {"p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "table", "div"}


@dataclass
class Element:
    tag: str
    attributes: dict = field(default_factory=dict)
    children: list = field(default_factory=list)  # elements and texts

    @property
    def text(self):
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    def is_any(self, *tags):
        return self.tag in tags


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.root = Element("")
        self.open = [self.root]

    def handle_starttag(self, tag, attributes):
        element = Element(tag, dict(attributes))
        self.open[-1].children.append(element)
        if tag != "br":
            self.open.append(element if len(self.open) < MAX_DEPTH else self.open[-1])

    def handle_endtag(self, tag):
        if tag != "br" and len(self.open) > 1:
            self.open.pop()

    def handle_data(self, text):
        self.open[-1].children.append(text if text.isspace() else SPACES.sub(" ", text))


def read(html):
    """The tree of `html`, each of whose elements ends where it should; its root bears no tag."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.root


def write(element):
    """An element and what it holds as HTML."""
    if isinstance(element, str):
        return escape(element, quote=False)
    inner = "".join(write(child) for child in element.children)
    if not element.tag:
        return inner
    attributes = "".join(f' {name}="{escape(value or "")}"' for name, value in element.attributes.items())
    return f"<{element.tag}{attributes}>" + ("" if element.tag == "br" else f"{inner}</{element.tag}>")


def is_blank(child):
    """Whether a child is a text of nothing but spaces; the space that does not break is one."""
    return isinstance(child, str) and not child.strip()


def has_tag(child, *tags):
    return isinstance(child, Element) and child.is_any(*tags)


def descendants(element):
    for child in element.children:
        if isinstance(child, Element):
            yield child
            yield from descendants(child)


def replace(element, old, *new):
    """Puts `new` where `old` stands within `element`, at any depth."""
    for holder in [element, *descendants(element)]:
        holder.children = [each for child in holder.children for each in (new if child is old else [child])]


def blocks_of(children):
    """`children` with a paragraph around each run of texts and inline elements."""
    blocks, run = [], []
    for child in [*children, None]:
        if child is None or has_tag(child, *BLOCKS):
            if not all(map(is_blank, run)):
                blocks.append(Element("p", {}, run))
            blocks, run = [*blocks, *([child] if child else [])], []
        else:
            run.append(child)
    return blocks
