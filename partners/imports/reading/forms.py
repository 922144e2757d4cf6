"""What the rows of a list say by their form: struck through, filled with a colour of a legend, commented on."""

from collections import defaultdict
from functools import cached_property

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from krakow_intl.imports.reading.cell_text import as_text
from krakow_intl.imports.reading.headings import MARKED_BY
from krakow_intl.sheets import clean
from krakow_intl.sheets.colours import NAMES, colour_key
from krakow_intl.sheets.fills import legend_in_words, legend_of, telling_fills
from krakow_intl.sheets.ledger import SeenForm
from krakow_intl.sheets.messages import MAX_VALUE_LENGTH, cell_name, fill, ranges
from partners.imports.planning.messages import remark
from partners.imports.reading.cities import CHOICE_LABELS, CONFIRM, LEAVE_OUT
from partners.imports.reading.columns import BY_CODE

UNSTRUCK, ADD = "unstruck", "add"
ROWS = [(CONFIRM, _("take these rows in as they stand")), (LEAVE_OUT, CHOICE_LABELS[LEAVE_OUT])]
TEXTS = [
    (UNSTRUCK, _("take what is not struck through")),
    (CONFIRM, _("take all of it, as if nothing were struck through")),
    (LEAVE_OUT, CHOICE_LABELS[LEAVE_OUT]),
]
COMMENTS = [(ADD, _("add them to the internal notes of the agreements")), (CONFIRM, _("pass over them"))]
TELLING = {"city", "title", "signed_on"}  # where these are struck through, the row is
MAX_COLOURS = 20  # that are told one by one
NOTES = BY_CODE["notes"].attribute


