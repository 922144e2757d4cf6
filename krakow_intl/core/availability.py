"""Which failures are no fault of a page: the database is away, locked, full or only for reading, or the disk is."""

import errno

from django.db import DatabaseError, InterfaceError

DISK = {errno.ENOSPC, errno.EROFS, errno.EDQUOT, errno.EIO, errno.EACCES, errno.EPERM}
SQLITE = {3, 5, 6, 7, 8, 10, 11, 13, 14, 15, 26}  # primary codes: busy, locked, read-only, full, not to be opened ...
POSTGRESQL = {  # classes of SQLSTATE, and single states
    *("08", "40", "53", "55", "57", "58", "XX"),  # connection, deadlock, resources, locks, intervention, system
    *("25006", "25P03", "42P01"),  # only for reading, idle for too long, no tables yet
}


def is_away(error):
    """Whether to say "try again later": of an exception, or of one it came from."""
    while error is not None:
        if isinstance(error, InterfaceError) or _is_of_database(error) or _is_of_disk(error):
            return True
        error = error.__cause__ or error.__context__
    return False


def _is_of_database(error):
    if not isinstance(error, DatabaseError) or error.__cause__ is None:
        return False
    state = getattr(error.__cause__, "sqlstate", "")  # None: no server was there to give one
    if state != "":
        return state is None or not POSTGRESQL.isdisjoint({state, state[:2]})
    code = getattr(error.__cause__, "sqlite_errorcode", 0)
    return code & 0xFF in SQLITE or str(error).startswith("no such table")


def _is_of_disk(error):
    return isinstance(error, OSError) and error.errno in DISK
