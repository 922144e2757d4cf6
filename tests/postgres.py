"""A PostgreSQL of the tests' own, for as long as one command runs: `python -m tests.postgres COMMAND ...`."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

ACCOUNT = "postgres" if os.geteuid() == 0 else None
SERVER = "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c unix_socket_directories="


def programs():
    """The folder of PostgreSQL's programs, or None where it is not installed."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True)
    on_path = shutil.which("initdb")
    folders = [*debian, *([Path(on_path).resolve().parent] if on_path else [])]
    return next((folder for folder in folders if (folder / "pg_ctl").exists()), None)


@contextmanager
def cluster():
    """A new cluster with a unix socket only; yields its DATABASE_URL. Root lends it the account `postgres`."""
    # ICU sorts as people do and SQLite does not: what relies on a collation comes to light.
    order = ["--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=und"]
    with _folder() as folder:
        _run(folder, "initdb", "-U", "register", "--auth=trust", "--no-sync", "--encoding=UTF8", *order)
        with _started(folder) as url:
            yield url


@contextmanager
def replica_of(primary):
    """A streaming replica of a cluster that is named by its folder; yields its own folder."""
    with _folder() as folder:
        copy = ["-h", primary, "-U", "register", "--write-recovery-conf", "--checkpoint=fast", "--no-sync"]
        _run(folder, "pg_basebackup", *copy)
        with _started(folder):
            yield folder


def folder_of(url):
    """Where a cluster that is named by its DATABASE_URL has its socket and its data."""
    return unquote(urlsplit(url).netloc.partition("@")[2])


def start(folder):
    _run(folder, "pg_ctl", "-w", "-l", "log", "-o", SERVER + folder, "start")


def stop(folder):
    _run(folder, "pg_ctl", "-w", "-m", "immediate", "stop")


@contextmanager
def _folder():
    with tempfile.TemporaryDirectory(prefix="krakow-intl-") as folder:
        if ACCOUNT:
            shutil.chown(folder, ACCOUNT)
        yield folder


@contextmanager
def _started(folder):
    start(folder)
    try:
        yield f"postgres://register@{folder.replace('/', '%2F')}/postgres"
    finally:
        stop(folder)


def _run(folder, program, *arguments):
    command = [programs() / program, "-D", "data", *arguments]
    subprocess.run(command, cwd=folder, user=ACCOUNT, check=True, stdout=subprocess.DEVNULL)


def main(command):
    if not programs():
        print("NOT RUN on PostgreSQL: it is not installed (Debian: apt-get install postgresql).", file=sys.stderr)
        return 1 if os.environ.get("CI") else 0
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the cluster is stopped
    with cluster() as url:
        return subprocess.run(command, env=os.environ | {"DATABASE_URL": url}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
