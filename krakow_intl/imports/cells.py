"""How the cells of a list are written and read, by the kind of field they hold; unread cells raise a `CellFault`."""

from contextlib import suppress
from decimal import Decimal, InvalidOperation
from functools import cache

from django.db import models
from django.utils.functional import lazy
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext

from krakow_intl.core.fields import CountryField, PartialDateField, ProseField, country_choices, country_name
from krakow_intl.core.prose import sanitize, strange_addresses, with_references
from krakow_intl.core.resources import safe_cell
from krakow_intl.imports.reading.cell_text import as_text, split_list
from krakow_intl.imports.reading.words import closest, key_of
from krakow_intl.sheets import clean, parse_number

LANGUAGES = ("pl", "en")
LISTED = "; "
EMPTIED = {"-", "–", "—"}  # a cell that says: there is nothing; an empty one says nothing
YES = ("yes", "tak", "true", "prawda", "1", "x", "✓", "✔", "☑", "+")
NO = ("no", "nie", "false", "fałsz", "0")


class CellFault(Exception):
    """Why a cell cannot be read: a code of a remark, and its details."""

    def __init__(self, code, **details):
        super().__init__(code)
        self.code, self.details = code, details


class TextCell:
    """A text of one line, or of many where the field has no limit."""

    meaning = _("A text.")

    def __init__(self, field):
        self.field, self.name = field, field.name
        self.empty = None if field.null else ""

    def values(self):
        """What may stand in the cell, in words; empty where anything may."""
        return []

    def of(self, record):
        return getattr(record, self.name)

    def write(self, record, _language):
        value = self.of(record)
        return "" if value is None else value

    def read(self, value, _references):
        if type(value) is bool:
            raise CellFault("not-a-text")
        text, limit = self._plain(as_text(value)), self.field.max_length
        if limit and len(text) > limit:
            raise CellFault("too-long", value=text[:60], count=len(text), limit=limit)
        return text

    def is_same(self, stored, read):
        return self._plain(clean(str(safe_cell(stored)))[0]) == read

    def _plain(self, text):
        return " ".join(text.split()) if self.field.max_length else text


class ProseCell(TextCell):
    """Formatted text as it is stored; what is written without any tag is one paragraph a line."""

    meaning = _("Formatted text (HTML), or plain text, one paragraph a line.")

    def read(self, value, references):
        text = super().read(value, references)
        for address in strange_addresses(text)[:1]:
            raise CellFault("no-record-linked", value=address)
        if "<" not in text:
            text = "".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line.strip())
        return sanitize(with_references(text))

    def is_same(self, stored, read):
        return sanitize(clean(str(safe_cell(stored or "")))[0]) == read


class ChoiceCell(TextCell):
    """One of the words of a vocabulary, in either language, or its code."""

    meaning = _("One of the words of the list.")

    def values(self):
        return [str(label) for code, label in self.field.flatchoices if code]

    def write(self, record, _language):
        value = self.of(record)
        return str(dict(self.field.flatchoices).get(value, value)) if value else ""

    def read(self, value, _references):
        text, words = as_text(value), self.words
        code = words.get(key_of(text))
        if code is None:
            likely = closest(key_of(text), words)
            known = lazy(lambda: ", ".join(self.values()), str)()
            guess = {"guess": self._label(words[likely])} if likely else {"known": known}
            raise CellFault("unlikely-word" if likely else "unknown-word", **guess)
        return code

    def is_same(self, stored, read):
        return stored == read

    @property
    def words(self):
        return _words_of(self.field)

    def _label(self, code):
        return lazy(lambda: str(dict(self.field.flatchoices)[code]), str)()


@cache
def _words_of(field):
    """{key of a word: code} of the choices of a field, in both languages."""
    words = {}
    for language in LANGUAGES:
        with override(language):
            words |= {key_of(str(label)): code for code, label in field.flatchoices if code}
    return words | {key_of(str(code)): code for code, _label in field.flatchoices if code}


class CountryCell(ChoiceCell):
    meaning = _("A country, by its name or its code of two letters.")

    def values(self):
        return []

    def write(self, record, language):
        value = self.of(record)
        return country_name(value, language) if value else ""

    @property
    def words(self):
        return _countries()

    def _label(self, code):
        return lazy(lambda: country_name(code), str)()


