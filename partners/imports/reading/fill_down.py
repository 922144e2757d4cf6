"""Cells that say what the row above says, by a ditto mark or, of a city or a country, by being empty."""

from collections import defaultdict

from django.utils.translation import gettext_lazy as _

from krakow_intl.imports.reading.cell_text import repeats_the_cell_above
from krakow_intl.sheets.messages import fill

ABOVE, LEAVE = "above", "leave"
ONCE_IN_A_GROUP = ("city", "country")  # columns in which an empty cell may mean the one above
MIN_EMPTY = 0.5  # of the cells of a column of countries, before it is asked whether they mean the one above
POINTS_ABOVE, EMPTY = "said-above", "missing-value"  # what is said of such cells
QUESTION = _("Some cells of “%(column)s” are empty, or point at the row above. Does what stands above hold for them?")
CHOICES = [(ABOVE, _("yes: what stands above holds")), (LEAVE, _("no: leave them as they are"))]


def key(code):
    """The key of the question whether the cells of a column are filled from above."""
    return f"fill:{code}"


class FillDown:
    """Fills cells from above where a person said so, and asks about those that look like it."""

    def __init__(self, sheet, headings, decisions):
        self.sheet, self.headings, self.decisions = sheet, headings, decisions

    def write(self, rows):
        by_number = {row.number: row for row in rows}
        for heading in self.headings:
            if self.decisions.get(key(heading.code)) == ABOVE:
                for number, value in self._values_above(heading):
                    if row := by_number.get(number):
                        row.cells = [*row.cells]
                        row.cells[heading.index] = value

    def _values_above(self, heading):
        """(number of a row, what stands above its cell) of the cells that mean that."""
        above, part = None, 0
        for row in self.sheet.rows:
            if getattr(row.number, "part", 0) != part:
                above, part = None, row.number.part
            value = row.values[heading.index] if heading.index < len(row.values) else None
            if not _points_above(value) and value is not None:
                above = value
            elif above is not None and (value is not None or heading.code in ONCE_IN_A_GROUP):
                yield row.number, above

    def ask(self, rows, ask_of_file):
        """Asks once for each column; returns the codes of the columns asked about."""
        complaints, asked = _complaints(rows), set()
        for heading in self.headings:
            is_open = key(heading.code) not in self.decisions
            found = self._in_question(heading, rows, complaints) if is_open else []
            if found:
                text = fill(QUESTION, column=heading.name)
                ask_of_file(key(heading.code), text, lambda: CHOICES).rows.extend(found)
                asked.add(heading.code)
        return asked

    def _in_question(self, heading, rows, complaints):
        """The numbers of the rows in which a cell under a heading seems to mean the one above."""
        codes = (POINTS_ABOVE, EMPTY) if heading.code in ONCE_IN_A_GROUP else (POINTS_ABOVE,)
        complained_of = set().union(*(complaints[code, heading.name] for code in codes))
        if not complained_of and heading.code != "country":
            return []
        fillable = [number for number, _value in self._values_above(heading)]
        if heading.code == "country" and len(fillable) >= MIN_EMPTY * len(self.sheet.rows):
            complained_of |= {row.number for row in rows}
        return [number for number in fillable if number in complained_of]


def _complaints(rows):
    """{(what is said of a cell, the name of its column): the numbers of the rows}."""
    found = defaultdict(set)
    for row in rows:
        for message in row.messages:
            found[message.code, message.column].add(row.number)
    return found


def _points_above(value):
    return type(value) is str and repeats_the_cell_above(value)
