"""What takes long is done beside the request that asked for it; how far that is, is told meanwhile to whoever looks."""

import json
import logging
from contextlib import suppress
from contextvars import copy_context
from datetime import timedelta
from functools import partial
from pathlib import Path
from threading import Thread, current_thread, main_thread
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connections, transaction
from django.utils import timezone

from partners.imports.writing.applying import keep_plan, plan_of, preview, said_of
from partners.models import SheetImport

READ, APPLY, UNDO = "read", "apply", "undo"  # what is done
MIN_BYTES = 80_000  # of a file that may take longer than two seconds
MIN_ROWS = 500  # that are written or taken back, which may take as long
STALE = timedelta(minutes=3)  # after which a work that told nothing new has been killed
# what is told of a work that failed, by what was raised; of anything else "failed"
FAULTS = {IntegrityError: "at-once", FileNotFoundError: "gone", PermissionDenied: "failed"}

logger = logging.getLogger(__name__)


def read_sheet(record):
    """Plans an import anew, at once or, if its file is large, beside this request once it has committed."""
    if record.file.size < MIN_BYTES:
        preview(record)
    else:
        record.save()
        token = uuid4().hex
        _note(record, token, READ, 0)
        transaction.on_commit(Thread(target=_read, args=[record.pk, token], name=f"import {record.pk}").start)


def is_large(record):
    """Whether it may take longer than two seconds to apply an import, or to take it back."""
    return record.counts.get("new", 0) + record.counts.get("changed", 0) >= MIN_ROWS


def do_beside(record, what, work):
    """Has `work(progress)` done once this request has committed; what it returns is kept for `told_of`."""
    token = uuid4().hex
    _note(record, token, what, 0)
    as_now = copy_context().run  # the person who asked for it is the one who acts
    doing = Thread(target=as_now, args=[_do, record, token, what, work], name=f"import {record.pk}")
    transaction.on_commit(doing.start)


def work_on(record):
    """(READ, APPLY or UNDO, which share of it is done) while something is done with an import; else None."""
    noted = _noted(record) if record.file else None
    return noted and noted[1:]


def share_of(record):
    """Which share of what is being done with an import is done; None if nothing is."""
    work = work_on(record)
    return work and work[1]


def told_of(record):
    """What came of what was done beside a request: {"code": …}, told once to whoever looks first; None if nothing."""
    path = _path(record, "told") if record.file else None
    with suppress(OSError, ValueError):
        told = json.loads(path.read_text()) if path else None
        if path:
            path.unlink()
        return told
    return None


def _read(pk, token):
    record = SheetImport.objects.get(pk=pk)
    try:
        plan = plan_of(record, progress=partial(_tell, record, token, READ))
        with transaction.atomic():
            now = SheetImport.objects.select_for_update().defer("report").get(pk=pk)
            if now.is_open and said_of(now) == said_of(record):  # else somebody said more, and it is read anew
                keep_plan(now, plan)
                del plan
                now.save()
    except Exception:
        logger.exception("Import %s could not be read", pk)
    finally:
        _forget(record, token)
        if current_thread() is not main_thread():
            connections.close_all()


def _do(record, token, what, work):
    try:
        told = work(partial(_tell, record, token, what))
    except tuple(FAULTS) as error:
        told = {"code": next(code for fault, code in FAULTS.items() if isinstance(error, fault))}
    except Exception:
        logger.exception("Import %s could not be carried out, or taken back", record.pk)
        told = {"code": "failed"}
    finally:
        if current_thread() is not main_thread():
            connections.close_all()
    _path(record, "told").write_text(json.dumps(told))
    _forget(record, token)


def _tell(record, token, what, share):
    """Notes how far a work is, unless a later one has begun."""
    if (noted := _noted(record)) and noted[0] == token:
        _note(record, token, what, share)


def _forget(record, token):
    if (noted := _noted(record)) and noted[0] == token:
        _path(record).unlink(missing_ok=True)


def _note(record, token, what, share):
    new = _path(record).with_suffix(f".{token}")
    new.write_text(f"{token} {what} {share}")
    new.replace(_path(record))


def _noted(record):
    """(token, what is done, share) of the work that goes on, or None."""
    path = _path(record)
    with suppress(OSError, ValueError):
        if timezone.now().timestamp() - path.stat().st_mtime < STALE.total_seconds():
            token, what, share = path.read_text().split()
            return token, what, float(share)
    return None


def _path(record, what="share"):
    return Path(f"{record.file.path}.{what}")
