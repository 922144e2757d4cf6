"""Of which record each row of a list speaks: by its keys, else by its names; what is not sure is asked."""

from collections import defaultdict
from difflib import get_close_matches
from functools import partial

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from krakow_intl.imports.planning.messages import remark
from krakow_intl.imports.reading.rows import CONFIRMATION
from krakow_intl.imports.reading.words import key_of
from krakow_intl.imports.references import NAMES, names_of
from krakow_intl.sheets.messages import fill

NEW = "new"
A_NEW_RECORD = (NEW, _("a new record"))
CLOSE = 0.92  # names that are less alike are another's
MAX_ALIKE = 5
MAX_COMPARISONS = 500_000  # of names, in looking for those that are alike


class Matching:
    """Finds the stored records of rows; `matched` is {number of a row: record, or None for a new one}."""

    def __init__(self, noun, stored, plan, decisions):
        self.noun, self.plan, self.decisions = noun, plan, decisions
        self.stored = stored
        self.by_key = {key: {self._key_of(record, key): record for record in stored} for key in noun.keys}
        self.by_name = defaultdict(list)
        for record in stored:
            for name in {*map(key_of, names_of(record))}:
                self.by_name[name].append(record)
        self.codes = {heading.code for heading in plan.headings}
        self.names = [f"{name}_{language}" for name in NAMES for language in ("pl", "en")]
        self.comparisons, self.matched = 0, {}

    def match(self, rows):
        for row in rows:
            if not (row.is_refused or row.is_left_out):
                self._match(row)

    def _match(self, row):
        found = self._by_keys(row)
        if len({record.pk for record in found}) > 1:
            row.messages.append(remark("keys-disagree", row=row.number, known=_listed(found)))
        elif found:
            self.matched[row.number] = found[0]
        elif self.noun.is_named:
            self._match_by_name(row)
        elif self._given(row, self.noun.keys[0]) is None:
            self._tell_missing(row)
        else:
            self.matched[row.number] = None

    def _by_keys(self, row):
        keys = [(key, self._given(row, key)) for key in self.noun.keys]
        return [record for key, given in keys if given and (record := self.by_key[key].get(given))]

    def _given(self, row, key):
        """What a row says of a key; None if it is not there. A part that may be empty may also be left so."""
        fields = [self.noun.model._meta.get_field(name) for name in key]
        if not all(row.facts.get(f.name) not in (None, "") or f.blank or f.null for f in fields):
            return None
        given = tuple(_plain(row.facts.get(f.name)) for f in fields)
        return given if any(given) else None

    def _key_of(self, record, key):
        return tuple(_plain(getattr(record, self.noun.model._meta.get_field(name).attname)) for name in key)

    def _tell_missing(self, row):
        by_code = {column.code: column for column in self.noun.resource.sheet_columns()}
        for name in self.noun.keys[0]:
            field = self.noun.model._meta.get_field(name)
            if row.facts.get(name) in (None, "") and not field.blank:
                row.messages.append(needed(row, by_code[name].name()))

    # --- rows without a key ------------------------------------------------------------------------------------------

    def _match_by_name(self, row):
        given = [row.facts[name] for name in self.names if row.facts.get(name)]
        if not (given or row.facts.get("slug")):
            row.messages.append(remark("nothing-names-it", row=row.number))
            return
        alike = {record.pk: record for name in given for record in self.by_name.get(key_of(name), [])}
        alike = list(alike.values()) or self._close(given)
        if not alike:
            self.matched[row.number] = None
        elif len(alike) == 1 and not row.facts.get("slug") and self._is_surely(row, alike[0]):
            self.matched[row.number] = alike[0]
        else:
            self._ask(row, alike)

    def _close(self, given):
        """The records whose names are very like the given ones."""
        self.comparisons += len(self.by_name)
        if self.comparisons > MAX_COMPARISONS:
            return []
        close = [known for name in given for known in get_close_matches(key_of(name), self.by_name, cutoff=CLOSE)]
        return [record for known in dict.fromkeys(close) for record in self.by_name[known]][:MAX_ALIKE]

    def _is_surely(self, row, record):
        """Whether nothing that a row says of names, dates and what it belongs to speaks against a record."""
        told = [code for code in row.facts if code in self.names or self._tells_apart(code)]
        return all(self._agrees(row, record, code) for code in told)

    def _tells_apart(self, code):
        column = self.noun.resource.fields[code]
        field = getattr(column.cell, "field", None)
        return field is not None and (code in self.noun.model.dates or (field.is_relation and not field.null))

    def _agrees(self, row, record, code):
        cell = self.noun.resource.fields[code].cell
        known, said = cell.of(record), row.facts[code]
        if code in self.names:
            return not (known and said) or key_of(str(known)) == key_of(said)
        return known in (None, "") or cell.is_same(known, said)

    def _ask(self, row, records):
        answer = self.decisions.get(key := f"record:{row.number}")
        chosen = next((record for record in records if str(record.pk) == answer), None)
        if chosen is not None or answer == NEW:
            self.matched[row.number] = chosen
        elif answer == CONFIRMATION[1][0]:
            row.is_left_out = True
        else:
            message = remark("which-record", row=row.number, known=_listed(records))
            row.messages.append(message)
            choices = [(str(record.pk), _name(record)) for record in records]
            self.plan.questions.ask(row, key, message.text, lambda: [*choices, A_NEW_RECORD, CONFIRMATION[1]])


def needed(row, column):
    text = fill(_("“%(column)s” is empty, and a new record needs it."), column=column)
    return remark("missing-value", row=row.number, column=column, text=text)


def _plain(value):
    """A part of a key as a row and a record have it: a key of another record, a text, or nothing."""
    value = getattr(value, "pk", value)
    return "" if value is None else str(value)


def _name(record):
    return str(record) if not getattr(record, "slug", "") else f"{record} ({record.slug})"


def _listed(records):
    return lazy(partial("; ".join, [_name(record) for record in records[:MAX_ALIKE]]), str)()
