"""How SQLite keeps the register when it is served from a single file."""

import sqlite3
from contextlib import closing

from django.db.backends.sqlite3.base import DatabaseWrapper

FIXED_IN = ((3, 44, 6), (3, 50, 7), (3, 51, 3))  # releases in which several writers cannot corrupt a file in WAL mode


def is_wal_safe(release=sqlite3.sqlite_version_info):
    """Whether a release of SQLite, (3, 44, 6), has the fix of the fault that can corrupt a file in WAL mode."""
    return release >= max(FIXED_IN) or any(release[:2] == fixed[:2] and release >= fixed for fixed in FIXED_IN)


def choose_journal(connection):
    """Sets the journal mode of the file, which the file itself remembers; returns a sentence that says which."""
    mode = "wal" if is_wal_safe() else "delete"
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        stands = cursor.fetchone()[0]
        if stands != mode:
            cursor.execute(f"PRAGMA journal_mode={mode}")
            stands = cursor.fetchone()[0]
    return f"SQLite {sqlite3.sqlite_version}: {WORDS.get(stands, stands)}."


def settle_features():
    """Tells Django for every connection to come whether SQLite knows JSON.

    Django asks the register's own file, once a thread and perhaps before that thread has opened it, and takes "database
    is locked" for a no: a thread that came while somebody wrote would refuse pages of cities for as long as it lives.
    """
    with closing(sqlite3.connect(":memory:")) as memory:
        known = memory.execute("SELECT count(*) FROM pragma_function_list WHERE name = 'json'").fetchone()[0]
    DatabaseWrapper.features_class.supports_json_field = bool(known)


WORDS = {
    "wal": "write-ahead log",
    "delete": "rollback journal, because the write-ahead log of this release can corrupt a file",
}
