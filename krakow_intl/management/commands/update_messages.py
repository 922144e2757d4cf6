"""Brings the Polish catalogue up to date with the strings that stand in code and templates."""

import io

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir, extract_python
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation.template import templatize
from jinja2.ext import babel_extract

CATALOGUE = settings.BASE_DIR / "krakow_intl" / "locale" / "pl" / "LC_MESSAGES" / "django.po"
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
JINJA = dict.fromkeys(("trimmed", "trim_blocks", "lstrip_blocks"), "true") | {"silent": "false"}


class Command(BaseCommand):
    help = "Adds new strings to krakow_intl/locale/pl/LC_MESSAGES/django.po and drops those no longer used."

    def handle(self, *args, **options):
        catalogue, found = read_catalogue(), strings_of_sources()
        found.creation_date = catalogue.creation_date  # else every run would change the file
        catalogue.update(found)
        with CATALOGUE.open("wb") as file:
            write_po(file, catalogue, width=120, ignore_obsolete=True, sort_by_file=True)
        missing = [m.id for m in catalogue if m.id and (m.fuzzy or not all(texts_of(m)))]
        self.stdout.write(f"{len(found)} strings, {len(missing)} of them to translate.")


def read_catalogue():
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="pl")


def texts_of(message):
    """The translations of a message: one, or one a plural form."""
    return message.string if isinstance(message.string, (tuple, list)) else (message.string,)


def strings_of_sources():
    """A catalogue of all translatable strings, each with the files in which it stands."""
    methods = [
        ("tests/**", "ignore"),
        ("**.py", "python"),
        ("templates/staff/**", extract_template),
        ("templates/**", babel_extract),
    ]
    found = Catalog(locale="pl")
    for filename, _, message, comments, context in extract_from_dir(
        settings.BASE_DIR, methods, {"templates/**": JINJA}, keywords=KEYWORDS, comment_tags=["Translators:"]
    ):
        found.add(message, locations=[(filename, None)], auto_comments=comments, context=context)
    return found


def extract_template(file, keywords, comment_tags, options):
    """Babel's extraction method for the staff's templates, which Django itself turns into something like Python."""
    lines = templatize(file.read().decode()).splitlines()
    code = "\n".join(line.lstrip() for line in lines)  # indentation would mean something in Python
    return extract_python(io.BytesIO(code.encode()), keywords, comment_tags, options)
