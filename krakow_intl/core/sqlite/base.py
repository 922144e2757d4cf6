"""How SQLite keeps the register when it is served from a single file."""

import os
import sqlite3
from contextlib import closing

from django.db import OperationalError
from django.db.backends.sqlite3 import base

FIXED_IN = ((3, 44, 6), (3, 50, 7), (3, 51, 3))  # releases in which several writers cannot corrupt a file in WAL mode


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's, which lets go of a file that was moved away: what is still written there nobody would read.

    A connection outlives its request, for to open the file and read its plan costs as much as to answer from it.
    """

    def get_new_connection(self, conn_params):
        stood = self._file()
        connection = super().get_new_connection(conn_params)
        self.file = stood or self._file()
        if is_wal_safe():  # its log has to be gone when another file takes the place of this one
            self.close_at = 0
        return connection

    def _cursor(self, name=None):
        if self.connection is not None and self.autocommit and self._is_moved():
            self.close()
        return super()._cursor(name)

    def _commit(self):
        if self.connection is not None and self._is_moved():
            raise OperationalError("the file of the database was moved away: nothing is written")
        super()._commit()

    def _is_moved(self):
        return self.file != self._file()

    def _file(self):
        """What tells the file at the place of the database from every other one; None of none, and in memory."""
        try:
            found = os.stat(self.settings_dict["NAME"])
        except OSError:
            return None
        return found.st_dev, found.st_ino


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
    base.DatabaseWrapper.features_class.supports_json_field = bool(known)


WORDS = {
    "wal": "write-ahead log",
    "delete": "rollback journal, because the write-ahead log of this release can corrupt a file",
}
