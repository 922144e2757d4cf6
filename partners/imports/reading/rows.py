"""What the rows of a sheet say, column by column, in the register's own codes and dates."""

from collections import defaultdict

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from krakow_intl.imports.reading.cell_text import LISTED_CLOSELY, as_text, repeats_the_cell_above, split_list
from krakow_intl.imports.reading.words import key_of
from krakow_intl.sheets import parse_number
from krakow_intl.sheets.fills import legend_rows
from krakow_intl.sheets.messages import MAX_VALUE_LENGTH, fill, ranges
from partners.imports.planning.messages import remark
from partners.imports.planning.plan import SheetRow
from partners.imports.reading.cities import CONFIRM, CONFIRMATION, LEAVE_OUT, CityReader
from partners.imports.reading.columns import CHOICES, COLUMNS
from partners.imports.reading.dates import DateReader
from partners.imports.reading.events import EventReader
from partners.imports.reading.forms import FormReader, add_to_notes, forget_own_marks
from partners.imports.reading.languages import LanguageReader
from partners.imports.reading.lengths import LengthReader
from partners.imports.reading.links import references
from partners.imports.reading.several import SeveralReader
from partners.imports.reading.terms import TermReader
from partners.imports.reading.vocabulary import NONE
from partners.imports.reading.words import WordReader
from partners.listing import NONE as NO_TEXT
from partners.models import Agreement, Party, Side

MAX_NUMBER = 999_999
SIDES = {"home_party": Side.HOME, "partner_party": Side.PARTNER}
LIMITS = {field.name: field.max_length for field in Agreement._meta.concrete_fields if field.max_length}
MAX_NAME_LENGTH = Party._meta.get_field("name").max_length
# columns where "none" and "not recorded" say something
PROSE = ("notes", "summary")
KEPT_AS_WRITTEN = {*PROSE, *(column.code for column in COLUMNS if column.kind in ("choice", "term", "date"))}
STAND_ALONE = ("city", "number")  # in these a signature, a footnote or a heading of rows may stand, and nothing beside
# what a cell says of the term, and what no other cell of the row can say then
CLASHES = {
    Agreement.Term.OPEN_ENDED: (
        *(Agreement.Term.FIXED, Agreement.Term.TACIT_RENEWAL),
        *("valid_until", "term_months", "renewal_months"),
    ),
    "no": (Agreement.Term.TACIT_RENEWAL, "renewal_months"),
}
OF_THE_TERM = ("valid_until", "term_months", "renewal_months")
NO_MONTHS = _("“%(value)s” is no number of months. Write one, such as 30.")


