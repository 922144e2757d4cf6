"""Tells PostgreSQL what the role may do with which the web asks it; to be run as the owner, after each upgrade."""

import os

from django.core.management.base import BaseCommand, CommandError, no_translations
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from krakow_intl.core import grants

PASSWORD = "WEB_DATABASE_PASSWORD"


class Command(BaseCommand):
    help = "Grants a role of PostgreSQL what the web needs: it adds to history, and changes nothing that stands there."

    def add_arguments(self, parser):
        parser.add_argument("role")
        parser.add_argument("--create", action="store_true", help=f"Make the role, with the password in {PASSWORD}.")

    @no_translations
    def handle(self, *args, role, create, **options):
        if connection.vendor != "postgresql":
            self.stdout.write(_("SQLite knows no roles: nothing is to be granted."))
            return
        try:
            if create:
                grants.create(role, _password())
            grants.grant(role)
        except grants.CannotGrant as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            raise CommandError(_("The database refused: %(why)s") % {"why": str(error).strip()}) from error
        self.stdout.write(_("The role “%(role)s” may now do what the web needs, and no more.") % {"role": role})


def _password():
    if not (password := os.environ.get(PASSWORD)):
        raise CommandError(_("%(name)s is missing: see .env.example.") % {"name": PASSWORD})
    return password
