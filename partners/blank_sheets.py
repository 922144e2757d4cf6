"""The empty sheet that an office fills in, and what is said about each of its columns."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from krakow_intl.core.workbooks import Page, book_response
from partners.imports.reading.columns import CHOICES, COLUMNS
from partners.imports.reading.vocabulary import Vocabulary


def blank_response(kind):
    return book_response(blank_pages(), kind, pgettext("file name", "agreements-blank"))


def explanations_response(kind):
    return book_response([blank_pages()[1]], kind, pgettext("file name", "columns"))


def explained_columns():
    """(column, its name, what goes in, allowed values) of each column that people fill in, in the active language."""
    vocabulary = Vocabulary.load()
    for column in COLUMNS:
        if column.meaning:
            yield column, column.name(), str(column.meaning), _values(vocabulary, column.choices)


def _values(vocabulary, about):
    return [str(vocabulary.label(about, code)) for code in vocabulary.codes(about)] if about else []


def blank_pages():
    """The empty list, which offers in its cells what may stand there, and the page of explanations."""
    columns = [*explained_columns()]
    name = pgettext("sheet", "Explanations")
    rows = [[_("Column"), _("What goes in"), _("Allowed values")]]
    choices = {}
    for index, (column, column_name, about, values) in enumerate(columns):
        rows.append([f"{index + 1}. {column_name}", f"{about} {_('Needed.')}" if column.is_required else about])
        if column.code in CHOICES:
            choices[index] = f"'{name}'!$C${len(rows) + 1}:$C${len(rows) + len(values)}"
        rows += [[None, None, value] for value in values]
    widths = [column.width for column, *_others in columns]
    blank = Page(pgettext("sheet", "Agreements"), [[name for _column, name, *_others in columns]], widths, choices)
    return [blank, Page(name, rows, [26, 70, 34])]
