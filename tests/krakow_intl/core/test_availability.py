import errno
import sqlite3

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, InterfaceError, InternalError, OperationalError, ProgrammingError

from krakow_intl.core.availability import is_away


def of_sqlite(name, message="", kind=OperationalError):
    cause = sqlite3.OperationalError(message)
    cause.sqlite_errorcode = getattr(sqlite3, name)
    return _caused(kind(message), cause)


def of_postgresql(cause, kind=OperationalError):
    return _caused(kind(str(cause)), cause)


def _caused(error, cause):
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    "error",
    [
        of_sqlite("SQLITE_BUSY", "database is locked"),
        of_sqlite("SQLITE_FULL", "database or disk is full"),
        of_sqlite("SQLITE_READONLY", "attempt to write a readonly database"),
        of_sqlite("SQLITE_CANTOPEN", "unable to open database file"),
        of_sqlite("SQLITE_IOERR", "disk I/O error"),
        of_sqlite("SQLITE_NOTADB", "file is not a database", DatabaseError),
        of_sqlite("SQLITE_ERROR", "no such table: partners_partnercity"),
        of_postgresql(psycopg.OperationalError("connection refused")),
        of_postgresql(psycopg.errors.QueryCanceled()),
        of_postgresql(psycopg.errors.LockNotAvailable()),
        of_postgresql(psycopg.errors.TooManyConnections()),
        of_postgresql(psycopg.errors.DiskFull()),
        of_postgresql(psycopg.errors.DeadlockDetected()),
        of_postgresql(psycopg.errors.ReadOnlySqlTransaction(), InternalError),
        of_postgresql(psycopg.errors.UndefinedTable(), ProgrammingError),
        InterfaceError("connection already closed"),
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EROFS, "Read-only file system"),
        _caused(RuntimeError(), of_sqlite("SQLITE_BUSY")),
    ],
    ids=repr,
)
def test_o03_what_passes_by_itself_is_no_fault_of_a_page(error):
    assert is_away(error)


@pytest.mark.parametrize(
    "error",
    [
        None,
        ValueError(),
        OSError(errno.ENOENT, "No such file"),
        IntegrityError(),
        of_sqlite("SQLITE_ERROR", "no such column: nonsense"),
        of_sqlite("SQLITE_ERROR", "too many SQL variables"),
        of_postgresql(psycopg.errors.UndefinedColumn(), ProgrammingError),
        of_postgresql(psycopg.errors.UniqueViolation(), IntegrityError),
    ],
    ids=repr,
)
def test_a_fault_of_ours_stays_one(error):
    assert not is_away(error)
