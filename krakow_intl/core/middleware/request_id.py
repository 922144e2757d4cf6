"""The request under way and its number, by which what a visitor saw on an error page is found in the log."""

import logging
import secrets
from contextvars import ContextVar

from krakow_intl.core.middleware.base import Middleware

current = ContextVar("request_id", default="-")
current_request = ContextVar("the request under way", default=None)


class RequestIdMiddleware(Middleware):
    """Gives each request its `id`, eight hexadecimal digits."""

    def __call__(self, request):
        request.id = secrets.token_hex(4)
        current.set(request.id)
        token = current_request.set(request)
        try:
            return self.get_response(request)
        finally:
            current_request.reset(token)


class RequestIdFilter(logging.Filter):
    """Puts the id of the request under way on every line of the log."""

    def filter(self, record):
        record.request_id = current.get()
        return True
