"""A large sheet is read beside the request that brought it; how far that is, is told meanwhile to whoever looks."""

import logging
from contextlib import suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from threading import Thread, current_thread, main_thread
from uuid import uuid4

from django.db import connections, transaction
from django.utils import timezone

from partners.imports.writing.applying import keep_plan, plan_of, preview, said_of
from partners.models import SheetImport

MIN_BYTES = 80_000  # of a file that may take longer than two seconds
STALE = timedelta(minutes=3)  # after which a reading that told nothing new has been killed

logger = logging.getLogger(__name__)


def read_sheet(record):
    """Plans an import anew, at once or, if its file is large, beside this request once it has committed."""
    if record.file.size < MIN_BYTES:
        preview(record)
    else:
        record.save()
        token = uuid4().hex
        _note(record, token, 0)
        transaction.on_commit(Thread(target=_read, args=[record.pk, token], name=f"import {record.pk}").start)


def share_of(record):
    """Which share of an import has been read that is being read now; None if it is not."""
    noted = _noted(record) if record.file else None
    return noted and noted[1]


def _read(pk, token):
    record = SheetImport.objects.get(pk=pk)
    try:
        plan = plan_of(record, progress=partial(_tell, record, token))
        with transaction.atomic():
            now = SheetImport.objects.select_for_update().defer("report").get(pk=pk)
            if now.is_open and said_of(now) == said_of(record):  # else somebody said more, and it is read anew
                keep_plan(now, plan)
                now.save()
    except Exception:
        logger.exception("Import %s could not be read", pk)
    finally:
        _forget(record, token)
        if current_thread() is not main_thread():
            connections.close_all()


def _tell(record, token, share):
    """Notes how far the reading is, unless a later one has begun."""
    if (noted := _noted(record)) and noted[0] == token:
        _note(record, token, share)


def _forget(record, token):
    if (noted := _noted(record)) and noted[0] == token:
        _path(record).unlink(missing_ok=True)


def _note(record, token, share):
    new = _path(record).with_suffix(f".{token}")
    new.write_text(f"{token} {share}")
    new.replace(_path(record))


def _noted(record):
    """(token, share) of the reading that goes on, or None."""
    path = _path(record)
    with suppress(OSError, ValueError):
        if timezone.now().timestamp() - path.stat().st_mtime < STALE.total_seconds():
            token, share = path.read_text().split()
            return token, float(share)
    return None


def _path(record):
    return Path(f"{record.file.path}.share")
