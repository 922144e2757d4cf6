"""Which database a page is read from: a streaming replica as long as it has seen all that is public, else the primary.

Without `DATABASE_REPLICA_URL` none of this is used. Nothing but public records is read from the replica, and only for
pages that may be kept: a page that it makes is kept under the state of the primary, so it has to have seen that state.
"""

import logging
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic

from django.db import DEFAULT_DB_ALIAS, Error, connections

from krakow_intl.core.content_version import is_content, state_in
from krakow_intl.core.middleware.base import Middleware
from krakow_intl.core.middleware.hardening import FOR_ONE_PERSON

REPLICA, PRIMARY = "replica", DEFAULT_DB_ALIAS
PAUSE = 10  # seconds for which a replica that failed is left alone

logger = logging.getLogger(__name__)
_is_used = ContextVar("whether the replica is read from", default=False)
_left_alone = {"until": float("-inf")}


class ReplicaRouter:
    """What is written goes to the primary, and from then on the request reads there too; so does a transaction."""

    def db_for_read(self, model, **hints):
        return _alias() if is_content(model) else PRIMARY

    def db_for_write(self, model, **hints):
        _is_used.set(False)
        return PRIMARY

    def allow_relation(self, one, other, **hints):
        return True

    def allow_migrate(self, db, app_label, **hints):
        return False if db == REPLICA else None


class ReplicaMiddleware(Middleware):
    """Comes behind the cache: what is kept asks no database."""

    def __call__(self, request):
        if not (_is_public(request) and _has_seen_all()):
            return self.get_response(request)
        with _used():
            response = self.get_response(request)
        if response.status_code != 503:
            return response
        _leave_alone("it failed, or what it had to replay stood against the question")
        return self.get_response(request)


def connection_to_read():
    """The connection that a statement of our own reads public records with."""
    return connections[_alias()]


def _alias():
    return REPLICA if _is_used.get() and not connections[PRIMARY].in_atomic_block else PRIMARY


@contextmanager
def _used():
    token = _is_used.set(True)
    try:
        yield
    finally:
        _is_used.reset(token)


def _is_public(request):
    return request.method in ("GET", "HEAD") and not FOR_ONE_PERSON.match(request.path_info)


def _has_seen_all():
    """Whether the replica has every change of public content of which the primary tells."""
    if monotonic() < _left_alone["until"]:
        return False
    try:
        seen = state_in(REPLICA)
    except Error as error:
        _leave_alone(error)
        return False
    return seen == state_in(PRIMARY)


def _leave_alone(why):
    _left_alone["until"] = monotonic() + PAUSE
    logger.warning("the replica is left alone for %d s: %s", PAUSE, why)
