"""The whole register as a workbook, and empty lists that explain their columns."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from krakow_intl.core.workbooks import Page
from krakow_intl.imports.nouns import NOUNS


def register_pages(user=None):
    """A sheet for each list that a person may see: the whole register."""
    return [noun.page(user=user) for noun in NOUNS.values() if noun.may_see(user)]


def blank_pages(noun, user=None):
    """The empty list, which offers in its cells what may stand there, and the page of explanations."""
    columns = [column for column in noun.columns_for(user) if column.cell]
    name, choices = pgettext("sheet", "Explanations"), {}
    rows = [[_("Column"), _("What goes in"), _("Allowed values")]]
    for index, (column, about, values) in enumerate(explained(columns)):
        rows.append([f"{index + 1}. {column.name()}", about])
        if values:
            choices[index] = f"'{name}'!$C${len(rows) + 1}:$C${len(rows) + len(values)}"
        rows += [[None, None, value] for value in values]
    blank = Page(noun.title(), [[column.name() for column in columns]], [c.width for c in columns], choices)
    return [blank, Page(name, rows, [26, 70, 34])]


def explained_list(noun, user=None):
    """(column, its name, what goes in, allowed values) of each column of a list that people fill in."""
    for column, about, values in explained([column for column in noun.columns_for(user) if column.cell]):
        yield column, column.name(), about, values


def explained(columns):
    """(column, what goes in, allowed values) of each, in the active language."""
    for column in columns:
        needed = f" {_('Needed.')}" if column.is_required else ""
        yield column, f"{column.meaning}{needed}", column.cell.values()
