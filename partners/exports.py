"""The agreements as a sheet that staff correct and bring back: the columns of the import, with number and version."""

from django.db.models import Prefetch
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from krakow_intl.core.fields import country_name
from krakow_intl.core.records import Publication
from krakow_intl.core.workbooks import Page, book_response
from partners.imports.reading.columns import COLUMNS
from partners.models import ActLink, AgreementField, Party

INTERNAL = {"notes"}
LISTED = "; "
WIDTHS = {"title": 50, "krakow_party": 30, "partner_party": 30, "fields": 30, "notes": 40, "number": 9, "version": 9}
USUAL_WIDTH = 20


def agreements_response(acts, kind, *, is_public):
    """A download of `acts` as XLSX, ODS or CSV in the active language; for the public without internal notes."""
    acts = with_what_sheets_tell(acts, is_public)
    pages = [agreements_page(acts, get_language()[:2], is_public)]
    return book_response(pages, kind, pgettext("file name", "agreements"))


def with_what_sheets_tell(acts, is_public=False):
    links = ActLink.objects.select_related("earlier").order_by("earlier__number")
    if is_public:
        is_published = {"publication": Publication.PUBLISHED, "city__publication": Publication.PUBLISHED}
        links = links.filter(**{f"earlier__{name}": value for name, value in is_published.items()})
    fields = AgreementField.objects.select_related("field").order_by("field__sort_key_pl")
    return acts.select_related("city").prefetch_related(
        Prefetch("parties", Party.objects.order_by("side", "position")),
        Prefetch("field_links", fields),
        Prefetch("links", links),
    )


def agreements_page(acts, language, is_public=False):
    columns = [column for column in COLUMNS if not (is_public and column.code in INTERNAL)]
    head = [column.name(language) for column in columns]
    rows = ([_value(act, column, language) for column in columns] for act in acts)
    return Page(_("Agreements"), [head, *rows], [WIDTHS.get(column.code, USUAL_WIDTH) for column in columns])


def _value(act, column, language):
    special = SPECIAL.get(column.code)
    if special:
        return special(act, language)
    value = getattr(act, f"{column.attribute}_{language}" if column.is_translated else column.attribute)
    if column.kind == "choice":
        return getattr(act, f"get_{column.attribute}_display")() if value else ""
    return value


def _parties(side):
    def read(act, language):
        return LISTED.join(
            name for party in act.parties.all() if party.side == side and (name := getattr(party, f"name_{language}"))
        )

    return read


def _term(act, language):
    return "" if act.term == act.Term.NOT_RECORDED else act.get_term_display()


def _earlier_acts(act, language):
    numbers = [link.earlier.number for link in act.links.all()]
    return numbers[0] if len(numbers) == 1 else LISTED.join(map(str, numbers))


SPECIAL = {
    "number": lambda act, language: act.number,
    "version": lambda act, language: act.version,
    "city": lambda act, language: getattr(act.city, f"name_{language}") or act.city.name_pl,
    "country": lambda act, language: country_name(act.city.country, language),
    "renewal": _term,
    "krakow_party": _parties("krakow"),
    "partner_party": _parties("partner"),
    "fields": lambda act, language: LISTED.join(
        getattr(link.field, f"name_{language}") or link.field.name_pl for link in act.field_links.all()
    ),
    "earlier_act": _earlier_acts,
    "link": lambda act, language: LISTED.join(link.get_verb_display() for link in act.links.all()),
}
