"""A table that was pasted: rows of cells, above them the rows that head its columns."""

from krakow_intl.core.markup import Element, blocks_of, has_tag, is_blank

MAX_SPAN = 20
SECTIONS = ("thead", "tbody", "tfoot")


def arrange_table(table):
    """What stands for a table in prose: its caption and what is in no cell, then the table, unless it has no cell."""
    rows, others = _rows_and_others(table)
    heads = _number_of_heads(rows)
    parts = [_section("thead", rows[:heads]), _section("tbody", rows[heads:])]
    table.children, table.attributes = [part for part in parts if part.children], {}
    return [*others, *([table] if rows else [])]


def _rows_and_others(table):
    """The rows in the order of the page, of cells alone, a cell of what heads the table being a heading; the rest."""
    rows, others = [], []
    for section in table.children:
        is_head = has_tag(section, "thead")
        for row in section.children if has_tag(section, *SECTIONS) else [section]:
            within = row.children if has_tag(row, "tr") else [row]
            cells = [_cell(each, is_head) for each in within if has_tag(each, "td", "th")]
            rows += [Element("tr", {}, cells)] if cells else []
            others += [each for each in within if not has_tag(each, "td", "th")]
    return rows, [each for other in others for each in _block(other)]


def _block(other):
    """A caption or a text as a paragraph, and other blocks as they are; nothing of spaces."""
    if has_tag(other, "caption"):
        return blocks_of(other.children)
    return blocks_of([other])


def _cell(cell, is_heading):
    children = [child for child in cell.children if not is_blank(child)] and cell.children
    paragraphs = [child for child in children if not is_blank(child)]
    if len(paragraphs) == 1 and has_tag(paragraphs[0], "p"):
        children = paragraphs[0].children
    cell = Element("th" if is_heading else cell.tag, _spans(cell), children)
    return cell if cell.text.strip() else Element("td", cell.attributes)


def _spans(cell):
    spans = {name: _span(cell.attributes.get(name)) for name in ("colspan", "rowspan")}
    return {name: str(span) for name, span in spans.items() if span > 1}


def _span(value):
    return min(int(value), MAX_SPAN) if value and value.isascii() and value.isdigit() and len(value) < 5 else 1


def _number_of_heads(rows):
    """How many rows head the table: those of headings alone above the others, and whatever these reach down to."""
    heads = 0
    for number, row in enumerate(rows):
        if number >= heads and not _is_head(row):
            break
        heads = max(heads, number + max(_span(cell.attributes.get("rowspan")) for cell in row.children))
    return min(heads, len(rows))


def _is_head(row):
    """Whether a row has headings and nothing else but empty cells."""
    is_filled = any(has_tag(cell, "th") for cell in row.children)
    return is_filled and all(has_tag(cell, "th") or not cell.children for cell in row.children)


def _section(tag, rows):
    for number, row in enumerate(rows):
        for cell in row.children:
            _head(cell, "col" if tag == "thead" else "row", is_within_head=tag == "thead")
            if "rowspan" in cell.attributes:
                cell.attributes["rowspan"] = str(min(int(cell.attributes["rowspan"]), len(rows) - number))
            if cell.attributes.get("rowspan") == "1":
                del cell.attributes["rowspan"]
    return Element(tag, {}, rows)


def _head(cell, scope, is_within_head):
    if is_within_head and cell.children:
        cell.tag = "th"
    if cell.tag == "th":
        cell.attributes["scope"] = scope
