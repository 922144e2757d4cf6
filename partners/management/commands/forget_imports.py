"""Deletes the sheets that nobody applied within a day; to be run every hour."""

from django.core.management.base import BaseCommand

from partners.imports.writing.cleanup import forget_imports


class Command(BaseCommand):
    help = "Deletes the files of imports that were previewed more than 24 hours ago and never applied."

    def handle(self, *args, **options):
        names = forget_imports()
        self.stdout.write("\n".join([*names, f"{len(names)} files deleted."]))
