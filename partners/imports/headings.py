"""Which column of a sheet is which, whatever its name's case, spaces and line breaks."""

from dataclasses import dataclass

from partners.imports.columns import BY_CODE, REQUIRED
from partners.imports.remarks import remark
from partners.imports.vocabulary import key_of
from partners.sheets.answers import listed

ORDINALS = {"lp", "l p", "liczba porzadkowa", "s no"}  # they number the rows of the list and say nothing of the acts
OF_THE_EXPORT_FOR_PROGRAMS = {"status_on", "notice_by", "term_until"}


@dataclass(frozen=True, slots=True)
class Heading:
    index: int
    name: str  # as it stands in the sheet
    code: str
    language: str = ""  # of the texts below it

    @property
    def column(self):
        return BY_CODE[self.code]


class Headings:
    """The names of columns that are known, those that a person explained for this file included."""

    def __init__(self, vocabulary, mapping=None):
        self.vocabulary = vocabulary
        self.mapping = {key_of(name): meaning for name, meaning in (mapping or {}).items()}

    def meaning(self, name):
        """(code, language) of a column's name, or None."""
        key = key_of(name)
        if key in self.mapping:
            code, _colon, language = self.mapping[key].partition(":")
            return (code, language or "pl") if code in BY_CODE else None
        found = self.vocabulary.columns.get(key)
        return found if found and found[0] in BY_CODE else None

    def count(self, names):
        """How many of the texts of a row are names of columns."""
        return len({meaning for name in names if name and (meaning := self.meaning(name))})

    def read(self, names):
        """(headings, remarks) of the names of a sheet's columns."""
        headings, remarks = [], []
        for index, name in enumerate(names):
            if name and (meaning := self.meaning(name)):
                headings.append(_heading(index, name, *meaning))
            elif name and key_of(name) not in {*self.mapping, *ORDINALS}:
                remarks.append(self._unknown(name))
        return headings, remarks

    def _unknown(self, name):
        guess = self.guess(name)
        if guess:
            return remark("likely-column", column=name, guess=BY_CODE[guess].both_names)
        return remark("unknown-column", column=name)

    def guess(self, name):
        """The code of the column that an unknown name is most like, or None."""
        likely = self.vocabulary.likely("column", name)
        return likely and likely[0]


def _heading(index, name, code, language):
    return Heading(index, " ".join(name.split()), code, language)


def faults_of(headings, names):
    """Why a sheet with these columns is refused as a whole: remarks, none if it is not."""
    if len({" ".join(name.split()) for name in names} & OF_THE_EXPORT_FOR_PROGRAMS) > 1:
        return [remark("machine-export")]
    return [*_missing(headings), *_duplicate(headings)]


def _missing(headings):
    codes = {heading.code for heading in headings}
    missing = [column.both_names for column in REQUIRED if column.code not in codes]
    if missing:
        yield remark("missing-columns", columns=listed(missing))


def _duplicate(headings):
    places = {}
    for heading in headings:
        column = heading.column
        places.setdefault((column.code, heading.language if column.is_translated else ""), []).append(heading)
    for (code, _language), same in places.items():
        if len(same) > 1:
            names = listed([heading.name for heading in same])
            yield remark("duplicate-column", column=same[1].name, columns=names, meaning=BY_CODE[code].both_names)
