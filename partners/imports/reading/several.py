"""Rows that seem to hold several agreements, divided in their cells: a person says whether each becomes a row."""

import re
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from krakow_intl.imports.reading.cell_text import as_text
from krakow_intl.imports.reading.words import key_of
from krakow_intl.sheets import parse_date_column
from krakow_intl.sheets.messages import MAX_VALUE_LENGTH, fill, listed, piece_of
from krakow_intl.sheets.safety import MAX_ROWS
from partners.imports.planning.messages import remark
from partners.imports.planning.plan import SheetRow
from partners.imports.reading.cities import CHOICE_LABELS, LEAVE_OUT
from partners.models import PartnerCity

SPLIT, LEAVE = "split", "leave"
AS_IT_STANDS = (LEAVE, _("each row is one agreement: read the cells as they stand"))
CHOICES = [(SPLIT, _("make a row of each agreement")), AS_IT_STANDS, (LEAVE_OUT, CHOICE_LABELS[LEAVE_OUT])]
QUESTION = _("Some rows seem to hold several agreements, such as “%(value)s” in “%(column)s”. What becomes of them?")
UNEQUAL = _(
    "Some rows seem to hold several agreements, such as “%(value)s” in “%(column)s”, but other cells of theirs are not "
    "divided into as many parts, so that no row can be made of each. What becomes of them?"
)
MAX_PIECES = 10  # agreements in a row
# what divides what stands in a cell: the ";" of "umowa; protokół", the end of a line
DIVIDES = re.compile(r"[;\n]")
# what may divide days, cities, kinds and numbers too: the "," of "Lwów, Kijów", the " i " of "Lwów i Kijów"
DIVIDES_CLOSELY = re.compile(r"[;\n,/]|\s(?:i|oraz|and|und)\s")
# what a day of its own has: the "1995" of "23 X 1995", the "4.05.01" of "4.05.01"; "12" of "12 i 13 maja" has none
OF_A_DAY = re.compile(r"[0-9]{4}|[0-9]+\D+[0-9]+\D+[0-9]+")
# kinds of columns: of these each agreement has its own, or all of a row have the same
OF_EACH = {"city", "country", "choice", "date", "term", "months", "text"}
# what cannot be the same of two agreements
OF_ONE_ALONE = {"number", "events", "event_day", "end", "reason"}
PROSE = {"summary", "notes"}  # texts of several lines


