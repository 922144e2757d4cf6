"""What whoever runs the register asks of it: /healthz, whether it lives, and /readyz, whether it can serve."""

import logging
import tempfile
from pathlib import Path
from threading import Event

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, HttpResponseNotAllowed, JsonResponse

from krakow_intl.core import audit, schedule
from krakow_intl.core.backups import folders
from krakow_intl.core.content_version import content_version, pages_folder
from krakow_intl.core.middleware.base import Middleware
from krakow_intl.core.rebuilding import keys_are_current

logger = logging.getLogger(__name__)
migrated = Event()  # once all migrations are applied they stay so while this process lives


class HealthMiddleware(Middleware):
    """Answers both addresses before anything asks for a host or https: the checks of a container have neither."""

    def __call__(self, request):
        if request.path_info not in ANSWERS:
            return self.get_response(request)
        is_safe = request.method in ("GET", "HEAD")
        response = ANSWERS[request.path_info]() if is_safe else HttpResponseNotAllowed(["GET", "HEAD"])
        response["Cache-Control"] = "no-store"
        return response


def alive():
    return HttpResponse("ok", content_type="text/plain")


def ready():
    """200 if every check says "ok", else 503; the reasons stand in the log."""
    found = {"database": _word("database", _database)}
    for name, check in {"migrations": _migrations, "keys": keys_are_current}.items():  # these ask the database
        found[name] = _word(name, check) if found["database"] == "ok" else "unknown"
    found["storage"] = _word("storage", _storage)
    is_ready = set(found.values()) == {"ok"}
    return JsonResponse(found | _last_done(found), status=200 if is_ready else 503)


ANSWERS = {"/healthz": alive, "/readyz": ready}


def _last_done(found):
    """When what nobody asks for was last done; the web can serve without, so it does not count."""
    done = schedule.last_done() if found["migrations"] == "ok" else {}
    told = {"scheduler seen": done.get(schedule.SCHEDULER), "backup proven": done.get(schedule.DRILL)}
    return {what: at and at.isoformat(timespec="seconds") for what, at in told.items()}


def _word(name, check):
    try:
        return "ok" if check() else "behind"
    except Exception as error:
        logger.warning("not ready: %s: %s", name, error)
        return "failed"


def _database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return True


def _migrations():
    if not migrated.is_set():
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        migrated.set()
    return True


def _storage():
    content_version()  # which makes the folder of pages, or says that it cannot
    for folder in filter(Path.is_dir, _folders()):
        with tempfile.TemporaryFile(dir=folder, buffering=0) as file:
            file.write(b".")
    return True


def _folders():
    """Where files come; `VAR_DIR` itself is written to by SQLite alone, a container need not let anybody else."""
    own = [settings.VAR_DIR] if connection.vendor == "sqlite" else []
    return [*own, pages_folder(), audit.folder(), *folders().values()]
