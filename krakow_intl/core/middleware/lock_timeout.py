"""How long a request waits for somebody who is writing: who reads for two seconds, who writes until an import is in."""

from contextvars import ContextVar

from django.db import DatabaseError, connection

from krakow_intl.core.middleware.base import Middleware

READING, WRITING = 2, 10  # seconds

_seconds = ContextVar("seconds", default=None)


class LockTimeoutMiddleware(Middleware):
    """Django's settings know one timeout for all that use a connection; here it is that of the request.

    PostgreSQL's connections stay and wait as a reader does; SQLite's are opened for each request.
    """

    def __call__(self, request):
        is_reading = request.method in ("GET", "HEAD", "OPTIONS")
        token = _seconds.set(READING if is_reading else WRITING)
        try:
            return self.get_response(request) if is_reading else self._write(request)
        finally:
            _seconds.reset(token)

    def _write(self, request):
        if connection.vendor != "postgresql":
            return self.get_response(request)
        _set_lock_timeout(f"'{WRITING}s'")
        try:
            return self.get_response(request)
        finally:
            _set_lock_timeout("DEFAULT")


def _set_lock_timeout(value):
    """Where the database is away, who asks it next says so."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = {value}")
    except DatabaseError:
        connection.close_if_unusable_or_obsolete()


def set_busy_timeout(connection, **kwargs):
    """Receiver of `connection_created`."""
    if connection.vendor == "sqlite" and _seconds.get() is not None:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {_seconds.get() * 1000}")
