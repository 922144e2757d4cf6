"""The log of who did what with the register: a line of JSON each, in a file a month, to which lines are only added."""

import fcntl
import json
import os
import re
from contextlib import contextmanager
from datetime import UTC, date, timedelta
from errno import EIO, ENOSPC

from django.conf import settings
from django.utils import timezone

from krakow_intl.core import metrics
from krakow_intl.core.middleware.request_id import current, current_request
from krakow_intl.core.network import client_address, network_of

MAX_TEXT = 300  # letters of what others named: accounts, files, searches
MAX_LISTED = 300
# the name of the file of a month: "2026-11.jsonl"
FILE_OF_A_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])\.jsonl")


class CannotNote(OSError):
    """The line could not be written: what it would have told of is not done."""


def note(event, outcome, *, what="", user=None, request=None, **more):
    """Writes one line, before what it tells of is done for good; `CannotNote` if it cannot be written.

    `what` is the kind and the key of what it is about, `user` an account or the name of one; who asks, and from where,
    is known of the request under way. `more` are texts, numbers and lists of texts.
    """
    request = request or current_request.get()
    told = {
        "time": timezone.now().astimezone(UTC).isoformat(timespec="milliseconds"),
        "event": event,
        "outcome": outcome,
        "user": _name_of(user or getattr(request, "user", None)),
        "network": network(request) if request else None,
        "request": current.get(),
        "what": what,
    }
    _append(folder() / f"{told['time'][:7]}.jsonl", line_of(told | more))
    metrics.count_deed(event, outcome)


def line_of(told):
    """Values as a line of ASCII: what controls a terminal, or turns the direction of a text, is escaped in it."""
    text = json.dumps({name: _short(value) for name, value in told.items()}, ensure_ascii=True)
    return text.replace("\x7f", r"\u007f").encode("ascii") + b"\n"


def network(request):
    """The network a request comes from, as the brake on signing in tells them apart; within the house the address."""
    address = client_address(request)
    return network_of(address) or str(address or "unknown")


def name_of(record):
    """The kind and the key of a record: "app.model 7"."""
    return f"{record._meta.label_lower} {record.pk}"


def folder():
    return settings.VAR_DIR / "audit"


def forget(today):
    """Deletes the files of months whose every line is older than is to be kept; returns their names."""
    kept_from = today - timedelta(days=settings.AUDIT_KEEP_DAYS)
    paths = sorted(folder().iterdir()) if folder().is_dir() else []
    old = [path for path in paths if (end := _end_of(path.name)) and end <= kept_from]
    for path in old:
        path.unlink(missing_ok=True)
    return [path.name for path in old]


def _end_of(name):
    """The first day that the file of a month does not tell of; None if it is no such file."""
    month = FILE_OF_A_MONTH.fullmatch(name)
    return month and (date(int(month[1]), int(month[2]), 1) + timedelta(days=31)).replace(day=1)


def _name_of(user):
    name = user if isinstance(user, str) else getattr(user, "get_username", str)()
    return name or None


def _short(value):
    if isinstance(value, str):
        return value[:MAX_TEXT]
    return [str(one)[:MAX_TEXT] for one in value[:MAX_LISTED]] if isinstance(value, list) else value


def _append(path, line):
    """Adds a whole line, or nothing: with a full disk no half of one stays."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _locked(path) as file:
            size = os.fstat(file).st_size
            begun = size and os.pread(file, 1, size - 1) != b"\n"  # by a process that was killed meanwhile
            whole = b"\n" * bool(begun) + line
            if os.write(file, whole) != len(whole):
                os.ftruncate(file, size)
                raise OSError(ENOSPC, os.strerror(ENOSPC))
    except OSError as error:
        raise CannotNote(EIO, f"The audit log cannot be written: {error}") from error


@contextmanager
def _locked(path):
    """A descriptor of the file, which nobody else writes meanwhile."""
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
    file = os.open(path, flags, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file
    finally:
        os.close(file)
