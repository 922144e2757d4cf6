"""The columns a sheet of agreements may have, by their names in Polish and English."""

from krakow_intl.core.sorting import name_key
from partners.resources import AgreementResource

COLUMNS = tuple(AgreementResource.sheet_columns())
BY_CODE = {column.code: column for column in COLUMNS}
OF_THE_EXPORT_FOR_PROGRAMS = {"status_on", "notice_by", "term_until"}
OF_ONE_WORD = ("choice", "term", "end", "publication")
CHOICES = {column.code: column.choices for column in COLUMNS if column.kind in OF_ONE_WORD}  # -> vocabulary


def known_names():
    """{key of a canonical name: (code, language)}."""
    return {
        name_key(getattr(column, language)): (column.code, language) for column in COLUMNS for language in ("en", "pl")
    }
