"""What the rows of a list say by their form: struck through, filled with a colour of a legend, commented on."""

from collections import defaultdict
from weakref import proxy

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from krakow_intl.imports.reading.cell_text import as_text
from krakow_intl.imports.reading.headings import MARKED_BY
from krakow_intl.sheets import clean
from krakow_intl.sheets.ledger import SeenForm
from krakow_intl.sheets.messages import MAX_VALUE_LENGTH, ROWS_OF_A_PART, RowNumber, fill
from partners.imports.planning.messages import remark
from partners.imports.reading.cities import CHOICE_LABELS, CONFIRM, LEAVE_OUT
from partners.imports.reading.columns import BY_CODE
from partners.imports.reading.fills import ROWS, FillReader

UNSTRUCK, ADD = "unstruck", "add"
TEXTS = [
    (UNSTRUCK, _("take what is not struck through")),
    (CONFIRM, _("take all of it, as if nothing were struck through")),
    (LEAVE_OUT, CHOICE_LABELS[LEAVE_OUT]),
]
COMMENTS = [(ADD, _("add them to the internal notes of the agreements")), (CONFIRM, _("pass over them"))]
TELLING = {"city", "title", "signed_on"}  # where these are struck through, the row is
NOTES = BY_CODE["notes"].attribute


class FormReader(FillReader):
    """Reads the forms of the rows that a `RowReader` reads, and asks with it what they mean."""

    def __init__(self, reader):
        self.reader, self.decisions = proxy(reader), reader.decisions  # which holds it
        self.parts = {cells.part: cells for cells in reader.sheet.cells if not cells.left_out}
        self.headings = {heading.index: heading for heading in reader.headings}
        self.seen = []  # `SeenForm`
        self.marked = dict(self._marked_rows()) if any(cells.forms for cells in self.parts.values()) else {}

    def _place(self, number):
        """The part of the list in which a row stands, and its number there."""
        part, row = divmod(number, ROWS_OF_A_PART)
        return self.parts[self.reader.sheet.pieces.get(part, part)], row

    def _marked_rows(self):
        """(number, {column: (its heading or None, `Form`)}) of the rows of the list that have any."""
        for row in self.reader.rows:
            cells, number = self._place(row.number)
            if forms := cells.forms.get(number):
                table = cells.table(number)
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

    # --- commented on ------------------------------------------------------------------------------------------------

    def read_comments(self):
        """Tells of the comments of each row, or adds them to its notes, which were read before."""
        for row, forms in self._rows:
            comments = [(column, *told) for column, told in forms.items() if told[1].comment]
            if not comments:
                continue
            if self.decisions.get("comments:notes") == ADD:
                add_to_notes(row, [form.comment for _column, _heading, form in comments])
                continue
            cells, number = self._place(row.number)
            for column, heading, form in comments:
                self._tell_of_a_comment(row.number, cells.cell_name(number, column), heading, form, row.messages)
            if self.decisions.get("comments:notes") != CONFIRM:
                self.reader.ask(row, "comments:notes", ASK_ABOUT_COMMENTS, lambda: COMMENTS)

    @staticmethod
    def _tell_of_a_comment(number, place, heading, form, messages):
        comment = _readable(form.comment)[:MAX_VALUE_LENGTH]
        told = {"cell": place, "comment": comment}
        messages.append(remark("comment", row=number, column=heading and heading.name, **told))

    # --- not read ----------------------------------------------------------------------------------------------------

    def _note_what_is_not_read(self):
        """The forms that nobody is asked about, for the account of the file."""
        found = {}
        for cells in self.reader.sheet.cells:
            for number, forms in cells.forms.items():
                for column, form in forms.items():
                    for code in self._codes_of(cells, number, column, form) if says_more_than_a_fill(form) else ():
                        seen = found.setdefault((cells.name, code), SeenForm(cells.name, code))
                        seen.rows[self._number(cells, number)] = True
                        seen.cells += 1
        self.seen += found.values()

    def _codes_of(self, cells, number, column, form):
        """Why a form counts as not understood, if it does."""
        told = self._number(cells, number)
        is_of_the_list = not cells.left_out and told in self.marked
        heading, _form = self.marked[told].get(column, (None, None)) if is_of_the_list else (None, None)
        if form.comment and not (is_of_the_list and self.decisions.get("comments:notes") == ADD):
            yield "comment"
            if not (cells.left_out or is_of_the_list):
                self._tell_of_a_comment(told, cells.cell_name(number, column), None, form, self.reader.general)
        if not heading and (form.is_struck or form.unstruck is not None) and self._holds(cells, number, column):
            yield "struck"

    def _number(self, cells, row):
        """The number of a row as people read it."""
        return RowNumber.again(cells.number(row), [] if cells.left_out else self.reader.sheet.prefixes)

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
    texts = dict.fromkeys(_readable(comment, "\n") for comment in comments)
    new = [text for text in texts if text and f"\n{text}\n" not in f"\n{notes}\n"]
    return "\n".join([*([notes] if notes else []), *new])


def add_to_notes(row, texts):
    """Texts go behind the notes of a row, or, where it has none of its own, of its agreement."""
    is_of_the_row = bool(row.facts.get(NOTES)) and not row.comments
    row.facts[NOTES] = row.values["notes"] = with_comments(row.facts.get(NOTES, ""), texts)
    row.comments = [] if is_of_the_row else [*row.comments, *texts]


def add_comments(row, agreement):
    """Where the row itself has no notes, its comments go behind those of the register."""
    if row.comments and agreement is not None:
        row.facts[NOTES] = row.values["notes"] = with_comments(agreement.internal_notes, row.comments)


def says_more_than_a_fill(form):
    return form.is_struck or form.unstruck is not None or bool(form.comment)


def _readable(text, kept=" "):
    """A text without what cannot be seen; its lines joined, or as they are."""
    lines = (" ".join("".join(sign for sign in line if sign.isprintable()).split()) for line in text.splitlines())
    return kept.join(filter(None, lines))


def _shown(value):
    return " ".join(as_text(value).split())[:MAX_VALUE_LENGTH] or "—"


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
