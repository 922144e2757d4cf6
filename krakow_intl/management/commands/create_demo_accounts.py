"""Lets a newcomer sign in as any member of the staff: one account a role, for this machine only."""

import secrets

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from krakow_intl.core.roles import Role

# the role of each account: one a role, and a second reviewer, for nobody publishes what they wrote themselves
ACCOUNTS = {role: role for role in Role.values} | {"reviewer-2": Role.REVIEWER.value}


class Command(BaseCommand):
    help = "Creates one account a role, two reviewers, and prints their random passwords, this once."

    def handle(self, *args, **options):
        if not settings.IS_LOCAL:
            raise CommandError("Demo accounts are for a machine of one's own; ALLOWED_HOSTS names a public host.")
        there = set(get_user_model().objects.filter(username__in=ACCOUNTS).values_list("username", flat=True))
        with transaction.atomic():
            passwords = {name: create_account(name, role) for name, role in ACCOUNTS.items() if name not in there}
        if passwords:
            self.stdout.write("Demo accounts, whose passwords are shown this once:")
        for name, password in passwords.items():
            self.stdout.write(f"  {name:<14} {password}")


def create_account(name, role):
    """Creates an account with a role; returns its password."""
    try:
        group = Group.objects.get(name=role)
    except Group.DoesNotExist:
        raise CommandError(f"There is no role “{role}” yet: run `manage.py load_register` first.") from None
    password = secrets.token_urlsafe(12)
    user = get_user_model().objects.create_user(name, password=password, is_staff=True)
    user.groups.add(group)
    return password
