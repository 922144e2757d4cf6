"""Faults of running the register, named as the catalogue of faults names them: a full disk, a process that is killed.

The register is served as it is deployed; whatever it opens outside its folder, and whomever it calls, is noted. Other
rows stand where their subject has tests.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.proxy import ROOT, free_port
from tests.soak.browser import Browser, Unexpected
from tests.soak.staff import IMPORTS, ROWS, sheet
from tests.test_proxy import WITHOUT_MIGRATIONS
from tests.test_server import wait_for

pytestmark = [pytest.mark.once, pytest.mark.slow]
NOT_RUN = "no file system may be mounted here"
FILL = """
import django; django.setup()
from django.core.management import call_command
from django.test import Client
from tests.partners.factories import CityFactory
from tests.soak.staff import SOME_CITIES
from tests.staff import sign_in
call_command("migrate", run_syncdb=True, verbosity=0)
for number, name in enumerate(SOME_CITIES):
    CityFactory(slug=f"city-{number}", name_pl=name)
print(sign_in(Client(), "reviewer+importer").cookies["sessionid"].value)
"""
SETTINGS = WITHOUT_MIGRATIONS + 'LOGGING["loggers"]["krakow_intl.requests"]["level"] = "INFO"\n'
NOTE_WHAT_IS_NOT_OURS = """
import os, sys

ours = (os.environ["VAR_DIR"], os.environ["FOLDER"], "/dev/", "/tmp/")

def note(event, arguments):
    if event == "open" and isinstance(arguments[0], str):
        path, _mode, flags = arguments
        if flags & (os.O_WRONLY | os.O_RDWR) and not os.path.abspath(path).startswith(ours):
            tell(f"writes {path}")
    if event == "socket.connect":
        tell(f"calls {arguments[1]}")

def tell(what):
    with open(os.path.join(os.environ["FOLDER"], "noted"), "a") as noted:
        print(what, file=noted)
    raise PermissionError(what)

