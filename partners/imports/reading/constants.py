"""What a list leaves out and a person says once: the value of a missing column, or of the empty cells of one."""

from operator import attrgetter

from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.dates import PartialDateError, parse_partial_date
from krakow_intl.core.fields import country_choices, is_to_come
from krakow_intl.core.sorting import sort_column
from krakow_intl.imports.reading.headings import Heading
from krakow_intl.sheets.messages import fill
from partners.imports.reading.cities import CHOICE_LABELS, LEAVE_OUT
from partners.imports.reading.columns import BY_CODE, COLUMNS
from partners.imports.reading.dates import FIRST_YEAR
from partners.models import Agreement

NOT_RECORDED = "not-recorded"
TYPED = "constant:signed_on"  # the question that may also be answered with a day that a person writes
# columns of which a list that lacks them may be told what a person writes once for all rows
FREE = (
    *("signed_at", "valid_from", "valid_until", "resolution", "home_party", "partner_party", "source", "passage"),
    "notes",
)
MAX_LENGTH = 300  # of such a text
WRITTEN = {NOT_RECORDED: "—"}  # what stands for an answer in a cell, where it is not the answer itself
COMPLAINTS = {"missing-value", "missing-date"}  # what is said of an empty cell that a new agreement needs
MIN_CITIES = 3  # that are unknown before it is asked in which country all cities lie
OF_A_MISSING_COLUMN = _("The list has no column “%(column)s”. What holds for all its rows?")
OF_EMPTY_CELLS = _("“%(column)s” is empty in some rows. What holds for all of these?")
OF_THE_COUNTRY = _("The list has no column of countries, which would tell the cities. Do all lie in one country?")


class Constants:
    """The answers to what a file leaves out, by the code of a column."""

    def __init__(self, vocabulary, decisions, ask_of_file):
        self.vocabulary, self.ask_of_file = vocabulary, ask_of_file
        self.answers = {code: decisions.get(key(code)) for code in (*LISTS, *FREE)}

    def add_columns(self, sheet, headings):
        """Enters a column for each constant whose own the list lacks; its cells are filled by `write`."""
        known = {heading.code for heading in headings}
        self.columns = {}  # {place of a column that the file lacks: what stands in all its cells}
        for code, answer in self.answers.items():
            if code not in known | self.vocabulary.withheld and self._is_offered(code, answer):
                place, name = len(sheet.headers), BY_CODE[code].both_names
                sheet.headers.append(name)
                headings.append(Heading(place, name, code, "pl", BY_CODE[code]))
                self.columns[place] = WRITTEN.get(answer, answer)

    def write(self, rows):
        """Fills the cells of the columns that were added."""
        for row in rows if self.columns else ():
            row.cells = [*row.cells, *[None] * (max(self.columns) + 1 - len(row.cells))]
            for place, value in self.columns.items():
                row.cells[place] = value

    def ask_about_columns(self, headings, samples):
        """Asks for the required columns that a list lacks, unless one of another name very likely is it."""
        known = {heading.code for heading in headings} | {sample.code for sample in samples}
        for column in COLUMNS:
            if column.is_required and column.code not in known:
                self._ask(column.code, fill(OF_A_MISSING_COLUMN, column=column.both_names))

    def fill_cells(self, rows, headings):
        """Fills the empty cells of some columns, as far as their constant was said; what is complained of stays."""
        for heading in headings:
            answer = self.answers.get(heading.code)
            if answer == LEAVE_OUT or self._is_offered(heading.code, answer):
                for row in rows:
                    if _is_empty(row, heading):
                        self._fill(row, heading.code, answer)

    def _fill(self, row, code, answer):
        if answer == LEAVE_OUT:
            row.is_left_out = True
        elif code == "city":
            row.city, row.values["city"] = self.vocabulary.slugs[answer], answer
        else:
            value = None if answer == NOT_RECORDED else typed_day(answer) or answer
            row.facts[code] = row.values[code] = value

    def ask_about_cells(self, rows, headings, but_for=()):
        """Asks what holds for the empty cells that refuse rows, once for each column."""
        codes = {heading.name: heading.code for heading in headings}
        for row in rows:
            for message in row.messages:
                if message.code in COMPLAINTS and (code := codes[message.column]) not in but_for:
                    text = fill(OF_EMPTY_CELLS, column=message.column)
                    self._ask(code, text, [(LEAVE_OUT, CHOICE_LABELS[LEAVE_OUT])]).rows.append(row.number)

    def ask_about_country(self, headings, questions):
        """Asks in which country all cities lie, where no column says it and several cities are not known."""
        is_told = any(heading.code == "country" for heading in headings)
        if not is_told and sum(question.startswith("city:") for question in questions) >= MIN_CITIES:
            self._ask("country", OF_THE_COUNTRY)

    def _ask(self, code, text, more=()):
        return self.ask_of_file(key(code), text, lambda: lazy(lambda: [*self._choices(code), *more], list)())

    def _choices(self, code):
        return LISTS[code](self.vocabulary)

    def _is_offered(self, code, answer):
        if code in FREE:
            return isinstance(answer, str) and 0 < len(answer.strip()) <= MAX_LENGTH
        if key(code) == TYPED and typed_day(answer):
            return True
        return answer is not None and any(value == answer for value, _label in self._choices(code))


def key(code):
    """The key of the question what holds for all rows in a column."""
    return f"constant:{code}"


def typed_day(text):
    """The `PartialDate` that a person wrote for all rows, from the city's charter up to today; None if it is none."""
    try:
        day = parse_partial_date(text) if isinstance(text, str) else None
    except PartialDateError:
        return None
    return day if day and day.year >= FIRST_YEAR and not is_to_come(day) else None


def lacking(headings):
    """The codes of `FREE` columns that a list lacks."""
    known = {heading.code for heading in headings}
    return [code for code in FREE if code not in known]


def _is_empty(row, heading):
    """Whether nothing stands in the cell of a column, nor anything that is complained of."""
    return heading.code not in row.values and not any(
        message.column == heading.name and message.level != "warning" for message in row.messages
    )


def _cities(vocabulary):
    cities = sorted(vocabulary.cities.values(), key=attrgetter(sort_column()))
    return [(city.slug, city.name) for city in cities]


LISTS = {  # {code of a column: what may hold for all rows}
    "kind": lambda _vocabulary: Agreement.Kind.choices,
    "city": _cities,
    "signed_on": lambda _vocabulary: [(NOT_RECORDED, _("not recorded"))],
    "country": lambda _vocabulary: country_choices(get_language()[:2]),
}
