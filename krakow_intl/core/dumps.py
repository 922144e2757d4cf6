"""The database as a whole: a copy of it as it stands at one moment, what that copy holds, and the way back."""

import hashlib
import json
import os
import sqlite3
import subprocess
from contextlib import closing, contextmanager
from pathlib import Path

from django.core.management.base import CommandError
from django.db import connection
from django.utils.translation import gettext as _

PIECE = 1000  # rows
# the functions that triggers called, which stay when their tables go
TRIGGERED = """SELECT oid::regprocedure::text FROM pg_proc
    WHERE pronamespace = current_schema()::regnamespace AND prorettype = 'trigger'::regtype"""


class SQLite:
    """The database in a file of this machine."""

    vendor, member = "sqlite", "database.sqlite3"

    def __init__(self):
        self.path = Path(connection.settings_dict["NAME"])

    def is_empty(self):
        if not self.path.exists():
            return True
        with closing(sqlite3.connect(self.path)) as live:
            return live.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)

    def dump(self, target):
        """Copies the database as it stands at one moment; returns what the copy holds."""
        with closing(sqlite3.connect(self.path)) as live, closing(sqlite3.connect(target)) as copy:
            live.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, whatever the live one keeps beside it
            return self._contents(copy)

    def contents(self):
        with closing(sqlite3.connect(self.path)) as live:
            return self._contents(live)

    def restore(self, dump):
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(dump)) as copy, closing(sqlite3.connect(self.path)) as live:
            copy.backup(live)

    def clear(self):
        for ending in ("", "-wal", "-shm", "-journal"):
            self.path.with_name(self.path.name + ending).unlink(missing_ok=True)

    def _contents(self, database):
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            "migrations": _migrations(database, names),
            "tables": {name: _digest(self._rows(database, name)) for name in sorted(names)},
        }

    def _rows(self, database, table):
        quoted = '"' + table.replace('"', '""') + '"'
        width = len(database.execute(f"SELECT * FROM {quoted} LIMIT 0").description)
        return database.execute(f"SELECT * FROM {quoted} ORDER BY {', '.join(map(str, range(1, width + 1)))}")


class PostgreSQL:
    """The database on a server, asked over connections of our own: what a caller's transaction does is no matter."""

    vendor, member = "postgresql", "database.dump"

    def is_empty(self):
        with self._snapshot() as own, own.cursor() as cursor:
            return not own.introspection.table_names(cursor)

    def dump(self, target):
        """Dumps the database as it stands at one moment; returns what it held at that very moment."""
        with self._snapshot() as own:
            with own.cursor() as cursor:
                cursor.execute("SELECT pg_export_snapshot()")
                (snapshot,) = cursor.fetchone()
            self._run("pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={target}")
            return self._contents(own)

    def contents(self):
        with self._snapshot() as own:
            return self._contents(own)

    def restore(self, dump):
        options = ["--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges"]
        self._run("pg_restore", *options, str(dump))

    def clear(self):
        with closing(connection.copy()) as own, own.cursor() as cursor:
            if names := own.introspection.table_names(cursor):
                cursor.execute(f"DROP TABLE {', '.join(map(own.ops.quote_name, names))} CASCADE")
            cursor.execute(TRIGGERED)
            for (function,) in cursor.fetchall():
                cursor.execute(f"DROP FUNCTION {function}")

    @contextmanager
    def _snapshot(self):
        """A connection that sees one moment for as long as it takes."""
        with closing(connection.copy()) as own:
            own.ensure_connection()
            own.set_autocommit(False)
            with own.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                cursor.execute("SET LOCAL statement_timeout = 0")
                cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            yield own

    def _contents(self, own):
        with own.cursor() as cursor:
            names = sorted(own.introspection.table_names(cursor))
            migrations = _migrations(cursor, names)
        return {"migrations": migrations, "tables": {name: _digest(self._rows(own, name)) for name in names}}

    def _rows(self, own, table):
        row = "to_json(stored.*)::text"
        with own.chunked_cursor() as cursor:
            cursor.execute(f'SELECT {row} FROM {own.ops.quote_name(table)} stored ORDER BY {row} COLLATE "C"')
            while rows := cursor.fetchmany(PIECE):
                yield from rows

    def _run(self, program, *arguments):
        """Runs one of PostgreSQL's programs; the password goes by the environment, which others cannot read."""
        (_psql, *where, name), secrets = connection.client.settings_to_cmd_args_env(connection.settings_dict, [])
        command = [program, *where, f"--dbname={name}", "--no-password", *arguments]
        try:
            subprocess.run(command, env=os.environ | (secrets or {}), check=True, stderr=subprocess.PIPE, text=True)
        except FileNotFoundError as error:
            message = _("%(program)s is not installed (Debian: apt-get install postgresql-client).")
            raise CommandError(message % {"program": program}) from error
        except subprocess.CalledProcessError as error:
            raise CommandError(error.stderr.strip()) from error


def our_database():
    return PostgreSQL() if connection.vendor == PostgreSQL.vendor else SQLite()


def _migrations(database, tables):
    if "django_migrations" not in tables:
        return []
    rows = database.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
    return [list(row) for row in rows.fetchall()]


def _digest(rows):
    """How many rows there are, and the SHA-256 over them."""
    digest, count = hashlib.sha256(), 0
    for row in rows:
        digest.update(json.dumps(row, default=bytes.hex).encode() + b"\n")
        count += 1
    return {"rows": count, "sha256": digest.hexdigest()}