sys.addaudithook(note)
"""
COUNT = "SELECT count(*) FROM partners_agreement"


class Register:
    """A running gunicorn, and the browser of somebody who may import."""

    def __init__(self, process, port, folder, session):
        self.process, self.port, self.folder, self.answers = process, port, folder, []
        self.browser = Browser(port, self.answers.append)
        self.browser.cookies["sessionid"] = session

    def workers(self):
        return Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()

    def status(self, path):
        """What a browser of its own is answered; 0 for nothing."""
        asked = []
        browser = Browser(self.port, asked.append)
        with suppress(Unexpected):
            browser.get("page", path)
        browser.close()
        return asked[0].status

    def storage(self):
        """What is told of the storage: "ok" or "failed"."""
        return json.loads(self.browser.get("readiness", "/readyz", awaited=(200, 503))[1])["storage"]

    def requests(self):
        """How many requests are counted."""
        told = self.browser.get("counts", "/metrics")[1].splitlines()
        return sum(float(line.rpartition(" ")[2]) for line in told if line.startswith("register_requests_total"))

    def hand_in(self, number):
        """Brings a list in; the address at which it is applied, and the form for it."""
        form = self.browser.form("sheet", f"{IMPORTS}add/")
        file = SimpleUploadedFile(f"{number}.csv", sheet(number), "text/csv")
        body = encode_multipart(BOUNDARY, form | {"file": file})
        letter = self.browser.post("sheet", f"{IMPORTS}add/", body, MULTIPART_CONTENT)
        return letter.replace("/change/", "/apply/"), self.browser.form("letter", letter)

    @contextmanager
    def importing(self, number):
        """The block runs while a list is being written; what was answered is the last of `answers`."""
        address, form = self.hand_in(number)
        journal = self.folder / "register.sqlite3-journal"

        def apply():
            with suppress(Unexpected):
                self.browser.post("apply", address, form | {"what": "all"})

        thread = threading.Thread(target=apply)
        thread.start()
        while thread.is_alive() and not (journal.exists() and journal.stat().st_size):
            time.sleep(0.005)
        yield
        thread.join()

    def agreements(self):
        return int(subprocess.check_output([sys.executable, "-c", ASK, self.folder / "register.sqlite3", COUNT]))


ASK = "import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute(sys.argv[2]).fetchone()[0])"


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A folder with a database of five cities, and the session of somebody who has signed in."""
    folder = tmp_path_factory.mktemp("filled")
    (folder / "served_settings.py").write_text(SETTINGS)
    environment = _environment(folder) | {"VAR_DIR": str(folder)}
    filling = subprocess.run([sys.executable, "-c", FILL], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert filling.returncode == 0, filling.stderr
    return folder, filling.stdout.split()[-1]


@pytest.fixture
def serve(filled, tmp_path):
    """Serves a copy of the database: `with serve(...) as register`."""
    made, session = filled
    for name in ("register.sqlite3", "served_settings.py"):
        shutil.copy(made / name, tmp_path)
    (tmp_path / "sitecustomize.py").write_text(NOTE_WHAT_IS_NOT_OURS)
    (tmp_path / "var").mkdir()

    @contextmanager
    def served(*options, log=tmp_path / "log", before=(), **environment):
        port = free_port()
        command = [*before, sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", *options]
        with open(log, "w") as stderr:
            process = subprocess.Popen(command, cwd=ROOT, env=_environment(tmp_path) | environment, stderr=stderr)
        register = Register(process, port, tmp_path, session)
        try:
            wait_for(port)
            yield register
        finally:
            register.browser.close()
            process.terminate()
            process.wait(timeout=20)
        assert not (tmp_path / "noted").exists(), (tmp_path / "noted").read_text()

    return served


def _environment(folder):
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(folder),
        "PYTHONDONTWRITEBYTECODE": "1",
        "DJANGO_SETTINGS_MODULE": "served_settings",
        "DATABASE_URL": f"sqlite:///{folder}/register.sqlite3",
        "FOLDER": str(folder),
        "VAR_DIR": str(folder / "var"),
        "SECRET_KEY": "only-for-the-tests-" * 4,
        "WEB_CONCURRENCY": "1",
    }


def test_o06_an_import_is_finished_or_rolled_back_however_its_process_ends(serve):
    with serve() as register:
        counted = register.requests()
        with register.importing(1):
            [worker] = register.workers()
            os.kill(int(worker), signal.SIGKILL)
        assert (register.answers[-1].status, register.agreements()) == (0, 0)
        assert register.status("/pl/") == 200  # by the worker in its place, which goes on with its counts
        assert register.requests() > counted

        with register.importing(2):
            register.process.terminate()
        finished = register.answers[-1].status == 302
        assert register.process.wait(timeout=15) == 0
        assert register.agreements() == ROWS * finished


def test_o07_o14_a_worker_that_hangs_is_replaced_while_the_other_serves_though_no_log_can_be_written(serve):
    with serve("--timeout", "2", log="/dev/full", WEB_CONCURRENCY="2") as register:
        while len(before := register.workers()) < 2:
            time.sleep(0.1)
        os.kill(int(before[0]), signal.SIGSTOP)
        assert {register.status(f"/pl/?on=2001-01-{day:02}") for day in range(1, 11)} == {200}
        ends = time.monotonic() + 30
        while before[0] in register.workers() or len(register.workers()) < 2:
            assert time.monotonic() < ends
            time.sleep(0.1)
        assert before[1] in register.workers()
        assert {register.status("/en/") for _ in range(5)} == {200}


def may_mount():
    """The command that lets another have file systems of its own; None where nobody may."""
    namespace = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--mount", "--user", "--map-root-user"]
    tried = [*namespace, "mount", "-t", "tmpfs", "none", "/mnt"]
    return namespace if subprocess.run(tried, capture_output=True).returncode == 0 else None


def test_o05_o16_with_a_full_disk_everybody_reads_nobody_uploads_and_all_is_well_with_room_again(serve, tmp_path):
    namespace = may_mount()
    if not namespace:
        pytest.skip(NOT_RUN)
    mounting = f'mount -t tmpfs -o size=2m none {tmp_path}/var && exec "$@"'
    with serve(before=[*namespace, "sh", "-c", mounting, "sh"]) as register:
        assert register.status("/pl/") == 200
        disk = Path(f"/proc/{register.process.pid}/root{tmp_path}/var")
        fill(disk / "everything")
        assert [register.status(page) for page in ("/pl/", "/en/", "/healthz")] == [200] * 3
        assert register.storage() == "failed"
        with pytest.raises(Unexpected, match="answered 503"):
            register.hand_in(1)
        assert [path for path in disk.glob("imports/**/*") if path.is_file()] == []
        (disk / "everything").unlink()
        assert register.storage() == "ok"
        assert register.hand_in(2)


def fill(path):
    with open(path, "wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))
