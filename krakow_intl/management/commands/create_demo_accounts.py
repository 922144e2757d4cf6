"""Lets a newcomer sign in as any member of the staff: one account a role, for this machine only."""

import secrets

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

ROLES = ("reader", "editor", "reviewer", "importer", "administrator")


class Command(BaseCommand):
    help = "Creates one account a role and prints its random password, this once; a second run changes nothing."

    def handle(self, *args, **options):
        if not settings.IS_LOCAL:
            raise CommandError("Demo accounts are for a machine of one's own; ALLOWED_HOSTS names a public host.")
        names = get_user_model().objects.filter(username__in=ROLES).values_list("username", flat=True)
        missing = [role for role in ROLES if role not in set(names)]
        with transaction.atomic():
            passwords = {role: create_account(role) for role in missing}
        if passwords:
            self.stdout.write("Demo accounts, whose passwords are shown this once:")
        for role, password in passwords.items():
            self.stdout.write(f"  {role:<14} {password}")


def create_account(role):
    """Creates the account of a role; returns its password."""
    password = secrets.token_urlsafe(12)
    user = get_user_model().objects.create_user(
        role, password=password, is_staff=True, is_superuser=role == "administrator"
    )
    user.groups.set(Group.objects.filter(name=role))
    return password
