"""What whoever runs the register asks of it: /healthz, whether it lives; /readyz, whether it can serve; /metrics."""

import logging
import tempfile
from pathlib import Path
from threading import Event

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, HttpResponseNotAllowed, HttpResponseNotFound, JsonResponse
from prometheus_client import CONTENT_TYPE_LATEST

from krakow_intl.core import audit, metrics, schedule
from krakow_intl.core.backups import folders
from krakow_intl.core.content_version import content_version, pages_folder
from krakow_intl.core.middleware.base import Middleware
from krakow_intl.core.network import read_address
from krakow_intl.core.rebuilding import keys_are_current

logger = logging.getLogger(__name__)
migrated = Event()  # once all migrations are applied they stay so while this process lives


class HealthMiddleware(Middleware):
    """Answers its addresses before anything asks for a host or https: the checks of a container have neither."""

    def __call__(self, request):
        if request.path_info not in ANSWERS:
            return self.get_response(request)
        request.route = request.path_info
        response = self._answer(request)
        response["Cache-Control"] = "no-store"
        return response

    def _answer(self, request):
        if request.path_info == METRICS and not _is_from_inside(request):
            return HttpResponseNotFound()
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return ANSWERS[request.path_info]()


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


def measured():
    return HttpResponse(metrics.exposition(), content_type=CONTENT_TYPE_LATEST)


METRICS = "/metrics"
ANSWERS = {"/healthz": alive, "/readyz": ready, METRICS: measured}


def _is_from_inside(request):
    """Whether somebody asks from this machine or a private network, and through no proxy."""
    peer = read_address(request.META.get("REMOTE_ADDR", ""))
    return peer is not None and peer.is_private and "X-Forwarded-For" not in request.headers


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
