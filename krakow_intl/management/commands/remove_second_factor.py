"""Lets somebody in again who has lost their second factor where no administrator can help, and signs them out."""

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from krakow_intl.core import second_factor
from krakow_intl.core.sessions import end_sessions


class Command(BaseCommand):
    help = "Removes the app for codes, the passkeys and the recovery codes of an account and ends its sessions."

    def add_arguments(self, parser):
        parser.add_argument("account", help="the name by which it signs in")

    def handle(self, *args, account, **options):
        user = get_user_model().objects.filter(username=account).first()
        if user is None:
            raise CommandError(f"There is no account “{account}”.")
        removed = second_factor.remove_all(user)
        end_sessions(user)
        self.stdout.write(f"{account}: {'second factor removed' if removed else 'there was no second factor'}")
