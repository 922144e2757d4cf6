import pytest
from django.http import Http404, HttpResponse

from krakow_intl.core.middleware.hardening import ControlCharactersMiddleware, ReadOnlyMiddleware


def answer(request):
    return HttpResponse()


@pytest.mark.parametrize("path", ["/pl/\x00", "/pl/\x1f/", "/pl/a\x7fb/"])
def test_no_page_stands_at_an_address_with_control_characters(rf, path):
    request = rf.get("/")
    request.path_info = path
    with pytest.raises(Http404):
        ControlCharactersMiddleware(answer)(request)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/pl/", 200), ("HEAD", "/pl/", 200), ("POST", "/pl/admin/login/", 200), ("POST", "/de/admin/", 405)],
)
def test_what_may_pass_passes(rf, method, path, status):
    assert ReadOnlyMiddleware(answer)(rf.generic(method, path)).status_code == status