class SeveralReader:
    """Finds such rows among those of a `RowReader`, and makes several of them where a person said so."""

    def __init__(self, reader):
        self.reader, self.vocabulary = reader, reader.vocabulary
        self.telling = [heading for heading in reader.headings if heading.code in self.tests]
        self.begins = {key.split()[0] for key in self.vocabulary.words["kind"] if key}  # words with which titles begin
        self.count = len(reader.rows)

    def read(self):
        rows = []
        for row in self.reader.rows:
            divided = self._divided(row)
            rows += self._settle(row, divided) if divided else [row]
        self.reader.rows[:] = rows
        self.reader.by_number.update((row.number, row) for row in rows)

    def _divided(self, row):
        """{heading: the parts of its cell} of the cells that tell that a row holds several agreements."""
        found = {}
        for heading in self.telling:
            value = row.cells[heading.index]
            if type(value) is str and DIVIDES_CLOSELY.search(value) and (parts := self._parts(heading, value)):
                found[heading] = parts
        return {} if found and self._is_of_the_register(row) else found

    def _is_of_the_register(self, row):
        version = self.reader._heading("version")
        return version is not None and row.cells[version.index] is not None

    def _parts(self, heading, text):
        parts = _parted(text, DIVIDES if heading.code == "title" else DIVIDES_CLOSELY)
        differ = len({key_of(part) for part in parts}) == len(parts) > 1
        return parts if differ and self.tests[heading.code](self, text, parts) else None

    def _days(self, text, parts):
        if not all(map(OF_A_DAY.search, parts)):
            return False
        whole, *readings = parse_date_column([text, *parts], day_first=True)
        return whole.value is None and _are_others([reading.value or reading.choices for reading in readings])

    def _cities(self, text, parts):
        whole, *known = [self.reader.cities.find(part, None) for part in (text, *parts)]
        found = [isinstance(city, PartnerCity) and city.pk for city in known]
        return not isinstance(whole, PartnerCity) and _are_others(found)

    def _kinds(self, text, parts):
        whole, *known = [self.vocabulary.meaning("kind", part) for part in (text, *parts)]
        return whole is None and _are_others(known)

    def _titles(self, _text, parts):
        return all(key_of(part).split()[:1] and key_of(part).split()[0] in self.begins for part in parts)

    def _numbers(self, _text, parts):
        return all(map(str.isdecimal, parts))

    tests = {"signed_on": _days, "city": _cities, "kind": _kinds, "title": _titles, "number": _numbers}

    # --- what becomes of such a row ----------------------------------------------------------------------------------

    def _settle(self, row, divided):
        pieces = self._pieces(row, divided)
        key, text = ("several:rows", QUESTION) if pieces else ("several:unequal", UNEQUAL)
        answer = self.reader.decisions.get(key)
        if answer == SPLIT and pieces:
            return self._split(row, pieces)
        if answer != LEAVE:
            self.reader.doubted |= {(row.number, heading.name) for heading in divided}
        if answer == LEAVE_OUT:
            row.is_left_out = True
        elif answer != LEAVE:
            self._ask(row, divided, key, text, CHOICES if pieces else CHOICES[1:])
        return [row]

    def _ask(self, row, divided, key, text, choices):
        for heading, parts in divided.items():
            value = as_text(row.cells[heading.index])
            self.reader.say(row, heading, "several-agreements", value, count=len(parts))
        heading = next(iter(divided))
        value = as_text(row.cells[heading.index])[:MAX_VALUE_LENGTH]
        self.reader.ask(row, key, fill(text, value=value, column=heading.name), lambda: choices)

    def _pieces(self, row, divided):
        """{place of a column: what stands there in each row to be made}; None where parts of cells are not as many."""
        count = len(next(iter(divided.values())))
        pieces = {}
        for heading in self.reader.headings:
            if (value := row.cells[heading.index]) is None:
                continue
            parts = divided.get(heading) or self._parts_of_another(heading, value)
            if len(parts) not in (1, count) or (len(parts) == 1 and heading.column.kind in OF_ONE_ALONE):
                return None
            if len(parts) == count:
                pieces[heading.index] = parts
        is_within = count <= MAX_PIECES and self.count + count - 1 <= MAX_ROWS
        return pieces if is_within else None

    def _parts_of_another(self, heading, value):
        """The parts of a cell that need not tell of several agreements; that of a column of lists is one."""
        is_plain = heading.column.kind in OF_EACH and heading.code not in PROSE
        return _parted(value, DIVIDES) if is_plain and type(value) is str else [value]

    def _split(self, row, pieces):
        count = len(next(iter(pieces.values())))
        numbers = [row.number, *(piece_of(self.reader.sheet, row.number, place) for place in range(1, count))]
        rows = [self._row(row, number, place, pieces) for place, number in enumerate(numbers)]
        repeated = [heading for heading in self.reader.headings if heading.index not in pieces]
        shared = listed([each.name for each in repeated if row.cells[each.index] is not None])
        told = {"rows": ", ".join(map(str, numbers)), "columns": shared}
        rows[0].messages.append(remark("row-divided", row=row.number, **told))
        self.count += count - 1
        return rows

    def _row(self, row, number, place, pieces):
        cells = [pieces[index][place] if index in pieces else value for index, value in enumerate(row.cells)]
        made = SheetRow(number, cells, is_left_out=row.is_left_out)
        made.messages = [replace(message, row=number) for message in row.messages]
        doubted = [name for doubted, name in self.reader.doubted if doubted == row.number]
        self.reader.doubted.update((number, name) for name in doubted)
        if row.number in self.reader.forms.marked:
            self.reader.forms.marked[number] = self.reader.forms.marked[row.number]
        return made


def _are_others(meanings):
    """Whether each part means something, and another thing than the others: one thing may be said in two languages."""
    return all(meanings) and len({*meanings}) == len(meanings)


def _parted(text, divides):
    return [part for piece in divides.split(text) if (part := piece.strip())]
