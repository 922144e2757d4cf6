"""A line of JSON for each request, for whoever runs the register: what was asked, what came of it, what it cost."""

import json
import logging
from contextlib import ExitStack
from datetime import UTC, datetime
from time import perf_counter

from django.db import connections

from krakow_intl.core import metrics
from krakow_intl.core.middleware.base import Middleware

logger = logging.getLogger("krakow_intl.requests")


class RequestLogMiddleware(Middleware):
    """Tells nothing of visitors: the name of a page's route, not its address or query, whose words may be anybody's.

    The same is counted, whether there is a log or not.
    """

    def __call__(self, request):
        queries, begun = Count(), perf_counter()
        with ExitStack() as counted:
            for connection in connections.all():
                counted.enter_context(connection.execute_wrapper(queries))
            response = self.get_response(request)
        seconds, route, cache = perf_counter() - begun, _route(request), response.get("Cache-Status")
        metrics.count_request(route, response.status_code, cache, seconds, queries.number)
        if logger.isEnabledFor(logging.INFO):
            told = {
                "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
                "request": request.id,
                "method": request.method,
                "route": route,
                "status": response.status_code,
                "ms": round(seconds * 1000, 1),
                "queries": queries.number,
                "cache": cache,
                "user": _user(request),
            }
            logger.info(json.dumps(told))
        return response


class Count:
    """Wrapper of a database connection that counts what is asked of it."""

    number = 0

    def __call__(self, execute, sql, params, many, context):
        self.number += 1
        return execute(sql, params, many, context)


def _route(request):
    """The name of the page, of one that was kept too; None of what is none."""
    return request.resolver_match.view_name if request.resolver_match else getattr(request, "route", None)


def _user(request):
    """The key of the member of the staff who asked; who was not looked up for the answer is not for the log either."""
    return getattr(getattr(request, "_cached_user", None), "pk", None)
