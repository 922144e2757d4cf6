"""The agreements as a sheet that staff correct and bring back: the columns of the import, with number and version."""

from itertools import chain

from django.db.models import Prefetch
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from krakow_intl.core.internal import hidden_columns
from krakow_intl.core.records import public_condition
from krakow_intl.core.resources import said_in
from krakow_intl.core.workbooks import Page, book_response
from partners.models import Agreement, AgreementEvent, AgreementLink, AgreementTheme, Party, Signatory
from partners.resources import AgreementResource
from programme.models import Source

AT_ONCE = 500  # agreements in memory, however many there are


def agreements_response(agreements, kind, *, is_public, user=None):
    """A download of `agreements` as XLSX, ODS or CSV in the active language; the public’s tells nothing internal.

    That of staff tells nothing that `user` may not see.
    """
    agreements = with_what_sheets_tell(agreements, is_public)
    pages = [agreements_page(agreements, get_language()[:2], is_public, user)]
    return book_response(pages, kind, pgettext("file name", "agreements"))


def with_what_sheets_tell(agreements, is_public=False):
    links = AgreementLink.objects.select_related("earlier").order_by("earlier__number")
    if is_public:
        links = links.filter(public_condition(AgreementLink, "earlier"))
    sources = Source.objects.public() if is_public else Source.objects.all()
    events = AgreementEvent.objects.in_order_of_time().prefetch_related(Prefetch("source", sources))
    themes = AgreementTheme.objects.select_related("theme").order_by("theme__sort_key_pl")
    return (
        agreements.select_related("city")
        .with_known_to()
        .prefetch_related(
            Prefetch("source", sources),
            Prefetch("events", events),
            Prefetch("signatories", Signatory.objects.order_by("side", "position")),
            Prefetch("parties", Party.objects.order_by("side", "position")),
            Prefetch("theme_links", themes),
            Prefetch("links", links),
        )
    )


def agreements_page(agreements, language, is_public=False, user=None):
    columns = columns_of(language, is_public, user)
    head = [column.name(of) for column, of in columns]
    agreements = agreements.iterator(chunk_size=AT_ONCE)
    rows = said_in(language, ([column.write(agreement, of) for column, of in columns] for agreement in agreements))
    return Page(_("Agreements"), chain([head], rows), [column.width for column, _of in columns])


def columns_of(language, is_public=False, user=None):
    """[(column, language of its texts)] in order; staff have the texts of the other language beside."""
    other = {"pl": "en", "en": "pl"}[language]
    hidden = hidden_columns(user, Agreement)
    columns = [one for one in AgreementResource.written_columns(is_public) if one.attribute not in hidden]
    return [
        (column, of)
        for column in columns
        for of in ((language, other) if column.is_translated and not is_public else (language,))
    ]
