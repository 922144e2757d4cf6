"""How the cells and the texts of an OpenDocument spreadsheet look, by the names of their styles."""

from krakow_intl.sheets.colours import normal
from krakow_intl.sheets.forms import PLAIN, Form
from krakow_intl.sheets.markup import local

MAX_ANCESTORS = 20
OF_A_STYLE = {"style:style", "style:default-style", "style:text-properties", "style:table-cell-properties"}


class Looks:
    """The looks of styles; one that says nothing of a thing takes it over from the style it is made of."""

    def __init__(self):
        self.styles = {}  # {(family, name): {"parent", "struck", "fill"}}
        self.open = {}  # the style that is being described
        self.forms = {}

    def note(self, name, attributes):
        """One of the elements of a style; names are without prefix."""
        if name in ("style", "default-style"):
            self.open = {"parent": attributes.get("parent-style-name", "")}
            self.styles[attributes.get("family"), attributes.get("name", "")] = self.open
        elif name == "text-properties":
            through = [attributes.get(f"text-line-through-{what}") for what in ("style", "type") if self.open]
            if said := [word for word in through if word]:
                self.open["struck"] = "none" not in said
        elif name == "table-cell-properties" and "background-color" in attributes:
            self.open["fill"] = normal(attributes["background-color"])

    def note_all(self, elements):
        """The styles of a whole part, as (name, attributes)."""
        for name, attributes in elements:
            if f"style:{name}" in OF_A_STYLE:
                self.note(name, attributes)
            elif name in ("list-style", "page-layout", "master-page"):
                self.open = {}

    def note_tag(self, tag, attributes):
        self.note(local(tag), {local(name): value for name, value in attributes.items()})

    def say_anything(self):
        return any(style.get("struck") or style.get("fill") for style in self.styles.values())

    def of_cell(self, name):
        """The `Form` of a style of cells, `PLAIN` where it says nothing."""
        name = name if ("table-cell", name) in self.styles else ""
        if name not in self.forms:
            struck, fill = self._said("table-cell", name, "struck"), self._said("table-cell", name, "fill")
            form = Form(is_struck=bool(struck), fill=fill or "")
            self.forms[name] = PLAIN if form == PLAIN else form
        return self.forms[name]

    def is_struck(self, name):
        """Whether a style of texts strikes them through; None where it leaves that to the cell."""
        return self._said("text", name, "struck")

    def _said(self, family, name, what):
        for _ancestor in range(MAX_ANCESTORS):
            style = self.styles.get((family, name))
            if style is None or not name:
                break
            if what in style:
                return style[what]
            name = style["parent"]
        return self.styles.get((family, ""), {}).get(what) if family == "table-cell" else None


class Note:
    """The comment of a cell while it is followed: its paragraphs and who wrote it."""

    def __init__(self):
        self.paragraphs, self.author = [], []

    def start(self, tag):
        """The list that takes the text that comes now, or None."""
        if tag == "text:p":
            self.paragraphs += ["\n"] if self.paragraphs else []
            return self.paragraphs
        return self.author if tag == "dc:creator" else None

    @property
    def told(self):
        return "".join(self.paragraphs), "".join(self.author).strip()