@cache
def _countries():
    names = {key_of(name): code for language in LANGUAGES for code, name in country_choices(language)}
    return names | {code.lower(): code for code in names.values()}


class YesNoCell(TextCell):
    meaning = _("Yes or no.")

    def values(self):
        return [pgettext("answer", "yes"), pgettext("answer", "no")]

    def write(self, record, _language):
        return self.values()[not self.of(record)]

    def read(self, value, _references):
        if type(value) is bool:
            return value
        text = as_text(value).casefold()
        if text not in {*YES, *NO}:
            raise CellFault("unknown-word", known=lazy(lambda: ", ".join(self.values()), str)())
        return text in YES

    def is_same(self, stored, read):
        return stored == read


class NumberCell(YesNoCell):
    meaning = _("A whole number.")

    def values(self):
        return []

    def write(self, record, _language):
        return self.of(record)

    def read(self, value, _references):
        number = _number(value)
        if number is None or number != int(number):
            raise CellFault("not-a-number")
        return int(number)


class DecimalCell(NumberCell):
    meaning = _("A number.")

    def read(self, value, _references):
        number, places = _number(value), Decimal(1).scaleb(-self.field.decimal_places)
        with suppress(InvalidOperation):
            if number is not None and (exact := Decimal(str(number)).quantize(places)) == Decimal(str(number)):
                return exact
        raise CellFault("not-a-decimal", places=self.field.decimal_places)


def _number(value):
    with suppress(ValueError):
        return value if type(value) in (int, float) else parse_number(as_text(value))
    return None


class DateCell(NumberCell):
    """A date, perhaps of a month or a year; the days of a column are read together, by the reader."""

    meaning = _("A day, a month or a year: 12.12.1976, December 1976, 1976.")
    is_partial = True


class DayCell(DateCell):
    meaning = _("A day, such as 12.12.1976.")
    is_partial = False


class LinkCell(TextCell):
    """One record that is named by its number, its address word or its name."""

    meaning = _("A record of the register, by its key or its name.")

    def __init__(self, field):
        super().__init__(field)
        self.model, self.empty = field.related_model, None

    def write(self, record, _language):
        target = self.of(record)
        return "" if target is None else name_of(target)

    def read(self, value, references):
        return references.find(self.model, as_text(value))

    def is_same(self, stored, read):
        return stored == read


class LinksCell:
    """The records, or the words, to which the rows that hang on a record point, divided by semicolons."""

    meaning = _("Several, divided by “;”. The cell lists them all.")
    empty = ()

    def __init__(self, relation, field):
        self.relation, self.field = relation, field  # from the record to the rows, and from a row to what it names
        self.name, self.model = relation.get_accessor_name(), relation.related_model
        self.cell = cell_of(field)

    def values(self):
        return self.cell.values()

    def of(self, record):
        """The rows of a record that is stored."""
        return list(getattr(record, self.name).all()) if record.pk else []

    def targets(self, record):
        return [self.cell.of(row) for row in self.of(record)]

    def write(self, record, language):
        return LISTED.join(sorted(str(self.cell.write(row, language)) for row in self.of(record)))

    def read(self, value, references):
        return list(dict.fromkeys(self.cell.read(text, references) for text in split_list(value)))

    def new_row(self, record, target):
        return self.model(**{self.relation.field.name: record, self.field.name: target})


def name_of(record):
    """How a cell names a record: by its number if it is the record's own, else by its address word."""
    key = key_field(type(record))
    return getattr(record, key)


def key_field(model):
    names = {field.name for field in model._meta.concrete_fields if field.unique}
    return "number" if "number" in names else "slug"


def cell_of(field):
    """The cell in which a list holds a field."""
    kinds = {
        models.ForeignKey: LinkCell,
        PartialDateField: DateCell,
        CountryField: CountryCell,
        ProseField: ProseCell,
        models.BooleanField: YesNoCell,
        models.DecimalField: DecimalCell,
        models.IntegerField: NumberCell,
        models.DateField: DayCell,
    }
    if field.flatchoices and not isinstance(field, CountryField):
        return ChoiceCell(field)
    return next((cell for kind, cell in kinds.items() if isinstance(field, kind)), TextCell)(field)
