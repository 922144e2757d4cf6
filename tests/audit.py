"""What the audit log of the tests tells."""

import errno
import json

from krakow_intl.core import audit


def lines(event=None):
    """The lines of the log as they were written, those of an event or all."""
    files = sorted(audit.folder().glob("*.jsonl")) if audit.folder().exists() else []
    told = [json.loads(line) for path in files for line in path.read_bytes().decode("ascii").splitlines()]
    return [line for line in told if event in (None, line["event"])]


def outcomes(event):
    return [line["outcome"] for line in lines(event)]


def fill_the_disk(monkeypatch):
    """From now on nothing more goes into the log."""

    def refuse(path):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(audit, "_locked", refuse)
