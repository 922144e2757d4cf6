"""Reads the facts of the programme into the register."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection

from krakow_intl.core.facts import load_file


class Command(BaseCommand):
    help = "Reads fixtures/*.json into the register; a second run changes nothing."

    def handle(self, *args, verbosity=1, **options):
        for path in sorted(settings.FIXTURES_DIR.glob("*.json")):
            content = path.read_bytes()
            counts = load_file(path.name, content)
            if verbosity and counts:
                self.stdout.write(f"{path.name}: " + ", ".join(f"{n} {what}" for what, n in counts.items()))
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # a database that knows how many rows there are finds its way to few of them
