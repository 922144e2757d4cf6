import logging

import pytest
from django.http import HttpResponse

from krakow_intl.core.middleware.request_id import RequestNumber, number_requests


@pytest.fixture
def line():
    return logging.LogRecord("register", logging.ERROR, __file__, 1, "failed", None, None)


def test_a_line_of_the_log_carries_the_number_of_the_request(rf, line):
    def view(request):
        RequestNumber().filter(line)
        return HttpResponse(request.number)

    response = number_requests(view)(rf.get("/"))
    assert response.content.decode() == line.request_number
    assert len(line.request_number) == 8


def test_every_request_has_a_number_of_its_own(rf):
    view = number_requests(lambda request: HttpResponse(request.number))
    assert view(rf.get("/")).content != view(rf.get("/")).content
