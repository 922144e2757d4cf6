"""The empty sheet that an office fills in, and what is said about each of its columns."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from krakow_intl.core.workbooks import Page, book_response
from partners.exports import USUAL_WIDTH, WIDTHS
from partners.imports.reading.columns import CHOICES, COLUMNS
from partners.imports.reading.vocabulary import CHOICES as VALUES
from partners.imports.reading.vocabulary import Vocabulary

ABOUT = {
    "number": gettext_lazy("The agreement’s number in the register. Leave it empty for a new agreement."),
    "city": gettext_lazy("The city abroad, under any name the register knows, with or without diacritics."),
    "country": gettext_lazy("The country’s name or its code of two letters; it tells cities of one name apart."),
    "level": gettext_lazy("Who concluded the agreement. Empty for a new agreement: the cities."),
    "kind": gettext_lazy("What the agreement is."),
    "establishes": gettext_lazy(
        "The relation the agreement creates. If it is empty, the kind of a new agreement says it."
    ),
    "title": gettext_lazy(
        "The agreement’s title, at most 300 characters. The other language may have a column of its own."
    ),
    "signed_on": gettext_lazy("A day, a month or a year: 12.12.1976, December 1976, 1976; or “not recorded”."),
    "signed_at": gettext_lazy("The place where the agreement was signed."),
    "valid_from": gettext_lazy("Only if it differs from the day of signing."),
    "valid_until": gettext_lazy("The end of the first term, or a word such as “open-ended”."),
    "term_months": gettext_lazy("The first term in months: 60, or “5 years”."),
    "renewal": gettext_lazy("How the agreement goes on when its term ends."),
    "renewal_months": gettext_lazy("For how many months it is renewed each time."),
    "notice_months": gettext_lazy("How many months before the end notice must be given."),
    "home_party": gettext_lazy("The bodies of Kraków that concluded the agreement, divided by “;”."),
    "partner_party": gettext_lazy("The bodies of the other side, divided by “;”."),
    "themes": gettext_lazy("What the co-operation is about, several fields divided by “;”."),
    "resolution": gettext_lazy("The number and day of the council’s resolution."),
    "earlier_agreement": gettext_lazy(
        "The number, or the day of signing, of an earlier agreement that this one speaks of."
    ),
    "link": gettext_lazy("What this agreement does to the earlier one."),
    "notes": gettext_lazy("For the office only; never shown to the public."),
    "source": gettext_lazy("Where this is written: document and section."),
}
LISTED = CHOICES | {"themes": "theme", "link": "link"}  # column -> vocabulary of its allowed values


def blank_response(kind):
    return book_response(blank_pages(), kind, pgettext("file name", "agreements-blank"))


def explanations_response(kind):
    return book_response([blank_pages()[1]], kind, pgettext("file name", "columns"))


def explained_columns():
    """(column, its name, what goes in, allowed values) of each column that people fill in, in the active language."""
    vocabulary = Vocabulary.load()
    for column in COLUMNS:
        if column.code in ABOUT:
            yield column, column.name(), str(ABOUT[column.code]), _values(vocabulary, LISTED.get(column.code))


def _values(vocabulary, about):
    codes = vocabulary.theme_names if about == "theme" else VALUES[about].values if about else []
    return [str(vocabulary.label(about, code)) for code in codes]


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
    widths = [WIDTHS.get(column.code, USUAL_WIDTH) for column, *_others in columns]
    blank = Page(pgettext("sheet", "Agreements"), [[name for _column, name, *_others in columns]], widths, choices)
    return [blank, Page(name, rows, [26, 70, 34])]
