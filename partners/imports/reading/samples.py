"""What stands in the columns of a file: a few of their values, and how many of their cells can be read as what."""

from collections import Counter

from krakow_intl.imports.reading.cell_text import as_text
from krakow_intl.imports.reading.headings import PASSED_OVER
from krakow_intl.imports.reading.samples import sample_of
from krakow_intl.imports.reading.words import key_of
from krakow_intl.sheets import parse_date_column, parse_number
from krakow_intl.sheets.parts import SHEET_COLUMN
from krakow_intl.sheets.periods import months_of
from partners.imports.reading.cities import CityReader
from partners.imports.reading.columns import BY_CODE, CHOICES
from partners.models import PartnerCity

MAX_LOOKED_AT = 2_000  # cells of a column that are tried
BY_CONTENT = ("city", "country", "kind", "signed_on")  # what a column may turn out to hold, whatever its name
WORDY = ("words-beside-date", "several-dates")  # what is said of a text that may be any other
MIN_SHARE = 0.5  # of cells that can be read, before such a column is taken to be likely


class Sampler:
    """Looks into the columns of a sheet."""

    def __init__(self, sheet, headings):
        self.sheet, self.headings, self.vocabulary = sheet, headings, headings.vocabulary
        self.cities = CityReader(self.vocabulary, {}, None)

    def samples(self):
        """A `ColumnSample` of each column that has a name."""
        names = self.sheet.headers
        meanings = self.headings.known(names) | self.headings.guesses(names)
        self.taken = {code for code, _language in meanings.values()}
        return [self._sample(place, name, meanings.get(name)) for place, name in enumerate(names) if name]

    def _sample(self, place, name, meaning):
        filled = [row.values[place] for row in self.sheet.rows if row.values[place] is not None]
        sample = sample_of(self.sheet, place, *(meaning or [""])[:1])
        tried = Counter(filled[:MAX_LOOKED_AT])
        if meaning:
            self._try(sample, *meaning, tried)
        elif key_of(name) not in PASSED_OVER or name == SHEET_COLUMN:
            self._find_meaning(sample, tried)
        return sample

    def _try(self, sample, code, language, tried):
        """How many cells can be read as what a code says, if not any text can."""
        if test := self.tests.get(BY_CODE[code].kind):
            sample.code, sample.tried = code, tried.total()
            sample.readable = sum(tried[value] for value in test(self, code, language, [*tried]))

    def _find_meaning(self, sample, tried):
        for code in BY_CONTENT:
            if code not in self.taken:
                self._try(sample, code, "en", tried)
                if tried and sample.readable >= MIN_SHARE * sample.tried:
                    self.taken.add(code)
                    return
        sample.code, sample.tried, sample.readable = "", 0, 0

    def _dates(self, _code, language, values):
        readings = parse_date_column(values, day_first=language == "pl" or None, is_1904=self.sheet.is_1904)
        for value, reading in zip(values, readings, strict=True):
            is_date = reading.value is not None or (reading.level == "decision" and reading.code not in WORDY)
            if is_date or self._is_word(value, "term"):
                yield value

    def _is_word(self, value, about):
        text = as_text(value)
        return self.vocabulary.meaning(about, text) is not None or self.vocabulary.says_nothing(text)

    def _words(self, code, _language, values):
        about = CHOICES.get(code, code)
        return (value for value in values if self._is_word(value, about))

    def _cities(self, _code, _language, values):
        return (value for value in values if isinstance(self.cities.find(as_text(value), None), PartnerCity))

    def _numbers(self, _code, _language, values):
        return (value for value in values if type(value) in (int, float) or _is_number(as_text(value)))

    tests = {"date": _dates, "city": _cities, "number": _numbers, "months": _numbers}
    tests |= dict.fromkeys(("country", "choice", "term", "links"), _words)


def _is_number(text):
    if months_of(text) is not None:
        return True
    try:
        return parse_number(text) is not None
    except ValueError:
        return False
