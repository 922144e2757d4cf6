"""Writes the whole register, database and files, into one archive."""

from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, no_translations
from django.utils.translation import gettext as _

from krakow_intl.core import audit
from krakow_intl.core.backups import summary, write_backup


class Command(BaseCommand):
    help = "Writes the database and all files into one archive, with a proof of what is in it."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, nargs="?", help="By default var/backups/register-<time>.tar.")

    @no_translations
    def handle(self, *args, file, **options):
        file = file or settings.VAR_DIR / "backups" / f"register-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.tar"
        audit.note("export", "backed-up", what="register")
        manifest = write_backup(file)
        self.stdout.write(_("%(file)s holds %(summary)s.") % {"file": file, "summary": summary(manifest)})
