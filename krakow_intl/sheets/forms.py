"""What a cell says by its form, beside its value: struck through, filled with a colour, commented on."""

from dataclasses import dataclass, replace

from krakow_intl.sheets.messages import SheetError
from krakow_intl.sheets.safety import MAX_COLUMNS

MAX_COMMENTS = 50_000  # of a sheet: five for each row of the largest list
MAX_MARKS = 20_000  # in one text
MAX_PIECES = 200_000  # of all texts of a workbook that are partly struck


@dataclass(frozen=True, slots=True)
class Form:
    is_struck: bool = False
    unstruck: str | None = None  # the text that is not struck, where a part of it is
    fill: str = ""  # "FFFF00"; white is none
    comment: str = ""
    author: str = ""  # of the comment


PLAIN = Form()


def form_of(look, pieces=()):
    """The form of a cell: `look` is the `Form` of its style, `pieces` are (text, whether it is struck) of its text.

    A piece of which that is None is as the style has it.
    """
    told = [(text, look.is_struck if is_struck is None else is_struck) for text, is_struck in pieces]
    kinds = {is_struck for text, is_struck in told if text.strip()}
    if len(kinds) > 1:
        rest = "".join(text for text, is_struck in told if not is_struck).replace("  ", " ")
        return replace(look, is_struck=False, unstruck=rest)
    return look if kinds <= {look.is_struck} else replace(look, is_struck=not look.is_struck)


class Pieces:
    """Where the pieces of a text begin, of which each is struck, or not, or as the style of the cell has it."""

    def __init__(self):
        self.marks = []  # (place among the runs of the text, whether what begins there is struck)

    def begin(self, place, is_struck):
        if not self.marks and place:
            self.marks.append((0, None))
        self.marks.append((place, is_struck))
        if len(self.marks) > MAX_MARKS:
            raise SheetError("too-much", "text")

    def of(self, runs):
        """[(text, whether it is struck)] of the runs of a text; none where all are as the style has them."""
        if all(is_struck is None for _place, is_struck in self.marks):
            return []
        ends = [*(place for place, _is_struck in self.marks[1:]), len(runs)]
        texts = ("".join(runs[place:end]) for (place, _is_struck), end in zip(self.marks, ends, strict=True))
        states = (is_struck for _place, is_struck in self.marks)
        return [(text, is_struck) for text, is_struck in zip(texts, states, strict=True) if text]


def note_forms(grid, number, forms):
    """Keeps {column: `Form`} of a row of a grid, if the row holds anything."""
    if number in grid.rows:
        grid.forms[number] = {column: form for column, form in forms.items() if column <= MAX_COLUMNS}


def fill_down(forms, top, column, numbers):
    """Takes the form of a merged cell for each of its rows, as its value is; the comment is told once."""
    if form := forms.get(top, {}).get(column):
        for number in numbers:
            if number != top:
                forms[number] = {**forms.get(number, {}), column: replace(form, comment="", author="")}


def note_comments(grid, comments):
    """Keeps {(row, column): (text, author)} of a grid, of the rows that hold anything."""
    if len(comments) > MAX_COMMENTS:
        raise SheetError("too-much", grid.name)
    for (row, column), (text, author) in comments.items():
        if row in grid.rows and text.strip() and column <= MAX_COLUMNS:
            forms = grid.forms[row] = dict(grid.forms.get(row, ()))
            forms[column] = replace(forms.get(column, PLAIN), comment=text.strip(), author=author)
