import gzip

import pytest
from django.http import Http404, HttpResponse
from django.utils.translation import get_language

from krakow_intl.core.middleware.hardening import (
    language_of,
    preferred_language,
    refuse_control_characters,
    refuse_to_write_outside_the_admin,
    speak_the_language_of_the_path,
)


def answer(request):
    return HttpResponse(f"{get_language()} {request.GET.urlencode()}")


@pytest.mark.parametrize("path", ["/pl/\x00", "/pl/\x1f/", "/pl/a\x7fb/"])
def test_no_page_stands_at_an_address_with_control_characters(rf, path):
    request = rf.get("/")
    request.path_info = path
    with pytest.raises(Http404):
        refuse_control_characters(answer)(request)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "FOO"])
def test_public_pages_are_only_read(client, method):
    response = client.generic(method, "/pl/")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/pl/", 200), ("HEAD", "/pl/", 200), ("POST", "/pl/admin/login/", 200), ("POST", "/de/admin/", 405)],
)
def test_what_may_pass_passes(rf, method, path, status):
    assert refuse_to_write_outside_the_admin(answer)(rf.generic(method, path)).status_code == status


@pytest.mark.parametrize(("path", "language"), [("/pl/x/", "pl"), ("/en/", "en"), ("/en", "en")])
@pytest.mark.parametrize("wanted", ["", "pl", "en"])
def test_the_path_alone_tells_the_language(rf, path, language, wanted):
    request = rf.get(path, headers={"accept-language": wanted}, HTTP_COOKIE="django_language=en")
    response = speak_the_language_of_the_path(answer)(request)
    assert response.content.decode().startswith(language)
    assert (request.LANGUAGE_CODE, response["Content-Language"]) == (language, language)
    assert "Vary" not in response


def test_the_language_of_one_request_is_not_that_of_the_next(rf):
    before = get_language()
    speak_the_language_of_the_path(answer)(rf.get("/en/"))
    assert get_language() == before


@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        ("", "pl"),
        ("*", "pl"),
        ("en", "en"),
        ("pl,en;q=0.8", "pl"),
        ("en;q=0.5,pl;q=0.9", "pl"),
        ("en-GB,en;q=0.9", "en"),
        ("de,pl;q=0.5", "pl"),
        ("de", "en"),
        ("pl-PL", "pl"),
        ("x" * 5000, "pl"),
        ("';--,\x00", "pl"),
    ],
)
def test_the_browser_is_asked_where_the_path_tells_nothing(rf, wanted, language):
    request = rf.get("/", headers={"accept-language": wanted})
    assert preferred_language(request) == language_of(request) == language


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


@pytest.mark.django_db
def test_pages_are_compressed_by_the_application_itself(client):
    plain = client.get("/pl/styleguide/")
    small = client.get("/pl/styleguide/", headers={"accept-encoding": "gzip"})
    assert small["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.content) == plain.content
    assert len(small.content) < len(plain.content) / 3
    assert plain["Vary"] == small["Vary"] == "Accept-Encoding"
    assert plain["ETag"] == small["ETag"]


@pytest.mark.django_db
def test_tables_are_compressed_line_by_line(client):
    plain = client.get("/pl/umowy.csv")
    small = client.get("/pl/umowy.csv", headers={"accept-encoding": "gzip"})
    assert small["Content-Encoding"] == "gzip"
    assert gzip.decompress(b"".join(small)) == b"".join(plain)


@pytest.mark.django_db
@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_what_a_browser_has_already_is_not_sent_again(client, encoding):
    first = client.get("/pl/styleguide/", headers={"accept-encoding": encoding})
    again = client.get("/pl/styleguide/", headers={"accept-encoding": encoding, "if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert (again["ETag"], again["Vary"]) == (first["ETag"], first["Vary"])


@pytest.mark.django_db
@pytest.mark.parametrize("etag", ["", "garbage", '"other"', 'W/"', '"' * 2000])
def test_a_version_that_nobody_knows_is_answered_with_the_page(client, etag):
    assert client.get("/pl/styleguide/", headers={"if-none-match": etag}).status_code == 200


@pytest.mark.django_db
def test_what_staff_see_bears_no_version(client):
    assert "ETag" not in client.get("/pl/admin/login/")
