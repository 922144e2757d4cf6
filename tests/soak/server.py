"""The register as it is deployed, on a database and in a folder of its own; only Linux tells its memory."""

import os
import re
import secrets
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from tests.memory import memory_of

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "var" / "static"  # as `make` collected it; it is only read
PATIENCE = 30  # seconds to start
# the start of an entry of the log: "2026-01-31 12:00:00,123 ERROR django.request ...", "[2026-01-31 12:00:00 +0100]"
ENTRY = re.compile(r"^\[?(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)")
# a fault in an entry: "ERROR django.request", "[CRITICAL] WORKER TIMEOUT", "Traceback (most recent call last)"
FAULT = re.compile(r"\b(?:ERROR|CRITICAL|Traceback|Exception)\b")


class Server:
    """A running gunicorn."""

    def __init__(self, process, port, folder):
        self.process, self.port, self.folder = process, port, folder

    def workers(self):
        """{process id: resident memory in MiB} of the processes that answer."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return {int(pid): memory_of("VmRSS", pid) for pid in children}

    def version(self):
        """How far the marker of public changes has grown, in bytes; None while there is none."""
        marker = self.folder / "pages" / "changes"
        return marker.stat().st_size if marker.exists() else None

    def faults(self):
        """The entries of the log that tell of a fault, as (seconds since the epoch, text)."""
        return list(faults_in((self.folder / "log").read_text()))


def faults_in(log):
    # where an entry begins: before "2026-01-31 12:00:00,123 ERROR"
    for entry in re.split(f"(?m)(?={ENTRY.pattern})", log):
        if FAULT.search(entry):
            begun = ENTRY.match(entry)
            yield time.mktime(time.strptime(begun[1], "%Y-%m-%d %H:%M:%S")) if begun else 0.0, entry.strip()


def prepare(folder, database_url):
    """Makes the database with its facts; returns the environment of the register and {role: password}."""
    environment = {
        "PATH": os.environ["PATH"],
        "SECRET_KEY": secrets.token_urlsafe(50),
        "DATABASE_URL": database_url,
        "VAR_DIR": str(folder),
        "ALLOWED_HOSTS": "127.0.0.1",
    }
    (folder / "static").symlink_to(STATIC)
    command = [sys.executable, "manage.py", "prepare", "--demo-accounts"]
    output = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout
    # an account and its password: "  reviewer-2     mxVkZIxyJ5pq-h1H"
    return environment, dict(re.findall(r"^  ([\w-]+) +(\S+)$", output, re.MULTILINE))


@contextmanager
def serving(folder, environment, application="krakow_intl.wsgi:application"):
    """A `Server` for as long as the block runs, however it ends."""
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", application]
    with open(folder / "log", "wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stderr=log)
    try:
        _wait_for(process, port)
        yield Server(process, port, folder)
    finally:
        _end(process)


def _free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _wait_for(process, port):
    for _ in range(PATIENCE * 10):
        with socket.socket() as attempt:
            if attempt.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError("the server does not listen")


def _end(process):
    process.terminate()
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
