"""Lets a newcomer sign in as any member of the staff: one account a role, for this machine only."""

import secrets

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from krakow_intl.core.roles import Role


class Command(BaseCommand):
    help = "Creates one account a role and prints its random password, this once; a second run changes nothing."

    def handle(self, *args, **options):
        if not settings.IS_LOCAL:
            raise CommandError("Demo accounts are for a machine of one's own; ALLOWED_HOSTS names a public host.")
        there = set(get_user_model().objects.filter(username__in=Role.values).values_list("username", flat=True))
        with transaction.atomic():
            passwords = {role: create_account(role) for role in Role.values if role not in there}
        if passwords:
            self.stdout.write("Demo accounts, whose passwords are shown this once:")
        for role, password in passwords.items():
            self.stdout.write(f"  {role:<14} {password}")


def create_account(role):
    """Creates the account of a role; returns its password."""
    try:
        group = Group.objects.get(name=role)
    except Group.DoesNotExist:
        raise CommandError(f"There is no role “{role}” yet: run `manage.py load_register` first.") from None
    password = secrets.token_urlsafe(12)
    user = get_user_model().objects.create_user(role, password=password, is_staff=True)
    user.groups.add(group)
    return password
