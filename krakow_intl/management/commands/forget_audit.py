"""Deletes what the audit log tells of times that need not be kept any more; to be run every day."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from krakow_intl.core import audit


class Command(BaseCommand):
    help = "Deletes the files of the audit log whose months ended more than AUDIT_KEEP_DAYS days ago."

    def handle(self, *args, **options):
        names = audit.forget(timezone.now().date())
        for name in names:
            audit.note("log", "forgotten", what=name)
        self.stdout.write("\n".join([*names, f"{len(names)} files deleted."]))
