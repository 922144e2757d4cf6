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


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "FOO"])
def test_public_pages_are_only_read(client, method):
    response = client.generic(method, "/pl/")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/pl/", 200), ("HEAD", "/pl/", 200), ("POST", "/pl/admin/login/", 200), ("POST", "/de/admin/", 405)],
)
def test_what_may_pass_passes(rf, method, path, status):
    assert ReadOnlyMiddleware(answer)(rf.generic(method, path)).status_code == status


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/pl", 301),
        ("/de/", 404),
        ("/PL/", 404),
        ("/pl-PL/", 404),
        ("/pl/pl/", 404),
        ("/umowy/", 404),
        ("//evil.example", 404),
        ("/\\evil.example", 404),
        ("/pl//evil.example", 404),
        ("/pl/..;/", 404),
        ("/pl/%2e%2e/etc/passwd", 404),
        ("/.git/config", 404),
    ],
)
def test_an_address_off_the_plan_is_no_page_and_leads_nowhere_else(client, path, status):
    response = client.get("/", PATH_INFO=path)
    assert response.status_code == status
    assert response.get("Location", "/").startswith("/pl/" if status == 301 else "/")
