"""Sends everybody who wants it a summary of what waits on their desk."""

from smtplib import SMTPException

from django.conf import settings
from django.core.mail import get_connection, send_mail
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from krakow_intl.core.admin.desk import Desk
from krakow_intl.core.site_url import absolute
from krakow_intl.models import StaffDesk


class Command(BaseCommand):
    help = "Sends a summary of their desk to each person who wants one; nothing where EMAIL_HOST is not set."

    def handle(self, *args, **options):
        if not settings.EMAIL_HOST:
            self.stdout.write("EMAIL_HOST is not set: nothing was sent.")
            return
        wanted = StaffDesk.objects.filter(wants_mail=True, user__is_active=True, user__is_staff=True)
        failed = [
            wishes.user for wishes in wanted.exclude(user__email="").select_related("user") if not self._send(wishes)
        ]
        if failed:
            raise CommandError(f"Nothing could be sent to {len(failed)} of them.")

    def _send(self, wishes):
        """Whether the person was sent what waits, or nothing waits."""
        with override(wishes.language):
            if not (text := summary(Desk(wishes.user))):
                return True
            subject = _("Your desk in the register of international co-operation")
        try:
            send_mail(subject, text, None, [wishes.user.email], connection=get_connection())
        except (SMTPException, OSError) as error:
            self.stderr.write(f"{wishes.user}: {error}")
            return False
        return True


def summary(desk):
    """How much waits in each section, or "" if nothing does; it names no record, for many machines read mail."""
    groups = desk.shown()
    if not groups:
        return ""
    lines = [_("This waits on your desk:"), ""]
    for title, sections in groups:
        lines += [str(title), *(f"  {shown.count:>5}  {shown.title}" for shown in sections), ""]
    lines += [absolute(reverse("admin:index")), "", _("You can end these messages on your desk.")]
    return "\n".join(lines)
