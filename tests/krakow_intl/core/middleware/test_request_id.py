import logging

import pytest
from django.http import HttpResponse

from krakow_intl.core.middleware.request_id import RequestIdFilter, RequestIdMiddleware


@pytest.fixture
def line():
    return logging.LogRecord("register", logging.ERROR, __file__, 1, "failed", None, None)


def test_a_line_of_the_log_carries_the_id_of_the_request(rf, line):
    def view(request):
        RequestIdFilter().filter(line)
        return HttpResponse(request.id)

    response = RequestIdMiddleware(view)(rf.get("/"))
    assert response.content.decode() == line.request_id
    assert len(line.request_id) == 8


def test_every_request_has_an_id_of_its_own(rf):
    view = RequestIdMiddleware(lambda request: HttpResponse(request.id))
    assert view(rf.get("/")).content != view(rf.get("/")).content
