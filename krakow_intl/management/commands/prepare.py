"""Brings the database up to date before the register is served: tables, then the facts of the programme."""

from contextlib import contextmanager

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

LOCK = 1257  # any number will do, as long as every process asks for the same


class Command(BaseCommand):
    help = "Migrates and loads fixtures/*.json; several processes may start it at once."

    def add_arguments(self, parser):
        parser.add_argument("--demo-accounts", action="store_true", help="Also create one account a role.")

    def handle(self, *args, demo_accounts, verbosity, **options):
        with one_at_a_time():
            call_command("migrate", interactive=False, verbosity=verbosity - 1)
            call_command("load_register", verbosity=verbosity, stdout=self.stdout)
            if demo_accounts:
                call_command("create_demo_accounts", stdout=self.stdout)


@contextmanager
def one_at_a_time():
    """Waits, however long, until no other process prepares the same PostgreSQL database; SQLite has one process."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("SET lock_timeout = 0")
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
