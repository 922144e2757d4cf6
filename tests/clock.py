"""A clock that stands still until a test moves it."""

from datetime import datetime, timedelta

from django.utils import timezone

NOON = datetime.fromisoformat("2026-05-05T12:00:00+02:00")


class Clock:
    def __init__(self, monkeypatch):
        self.monkeypatch = monkeypatch
        self.set(NOON)

    def set(self, now):
        self.now = now
        self.monkeypatch.setattr(timezone, "now", lambda: now)

    def pass_by(self, **time):
        self.set(self.now + timedelta(**time))
