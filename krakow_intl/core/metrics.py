"""What is counted for whoever watches the register, over all processes of a machine, in the form Prometheus reads."""

import os

from django.db import DatabaseError
from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics, generate_latest, values
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

from krakow_intl.core import schedule

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20)
JOBS = {schedule.SCHEDULER: "scheduler", schedule.DRILL: "backup"}
IS_SHARED = "PROMETHEUS_MULTIPROC_DIR" in os.environ  # a folder with a file a process, which gunicorn.conf.py makes

disable_created_metrics()  # when each count began, which says no more than that the server was started
_process = {"name": "main"}
if IS_SHARED:
    values.ValueClass = values.MultiProcessValue(lambda: _process["name"])

_counts = CollectorRegistry()
_requests = Counter("register_requests", "Requests by page and status", ["route", "status"], registry=_counts)
_seconds = Histogram("register_request_seconds", "How long requests took", ["cache"], buckets=SECONDS, registry=_counts)
_queries = Counter("register_queries", "What requests asked the database", registry=_counts)
_deeds = Counter("register_deeds", "What the audit log was told", ["event", "outcome"], registry=_counts)


def count_as(name):
    """Counts from here on as a process of this name; one that comes in the place of another goes on with its counts."""
    _process["name"] = name


def count_request(route, status, cache_status, seconds, queries):
    """`cache_status` is what the answer says itself: "register; hit", "register; fwd=miss; stored" or nothing."""
    _requests.labels(route or "", status).inc()
    _seconds.labels(_cache(cache_status or "")).observe(seconds)
    _queries.inc(queries)


def count_deed(event, outcome):
    _deeds.labels(event, outcome).inc()


def exposition():
    """All counts as text, and when what nobody asks for was last done, unless the database is away."""
    registry = CollectorRegistry()
    registry.register(_Jobs())
    if IS_SHARED:
        MultiProcessCollector(registry)
    else:
        registry.register(_counts)
    return generate_latest(registry)


def _cache(status):
    if "stale" in status:
        return "stale"
    return "hit" if "hit" in status else "made" if status else "none"


class _Jobs:
    def collect(self):
        told = GaugeMetricFamily("register_done_timestamp_seconds", "When it was last done", labels=["job"])
        try:
            done = schedule.last_done()
        except DatabaseError:
            done = {}
        for job, name in JOBS.items():
            if at := done.get(job):
                told.add_metric([name], at.timestamp())
        yield told
