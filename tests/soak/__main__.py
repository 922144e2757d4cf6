"""Clients use the register as it is deployed, on both databases: `make soak`, `make load`, or `-m tests.soak sqlite`.

Each database has its server for SOAK seconds (600). They are divided in cycles, a minute each or a fifth of a short
run, in which the staff do the same at the same moments: the first warms up, the second and the last are compared.
CLIENTS (8) use it at once, two of them of the staff; every CUT_EVERY seconds (10) PostgreSQL's idle connections are
cut, with 0 never. `make load` asks for more clients and no cut: then nobody may be told anything but an answer.
"""

import os
import signal
import sys
import tempfile
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Event, Thread

import django
import psycopg

from tests.postgres import cluster, programs

STAFF = 2
MINUTE = 60
LOOK_EVERY = 0.1
CUT = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE backend_type = 'client backend' AND state = 'idle' AND pid <> pg_backend_pid()
"""


class Clock:
    """The time of a soak in seconds since it was started."""

    def __init__(self, seconds):
        self.seconds, self.cycle = seconds, min(MINUTE, seconds / 5)
        self.ended = Event()

    def start(self):
        """Returns the moment in seconds since the epoch."""
        self.started = time.monotonic()
        return time.time()

    def now(self):
        return time.monotonic() - self.started

    def wait_until(self, moment):
        """Whether the soak still goes on at that moment."""
        self.ended.wait(min(moment, self.seconds) - self.now())
        return not self.ended.is_set() and self.now() < self.seconds


class Observer:
    """Looks at the server from outside, and cuts idle connections to PostgreSQL at known moments."""

    def __init__(self, server, journal, clock, database_url):
        self.server, self.journal, self.clock = server, journal, clock
        self.cut_every = float(os.environ.get("CUT_EVERY") or 10)
        cuts = self.cut_every and database_url.startswith("postgres")
        self.database = psycopg.connect(database_url, autocommit=True) if cuts else None

    def observe(self, over):
        """Until that event, which comes when the last client has been answered."""
        while not over.wait(LOOK_EVERY):
            self._look()
            if self.database and self.clock.now() >= (len(self.journal.cuts) + 1) * self.cut_every:
                self._cut()
        self._look()

    def count_workers(self):
        self.journal.workers.append(self.server.workers())

    def _look(self):
        if not self.journal.workers and self.clock.now() >= self.clock.cycle:
            self.count_workers()
        version, known = self.server.version(), self.journal.versions
        if not known or known[-1][1] != version:
            known.append((time.time(), version))

    def _cut(self):
        self.journal.cuts.append(time.time())
        self.database.execute(CUT)


def soak(server, passwords, seconds, database_url):
    """Lets the clients in, once staff have signed in; returns the journal of what happened."""
    from tests.soak.journal import Journal
    from tests.soak.staff import Desk, edits, publications_and_imports
    from tests.soak.visitors import visit, warm_addresses

    clock = Clock(seconds)
    journal = Journal(seconds, clock.cycle)
    desk = Desk(server.port, journal, clock, passwords)
    work = [(desk.keep_diary, edits(desk)), (desk.keep_diary, publications_and_imports(desk))]
    warm = warm_addresses(desk.browser())
    visitors = int(os.environ.get("CLIENTS") or 8) - STAFF
    work += [(visit, server.port, journal.answers.append, clock, warm, seed) for seed in range(visitors)]
    observer = Observer(server, journal, clock, database_url)
    over = Event()
    journal.started = clock.start()
    with at_work([(observer.observe, over)], journal, over), at_work(work, journal, clock.ended):
        clock.wait_until(seconds)
    observer.count_workers()
    return journal


@contextmanager
def at_work(work, journal, ended):
    """Threads that do some work each until that event, which comes with the end of the block, and end with it."""

    def run(do, *arguments):
        try:
            do(*arguments)
        except Exception:
            journal.faults.append(f"a thread gave up:\n{traceback.format_exc()}")

    threads = [Thread(target=run, args=one) for one in work]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        for thread in threads:
            thread.join()


@contextmanager
def database(name):
    """(folder, DATABASE_URL) of an empty database of its own, for as long as the block runs."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="krakow-intl-soak-")))
        is_postgres = name == "postgresql"
        yield (
            folder,
            stack.enter_context(cluster()) if is_postgres else f"sqlite:///{folder}/register.sqlite3",
        )


def soak_on(name, seconds, folder, url, environment, passwords):
    """Soaks a register that is prepared; prints what came of it; returns whether all is well."""
    from tests.soak.journal import figures, reasons
    from tests.soak.server import serving

    with serving(folder, environment) as server:
        journal = soak(server, passwords, seconds, url)
    journal.log = server.faults()
    print(f"\nSoak on {name}, {seconds} seconds in cycles of {journal.cycle:g}:", *figures(journal), sep="\n")
    found = list(reasons(journal))
    print(*(f"FAILED: {reason}" for reason in found), *([] if found else ["All is well."]), sep="\n", flush=True)
    return not found


def is_there(name):
    if name == "postgresql" and not programs():
        print("NOT RUN on PostgreSQL: it is not installed (Debian: apt-get install postgresql).", file=sys.stderr)
        return False
    return True


def main(names):
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"  # of the clients, which read forms as the tests do
    django.setup()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the server is ended
    seconds = int(os.environ.get("SOAK") or 600)
    here = [name for name in names if is_there(name)]
    with ExitStack() as stack, ThreadPoolExecutor() as side_by_side:
        from tests.soak.server import prepare

        places = [stack.enter_context(database(name)) for name in here]
        prepared = [*side_by_side.map(lambda place: prepare(*place), places)]
        is_well = [soak_on(name, seconds, *place, *by) for name, place, by in zip(here, places, prepared, strict=True)]
    return 0 if all(is_well) and (len(here) == len(names) or not os.environ.get("CI")) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ["sqlite", "postgresql"]))
