"""Brings the database up to date before the register is served: tables, keys, then the facts of the programme."""

from contextlib import contextmanager
from pathlib import Path
from time import sleep

from django.apps import apps
from django.conf import settings
from django.core.files import locks
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection
from django.db.migrations.loader import MigrationLoader

from krakow_intl.core.content_version import forget_seen, renew, unseen
from krakow_intl.core.sqlite.base import choose_journal

OLDER = (
    "The database %(name)s was made by another version of the register, from which no way leads here: "
    "it holds the migration “%(unknown)s”. Nothing was changed. Move it away, or name an empty one in DATABASE_URL, "
    "and start again."
)
LOCK = 1257  # any number will do, as long as every process asks for the same
PAUSES = (1, 2, 4, 8, 15, 30)  # seconds between attempts to reach a database


class Command(BaseCommand):
    help = "Migrates, rebuilds keys and loads fixtures/*.json; several processes may start it at once."

    def add_arguments(self, parser):
        parser.add_argument("--demo-accounts", action="store_true", help="Also create one account a role.")

    def handle(self, *args, demo_accounts, verbosity, **options):
        wait_for_database()
        with one_at_a_time():
            refuse_older_database()
            if connection.vendor == "sqlite":
                self.stdout.write(choose_journal(connection))
            with unseen():
                call_command("migrate", interactive=False, verbosity=verbosity - 1)
            call_command("rebuild_keys", verbosity=verbosity, stdout=self.stdout)
            call_command("load_register", verbosity=verbosity, stdout=self.stdout)
            forget_seen()
            if demo_accounts:
                call_command("create_demo_accounts", stdout=self.stdout)
        renew()


def wait_for_database():
    """Asks a server that has only been started again and again, less often each time."""
    for seconds in (*PAUSES, None):
        try:
            connection.ensure_connection()
            return
        except OperationalError:
            if seconds is None or connection.vendor != "postgresql":
                raise
            sleep(seconds)


def refuse_older_database():
    """Raises a `CommandError` if the database holds migrations of ours that this version of the register has not."""
    loader = MigrationLoader(connection)
    ours = {config.label for config in apps.get_app_configs() if Path(config.path).parent == settings.BASE_DIR}
    applied = (key for key in loader.applied_migrations if key[0] in ours)
    if unknown := sorted(key for key in applied if key not in loader.disk_migrations):
        raise CommandError(OLDER % {"name": connection.settings_dict["NAME"], "unknown": " ".join(unknown[0])})


@contextmanager
def one_at_a_time():
    """Waits, however long, until no other process prepares the same database."""
    with _one_on_postgresql() if connection.vendor == "postgresql" else _one_on_sqlite():
        yield


@contextmanager
def _one_on_postgresql():
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("SET lock_timeout = 0")
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


@contextmanager
def _one_on_sqlite():
    """The lock is a file beside the database, which ends with the process that holds it."""
    file = Path(connection.settings_dict["NAME"])
    file.parent.mkdir(parents=True, exist_ok=True)
    with open(file.with_name(f"{file.name}.preparing"), "w") as lock:
        locks.lock(lock, locks.LOCK_EX)
        yield
