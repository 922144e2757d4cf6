"""Moments as programs write and read them."""

from datetime import UTC, timedelta

from django.utils import timezone
from django.utils.dateparse import parse_datetime

# for so long a transaction may write what it dates before it is seen: what is asked next begins that much earlier
OVERLAP = timedelta(minutes=10)
MAX_AGO = timedelta(days=366)  # who has not asked for longer copies the lists anew


def moment(at):
    """A moment in UTC: "2026-11-30T12:00:00.000000Z"."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def read_moment(text):
    """The moment that a text names, a zone included; None if it names none, or not one of the last year."""
    try:
        at = parse_datetime(text)
    except ValueError:
        return None
    if at is None or timezone.is_naive(at):
        return None
    return at if timedelta() <= timezone.now() - at <= MAX_AGO else None


def next_moment():
    """Since when to ask the next time."""
    return timezone.now() - OVERLAP
