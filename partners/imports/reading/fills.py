"""The fills of the rows of a list: a colour of which a legend in the file speaks is asked about, any other is told."""

from functools import cached_property

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from krakow_intl.sheets.colours import NAMES, colour_key
from krakow_intl.sheets.fills import legend_in_words, legend_of, telling_fills
from krakow_intl.sheets.ledger import SeenForm
from krakow_intl.sheets.messages import fill, ranges
from partners.imports.planning.messages import remark
from partners.imports.reading.cities import CHOICE_LABELS, CONFIRM, LEAVE_OUT

ROWS = [(CONFIRM, _("take these rows in as they stand")), (LEAVE_OUT, CHOICE_LABELS[LEAVE_OUT])]
MAX_COLOURS = 20  # that are told one by one


class FillReader:
    """Mixin of a `FormReader`: the colours of rows."""

    def _read_fills(self):
        rows = [self._fills_of(row.number) for row in self.reader.rows]
        if not any(rows):
            return
        legend = legend_of(self.reader.sheet.cells, self._is_of_the_list)
        telling = telling_fills(rows, explained=legend)
        unknown = [colour for colour in telling if colour not in legend][:MAX_COLOURS]
        legend |= legend_in_words(self.reader.sheet.cells, self._is_of_the_list, unknown)
        for colour, places in telling.items():
            found = [self.reader.rows[place] for place in places]
            if colour in legend:
                self._ask_about_a_fill(colour, legend[colour], found)
        self._tell_of_fills({colour: places for colour, places in telling.items() if colour not in legend})

    def _fills_of(self, number):
        forms = self.marked.get(number, {})
        return {column: form.fill for column, (heading, form) in forms.items() if heading and form.fill}

    def _is_of_the_list(self, cells, row, column, form):
        """Whether a cell is one of the list's own, names of columns included; a legend may stand beside its rows."""
        table, number = None if cells.left_out else cells.table(row), cells.number(row)
        if not table or (number not in self.reader.by_number and number not in self._header_rows):
            return False
        if table.places.get(column) in self.headings:
            return True
        if not self._has_name(table, column) and not self._holds(cells, row, column - 1):
            return False
        forms = cells.forms.get(row, {}) if form else {}
        shared = (other for other in forms if table.places.get(other) in self.headings)
        return not form or any(forms[other].fill == form.fill for other in shared)

    def _has_name(self, table, column):
        place, names = table.places.get(column), self.reader.sheet.headers
        return place is not None and place < len(names) and bool(names[place])

    @cached_property
    def _header_rows(self):
        others = {number for numbers in self.reader.left_out.values() for number in numbers}
        others |= {*self.reader.by_number}
        others |= {cells.number(row) for cells in self.parts.values() for row in cells.left_out_rows}
        firsts = {cells.number(table.first) for cells in self.parts.values() for table in cells.tables}
        return firsts | {number + 1 for number in firsts if number + 1 not in others}

    def _ask_about_a_fill(self, colour, words, rows):
        name = NAMES[colour_key(colour)]
        text = _filled_rows(len(rows), name, words)
        for row in rows:
            message = remark("legend", row=row.number, colour=name, words=words)
            self._ask(row, f"fill:{colour}", message, text, ROWS)

    def _tell_of_fills(self, fills):
        """A warning for each colour; one for all others where these are many."""
        told, others = [*fills.items()][:MAX_COLOURS], [*fills.items()][MAX_COLOURS:]
        names = [colour_key(colour) for colour, _places in told]
        for (colour, places), name in zip(told, names, strict=True):
            numbers = self._note_fill(colour, places)
            shown = _with_figures(NAMES[name], colour if names.count(name) > 1 else "")
            self.reader.general.append(remark("fill", row=numbers[0], rows=ranges(numbers), colour=shown))
        if others:
            numbers = self._note_fill("", {place for _colour, places in others for place in places})
            self.reader.general.append(remark("more-fills", row=numbers[0], rows=ranges(numbers), count=len(others)))

    def _note_fill(self, colour, places):
        """The numbers of rows that bear a colour, or some other colours than those that are told one by one."""
        numbers = sorted(self.reader.rows[place].number for place in places)
        cells = sum(fill == colour or not colour for row in numbers for fill in self._fills_of(row).values())
        name = self._place(numbers[0])[0].name
        self.seen.append(SeenForm(name, "fill" if colour else "fills", colour, dict.fromkeys(numbers, True), cells))
        return numbers


def _with_figures(name, colour):
    return fill("%(name)s %(figures)s", name=name, figures=f"#{colour}") if colour else name


def _filled_rows(count, colour, words):
    text = ngettext_lazy(
        "%(count)s row is filled with a colour (%(colour)s), of which the legend says “%(words)s”. Say what becomes of "
        "it.",
        "%(count)s rows are filled with a colour (%(colour)s), of which the legend says “%(words)s”. Say what becomes "
        "of them.",
        count,
    )
    return fill(text, count=count, colour=colour, words=words)
