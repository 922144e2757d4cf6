"""In what the bare numbers of a column of lengths count: months or years."""

import re

from django.utils.translation import gettext_lazy as _

from krakow_intl.imports.reading.cell_text import as_text
from krakow_intl.imports.reading.words import key_of
from krakow_intl.sheets import parse_number
from partners.imports.planning.messages import remark
from partners.models import Agreement

MONTHS, YEARS = "months", "years"
UNITS = [(MONTHS, _("months")), (YEARS, _("years"))]
# the word for months or years in the name of a column, folded: the "mies" of "okres mies", the "lata" of "okres lata"
IN_MONTHS, IN_YEARS = re.compile(r"\b(?:mies\w*|months?)\b"), re.compile(r"\b(?:lat|lata|latach|rok|years?)\b")
MIN_MONTHS, A_YEAR = 24, 12  # no agreement is made for as many years; and these are a year
OF_RENEWAL = ("renewal", "renewal_months")  # where yes and no say something of the term


class LengthReader:
    """Mixin of a `RowReader`: what a number, or a word, in a column of lengths of time says."""

    def _unit(self, heading):
        """In what bare numbers of a column count; None where that is for a person to say."""
        name = key_of(heading.name)
        if IN_MONTHS.search(name) or heading.code == "notice_months":
            return MONTHS
        if IN_YEARS.search(name):
            return YEARS
        answer = self.decisions.get(f"unit:{heading.code}")
        if answer in (MONTHS, YEARS):
            return answer
        numbers = (bare_number(value) for _row, value in self._cells(heading))
        return None if any(map(_may_be_years, numbers)) else MONTHS

    def _ask_for_the_unit(self, row, heading, text):
        message = remark("months-or-years", row=row.number, column=heading.name, value=text)
        row.messages.append(message)
        self.ask(row, f"unit:{heading.code}", message.text, lambda: UNITS)

    def _word_for_the_term(self, heading, text):
        """What a word says of the term; of notice no such word is said, and yes and no are answers about renewal."""
        term = self.meaning("term", text)
        if heading.code == "notice_months" and term != Agreement.Term.NOT_RECORDED:
            return None
        return term if term not in ("yes", "no") or heading.code in OF_RENEWAL else None


def _may_be_years(number):
    return number is not None and number < MIN_MONTHS and number != A_YEAR


def bare_number(value):
    """The number that stands alone in a cell; None where there is none, or more."""
    if type(value) in (int, float):
        return value
    try:
        return parse_number(as_text(value))
    except ValueError:
        return None