class FormReader:
    """Reads the forms of the rows that a `RowReader` reads, and asks with it what they mean."""

    def __init__(self, reader):
        self.reader, self.decisions = reader, reader.decisions
        self.cells = reader.sheet.cells[0] if reader.sheet.cells else None
        self.headings = {heading.index: heading for heading in reader.headings}
        self.seen = []  # `SeenForm`
        self.marked = dict(self._marked_rows()) if self.cells and self.cells.forms else {}

    def _marked_rows(self):
        """(number, {column: (its heading or None, `Form`)}) of the rows of the list that have any."""
        for row in self.reader.rows:
            if forms := self.cells.forms.get(row.number):
                table = self.cells.table(row.number)
                places = table.places if table else {}
                found = ((column, self.headings.get(places.get(column)), form) for column, form in forms.items())
                yield row.number, {column: (heading, form) for column, heading, form in found}

    @property
    def _rows(self):
        """(row, its forms) of those that have any."""
        for number, forms in self.marked.items():
            yield self.reader.by_number[number], forms

    def read(self):
        """What must be known before the cells are read."""
        if self.marked:
            struck = {row.number: row for row, forms in self._rows if self._is_struck(row, forms)}
            self._ask_about_rows(struck.values())
            self._read_struck_texts(struck)
            self._read_fills()
        if any(cells.forms for cells in self.reader.sheet.cells):
            self._note_what_is_not_read()

    def _ask(self, row, key, message, text, choices):
        """The answer of a person, None while the row waits for it; an answer may leave the row out."""
        answer = self.decisions.get(key)
        if answer == LEAVE_OUT:
            row.is_left_out = True
        elif answer not in dict(choices):
            row.messages.append(message)
            self.reader.ask(row, key, text, lambda: choices)
            return None
        return answer

    # --- struck through ----------------------------------------------------------------------------------------------

    def _is_struck(self, row, forms):
        """Whether all that the row holds is struck through, or all that tells which agreement it is."""
        struck = {heading.index for heading, form in forms.values() if heading and form.is_struck}
        filled = [heading for heading in self.reader.headings if row.cells[heading.index] is not None]
        telling = [heading for heading in filled if heading.code in TELLING]
        return any(some and struck.issuperset(heading.index for heading in some) for some in (filled, telling))

    def _ask_about_rows(self, rows):
        text = _struck_rows(len(rows), BY_CODE["events"].both_names)
        for row in rows:
            message = remark("struck-row", row=row.number, events=BY_CODE["events"].both_names)
            self._ask(row, "struck:rows", message, text, ROWS)

    def _read_struck_texts(self, struck):
        found = defaultdict(list)  # (row, heading, what is not struck), by the key of the question
        for row, forms in self._rows:
            for heading, form in forms.values() if row.number not in struck else ():
                if heading and row.cells[heading.index] is not None and (form.is_struck or form.unstruck is not None):
                    rest = clean(form.unstruck or "")[0] or None
                    found[f"struck-text:{heading.code}"].append((row, heading, rest))
        for key, cells in found.items():
            first, heading, rest = cells[0]
            text = _struck_texts(len(cells), _shown(first.cells[heading.index]), _shown(rest))
            for row, heading, rest in cells:
                self._read_struck_text(row, heading, rest, key, text)

    def _read_struck_text(self, row, heading, rest, key, text):
        told = {"value": _shown(row.cells[heading.index]), "rest": _shown(rest)}
        message = remark("struck-text", row=row.number, column=heading.name, **told)
        answer = self._ask(row, key, message, text, TEXTS)
        if answer == UNSTRUCK:
            row.cells[heading.index] = rest
        elif answer is None:
            self.reader.doubted.add((row.number, heading.name))

    # --- filled ------------------------------------------------------------------------------------------------------

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

    def _is_of_the_list(self, row, column, form):
        """Whether a cell is one of the list's own, names of columns included; a legend may stand beside its rows."""
        table = self.cells.table(row)
        if not table or (row not in self.reader.by_number and row not in self._header_rows):
            return False
        if table.places.get(column) in self.headings:
            return True
        if not self._has_name(table, column) and not self._holds(self.cells, row, column - 1):
            return False
        forms = self.cells.forms.get(row, {}) if form else {}
        shared = (other for other in forms if table.places.get(other) in self.headings)
        return not form or any(forms[other].fill == form.fill for other in shared)

    def _has_name(self, table, column):
        place, names = table.places.get(column), self.reader.sheet.headers
        return place is not None and place < len(names) and bool(names[place])

    @cached_property
    def _header_rows(self):
        others = {number for numbers in self.reader.left_out.values() for number in numbers}
        others |= {*self.reader.by_number, *self.cells.left_out_rows}
        firsts = {table.first for table in self.cells.tables}
        return firsts | {number + 1 for number in firsts if number + 1 not in others}

    def _ask_about_a_fill(self, colour, words, rows):
        name = colour_name(colour)
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
        self.seen.append(
            SeenForm(self.cells.name, "fill" if colour else "fills", colour, dict.fromkeys(numbers, True), cells)
        )
        return numbers

    # --- commented on ------------------------------------------------------------------------------------------------

    def read_comments(self):
        """Tells of the comments of each row, or adds them to its notes, which were read before."""
        for row, forms in self._rows:
            comments = [(column, *told) for column, told in forms.items() if told[1].comment]
            if not comments:
                continue
            if self.decisions.get("comments:notes") == ADD:
                self._add_to_notes(row, [form.comment for _column, _heading, form in comments])
                continue
            for column, heading, form in comments:
                self._tell_of_a_comment(row.number, column, heading, form, row.messages)
            if self.decisions.get("comments:notes") != CONFIRM:
                self.reader.ask(row, "comments:notes", ASK_ABOUT_COMMENTS, lambda: COMMENTS)

    @staticmethod
    def _tell_of_a_comment(number, column, heading, form, messages):
        told = {"cell": cell_name(number, column), "comment": _readable(form.comment)[:MAX_VALUE_LENGTH]}
        messages.append(remark("comment", row=number, column=heading and heading.name, **told))

    @staticmethod
    def _add_to_notes(row, comments):
        own = row.facts.get(NOTES, "")
        row.facts[NOTES] = row.values["notes"] = with_comments(own, comments)
        row.comments = [] if own else comments

    # --- not read ----------------------------------------------------------------------------------------------------

    def _note_what_is_not_read(self):
        """The forms that nobody is asked about, for the account of the file."""
        found = {}
        for cells in self.reader.sheet.cells:
            for number, forms in cells.forms.items():
                for column, form in forms.items():
                    for code in self._codes_of(cells, number, column, form) if says_more_than_a_fill(form) else ():
                        seen = found.setdefault((cells.name, code), SeenForm(cells.name, code))
                        seen.rows[number] = True
                        seen.cells += 1
        self.seen += found.values()

    def _codes_of(self, cells, number, column, form):
        """Why a form counts as not understood, if it does."""
        is_of_the_list = cells is self.cells and number in self.marked
        heading, _form = self.marked[number].get(column, (None, None)) if is_of_the_list else (None, None)
        if form.comment and not (is_of_the_list and self.decisions.get("comments:notes") == ADD):
            yield "comment"
            if cells is self.cells and not is_of_the_list:
                self._tell_of_a_comment(number, column, None, form, self.reader.general)
        if not heading and (form.is_struck or form.unstruck is not None) and self._holds(cells, number, column):
            yield "struck"

    @staticmethod
    def _holds(cells, number, column):
        values = cells.rows.get(number, [])
        return column <= len(values) and values[column - 1] is not None


