"""Paragraphs that Word numbers or marks with a bullet, made the items of nested lists."""

import re
from dataclasses import dataclass

from krakow_intl.core.markup import Element, descendants, has_tag, is_blank, replace

# the place of a paragraph among the lists of Word, "mso-list:l0 level2 lfo1", or what marks it, "mso-list:Ignore"
PLACE = re.compile(r"mso-list:\s*(l\d{1,4}\s+level(\d)\s+lfo\d{1,4}|ignore)", re.IGNORECASE)
# the mark of a numbered item: "1.", "2)", "(3)", "1.2.", "a)", "iv."
NUMBER = re.compile(r"\(?(?:\d{1,3}\.){0,8}(\d{1,4}|[a-z]|[ivxlc]{1,7}|[A-Z]|[IVXLC]{1,7})(?:[.)]|(?<=\d))")
# a mark at the beginning of a text without one of its own, and the space after it: "1. ", "·     "
LEADING = re.compile(r"\s*(\(?(?:\d{1,4}|[a-z]|[ivxlc]{1,7})[.)]|[·•–-])\s+", re.IGNORECASE)
BULLETS = {*"·•–-"}
ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass
class Item:
    """An item before it is put into a list: `kind` is "ul", or how an "ol" counts, "1", "a", "A", "i" or "I"."""

    level: int
    kinds: dict  # {kind: number}; "i)" is the first Roman number and the ninth letter
    children: list


def list_place(style):
    """What a style says of a list, or None: "mso-list:l0 level1 lfo1"."""
    found = PLACE.search(style)
    return f"mso-list:{found[1]}" if found else None


def as_lists(children):
    """`children` with lists in place of the paragraphs, and the lists of one item each, that look like lists."""
    out, items = [], []
    for child in children:
        found = _items_of(child)
        if found is None and (not is_blank(child) or not items):
            out, items = [*out, *_nested(items), child], []
        items += found or []
    return out + _nested(items)


def _items_of(child):
    """The items that a paragraph or a list is; None of anything else."""
    if has_tag(child, "li"):
        return [Item(_level(child), {"ul": 1}, child.children)]
    if has_tag(child, "ul", "ol") and _is_flat(child):
        kind, first = child.attributes.get("type", "1"), _start(child)
        kinds = [{kind: first + n} if child.tag == "ol" else {"ul": 1} for n in range(len(child.children))]
        return [Item(_level(li), kind, li.children) for li, kind in zip(child.children, kinds, strict=True)]
    return _item_of_word(child) if has_tag(child, "p") and "style" in child.attributes else None


def _is_flat(element):
    """Whether a list is one of Word in the browser: each item says how deep it stands."""
    return all(has_tag(child, "li") and "data-aria-level" in child.attributes for child in element.children)


def _level(item):
    level = item.attributes.pop("data-aria-level", "")
    return int(level) if level in set("123456789") else 1


def _start(element):
    start = element.attributes.get("start", "")
    return int(start) if start.isascii() and start.isdigit() and len(start) < 5 else 1


def _item_of_word(paragraph):
    """The item that a paragraph of Word is; None if its mark says more than a list could say: "§ 1."."""
    place = PLACE.search(paragraph.attributes.pop("style"))
    if place is None or place[2] is None:
        return None
    mark = _take_mark(paragraph)
    kinds = _kinds(mark)
    if kinds is None:
        paragraph.children.insert(0, f"{mark} ")
        return None
    paragraph.children = [each for n, each in enumerate(paragraph.children) if n or not is_blank(each)]
    return [Item(int(place[2]), kinds, [Element("p", {}, paragraph.children)])]


def _take_mark(paragraph):
    """Takes the mark out of a paragraph: what Word says is one, else what looks like it at the beginning."""
    for span in descendants(paragraph):
        if span.attributes.get("style", "").lower() == "mso-list:ignore":
            replace(paragraph, span)
            return " ".join(span.text.split())
    return _take_leading_mark(paragraph)


def _take_leading_mark(paragraph):
    place, first = next(((n, each) for n, each in enumerate(paragraph.children) if not is_blank(each)), (0, ""))
    if isinstance(first, str):
        found = LEADING.match(first)
        paragraph.children[place : place + 1] = [first[found.end() if found else 0 :]]
        return found[1] if found else ""
    mark = first.text.strip()
    if first.tag != "span" or not (NUMBER.fullmatch(mark) or mark in BULLETS):
        return ""
    del paragraph.children[place]
    return mark


def _kinds(mark):
    """How the mark of an item counts, and to what; None of words."""
    found = NUMBER.fullmatch(mark)
    if found and not (len(mark) == 1 and mark.isalpha()):
        return _counted(found[1])
    return {"ul": 1} if len(mark) < 2 or not any(map(str.isalnum, mark)) else None


def _counted(sign):
    if sign.isdigit():
        return {"1": int(sign)}
    small = sign.lower()
    kinds = {"i": _roman(small)} if set(small) <= set(ROMAN) else {}
    if len(small) == 1:
        kinds["a"] = ord(small) - ord("a") + 1
    return kinds if sign == small else {kind.upper(): number for kind, number in kinds.items()}


def _roman(sign):
    values = [ROMAN[letter] for letter in sign]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))


# --- items in lists --------------------------------------------------------------------------------------------------


def _nested(items):
    """The lists that items make, each within the item above that stands less deep."""
    out, open_lists = [], []  # [(level, list, kind, number of the next)]
    for item in items:
        while open_lists and open_lists[-1][0] > item.level:
            open_lists.pop()
        kind = _continued(open_lists, item)
        if kind is None:
            kind = _first_kind(item.kinds)
            open_lists = [each for each in open_lists if each[0] < item.level]
            holder = open_lists[-1][1].children[-1].children if open_lists else out
            holder.append(_list(kind, item.kinds[kind]))
            open_lists.append((item.level, holder[-1], kind))
        open_lists[-1][1].children.append(Element("li", {}, item.children))
    return out


def _continued(open_lists, item):
    """The kind of the innermost list if the item goes on with it."""
    if not open_lists or open_lists[-1][0] != item.level:
        return None
    _level, element, kind = open_lists[-1]
    is_next = kind == "ul" or item.kinds.get(kind) == _start(element) + len(element.children)
    return kind if kind in item.kinds and is_next else None


def _first_kind(kinds):
    """Of a sign that is a letter and a Roman number the one that begins a list: "i" is one, "c" the third letter."""
    return next((kind for kind, number in kinds.items() if number == 1), [*kinds][-1])


def _list(kind, number):
    if kind == "ul":
        return Element("ul")
    attributes = {"start": str(number)} if number != 1 else {}
    return Element("ol", attributes | ({"type": kind} if kind != "1" else {}))
