"""Puts an archive that `backup` wrote back into an empty register."""

from pathlib import Path

from django.core.management.base import BaseCommand, no_translations
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from krakow_intl.core.backups import restore_backup, summary


class Command(BaseCommand):
    help = "Restores an archive into an empty database and its folders, and compares every table and file."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    @no_translations
    def handle(self, *args, file, verbosity, **options):
        manifest = restore_backup(file)
        text = _("Restored as of %(made_at)s, compared and found equal: %(summary)s.")
        self.stdout.write(text % {"made_at": manifest["made_at"], "summary": summary(manifest)})
        if unknown := unknown_migrations(manifest):
            text = _(
                "It was made by a newer version of the register, which knows %(names)s. Install that version first."
            )
            self.stdout.write(self.style.WARNING(text % {"names": ", ".join(unknown)}))
        if verbosity:
            self.stdout.write(_("Now run `manage.py prepare`, which brings the tables up to this version."))


def unknown_migrations(manifest):
    """Names of migrations that the archive has and this code has not."""
    known = MigrationLoader(None).disk_migrations
    return [f"{app}.{name}" for app, name in manifest["migrations"] if (app, name) not in known]