ASK_ABOUT_COMMENTS = _(
    "Cells of these rows have comments. The register keeps none, but can add them to the internal notes of the "
    "agreements."
)


def forget_own_marks(sheets):
    """A sheet that the register marked says nothing by that when it comes back."""
    for cells in sheets:
        for forms in cells.forms.values():
            for column in [column for column, form in forms.items() if form.author == MARKED_BY]:
                del forms[column]


def with_comments(notes, comments):
    """Notes and, each in a line of its own, the comments that do not stand in them yet."""
    texts = [_readable(comment, "\n") for comment in comments]
    return "\n".join([*([notes] if notes else []), *(text for text in texts if text and text not in notes)])


def add_comments(row, agreement):
    """Where the row itself has no notes, its comments go behind those of the register."""
    if row.comments and agreement is not None:
        row.facts[NOTES] = row.values["notes"] = with_comments(agreement.internal_notes, row.comments)


def says_more_than_a_fill(form):
    return form.is_struck or form.unstruck is not None or bool(form.comment)


def colour_name(colour):
    return NAMES[colour_key(colour)]


def _readable(text, kept=" "):
    """A text without what cannot be seen; its lines joined, or as they are."""
    lines = (" ".join("".join(sign for sign in line if sign.isprintable()).split()) for line in text.splitlines())
    return kept.join(filter(None, lines))


def _shown(value):
    return " ".join(as_text(value).split())[:MAX_VALUE_LENGTH] or "—"


def _with_figures(name, colour):
    return fill("%(name)s %(figures)s", name=name, figures=f"#{colour}") if colour else name


def _struck_rows(count, events):
    text = ngettext_lazy(
        "%(count)s row is struck through. Say what becomes of it. If the agreement ended, write in the column "
        "“%(events)s” when; the register cannot record an end without any day.",
        "%(count)s rows are struck through. Say what becomes of them. If the agreements ended, write in the column "
        "“%(events)s” when; the register cannot record an end without any day.",
        count,
    )
    return fill(text, count=count, events=events)


def _struck_texts(count, value, rest):
    text = ngettext_lazy(
        "%(count)s text is struck through, at least in part: “%(value)s”. Without that it says “%(rest)s”. Say what "
        "counts.",
        "%(count)s texts are struck through, at least in part, such as “%(value)s”. Without that it says “%(rest)s”. "
        "Say what counts.",
        count,
    )
    return fill(text, count=count, value=value, rest=rest)


def _filled_rows(count, colour, words):
    text = ngettext_lazy(
        "%(count)s row is filled with a colour (%(colour)s), of which the legend says “%(words)s”. Say what becomes of "
        "it.",
        "%(count)s rows are filled with a colour (%(colour)s), of which the legend says “%(words)s”. Say what becomes "
        "of them.",
        count,
    )
    return fill(text, count=count, colour=colour, words=words)
