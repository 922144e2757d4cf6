"""The agreements as a sheet that staff correct and bring back: the columns of the import, with number and version."""

from django.db.models import Prefetch
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from krakow_intl.core.fields import country_name
from krakow_intl.core.records import public_condition
from krakow_intl.core.workbooks import Page, book_response
from partners.imports.reading.columns import COLUMNS
from partners.models import AgreementLink, AgreementTheme, Party

INTERNAL = {"notes"}
LISTED = "; "
WIDTHS = {"title": 50, "home_party": 30, "partner_party": 30, "themes": 30, "notes": 40, "number": 9, "version": 9}
USUAL_WIDTH = 20


def agreements_response(agreements, kind, *, is_public):
    """A download of `agreements` as XLSX, ODS or CSV in the active language; for the public without internal notes."""
    agreements = with_what_sheets_tell(agreements, is_public)
    pages = [agreements_page(agreements, get_language()[:2], is_public)]
    return book_response(pages, kind, pgettext("file name", "agreements"))


def with_what_sheets_tell(agreements, is_public=False):
    links = AgreementLink.objects.select_related("earlier").order_by("earlier__number")
    if is_public:
        links = links.filter(public_condition(AgreementLink, "earlier"))
    themes = AgreementTheme.objects.select_related("theme").order_by("theme__sort_key_pl")
    return agreements.select_related("city").prefetch_related(
        Prefetch("parties", Party.objects.order_by("side", "position")),
        Prefetch("theme_links", themes),
        Prefetch("links", links),
    )


def agreements_page(agreements, language, is_public=False):
    columns = [column for column in COLUMNS if not (is_public and column.code in INTERNAL)]
    head = [column.name(language) for column in columns]
    rows = ([_value(agreement, column, language) for column in columns] for agreement in agreements)
    return Page(_("Agreements"), [head, *rows], [WIDTHS.get(column.code, USUAL_WIDTH) for column in columns])


def _value(agreement, column, language):
    special = SPECIAL.get(column.code)
    if special:
        return special(agreement, language)
    value = getattr(agreement, f"{column.attribute}_{language}" if column.is_translated else column.attribute)
    if column.kind == "choice":
        return getattr(agreement, f"get_{column.attribute}_display")() if value else ""
    return value


def _parties(side):
    def read(agreement, language):
        return LISTED.join(
            name
            for party in agreement.parties.all()
            if party.side == side and (name := getattr(party, f"name_{language}"))
        )

    return read


def _term(agreement, language):
    return "" if agreement.term == agreement.Term.NOT_RECORDED else agreement.get_term_display()


def _earlier_agreements(agreement, language):
    numbers = [link.earlier.number for link in agreement.links.all()]
    return numbers[0] if len(numbers) == 1 else LISTED.join(map(str, numbers))


SPECIAL = {
    "number": lambda agreement, language: agreement.number,
    "version": lambda agreement, language: agreement.version,
    "city": lambda agreement, language: getattr(agreement.city, f"name_{language}") or agreement.city.name_pl,
    "country": lambda agreement, language: country_name(agreement.city.country, language),
    "renewal": _term,
    "home_party": _parties("home"),
    "partner_party": _parties("partner"),
    "themes": lambda agreement, language: LISTED.join(
        getattr(link.theme, f"name_{language}") or link.theme.name_pl for link in agreement.theme_links.all()
    ),
    "earlier_agreement": _earlier_agreements,
    "link": lambda agreement, language: LISTED.join(link.get_verb_display() for link in agreement.links.all()),
}
