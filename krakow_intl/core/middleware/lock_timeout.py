"""How long a request waits for somebody who is writing: who reads for two seconds, who writes until an import is in."""

from contextvars import ContextVar

from django.db import DatabaseError, connection

from krakow_intl.core.middleware.base import Middleware

READING, WRITING = 2, 10  # seconds

_seconds = ContextVar("seconds", default=None)


class LockTimeoutMiddleware(Middleware):
    """Django's settings know one timeout for all that use a connection; here it is that of the request.

    Connections stay, and wait as a reader does while nobody writes.
    """

    def __call__(self, request):
        is_reading = request.method in ("GET", "HEAD", "OPTIONS")
        token = _seconds.set(READING if is_reading else WRITING)
        try:
            return self.get_response(request) if is_reading else self._write(request)
        finally:
            _seconds.reset(token)

    def _write(self, request):
        _wait_as("writer")
        try:
            return self.get_response(request)
        finally:
            _wait_as("reader")


STATEMENTS = {
    "postgresql": {"writer": f"SET lock_timeout = '{WRITING}s'", "reader": "SET lock_timeout = DEFAULT"},
    "sqlite": {"writer": f"PRAGMA busy_timeout = {WRITING}000", "reader": f"PRAGMA busy_timeout = {READING}000"},
}


def _wait_as(whom):
    """Where the database is away, who asks it next says so."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(STATEMENTS[connection.vendor][whom])
    except DatabaseError:
        connection.close_if_unusable_or_obsolete()


def set_busy_timeout(connection, **kwargs):
    """Receiver of `connection_created`."""
    if connection.vendor == "sqlite" and _seconds.get() is not None:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {_seconds.get() * 1000}")
