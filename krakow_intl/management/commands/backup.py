"""Writes the whole register, database and files, into one archive; every night if so told, and proves what it wrote."""

import logging
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, no_translations
from django.db import close_old_connections
from django.utils import timezone
from django.utils.translation import gettext as _

from krakow_intl.core import audit, schedule
from krakow_intl.core.backups import summary, write_backup

logger = logging.getLogger(__name__)
NIGHT = (2, 30)  # the hour and minute
KEPT_DAYS = 120


class Command(BaseCommand):
    help = "Writes the database and all files into one archive, with a proof of what is in it."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, nargs="?", help="By default var/backups/register-<time>.tar.")
        parser.add_argument("--drill", action="store_true", help="Then prove it: restore it elsewhere and compare.")
        parser.add_argument("--keep-days", type=int, help="Then delete what is older in var/backups.")
        parser.add_argument("--every-night", action="store_true", help=f"Go on until told to end; {KEPT_DAYS} days.")

    @no_translations
    def handle(self, *args, file, drill, keep_days, every_night, **options):
        if not every_night:
            self._back_up(file or _new_file(), drill, keep_days)
            return
        ended = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: ended.set())
        while not ended.wait(seconds_until_night(timezone.localtime())):
            try:
                self._back_up(_new_file(), True, keep_days or KEPT_DAYS)
            except Exception:
                logger.exception("THE BACKUP FAILED")
            close_old_connections()

    def _back_up(self, file, drill, keep_days):
        audit.note("export", "backed-up", what="register")
        manifest = write_backup(file)
        self.stdout.write(_("%(file)s holds %(summary)s.") % {"file": file, "summary": summary(manifest)})
        if drill:
            call_command("drill", file, stdout=self.stdout)
            schedule.note(schedule.DRILL)
        if keep_days:  # last, so that no good one goes while none is made
            for old in forget(timezone.now() - timedelta(days=keep_days), but=file):
                self.stdout.write(f"deleted: {old.name}")


def seconds_until_night(now):
    hour, minute = NIGHT
    tonight = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return (tonight - now).total_seconds() % timedelta(days=1).total_seconds() or timedelta(days=1).total_seconds()


def forget(before, but):
    """Deletes the archives that were made before; returns them."""
    archives = sorted(_folder().glob("register-*.tar"))
    old = [path for path in archives if path != but and path.stat().st_mtime < before.timestamp()]
    for path in old:
        path.unlink(missing_ok=True)
    return old


def _new_file():
    return _folder() / f"register-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.tar"


def _folder():
    return settings.VAR_DIR / "backups"
