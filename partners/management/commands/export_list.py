"""Writes a list of the register, or the whole register, to a file that can be corrected and brought back."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from krakow_intl.core import audit
from krakow_intl.core.workbooks import FORMATS, SEPARATORS, write_book
from krakow_intl.imports.books import ALL
from krakow_intl.imports.exports import register_pages
from krakow_intl.imports.nouns import NOUNS
from partners.exports import agreements_page, with_what_sheets_tell
from partners.imports.lists import AGREEMENTS
from partners.models import Agreement


class Command(BaseCommand):
    help = "Writes a list to a file (.xlsx, .ods, .csv); “all” is the whole register, a sheet for each list."

    def add_arguments(self, parser):
        parser.add_argument("noun", choices=[ALL, *NOUNS])
        parser.add_argument("file", type=Path)

    def handle(self, *args, noun, file, **options):
        kind, language = file.suffix.removeprefix("."), get_language()[:2]
        if kind not in FORMATS or (noun == ALL and kind == "csv"):
            raise CommandError(_("The name of the file must end with .xlsx or .ods, of a single list also with .csv."))
        audit.note("export", "handed-out", what=noun, format=kind)
        pages = register_pages() if noun == ALL else [_page(noun, language)]
        try:
            file.write_bytes(write_book(pages, kind, SEPARATORS[language]))
        except OSError as error:
            raise CommandError(str(error)) from error


def _page(name, language):
    """The sheet of one list: agreements in the columns that offices know."""
    if name == AGREEMENTS:
        return agreements_page(with_what_sheets_tell(Agreement.objects.order_by("number")), language)
    return NOUNS[name].page()
