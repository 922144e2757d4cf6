"""The agreements as a sheet that staff correct and bring back: the columns of the import, with number and version."""

from django.db.models import Prefetch
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from krakow_intl.core.records import public_condition
from krakow_intl.core.resources import said_in
from krakow_intl.core.workbooks import Page, book_response
from partners.models import AgreementLink, AgreementTheme, Party
from partners.resources import AgreementResource
from programme.models import Source


def agreements_response(agreements, kind, *, is_public):
    """A download of `agreements` as XLSX, ODS or CSV in the active language; for the public without internal notes."""
    agreements = with_what_sheets_tell(agreements, is_public)
    pages = [agreements_page(agreements, get_language()[:2], is_public)]
    return book_response(pages, kind, pgettext("file name", "agreements"))


def with_what_sheets_tell(agreements, is_public=False):
    links = AgreementLink.objects.select_related("earlier").order_by("earlier__number")
    if is_public:
        links = links.filter(public_condition(AgreementLink, "earlier"))
    sources = Source.objects.public() if is_public else Source.objects.all()
    themes = AgreementTheme.objects.select_related("theme").order_by("theme__sort_key_pl")
    return (
        agreements.select_related("city")
        .with_known_to()
        .with_events()
        .prefetch_related(
            Prefetch("source", sources),
            Prefetch("parties", Party.objects.order_by("side", "position")),
            Prefetch("theme_links", themes),
            Prefetch("links", links),
        )
    )


def agreements_page(agreements, language, is_public=False):
    columns = AgreementResource.sheet_columns(is_public)
    head = [column.name(language) for column in columns]
    rows = said_in(language, ([column.export(agreement) for column in columns] for agreement in agreements))
    return Page(_("Agreements"), [head, *rows], [column.width for column in columns])
