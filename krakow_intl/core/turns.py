"""One after another, over all threads and processes of a machine."""

import fcntl
import os
from contextlib import contextmanager
from time import monotonic, sleep

from krakow_intl.core.content_version import pages_folder

PLACES = 64  # files, at most; who shares one waits for what is not theirs, which does no harm
STEP = 0.01  # seconds


@contextmanager
def in_turn(name, patience):
    """Whoever comes first does what is in the block, others with the same name wait for them; for `patience` seconds.

    Who had to wait holds up nobody else: what they waited for is made. Where no lock can be had, nobody waits.
    """
    lock = _open(_place(name))
    try:
        if lock is not None and not _is_taken(lock) and _wait(lock, monotonic() + patience):
            fcntl.flock(lock, fcntl.LOCK_UN)
        yield
    finally:
        if lock is not None:
            os.close(lock)


def _place(name):
    """The number of a place, the same in every process."""
    return sum(name.encode()) % PLACES


def _open(place):
    folder = pages_folder() / "turns"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return os.open(folder / str(place), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError:
        return None


def _is_taken(lock):
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _wait(lock, end):
    while monotonic() < end:
        sleep(STEP)
        if _is_taken(lock):
            return True
    return False
