"""Does what is due without anybody asking: publishes, forgets and reminds; every few minutes, by one or several."""

import logging
import signal
from datetime import timedelta
from threading import Event

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections
from django.utils import timezone

from krakow_intl.core import schedule
from krakow_intl.core.content_version import forget_seen
from krakow_intl.models import SignInBrake, StaffSession
from krakow_intl.review.decisions import carry_out_due
from krakow_intl.review.models import PreviewLink

logger = logging.getLogger(__name__)
MORNING = 7  # the hour from which on summaries are sent
PREVIEWS_KEPT = timedelta(days=30)  # after they have ended, so that staff see what they had given out
SIGN_INS_KEPT = timedelta(days=31)  # a day longer than they count


class Command(BaseCommand):
    help = "Publishes what is due and forgets what need not be kept; may be run as often, and by as many, as one likes."

    def add_arguments(self, parser):
        parser.add_argument("--every", type=int, metavar="SECONDS", help="Go on until told to end, so often.")

    def handle(self, *args, every, **options):
        if not every:
            if failed := self._run():
                raise CommandError(f"Failed: {', '.join(failed)}.")
            return
        ended = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: ended.set())
        while not ended.is_set():
            self._run()
            self.stdout.flush()  # or what was done stands in no log until much was
            close_old_connections()
            ended.wait(every)

    def _run(self):
        """Each job, though another fails; returns the names of those that failed."""
        jobs = (self.publish, self.forget_sheets, self.forget_the_past, self.forget_audit, self.send_summaries)
        failed = [job.__name__ for job in jobs if not self._succeeds(job)]
        self._succeeds(self.be_seen)
        return failed

    def _succeeds(self, job):
        try:
            job()
        except Exception:
            logger.exception("scheduled: %s failed", job.__name__)
            return False
        return True

    def be_seen(self):
        schedule.note(schedule.SCHEDULER)

    def publish(self):
        """What was approved for a day that has come; what changed since it was approved waits for review again."""
        published, again = carry_out_due(timezone.now())
        for change in published:
            self.stdout.write(f"published: {change}")
        for change in again:
            self.stderr.write(f"waits again: {change}: {change.remark}")

    def forget_sheets(self):
        call_command("forget_imports", stdout=self.stdout)

    def forget_the_past(self):
        """Sessions, links to previews, failures to sign in and notes to other machines that are over."""
        now = timezone.now()
        StaffSession.objects.filter(expire_date__lte=now).delete()
        PreviewLink.objects.filter(expires_at__lt=now - PREVIEWS_KEPT).delete()
        SignInBrake.objects.filter(last_attempt_at__lt=now - SIGN_INS_KEPT).delete()
        forget_seen()

    def forget_audit(self):
        call_command("forget_audit", stdout=self.stdout)

    def send_summaries(self):
        """Once a day: who is to do it notes it first, so that nobody is written to twice."""
        if schedule.is_first_today("mail_desk", MORNING):
            call_command("mail_desk", stdout=self.stdout, stderr=self.stderr)
