"""How long a request waits for somebody who is writing: who reads for two seconds, who writes until an import is in."""

from contextvars import ContextVar

from django.db import DatabaseError, connection

READING, WRITING = 2, 10  # seconds

_seconds = ContextVar("seconds", default=None)


def wait_as_long_as_it_is_worth(get_response):
    """Middleware. PostgreSQL's connections stay and wait as a reader does; SQLite's are opened for each request."""

    def middleware(request):
        is_reading = request.method in ("GET", "HEAD", "OPTIONS")
        token = _seconds.set(READING if is_reading else WRITING)
        try:
            return get_response(request) if is_reading else _write(request)
        finally:
            _seconds.reset(token)

    def _write(request):
        if connection.vendor != "postgresql":
            return get_response(request)
        _set_lock_timeout(f"'{WRITING}s'")
        try:
            return get_response(request)
        finally:
            _set_lock_timeout("DEFAULT")

    return middleware


def _set_lock_timeout(value):
    """Where the database is away, who asks it next says so."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = {value}")
    except DatabaseError:
        connection.close_if_unusable_or_obsolete()


def watch(connection, **kwargs):
    """Receiver of `connection_created`."""
    if connection.vendor == "sqlite" and _seconds.get() is not None:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {_seconds.get() * 1000}")
