"""In what the bare numbers of a column of lengths count: months, years or days."""

import re
from functools import lru_cache

from django.utils.translation import gettext_lazy as _

from krakow_intl.core.sorting import fold
from krakow_intl.imports.reading.cell_text import as_text
from krakow_intl.imports.reading.words import key_of
from krakow_intl.sheets import parse_number
from krakow_intl.sheets.messages import MAX_VALUE_LENGTH, fill
from partners.imports.planning.messages import remark
from partners.imports.reading.cities import CONFIRMATION, LEAVE_OUT
from partners.models import Agreement

MONTHS, YEARS = "months", "years"
DAYS, DAYS_IN_MONTHS, DAYS_IN_NOTES = "days", "days-months", "days-notes"
UNITS = [(MONTHS, _("months")), (YEARS, _("years"))]
OF_DAYS = [
    (DAYS_IN_MONTHS, _("days; thirty of them count as a month, and what is no whole month goes to the internal notes")),
    (DAYS_IN_NOTES, _("days; they go to the internal notes as they are written")),
]
HOW_DAYS_COUNT = _(
    "“%(column)s” counts in days, such as “%(value)s”, but the register in months. Say what becomes of them."
)
NAMED_IN = {  # the word for a unit in the name of a column, folded
    # the "mies" of "okres mies", the "m cy" of "okres m-cy"
    MONTHS: re.compile(r"\b(?:mies\w*|m cy|months?|monat\w*)\b"),
    # the "lata" of "okres lata"
    YEARS: re.compile(r"\b(?:lat|lata|latach|rok|years?|jahre?n?)\b"),
    # the "dni" of "wypowiedzenie dni"
    DAYS: re.compile(r"\b(?:dni|dniach|days|tagen?)\b"),
}
# a number of days, folded: "30 dni", "w terminie 90 dni", "na 60 dni naprzod", "30 days"
IN_DAYS = re.compile(r"(?:[a-z]+ ){0,2}([0-9]{1,4})[ -]?(?:dni\w*|days?|tagen?|d)(?: [a-z]+)?")
DAYS_OF_A_MONTH = 30
OF_RENEWAL = ("renewal", "renewal_months")  # where yes and no say something of the term


class LengthReader:
    """Mixin of a `RowReader`: what a number, or a word, in a column of lengths of time says."""

    def _unit(self, heading):
        """In what bare numbers of a column count; None where that is for a person to say."""
        name = key_of(heading.name)
        named = next((unit for unit, words in NAMED_IN.items() if words.search(name)), None)
        answer = self.decisions.get(f"unit:{heading.code}")
        return named or (answer if answer in dict([*UNITS, *OF_DAYS]) else None)

    def _ask_for_the_unit(self, row, heading, text):
        message = remark("months-or-years", row=row.number, column=heading.name, value=text)
        row.messages.append(message)
        self.ask(row, f"unit:{heading.code}", message.text, lambda: [*UNITS, *OF_DAYS])

    def _take_days(self, row, heading, text, number):
        """Days are whole months or go to the notes, as a person says once for the column."""
        said = (self.decisions.get(f"{about}:{heading.code}") for about in ("days", "unit"))
        answer = next((answer for answer in said if answer in (*dict(OF_DAYS), LEAVE_OUT)), None)
        if answer == LEAVE_OUT:
            row.is_left_out = True
        elif answer == DAYS_IN_MONTHS and number % DAYS_OF_A_MONTH == 0:
            self._keep_length(row, heading, heading.code, number // DAYS_OF_A_MONTH)
        elif answer:
            self.to_notes[row.number].append(f"{heading.name}: {text}")
            self.say(row, heading, "days-in-notes", text)
        else:
            self.say(row, heading, "how-days-count", text)
            question = fill(HOW_DAYS_COUNT, column=heading.name, value=text[:MAX_VALUE_LENGTH])
            self.ask(row, f"days:{heading.code}", question, lambda: [*OF_DAYS, CONFIRMATION[1]])

    def _word_for_the_term(self, heading, text):
        """What a word says of the term; of notice no such word is said, and yes and no are answers about renewal."""
        term = self.meaning("term", text)
        if heading.code == "notice_months" and term != Agreement.Term.NOT_RECORDED:
            return None
        return term if term not in ("yes", "no") or heading.code in OF_RENEWAL else None


@lru_cache(maxsize=1_000)
def days_in(text):
    """The number of days that a text such as "30 dni" names; None of others."""
    days = IN_DAYS.fullmatch(fold(text).strip()) if len(text) <= MAX_VALUE_LENGTH else None
    return days and int(days[1])


def bare_number(value):
    """The number that stands alone in a cell; None where there is none, or more."""
    if type(value) in (int, float):
        return value
    try:
        return parse_number(as_text(value))
    except ValueError:
        return None
