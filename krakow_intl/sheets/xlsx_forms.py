"""How the cells of an Excel workbook look, and what is noted beside them."""

import re

from krakow_intl.sheets import markup
from krakow_intl.sheets.colours import INDEXED, normal, tinted
from krakow_intl.sheets.forms import MAX_COMMENTS, Form, Pieces

SECTIONS = {"numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "colors"}
FALSE = ("0", "false", "off")
OFFICE = ["FFFFFF", "000000", "E7E6E6", "44546A", "4472C4", "ED7D31", "A5A5A5", "FFC000", "5B9BD5", "70AD47"]
IN_THEME = ("lt1", "dk1", "lt2", "dk2", *(f"accent{number}" for number in range(1, 7)), "hlink", "folHlink")
RUN = ("r", "rPr", "strike")
# the cell of a comment: the "B" and the "12" of "B12", "$B$12"
PLACE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
# a character that XML cannot hold, as Excel writes it: "_x000D_"
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def looks_of(elements, theme):
    """{number of a style, as text: its `Form`} of those that strike through or fill; `theme()` lists its colours."""
    book = _Styles(elements)
    looks = {}
    for number, (font, fill) in enumerate(book.cells):
        form = Form(is_struck=_at(book.struck, font, False), fill=_fill(_at(book.fills, fill, ()), book.palette, theme))
        if form.is_struck or form.fill:
            looks[str(number)] = form
    return looks


class _Styles:
    """The fonts and fills of a workbook and the styles of its cells, which refer to them by number."""

    def __init__(self, elements):
        self.struck, self.fills, self.cells, self.palette = [], [], [], []
        section = ""
        for name, attributes in elements:
            if name in SECTIONS:
                section = name
            elif section == "fonts":
                self.note_font(name, attributes)
            elif section == "fills":
                self.note_fill(name, attributes)
            elif section == "cellXfs" and name == "xf":
                self.cells.append((attributes.get("fontId"), attributes.get("fillId")))
            elif name == "rgbColor":
                self.palette.append(attributes.get("rgb", ""))

    def note_font(self, name, attributes):
        if name == "font":
            self.struck.append(False)
        elif name == "strike" and self.struck:
            self.struck[-1] = is_on(attributes)

    def note_fill(self, name, attributes):
        """Each fill as the colours it names, the first of which counts; a pattern of none has none."""
        if name == "fill":
            self.fills.append([])
        elif name == "patternFill" and attributes.get("patternType", "none") == "none" and self.fills:
            self.fills[-1] = None
        elif name in ("fgColor", "bgColor", "color") and self.fills and self.fills[-1] is not None:
            self.fills[-1].append(attributes)


def is_on(attributes):
    return attributes.get("val") not in FALSE


def _at(things, number, otherwise):
    place = int(number) if number and number.isdecimal() and len(number) < 7 else -1
    return things[place] if 0 <= place < len(things) else otherwise


def _fill(colours, palette, theme):
    colour = next((colour for colour in colours or () if "auto" not in colour), {})
    if "theme" in colour:
        rgb = _at(theme(), colour["theme"], "")
    elif "indexed" in colour:
        rgb = _at(palette, colour["indexed"], "") or _at(INDEXED, colour["indexed"], "")
    else:
        rgb = colour.get("rgb", "")
    return normal(tinted(normal(rgb) or "FFFFFF", _tint(colour))) if "tint" in colour else normal(rgb)


def _tint(colour):
    try:
        return min(max(float(colour["tint"]), -1), 1)
    except ValueError:
        return 0


def theme_colours(elements):
    """The colours of a theme in the order in which cells refer to them."""
    found, name = {}, ""
    for element, attributes in elements:
        if element in IN_THEME:
            name = element
        elif element in ("srgbClr", "sysClr") and name:
            found.setdefault(name, attributes.get("lastClr") or attributes.get("val", ""))
            name = ""
    return [found.get(name, usual) for name, usual in zip(IN_THEME, [*OFFICE, "", ""], strict=True)]


def unescape(text):
    """Excel writes what XML cannot hold as _x000D_."""
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


class RichText(markup.Follower):
    """Follows texts whose runs may be struck; a run that says how it looks says all of it."""

    def __init__(self, part):
        super().__init__(part)
        self.pieces = None

    def start_run(self, name, attributes):
        if name == "r":
            self.pieces = self.pieces or Pieces()
            self.pieces.begin(len(self.runs), None)
        elif self.pieces is not None:
            place, _is_struck = self.pieces.marks[-1]
            self.pieces.marks[-1] = place, name == "strike" and is_on(attributes)

    def take_pieces(self):
        """The pieces of the text that ends here, as `Pieces.of` has them."""
        pieces, self.pieces = self.pieces, None
        return [(unescape(text), is_struck) for text, is_struck in pieces.of(self.runs)] if pieces else []


class Comments(markup.Follower):
    """The comments of a sheet, or its threads of comments, by their places."""

    names = ("comment", "threadedComment", "text", "t", "author")
    max_elements = 40 * MAX_COMMENTS

    def __init__(self, part):
        super().__init__(part)
        self.authors, self.told, self.is_thread = [], {}, False
        self.place, self.author = "", ""

    def start(self, tag, attributes):
        self.starts += 1
        name = self.known.get(tag)
        if name in ("comment", "threadedComment"):
            self.is_thread = name == "threadedComment"
            self.place, self.author = attributes.get("ref", ""), _at(self.authors, attributes.get("authorId"), "")
            self.runs = []
        elif name == "t" or name == "author" or (name == "text" and self.is_thread):
            self.runs = [] if name == "author" else self.runs
            self.gathered = self.runs
        elif name != "text":
            self.other(tag)

    def end(self, tag):
        self.ends += 1
        name = self.known.get(tag)
        if name == "author":
            self.authors.append("".join(self.runs).strip())
        elif name in ("comment", "threadedComment"):
            self.note(unescape("".join(self.runs)))
        if name in ("t", "author", "text"):
            self.gathered = None

    def note(self, text):
        """A later one at the same place answers the one before; the name of its author at its head is left out."""
        if place := PLACE.fullmatch(self.place):
            texts, _author = self.told.setdefault((int(place[2]), place[1]), ([], self.author))
            texts.append(text.strip().removeprefix(f"{self.author}:").strip())

    def found(self, columns):
        """{(row, column): (text, author)}; `columns` are the numbers of columns by their letters."""
        return {
            (row, columns[letters]): ("\n".join(texts), author) for (row, letters), (texts, author) in self.told.items()
        }
