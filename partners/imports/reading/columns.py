"""The columns a sheet of agreements may have, by their names in Polish and English."""

from krakow_intl.core.sorting import name_key
from krakow_intl.imports.nouns import NOUNS, noun_called
from partners.resources import AgreementResource

COLUMNS = tuple(AgreementResource.sheet_columns())
BY_CODE = {column.code: column for column in COLUMNS}
OF_THE_EXPORT_FOR_PROGRAMS = {"status_on", "notice_by", "term_until"}
CALLED_OTHERWISE = {"internal_notes": "notes", "term": "renewal"}  # columns of the list, by the names of fields
OF_ONE_WORD = ("choice", "term", "end", "publication")
CHOICES = {column.code: column.choices for column in COLUMNS if column.kind in OF_ONE_WORD}  # -> vocabulary


def sheet_of_agreements(worksheets):
    """The name of the list of agreements in a workbook of several lists of the register, else None."""
    called = {noun.name: name for name in worksheets if (noun := noun_called(name))}
    return called.get("agreements") if len(called) > 1 else None


def is_of_workbook(names):
    """Whether a list of agreements is one of a workbook that the register wrote: it has the column of address words."""
    slug = NOUNS["agreements"].resource.fields["slug"]
    return not {name_key(slug.name(of)) for of in ("en", "pl")}.isdisjoint(map(name_key, names))


def names_in_workbook():
    """{key: (code, language)} of the names of columns in such a workbook, where they are called as fields are."""
    names = {}
    for column in NOUNS["agreements"].resource.sheet_columns():
        stem, _line, language = column.code.rpartition("_")
        code, language = (stem, language) if language in ("en", "pl") else (column.code, "pl")
        if (code := CALLED_OTHERWISE.get(code, code)) in BY_CODE:
            names |= {name_key(column.name(of)): (code, language) for of in ("en", "pl")}
    return names


def known_names():
    """{key of a canonical name: (code, language)}."""
    return {
        name_key(getattr(column, language)): (column.code, language) for column in COLUMNS for language in ("en", "pl")
    }
