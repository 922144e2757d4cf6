"""What the cells of a sheet say of the term of an agreement: words for it, and lengths of time."""

import re

from django.utils.translation import gettext_lazy as _

from krakow_intl.core.sorting import fold
from krakow_intl.imports.reading.cell_text import as_text
from krakow_intl.sheets.messages import MAX_VALUE_LENGTH, fill
from krakow_intl.sheets.periods import months_of, period_of
from partners.imports.reading.cities import CHOICE_LABELS, LEAVE_OUT
from partners.imports.reading.columns import BY_CODE
from partners.imports.reading.lengths import MONTHS, YEARS, bare_number, days_in
from partners.models import Agreement

MAX_MONTHS = 1200
TACIT = (Agreement.Term.TACIT_RENEWAL, "yes")
WHICH_LENGTH = _("“%(column)s” holds lengths of time, such as “%(value)s”: what do they say?")
LENGTHS = {
    "term_months": _("the length of the term"),
    "renewal_months": _("the length by which the agreement is renewed"),
}
# the lengths that may stand in a column that is there for something else
LENGTHS_IN = {"valid_until": ("term_months",), "renewal": ("renewal_months", "term_months")}
# that a term may be made longer, folded, as any may: "z mozliwoscia przedluzenia", "with an option to extend"
MAY_BE_EXTENDED = re.compile(
    r"(?:z|with|mit|s|avec)\s+(?:(?:an|the|einer|la)\s+)?(?:mozliwosci\w+|opcj\w+|option\w*|possibility|possible|moznosti)"
    r"\b.*|extend\w*ble|verlangerbar|verlangerungsoption"
)
# a renewal and its length, folded: "przedluzana automatycznie na kolejne 5 lat", "automatycznie co 2 lata"
RENEWED_FOR = re.compile(
    r"(.+?)\s+(?:na|co|o|for|by|every|um|jeweils)\s+"
    r"(?:(?:kolejn\w+|dalsz\w+|nastepn\w+|okres\w*|next|another|further|a further|weitere\w*)\s+)*(.+)"
)


class TermReader:
    """Mixin of a `RowReader`: the cells that say how long an agreement is in force, and how it is renewed."""

    def _read_months(self, heading):
        unit = self._unit(heading)
        for row, value in self._cells(heading):
            text = as_text(value)
            term = self._word_for_the_term(heading, text)
            if term and (any(map(str.isalpha, text)) or term == Agreement.Term.OPEN_ENDED):
                self._take_term(row, heading, term)
            elif term != "":
                self._take_length(row, heading, value, text, unit)

    def _take_length(self, row, heading, value, text, unit):
        bare, days = bare_number(value), days_in(text)
        if bare and unit is None:
            self._ask_for_the_unit(row, heading, text)
        elif days is not None or (bare and unit not in (MONTHS, YEARS)):
            self._take_days(row, heading, text, bare if days is None else days)
        else:
            self._take_number_of_months(row, heading, value, text, unit)

    def _take_number_of_months(self, row, heading, value, text, unit):
        bare = bare_number(value) if unit == YEARS else None
        months = self._length(row, heading, text) if bare is None else 12 * bare
        if months is None and heading.code == "term_months" and self.is_unknown("term", value):
            self.note_unknown(row, heading, "term", text)
            return
        least = 0 if heading.code == "notice_months" else 1
        number = self._whole(row, heading, value if months is None else months, least, MAX_MONTHS)
        if number is not None:
            self._keep_length(row, heading, heading.code, number)

    def _read_term(self, heading):
        for row, value in self._cells(heading):
            text = as_text(value)
            if self.meaning("term", text) is None and self._take_renewal(row, heading, text):
                continue
            code = self._word(row, heading, "term", value)
            if code:
                self._take_term(row, heading, code)

    def _take_renewal(self, row, heading, text):
        """Whether a cell names the length of a renewal, or a length that a person is asked about."""
        if self._take_renewal_and_length(row, heading, text):
            return True
        months = self._length(row, heading, text)
        if months is not None:
            self._ask_of_length(row, heading, text, months)
        return months is not None

    def _take_term(self, row, heading, code):
        term = Agreement.Term.TACIT_RENEWAL.value if code == "yes" else code
        row.terms = [*row.terms, term]
        self.terms[row.number, term] = heading

    def _length(self, row, heading, text):
        """The months of a length of time; what the text says beside it is taken too, else it is none."""
        months, period = months_of(text), period_of(text)
        if months is not None or period is None:
            return months
        if MAY_BE_EXTENDED.fullmatch(period.rest):
            self.say(row, heading, "length-alone", text, months=period.months)
        elif self.meaning("term", period.rest) in TACIT:
            self._take_term(row, heading, Agreement.Term.TACIT_RENEWAL.value)
        elif not self._take_renewal_and_length(row, heading, period.rest):
            return None
        return period.months

    def _take_renewal_and_length(self, row, heading, text):
        """Whether a text says that an agreement is renewed tacitly, and by how long."""
        renewal = RENEWED_FOR.fullmatch(fold(text).strip()) if len(text) <= MAX_VALUE_LENGTH else None
        months = renewal and self.meaning("term", renewal[1]) in TACIT and months_of(renewal[2])
        if not months:
            return False
        self._take_term(row, heading, Agreement.Term.TACIT_RENEWAL.value)
        self._keep_length(row, heading, "renewal_months", months)
        return True

    def _keep_length(self, row, heading, code, months):
        """Enters months into a row, in which no other cell may say otherwise."""
        other, said = self.lengths.setdefault((row.number, code), (heading, months))
        if said != months:
            self._tell_clash(row, heading, other)
        else:
            row.facts[code] = row.values[code] = months

    def _ask_of_length(self, row, heading, text, months):
        """Of a length of time that stands where something else should, asked once for the column."""
        key, codes = f"period:{heading.code}", LENGTHS_IN[heading.code]
        answer = self.decisions.get(key)
        if answer == LEAVE_OUT:
            row.is_left_out = True
        elif answer not in codes:
            self.say(row, heading, "period-for-date", text, guess=BY_CODE[codes[0]].both_names)
            question = fill(WHICH_LENGTH, column=heading.name, value=text[:MAX_VALUE_LENGTH])
            choices = [*((code, LENGTHS[code]) for code in codes), (LEAVE_OUT, CHOICE_LABELS[LEAVE_OUT])]
            self.ask(row, key, question, lambda: choices)
        elif (number := self._whole(row, heading, months, 1, MAX_MONTHS)) is not None:
            self._keep_length(row, heading, answer, number)
