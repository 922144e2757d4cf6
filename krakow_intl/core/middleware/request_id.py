"""The number of a request, by which what a visitor saw on an error page is found in the log."""

import logging
import secrets
from contextvars import ContextVar

current = ContextVar("request_number", default="-")


def number_requests(get_response):
    """Middleware: `request.number`, eight hexadecimal digits."""

    def middleware(request):
        request.number = secrets.token_hex(4)
        current.set(request.number)
        return get_response(request)

    return middleware


class RequestNumber(logging.Filter):
    """Puts the number of the request under way on every line of the log."""

    def filter(self, record):
        record.request_number = current.get()
        return True
