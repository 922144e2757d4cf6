"""A PostgreSQL of the tests' own, for as long as one command runs: `python -m tests.postgres COMMAND ...`."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

SERVER = "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c unix_socket_directories="


def programs():
    """The folder of PostgreSQL's programs, or None where it is not installed."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True)
    on_path = shutil.which("initdb")
    folders = [*debian, *([Path(on_path).resolve().parent] if on_path else [])]
    return next((folder for folder in folders if (folder / "pg_ctl").exists()), None)


@contextmanager
def cluster(folder_of_programs):
    """A new cluster with a unix socket only; yields its DATABASE_URL. Root lends it the account `postgres`."""
    user = "postgres" if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="krakow-intl-") as folder:

        def run(program, *arguments):
            command = [folder_of_programs / program, "-D", "data", *arguments]
            subprocess.run(command, cwd=folder, user=user, check=True, stdout=subprocess.DEVNULL)

        if user:
            shutil.chown(folder, user)
        # ICU sorts as people do and SQLite does not: what relies on a collation comes to light.
        order = ["--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=und"]
        run("initdb", "-U", "register", "--auth=trust", "--no-sync", "--encoding=UTF8", *order)
        run("pg_ctl", "-w", "-l", "log", "-o", SERVER + folder, "start")
        try:
            yield f"postgres://register@{folder.replace('/', '%2F')}/postgres"
        finally:
            run("pg_ctl", "-m", "immediate", "stop")


def main(command):
    found = programs()
    if not found:
        print("NOT RUN on PostgreSQL: it is not installed (Debian: apt-get install postgresql).", file=sys.stderr)
        return 1 if os.environ.get("CI") else 0
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the cluster is stopped
    with cluster(found) as url:
        return subprocess.run(command, env=os.environ | {"DATABASE_URL": url}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