class RowReader(EventReader, LanguageReader, DateReader, TermReader, LengthReader, WordReader):
    """Reads the rows of a sheet under its headings; asks what only a person can say."""

    def __init__(self, sheet, headings, vocabulary, decisions, ask):
        self.sheet, self.headings, self.vocabulary = sheet, headings, vocabulary
        self.decisions, self.ask, self.today = decisions, ask, timezone.localdate()
        self.cities = CityReader(vocabulary, decisions, ask)
        self.general = []  # messages that belong to no row
        forget_own_marks(sheet.cells)
        self.rows = self._rows_of_the_list()
        self.by_number = {row.number: row for row in self.rows}
        self.forms = FormReader(self)
        self.terms = {}  # (number of a row, what it says of the term) -> the heading it stands under
        self.lengths = {}  # (number of a row, code of a column of months) -> (the heading it stands under, months)
        self.to_notes = defaultdict(list)  # number of a row -> what of it goes to the notes
        self.doubted = set()  # (number of a row, name of a column) of cells that a person has not confirmed
        self.unknown = defaultdict(dict)  # heading -> {(what it is about, its key): an UnknownWord}
        self.not_understood = set()  # (number of a row, name of a column) of cells that hold such a word
        self.learnt = {}  # (what it is about, its key) -> (a word, the code that a person said it means)
        self.answers, self.offered, self.shapes = {}, {}, {}

    def _rows_of_the_list(self):
        """All rows but those that say nothing in any known column, or one thing alone, such as a signature."""
        faulty = {message.row for message in self.sheet.messages if message.level != "warning"}
        places = {heading.index for heading in self.headings}
        alone = {(heading.index,) for heading in self.headings if heading.code in STAND_ALONE}
        rows, self.left_out = [], {"beside-the-list": [], "one-cell": [], "legend-row": []}  # numbers, by the code
        legend = legend_rows(self.sheet.cells, [row.number for row in self.sheet.rows])
        for row in self.sheet.rows:
            filled = tuple(place for place, value in enumerate(row.values) if value is not None)
            if row.number in legend:
                self.left_out["legend-row"].append(row.number)
            elif row.number in faulty or not (filled in alone or places.isdisjoint(filled)):
                rows.append(SheetRow(row.number, row.values))
            else:
                self.left_out["one-cell" if filled in alone else "beside-the-list"].append(row.number)
        for code, numbers in self.left_out.items():
            if numbers:
                self.general.append(remark(code, row=numbers[0], rows=ranges(numbers)))
        return rows

    def read(self):
        self._take_over_what_the_reader_said()
        SeveralReader(self).read()
        self._settle_languages()
        self.forms.read()
        for heading in self.headings:
            READERS[heading.column.kind](self, heading)
        self.forms.read_comments()
        for number, texts in self.to_notes.items():
            add_to_notes(self.by_number[number], texts)
        self._read_cities()
        self.ask_about_words()
        for row in self.rows:
            if row.terms:
                self._read_terms(row)
            if row.references or row.verbs:
                self._read_earlier_agreements(row)
        return self.rows

    def say(self, row, heading, code, value, **details):
        row.messages.append(remark(code, row=row.number, column=heading.name, value=value, **details))

    def confirm(self, row, key, message):
        """Whether a person confirmed it; else the row waits, or is left out."""
        answer = self.decisions.get(key)
        if answer == CONFIRM:
            return True
        if answer == LEAVE_OUT:
            row.is_left_out = True
        else:
            row.messages.append(message)
            self.ask(row, key, message.text, lambda: CONFIRMATION)
        return False

    def _take_over_what_the_reader_said(self):
        for message in self.sheet.messages:
            row = self.by_number.get(message.row)
            if row is None:
                self.general.append(message)
            elif message.level == "decision":
                if not self.confirm(row, f"text:{key_of(message.value or '')}", message):
                    self.doubted.add((row.number, message.column))
            else:
                row.messages.append(message)

    def _code(self, heading):
        """What reports call a text: where a sheet has it in both languages, its language is told."""
        is_twofold = sum(other.code == heading.code for other in self.headings) > 1
        return f"{heading.code}_{heading.language}" if is_twofold else heading.code

    def _read_city(self, heading):
        """Cities and countries are read together, when all else is."""

    _read_country = _read_city

    def _cells(self, heading):
        """(row, value) of the cells of a column that are not empty."""
        for row in self.rows:
            value = self._value(row, heading)
            if value is not None and value != "":
                yield row, value

    def _texts(self, heading):
        """The cells of a column of texts; "true" and "false" are none."""
        for row, value in self._cells(heading):
            if type(value) is bool:
                self.say(row, heading, "not-a-text", value)
            else:
                yield row, value

    def _value(self, row, heading):
        """What a cell holds; None where it is garbled, points at another or only says that there is nothing to say."""
        value = row.cells[heading.index]
        if type(value) is str and heading.code not in PROSE:
            if repeats_the_cell_above(value) and not self._is_of_the_register(row, heading):
                return self.say(row, heading, "said-above", value)
            if heading.code not in KEPT_AS_WRITTEN and self.vocabulary.says_nothing(value):
                return None
        return None if (row.number, heading.name) in self.doubted else value

    def _is_of_the_register(self, row, heading):
        """Whether a free text may stand so in the register, which wrote the row itself: it set the version."""
        version = self._heading("version")
        return (
            heading.column.kind in ("text", "names", "signatories") and version and row.cells[version.index] is not None
        )

    def _read_text(self, heading):
        column = heading.column
        attribute = f"{column.attribute}_{heading.language}" if column.is_translated else column.attribute
        limit, code = LIMITS.get(column.attribute), self._code(heading)
        for row, value in self._texts(heading):
            text = " ".join(as_text(value).split()) if limit else as_text(value)
            if limit and len(text) > limit:
                self.say(row, heading, "too-long", text[:60], count=len(text), limit=limit)
                continue
            row.facts[attribute] = row.values[code] = text

    def _read_source(self, heading):
        """The document in a cell, and the passage that may stand behind its name; what names none is kept as it is."""
        for row, value in self._texts(heading):
            text = " ".join(as_text(value).split())
            document, passage = self.vocabulary.source(text)
            if document is None:
                self.say(
                    row, heading, "unknown-source", text[:MAX_VALUE_LENGTH], known=self.vocabulary.labels("source")
                )
            else:
                row.facts["source"], row.values["source"] = document, document.slug
            if len(passage) > LIMITS["passage"]:
                self.say(row, heading, "too-long", passage[:60], count=len(passage), limit=LIMITS["passage"])
            elif passage:
                row.facts["passage"] = row.values["passage"] = passage

    def _read_number(self, heading):
        for row, value in self._cells(heading):
            number = self._whole(row, heading, value, 1, MAX_NUMBER)
            if number is not None:
                row.values[heading.code] = number
                setattr(row, "version" if heading.code == "version" else "agreement_number", number)

    def _whole(self, row, heading, value, least, most):
        written = as_text(row.cells[heading.index])
        try:
            number = value if type(value) in (int, float) else parse_number(as_text(value))
        except ValueError:
            number = None
        if number is None or number != int(number):
            text = fill(NO_MONTHS, value=written[:MAX_VALUE_LENGTH]) if heading.column.kind == "months" else None
            return self.say(row, heading, "not-a-number", written, text=text)
        if not least <= number <= most:
            return self.say(row, heading, "number-out-of-range", written, least=least, most=most)
        return int(number)

    def _read_terms(self, row):
        """What its cells say of the term must go together; what is not recorded in one may be so in another."""
        said = {term: self.terms[row.number, term] for term in row.terms}
        said |= {code: self._heading(code) for code in OF_THE_TERM if row.values.get(code)}
        clashes = [(code, other) for code in CLASHES if code in said for other in CLASHES[code] if other in said]
        for code, other in clashes:
            self._tell_clash(row, said[code], said[other])
        if clashes:
            return
        if len(set(row.terms)) > 1:
            row.terms = [term for term in row.terms if term != Agreement.Term.NOT_RECORDED]
        term = next((term for term in row.terms if term != "no"), None)
        if term is None and (row.values.get("valid_until") or row.values.get("term_months")):
            term = Agreement.Term.FIXED.value
        if term:
            row.values["renewal"] = term

    def _tell_clash(self, row, one, other):
        value, said = (as_text(row.cells[heading.index]) for heading in (one, other))
        self.say(row, one, "contradictory-term", value, other=other.name, said=said[:MAX_VALUE_LENGTH])

    def _read_choice(self, heading):
        about = CHOICES[heading.code]
        for row, value in self._cells(heading):
            code = self._word(row, heading, about, value)
            if code:
                row.facts[heading.column.attribute] = row.values[heading.code] = "" if code == NONE else code

    def _read_themes(self, heading):
        for row, value in self._cells(heading):
            slugs = []
            for piece in split_list(value):
                slugs += self._themes_of(row, heading, piece)
            if slugs:
                row.themes = row.values["themes"] = list(dict.fromkeys(slugs))

    def _themes_of(self, row, heading, piece):
        """The themes a piece of text names: one, or several divided by commas."""
        whole = self.meaning("theme", piece)
        if whole is not None:
            return [whole] if whole else []
        found = [(part, self.meaning("theme", part)) for part in split_list(piece, LISTED_CLOSELY)]
        for part, slug in found:
            if slug is None:
                self.note_unknown(row, heading, "theme", part)
        return [slug for _part, slug in found if slug]

    def _read_names(self, heading):
        for row, value in self._texts(heading):
            names = ["" if name == NO_TEXT else name for name in split_list(value)]  # a place in the other language
            too_long = [name for name in names if len(name) > MAX_NAME_LENGTH]
            for name in too_long:
                self.say(row, heading, "too-long", name[:60], count=len(name), limit=MAX_NAME_LENGTH)
            if any(names) and not too_long:
                row.parties = row.parties | {(SIDES[heading.code], heading.language): names}
                row.values[self._code(heading)] = names

    def _read_agreements(self, heading):
        for row, value in self._cells(heading):
            row.references = row.values["earlier_agreement"] = [
                reference for piece in split_list(value) for reference in references(piece)
            ]

    def _read_links(self, heading):
        for row, value in self._cells(heading):
            words = [text for text in split_list(value) if not self.vocabulary.says_nothing(text)]
            row.verbs = [self._word(row, heading, "link", text) for text in words]  # None: a word that is not known
            row.values["link"] = [verb for verb in row.verbs if verb]

    def _read_earlier_agreements(self, row):
        """An earlier agreement and what is done to it belong together; one verb may stand for all of the cell."""
        agreements, link = self._heading("earlier_agreement"), self._heading("link")
        if row.verbs and not row.references:
            if agreements and row.cells[agreements.index]:  # a dash: no agreement, whatever the verb
                row.verbs = row.values["link"] = []
            elif not row.is_faulty(agreements):
                self.say(row, link, "verb-without-agreement", None)
        elif row.references and not row.verbs:
            if not row.is_faulty(link):
                self.say(row, agreements, "agreement-without-verb", None, known=self.vocabulary.labels("link"))
        elif len(row.verbs) == 1:
            row.verbs = row.verbs * len(row.references)
        elif len(row.verbs) != len(row.references):
            self.say(row, agreements, "unequal-links", None, agreements=len(row.references), verbs=len(row.verbs))

    def _read_computed(self, heading):
        """What the register works out itself, kept to tell those who change it."""
        cells = [*self._cells(heading)]
        readings = self._readings(heading, [value for _row, value in cells])
        for (row, value), reading in zip(cells, readings, strict=True):
            row.known_to = as_text(value), reading.value

    def _heading(self, code):
        return next((heading for heading in self.headings if heading.code == code), None)

    def _read_cities(self):
        city, country = self._heading("city"), self._heading("country")
        for row in self.rows:
            texts = [as_text(self._value(row, heading)) if heading else "" for heading in (city, country)]
            self.cities.read(row, city, texts[0], country, texts[1])


READERS = {column.kind: getattr(RowReader, f"_read_{column.kind}") for column in COLUMNS}
