"""Computes search words, sort keys and the like of all records anew, after an upgrade that changed their rules."""

from django.core.management.base import BaseCommand

from krakow_intl.core.rebuilding import keys_are_current, rebuild_keys


class Command(BaseCommand):
    help = "Computes search words and sort keys anew where their rules have changed; --all: in any case."

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="Even if the rules are those of the last time.")

    def handle(self, *args, all, verbosity, **options):
        if not all and keys_are_current():
            return
        changed = rebuild_keys()
        if verbosity:
            self.stdout.write(f"Search words and sort keys: {changed} records had others.")
