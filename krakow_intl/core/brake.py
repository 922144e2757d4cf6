"""The brake on guessing passwords: the more often signing in fails, the longer one waits before the next try.

Three counts are kept, in the database that all processes share: of an account from a network, of a network, and of an
account from all networks. The last two do not hold up an account that signed in well from its network lately, so
that nobody can lock a person out from elsewhere, nor one colleague another.

The second step of signing in has counts of its own: whoever knows a password does not wipe out with it how often they
guessed a code. A code is short, so one who guesses it from many networks waits as long as one who does from one.
"""

import logging
from contextlib import contextmanager
from datetime import timedelta
from math import ceil

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import ngettext

from krakow_intl.core import audit
from krakow_intl.core.network import client_address, network_of
from krakow_intl.models import SignInBrake

FAILURES_LAST = timedelta(days=1)
SUCCESS_LASTS = timedelta(days=30)
MIN_PAIR, MAX_PAIR_DELAY = 5, 900  # failures from which on there is a delay, and the longest one in seconds
MIN_NETWORK, MAX_NETWORK_DELAY = 20, 60
MIN_ACCOUNT, MAX_ACCOUNT_DELAY = 20, 30
MAX_CODES_DELAY = 900  # where it is a code of an account that is guessed from many networks
MAX_DELETED = 100  # rows that one attempt clears away
MAX_NAME = 150  # letters of an account name in the log

logger = logging.getLogger("krakow_intl.sign_in")


class Delayed(Exception):
    """The next try may be made in `seconds`; until then no password is looked at."""

    def __init__(self, seconds):
        super().__init__(seconds)
        self.seconds = seconds

    def in_words(self):
        if self.seconds <= 90:
            message = ngettext(
                "Signing in has failed too often. Please try again in %(count)d second.",
                "Signing in has failed too often. Please try again in %(count)d seconds.",
                self.seconds,
            )
            return message % {"count": self.seconds}
        minutes = ceil(self.seconds / 60)
        message = ngettext(
            "Signing in has failed too often. Please try again in %(count)d minute.",
            "Signing in has failed too often. Please try again in %(count)d minutes.",
            minutes,
        )
        return message % {"count": minutes}


@contextmanager
def attempt(request, account, is_second=False):
    """One try at a step of signing in, the second if `is_second`: it fails if what is done within raises.

    Raises `Delayed` at once if it comes too early. What is logged of a success can be changed: `attempt.outcome`.
    """
    counts = _Counts(request, account, is_second)
    counts.begin()
    try:
        yield counts
    except Exception:
        counts.note(logging.WARNING, "failed at the second step" if is_second else "failed")
        raise
    counts.take_back()
    counts.note(logging.INFO, counts.outcome)


class _Counts:
    """The rows of one try. It counts before the password is looked at, so that tries made at once are all counted."""

    outcome = "succeeded"

    def __init__(self, request, account, is_second=False):
        self.request, self.account, self.address = request, account, client_address(request)
        network, step = network_of(self.address), "second step, " if is_second else ""
        self.pair = _key(f"{step}pair", network, account)
        self.limits = {self.pair: (MIN_PAIR, MAX_PAIR_DELAY)}  # all processes lock them in this order
        if not self._has_succeeded_lately():
            self.limits |= {_key("network", network): (MIN_NETWORK, MAX_NETWORK_DELAY)} if network else {}
            max_delay = MAX_CODES_DELAY if is_second else MAX_ACCOUNT_DELAY
            self.limits[_key(f"{step}account", account)] = (MIN_ACCOUNT, max_delay)

    def _has_succeeded_lately(self):
        return SignInBrake.objects.filter(key=self.pair, succeeded_at__gt=timezone.now() - SUCCESS_LASTS).exists()

    def begin(self):
        _clear_away()
        try:
            with transaction.atomic(durable=True):
                self._count()
        except Delayed as delayed:
            self.note(logging.WARNING, "delayed", " by %d s", delayed.seconds)
            raise

    def _count(self):
        """Counts this try, unless it comes too early: then no row stays of it."""
        rows = [SignInBrake.objects.select_for_update().get_or_create(key=key)[0] for key in self.limits]
        now = timezone.now()  # once nobody else counts
        if wait := max(_wait(row, *self.limits[row.key], now) for row in rows):
            raise Delayed(wait)
        for row in rows:
            row.failures, row.last_attempt_at = _failures(row, now) + 1, now
            row.save()

    def take_back(self):
        """One row at a time, so that no two of these wait for each other."""
        for key in self.limits.keys() - {self.pair}:
            SignInBrake.objects.filter(key=key, failures__gt=0).update(failures=F("failures") - 1)
        SignInBrake.objects.filter(key=self.pair).update(failures=0, succeeded_at=timezone.now())

    def note(self, level, outcome, how="", *arguments):
        """Tells of a try in both logs; nobody signs in while it cannot be noted."""
        account, address = self.account[:MAX_NAME], self.address or "unknown"
        logger.log(level, f"sign-in {outcome}{how}: account %r, address %s", *arguments, account, address)
        audit.note("sign-in", outcome, user=account, request=self.request)


def _key(*parts):
    """A hash, for neither accounts nor networks are to be read in the table."""
    return salted_hmac("sign-in brake", "\n".join(parts), algorithm="sha256").hexdigest()


def _wait(row, min_failures, max_delay, now):
    """Seconds until the next try: 2 after as many failures as are too many, then twice as long with each."""
    failures = _failures(row, now)
    if failures < min_failures:
        return 0
    delay = min(2 ** min(failures - min_failures + 1, 20), max_delay)
    left = ceil((row.last_attempt_at + timedelta(seconds=delay) - now).total_seconds())
    return min(max(left, 0), delay)


def _failures(row, now):
    return row.failures if row.last_attempt_at > now - FAILURES_LAST else 0


@transaction.atomic
def _clear_away():
    """Deletes some of the rows that tell of nothing lately; those that another process has in hand are left to it."""
    now = timezone.now()
    rows = SignInBrake.objects.select_for_update(skip_locked=True).filter(last_attempt_at__lte=now - FAILURES_LAST)
    old = [*rows.exclude(succeeded_at__gt=now - SUCCESS_LASTS).values_list("pk", flat=True)[:MAX_DELETED]]
    SignInBrake.objects.filter(pk__in=old).delete()
