import gzip
import logging
import os
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.utils.http import http_date

from krakow_intl.core.downloads import POLICY, download, file_name
from krakow_intl.core.middleware.compression import GZipMiddleware
from krakow_intl.core.middleware.page_cache import PageCacheMiddleware

CONTENT = bytes(range(100))
CHANGED_AT = 1_100_000_000

pytestmark = pytest.mark.django_db  # whose connections Django looks after when an answer is closed


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "stored"
    path.write_bytes(CONTENT)
    os.utime(path, (CHANGED_AT, CHANGED_AT))
    return SimpleNamespace(path=str(path), name="stored")


@pytest.fixture
def ask(rf, file):
    answers = []

    def asked(method="GET", **headers):
        request = rf.generic(method, "/", headers={name.replace("_", "-"): value for name, value in headers.items()})
        answers.append(download(request, file, "Umowa (pl).pdf", "application/pdf"))
        return answers[-1]

    yield asked
    for answer in answers:
        answer.close()


def body(response):
    return b"".join(response)


def test_a_file_is_handed_out_whole_to_be_saved_and_asked_for_each_time(ask):
    response = ask()
    assert (response.status_code, body(response)) == (200, CONTENT)
    told = {
        "Content-Type": "application/pdf",
        "Content-Disposition": 'attachment; filename="Umowa (pl).pdf"',
        "Content-Length": "100",
        "Accept-Ranges": "bytes",
        "Cache-Control": "no-cache",
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
        "Last-Modified": http_date(CHANGED_AT),
    }
    assert {name: response[name] for name in told} == told
    assert response["ETag"].startswith('"')


def test_its_length_is_told_without_it(ask):
    response = ask("HEAD", range="bytes=0-9")
    assert (response.status_code, response["Content-Length"], response.content) == (200, "100", b"")


@pytest.mark.parametrize(
    ("wanted", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=10-19", 10, 19),
        ("bytes=90-", 90, 99),
        ("bytes=-10", 90, 99),
        ("bytes=-1000", 0, 99),
        ("bytes=99-1000", 99, 99),
        ("Bytes=5-5", 5, 5),
    ],
)
def test_h20_a_part_is_handed_out(ask, wanted, first, last):
    response = ask(range=wanted)
    assert (response.status_code, body(response)) == (206, CONTENT[first : last + 1])
    assert response["Content-Range"] == f"bytes {first}-{last}/100"
    assert response["Content-Length"] == str(last - first + 1)
    assert response["ETag"] == ask()["ETag"]


@pytest.mark.parametrize("wanted", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_h20_a_part_that_is_not_there_is_refused_with_the_length(ask, wanted):
    response = ask(range=wanted)
    assert (response.status_code, response["Content-Range"]) == (416, "bytes */100")


@pytest.mark.parametrize(
    "wanted",
    [
        *("", "bytes", "bytes=", "bytes=-", "bytes=5-2", "bytes=a-b", "bytes=--5", "bytes=٣-٤"),
        *("bytes=0-1,5-6", "lines=0-1", pytest.param("bytes=" + ",".join(["0-"] * 1000), id="a thousand parts")),
        *(
            "bytes=1-0",
            "bytes=-",
            "bytes=0-0,",
            pytest.param("bytes=0-" + "9" * 5000, id="a number no computer counts to"),
        ),
    ],
)
def test_h20_what_names_no_single_part_is_answered_with_the_whole(ask, wanted):
    response = ask(range=wanted)
    assert (response.status_code, body(response)) == (200, CONTENT)


def test_a_part_is_only_of_the_version_that_was_begun(ask):
    version = ask()
    for known in (version["ETag"], version["Last-Modified"]):
        assert ask(range="bytes=0-9", if_range=known).status_code == 206
    for other in ('"other"', f"W/{version['ETag']}", http_date(CHANGED_AT - 1), "nonsense"):
        assert ask(range="bytes=0-9", if_range=other).status_code == 200


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_who_has_the_file_is_told_so_under_the_same_policy(ask, method):
    etag = ask()["ETag"]
    for known in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        response = ask(method, if_none_match=known, range="bytes=0-9")
        assert (response.status_code, response["ETag"]) == (304, etag)
        assert (response["Content-Security-Policy"], response["Cache-Control"]) == (POLICY, "no-cache")
    assert ask(method, if_modified_since=http_date(CHANGED_AT)).status_code == 304
    assert ask(method, if_none_match='"other"', if_modified_since=http_date(CHANGED_AT)).status_code == 200
    assert ask(method, if_match='"other"').status_code == 412


def test_another_file_in_its_place_is_another_version(ask, file):
    before = ask()["ETag"]
    os.utime(file.path, (CHANGED_AT, CHANGED_AT + 1))
    assert ask()["ETag"] != before


def test_a_missing_file_is_no_page_and_is_logged(ask, file, caplog):
    os.remove(file.path)
    with caplog.at_level(logging.ERROR), pytest.raises(Http404):
        ask()
    assert file.path in caplog.text


def test_a_proxy_is_told_which_file_to_hand_out(ask, file, settings):
    settings.INTERNAL_REDIRECT = "/internal/documents/"
    file.name = "ą%b"
    response = ask(range="bytes=0-9")
    assert (response.status_code, response.content) == (200, b"")
    assert response["X-Accel-Redirect"] == "/internal/documents/%C4%85%25b"
    assert response["Content-Disposition"] == 'attachment; filename="Umowa (pl).pdf"'
    assert response["Content-Security-Policy"] == POLICY


def test_what_the_first_version_stored_is_never_left_to_a_proxy(ask, file, settings):
    settings.INTERNAL_REDIRECT = "/internal/documents/"
    file.name = "documents/2026/umowa.pdf"
    assert body(ask()) == CONTENT


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Umowa partnerska", "Umowa partnerska.pdf"),
        ("a/b\\c\r\nX: y\x00\u202ez", "a b c X: y z.pdf"),
        ("x" * 1000, "x" * 150 + ".pdf"),
    ],
    ids=["plain", "signs of control", "long"],
)
def test_a_title_becomes_the_name_of_a_file(title, name):
    assert file_name(title, ".pdf") == name


def test_no_page_cache_keeps_it_and_nothing_compresses_it(ask, rf, settings):
    kept = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "files"}
    settings.CACHES = {"default": kept, "pages": kept, "answers": kept}
    handler = PageCacheMiddleware(GZipMiddleware(lambda request: ask(request.method)))
    for method in ("HEAD", "GET", "HEAD", "GET"):
        response = handler(rf.generic(method, "/", headers={"accept-encoding": "gzip"}))
        assert (response["Content-Length"], response.has_header("Content-Encoding")) == ("100", False)
        assert body(response) == (CONTENT if method == "GET" else b"")
    cache.clear()


@pytest.mark.parametrize("kind", [HttpResponse, StreamingHttpResponse])
def test_all_else_is_compressed_as_ever(rf, kind):
    request = rf.get("/", headers={"accept-encoding": "gzip"})
    response = GZipMiddleware(lambda request: kind([b"a" * 1000]))(request)
    assert gzip.decompress(body(response)) == b"a" * 1000
