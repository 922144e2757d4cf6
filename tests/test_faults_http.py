"""Faults of HTTP, named as the catalogue of faults names them: as bytes on the wire, or as the register answers them.

The server stands behind a proxy, as deployed. What no test here asks is named in `tests/test_faults.py`.
"""

import gzip
import logging
import os
import re
import shutil
import socket
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from errno import ENOSPC
from hashlib import sha256
from http.client import HTTPMessage, HTTPResponse
from itertools import cycle
from xml.etree import ElementTree

import pytest
from django.conf import settings as of_the_tests
from django.core.cache import caches
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError, connection
from django.http import Http404, HttpResponse
from django.template.backends.django import Template
from django.test import Client
from django.test.signals import template_rendered
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from django.utils import timezone
from django.utils.translation import override
from whitenoise.middleware import WhiteNoiseMiddleware

from krakow_intl.core.jinja import PublicPage
from krakow_intl.core.kinds import KINDS, with_address
from krakow_intl.core.middleware.parameters import QueryParametersMiddleware
from krakow_intl.core.middleware.request_id import RequestIdFilter
from krakow_intl.core.records import Publication
from krakow_intl.core.typography import NBSP
from tests.factories import FACTORIES
from tests.partners.factories import AgreementFactory, CityFactory
from tests.records import make_world
from tests.routes import kind_of, routes
from tests.soak.server import serving
from tests.staff import sign_in
from tests.test_public_pages import address, patterns_of_pages

pytestmark = [pytest.mark.django_db, pytest.mark.once]

HOST, SITE = "register.example", "https://register.example"
PROXY, STRANGER = "127.0.0.1", "127.0.0.2"  # whose headers are believed, and whose are not
SLOWEST = 5  # seconds: two, on cores that do other things too
SETTINGS = """
from krakow_intl.settings import *

STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
"""  # to join and pack all stylesheets takes longer than all that is asked here
LANGUAGES = ("pl", "en")
LISTED = [name for name, converters in patterns_of_pages().items() if not converters]
# programs are told of each word that is not known
FOR_PEOPLE = [name for name in LISTED if not name.startswith("api:")]


@dataclass(frozen=True)
class Answer:
    status: int
    headers: HTTPMessage
    body: bytes

    @property
    def text(self):
        return self.body.decode(errors="replace")


@dataclass(frozen=True)
class Wire:
    """A server to which bytes are sent; each answer holds what every answer must, however odd the request."""

    port: int

    def ask(self, target="/pl/", *headers, method="GET", host=HOST, body=b"", peer=PROXY):
        """The answer to a request as the proxy hands it on; who asks past the proxy cannot say that it was https."""
        named = [] if host is None else [f"Host: {host}"]
        lines = [f"{method} {target} HTTP/1.1", *named, "X-Forwarded-Proto: https", "Connection: close", *headers]
        return self.send("\r\n".join([*lines, "", ""]).encode("latin-1") + body, method, peer)

    def send(self, sent, method="GET", peer=PROXY):
        start = time.monotonic()
        with socket.create_connection((PROXY, self.port), SLOWEST, source_address=(peer, 0)) as connected:
            with suppress(ConnectionError):  # whoever refuses early does not read to the end
                connected.sendall(sent)
            answer = HTTPResponse(connected, method=method)
            answer.begin()
            found = Answer(answer.status, answer.headers, answer.read())
        assert time.monotonic() - start < SLOWEST
        self.check(found)
        return found

    def check(self, answer):
        assert answer.status < 500 or answer.status == 501
        assert b"Traceback" not in answer.body
        assert "evil.example" not in f"{answer.headers}{answer.text}"
        # an address of ours: "/pl/", "https://register.example/pl/"
        assert re.match(rf"(?:{SITE})?/(?![/\\])", answer.headers.get("Location", "/")), answer.headers["Location"]


@pytest.fixture(scope="module")
def wire(django_db_setup, django_db_blocker, tmp_path_factory):
    """A gunicorn on a database of its own, which nothing that is asked changes, and whose log tells of no fault."""
    folder = tmp_path_factory.mktemp("served")
    database = folder / "register.sqlite3"
    usual = connection.settings_dict["NAME"]
    shutil.copy(usual, database)
    with django_db_blocker.unblock(), override("pl"):
        connection.close()
        connection.settings_dict["NAME"] = str(database)
        AgreementFactory(slug="agreement", city=CityFactory(slug="lviv", name_pl="Lwów", name_en="Lviv"))
        connection.close()
        connection.settings_dict["NAME"] = usual
    (folder / "served_settings.py").write_text(SETTINGS)
    (folder / "static").symlink_to(of_the_tests.BASE_DIR / "static")
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(folder),
        "DJANGO_SETTINGS_MODULE": "served_settings",
        "SECRET_KEY": of_the_tests.SECRET_KEY,
        "DATABASE_URL": f"sqlite:///{database}",
        "VAR_DIR": str(folder),
        "ALLOWED_HOSTS": HOST,
        "SITE_URL": SITE,
        "FORWARDED_ALLOW_IPS": PROXY,
        "WEB_CONCURRENCY": "1",
    }
    before = sha256(database.read_bytes()).digest()
    with serving(folder, environment) as server:
        yield Wire(server.port)
    assert server.faults() == []
    assert sha256(database.read_bytes()).digest() == before


@pytest.fixture
def undrawn(monkeypatch):
    """Pages are answered as ever, but what stands on them is not drawn."""

    def tell(page, context=None, request=None):
        template_rendered.send(sender=page, template=page, context=context or {})
        return "-"

    monkeypatch.setattr(PublicPage, "render", tell)
    monkeypatch.setattr(Template, "render", lambda *arguments, **options: "-")


def statuses(wire, targets, *headers, **asked):
    return {target: wire.ask(target, *headers, **asked).status for target in targets}


# --- addresses


@pytest.mark.parametrize("target", ["/pl/%00", "/%00", "/pl/umowy/%00/", "/en/agreements/a%00b/", "/static/%00.css"])
def test_h01_no_page_stands_at_an_address_with_a_nul(wire, target):
    assert wire.ask(target).status == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_h01_a_nul_in_a_query_is_read_as_nothing(rf, language):
    for name in FOR_PEOPLE:
        path = address(language, name)
        with override(language):
            read = sorted(getattr(resolve(path).func, "parameters", ["on"]))
        request = rf.get(f"{path}?{'&'.join(f'{parameter}=%00' for parameter in [*read, '%00'])}")
        QueryParametersMiddleware(lambda request: HttpResponse())(request)
        assert (dict(request.GET), request.get_full_path()) == ({}, path)


def test_h01_a_nul_in_a_query_changes_no_page(wire):
    for target in ("/pl/", "/en/search/", "/en/agreements.csv"):
        asked = wire.ask(f"{target}?q=%00&on=%00&page=%00&year_from=%00&%00=%00&kind=%00")
        assert (asked.status, asked.body) == (200, wire.ask(target).body)


def test_h01_a_nul_that_is_not_even_coded_is_refused(wire):
    assert statuses(wire, ["/pl/\0", "/pl/szukaj/?q=\0"]) == {"/pl/\0": 400, "/pl/szukaj/?q=\0": 400}


NO_TEXT = ["%ff%fe", "%C0%AF", "%C0%AE%C0%AE", "%E0%80%AF", "%ED%A0%80", "%F8%88%80%80%80", "%80", "a%FFb", "%", "%zz"]


def test_h02_bytes_that_are_no_text_are_no_page(wire):
    assert set(statuses(wire, [f"/pl/{some}/" for some in NO_TEXT]).values()) == {404}


def test_h02_bytes_that_are_no_text_are_looked_for_as_what_they_are_shown_as(wire):
    pages = {some: wire.ask(f"/en/search/?q={some}") for some in ("%ff%fe", "%C0%AF", "%ED%A0%80", "%zz")}
    assert {page.status for page in pages.values()} == {200}
    assert 'value="\N{REPLACEMENT CHARACTER}' in pages["%ff%fe"].text
    assert wire.ask("/pl/szukaj/?q=\xff\xfe").status == 400  # not even coded: no address at all


OFF_THE_PLAN = [
    *("/%2e%2e/%2e%2e/etc/passwd", "/../../etc/passwd", "/pl/../../etc/passwd", "/pl/..%2f..%2fetc/passwd"),
    *("/static/../manage.py", "/static/%2e%2e/%2e%2e/manage.py", "/static/..%5c..%5cmanage.py", "/static//etc/passwd"),
    *("/pl/..;/", "/..;/manager/html", "/pl/%2e%2e%3b/", "/pl/miasta-partnerskie/..%2f/", "/pl/share/../../x.png"),
    *("//evil.example", "///evil.example", "//evil.example/pl", "//evil.example/..", "/pl//evil.example"),
    *("/\\evil.example", "/%5Cevil.example", "/%09/evil.example", "/%2f%2fevil.example", "/https://evil.example"),
    *("/.evil.example", "/@evil.example", "/pl/%0d%0aSet-Cookie:%20a=evil.example", "/%0aLocation:%20evil.example"),
]


def test_h03_what_climbs_or_leads_elsewhere_is_no_page(wire):
    assert {target: status for target, status in statuses(wire, OFF_THE_PLAN).items() if status != 404} == {}


def test_h03_a_request_for_another_host_is_no_redirect_to_it(wire):
    assert wire.ask("https://evil.example/pl").headers["Location"] == "/pl/"
    assert wire.ask("evil").status == 400


def test_h04_an_address_of_eight_kilobytes_is_read_and_a_longer_one_is_not(wire):
    long = {length: wire.ask(f"/pl/szukaj/?q={'a' * length}").status for length in (8_000, 64_000, 1_000_000)}
    assert long == {8_000: 200, 64_000: 414, 1_000_000: 414}


@pytest.mark.parametrize("language", LANGUAGES)
def test_h05_too_many_parameters_are_refused_in_the_language_of_the_page(wire, language):
    many = "&".join(["a=1"] * 1500)
    for target in (f"/{language}/", f"/{language}/admin/login/", address(language, "search")):
        answer = wire.ask(f"{target}?{many}")
        assert answer.status == 400
        assert f'<html lang="{language}">' in answer.text
    form = address(language, "report")
    kind = "Content-Type: application/x-www-form-urlencoded"
    answer = wire.ask(form, kind, f"Content-Length: {len(many)}", method="POST", body=many.encode())
    assert (answer.status, f'<html lang="{language}">' in answer.text) == (400, True)


NO_PAGES = ["0", "-1", "abc", "9" * 20, "1e9", "٣", "", "1 OR 1=1", "9" * 5000]
PAGED = {
    "partners:city_list": "partners.views.CITIES_ON_A_PAGE",  # and how many rows stand on a page of them
    "partners:activity_list": "partners.activity_views.ACTIVITIES_ON_A_PAGE",
    "partners:agreement_list": "partners.views.AGREEMENTS_ON_A_PAGE",
    "partners:benefit_list": "partners.benefit_views.GIFTS_ON_A_PAGE",
    "partners:institution_list": "partners.views.INSTITUTIONS_ON_A_PAGE",
}


def test_h06_every_list_that_has_pages_is_asked_for_those_it_has_not():
    with override("en"):
        read = {name: getattr(resolve(address("en", name)).func, "parameters", ()) for name in FOR_PEOPLE}
    assert {name for name, names in read.items() if "page" in names} == {
        *PAGED,
        *("partners:agreement_timeline", "search", "report"),  # a drawing, and an address to report a mistake on
    }


@pytest.mark.parametrize("name", PAGED)
def test_h06_a_page_that_a_list_has_not_is_its_first_or_its_last(client, undrawn, monkeypatch, name):
    monkeypatch.setattr(PAGED[name], 1)
    kind = next(kind for kind in KINDS.values() if kind.page == name.replace("_list", "_detail"))
    for _ in range(3):
        FACTORIES[kind.name]()
    shown = {number: number_of(client.get(address("en", name), {"page": number})) for number in NO_PAGES}
    last = {"0", "-1", "٣", "9" * 20}
    assert shown == {number: 3 if number in last else 1 for number in NO_PAGES}


def number_of(response):
    return response.context["page"].number


def test_h06_a_page_that_a_search_has_not_is_one_it_has(client):
    CityFactory(name_en="Lviv")
    for number in ("0", "abc", "9" * 20, "٣"):
        found = client.get("/en/search/", {"q": "lviv", "in": "cities", "page": number})
        assert (found.status_code, b"Lviv" in found.content) == (200, True)


OTHER_WAYS = {"/pl": "/pl/", "/en": "/en/", "/pl/umowy": "/pl/umowy/"}
NO_LANGUAGES = ["/de/", "/PL/", "/Pl/", "/pl-PL/", "/pl_PL/", "/pl/pl/", "/pl/en/", "/en/pl/", "/plen/", "/umowy/"]


def test_h09_a_language_that_is_none_of_ours_leads_nowhere_and_nothing_leads_in_a_circle(wire):
    assert set(statuses(wire, NO_LANGUAGES).values()) == {404}
    for target, canonical in OTHER_WAYS.items():
        moved = wire.ask(target)
        assert (moved.status, moved.headers["Location"], wire.ask(canonical).status) == (301, canonical, 200)


# --- who is asked, and for whom


OTHER_HOSTS = [
    *("evil.example", "", None, "127.0.0.1", "[::1]", "[::1", f"{HOST}:x", f"{HOST}:1:2", f"{HOST}/evil", f"{HOST}#"),
    *(f"{HOST}.evil.example", f"evil.example@{HOST}", f"{HOST}@evil.example", f"evil.example:{HOST}", f"{HOST},evil"),
    *(f"{HOST}\r\nHost: evil.example", f"evil.example\r\nHost: {HOST}", "<script>", "x" * 300, "\xb3\xf3d\xbc", "."),
]


def test_h11_a_host_that_is_not_ours_is_refused_and_not_repeated(wire):
    before = wire.ask().body
    for host in OTHER_HOSTS:
        answer = wire.ask(host=host)
        assert (answer.status, "<script>" in answer.text) == (400, False), host
    assert wire.ask("/pl", host="evil.example").status == 400
    assert wire.ask().body == before


@pytest.mark.parametrize("host", [f"{HOST}:99999", f"{HOST}.", HOST.upper(), f"{HOST}:443"])
def test_h11_our_host_in_another_spelling_gets_the_same_page(wire, host):
    assert wire.ask(host=host).body == wire.ask().body


def test_h11_a_host_that_is_not_ours_is_refused_in_the_language_of_the_page(wire):
    for language in LANGUAGES:
        assert f'<html lang="{language}">' in wire.ask(f"/{language}/", host="evil.example").text


SPOOFS = [
    *("X-Forwarded-Host: evil.example", "X-Forwarded-Server: evil.example", "X-Host: evil.example"),
    *("Forwarded: for=192.0.2.1;host=evil.example;proto=http", "X-Original-Host: evil.example", "X-Forwarded-Port: 1"),
    *("X-Forwarded-For: 192.0.2.1", "X-Real-IP: 192.0.2.1", "X-Forwarded-Prefix: /evil.example", "Via: evil.example"),
    *("X_Forwarded_Host: evil.example", "SCRIPT_NAME: /evil.example", "Script-Name: /evil.example"),
    *("SCRIPT_NAME: /pl", "PATH_INFO: /en/", "REMOTE_USER: admin", "Remote-User: admin", "X-Remote-User: admin"),
    *("X-Original-URL: /en/", "X-Rewrite-URL: /en/", "X-Accel-Redirect: /etc/passwd", "X-Sendfile: /etc/passwd"),
]


@pytest.mark.parametrize("spoof", SPOOFS)
def test_h12_what_stands_in_other_headers_changes_nothing(wire, spoof):
    fresh = f"/en/search/?on=2010-01-{SPOOFS.index(spoof) + 1:02}"  # which no cache holds
    spoofed, plain = wire.ask(fresh, spoof), wire.ask(fresh)
    assert (spoofed.status, spoofed.body) == (200, plain.body)


@pytest.mark.parametrize("spoof", ["X-Forwarded-Proto: https", "X-Forwarded-Ssl: on", "X-Forwarded-Protocol: ssl"])
def test_h12_only_the_proxy_says_that_it_was_https(wire, spoof):
    answer = wire.ask("/pl/", spoof, "X-Forwarded-Host: evil.example", peer=STRANGER)
    assert (answer.status, answer.headers["Location"]) == (301, f"{SITE}/pl/")


# --- how it is asked


OTHER_METHODS = ["TRACE", "CONNECT", "PUT", "PATCH", "DELETE", "OPTIONS", "FOO", "PROPFIND", "POST"]
READ_ONLY = ["/pl/", "/en/agreements.csv", "/en/partner-cities/lviv/", "/pl/nie-ma/", "/robots.txt", "/pl/szukaj/?q=a"]


@pytest.mark.parametrize("method", OTHER_METHODS)
def test_h13_public_pages_are_only_read(wire, method):
    for target in READ_ONLY:
        answer = wire.ask(target, "X-Secret: heldback", "Content-Length: 8", method=method, body=b"heldback")
        assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD")
        assert b"heldback" not in answer.body


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "FOO", "OPTIONS", "CONNECT"])
def test_h13_forms_and_the_pages_of_the_staff_are_read_and_sent_to(wire, method):
    assert set(statuses(wire, ["/en/admin/", "/en/admin/login/", "/pl/admin/x/"], method=method).values()) == {405}
    report = wire.ask(address("pl", "report"), method=method)
    assert (report.status, report.headers["Allow"]) == (405, "GET, HEAD, POST")


@pytest.mark.parametrize("method", ["get", "GE T", "G\x01", "", "GET\t", "x" * 300])
def test_h13_what_is_no_method_is_refused(wire, method):
    assert wire.ask(method=method).status in (400, 405)


def test_h13_the_body_of_a_question_is_not_read(wire):
    inner = b"GET /en/ HTTP/1.1\r\nHost: register.example\r\n\r\n"
    plain = wire.ask().body
    assert wire.ask("/pl/", f"Content-Length: {len(inner)}", body=inner).body == plain
    assert wire.ask("/pl/", "Transfer-Encoding: chunked", body=b"5\r\nhello\r\n0\r\n\r\n").body == plain


DIFFERENT_EACH_TIME = {"Cache-Status", "ETag", "Content-Length"}  # or not told of what is made while it is sent


@pytest.mark.parametrize("language", LANGUAGES)
def test_h14_every_page_is_headed_as_it_is_answered(client, undrawn, language):
    """Where nothing is recorded; `test_former_addresses` asks so of every kind of record."""
    for name in LISTED[LANGUAGES.index(language) :: 2]:
        path = address(language, name)
        got, headed = client.get(path), client.head(path)
        assert (headed.status_code, b"".join(headed)) == (got.status_code, b"")
        assert different(got, headed) <= DIFFERENT_EACH_TIME, name


def different(one, other):
    return {name for name in {*one.headers, *other.headers} if one.headers.get(name) != other.headers.get(name)}


def test_h14_nothing_follows_the_headers(wire):
    for target in ("/pl/", "/en/partner-cities/lviv/", "/pl/nie-ma/", "/en/agreements.csv", "/robots.txt", "/pl"):
        got, headed = wire.ask(target), wire.ask(target, method="HEAD")
        assert (headed.status, headed.body) == (got.status, b"")
        assert headed.headers["Content-Length"] in (got.headers["Content-Length"], None)
        sent = f"HEAD {target} HTTP/1.1\r\nHost: {HOST}\r\nX-Forwarded-Proto: https\r\nConnection: close\r\n\r\n"
        assert raw(wire, sent).endswith(b"\r\n\r\n")


def raw(wire, sent):
    """All bytes that come back until the server closes."""
    with socket.create_connection((PROXY, wire.port), SLOWEST) as connected:
        connected.sendall(sent.encode("latin-1"))
        return b"".join(iter(lambda: connected.recv(65_536), b""))


@pytest.mark.parametrize("origin", ["null", "https://evil.example", SITE])
def test_h15_no_other_site_reads_what_stands_here(wire, origin):
    headers = [f"Origin: {origin}", "Access-Control-Request-Method: GET", "Access-Control-Request-Headers: x"]
    for target in ("/pl/", "/en/agreements.csv", "/en/admin/login/", "/en/search/names.json"):
        for method in ("OPTIONS", "GET"):
            answer = wire.ask(target, *headers, method=method)
            assert not [name for name in answer.headers if name.lower().startswith("access-control-")]
            assert answer.status == (200 if method == "GET" else 405)


def test_h15_nor_a_stylesheet(rf, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "page.css").write_text("a {}")
    request = rf.get("/static/page.css", headers={"origin": "https://evil.example"})
    answer = WhiteNoiseMiddleware(lambda request: HttpResponse(status=404))(request)
    answer.close()
    assert answer.status_code == 200
    assert not [name for name in answer.headers if name.lower().startswith("access-control-")]


@pytest.mark.parametrize("header", ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "X_HTTP_METHOD"])
def test_h16_no_header_and_no_parameter_makes_another_method_of_it(wire, header):
    plain = wire.ask().body
    for method in ("DELETE", "POST", "PUT"):
        assert wire.ask("/pl/", f"{header}: {method}").body == plain
        assert wire.ask(f"/pl/?_method={method}").body == plain
        assert wire.ask("/pl/", f"{header}: GET", method=method).status == 405


SMUGGLED = {  # what gunicorn itself answers to two ways of telling where a request ends
    "both lengths": ["Content-Length: 5", "Transfer-Encoding: chunked"],
    "both, turned round": ["Transfer-Encoding: chunked", "Content-Length: 5"],
    "two lengths": ["Content-Length: 5", "Content-Length: 6"],
    "two lengths in one": ["Content-Length: 5, 6"],
    "a length with a sign": ["Content-Length: +5"],
    "a length below nothing": ["Content-Length: -5"],
    "a length in another alphabet": ["Content-Length: \xb2"],
    "an unknown coding": ["Transfer-Encoding: xchunked"],
    "a coding twice": ["Transfer-Encoding: chunked, chunked"],
    "a coding with a tail": ["Transfer-Encoding: chunked\x0b"],
    "a folded line": ["X-A: b\r\n c"],
    "a folded length": ["X-A: b\r\n Content-Length: 5"],
    "a blank before the colon": ["Content-Length : 5"],
    "no colon": ["Content-Length 5"],
    "a bare line feed": ["X-A: b\nContent-Length: 5"],
    "a bare carriage return": ["X-A: b\rContent-Length: 5"],
    "a NUL": ["X-A: b\0c"],
    "no name": [": b"],
    "a name with a bracket": ["X(A): b"],
}


@pytest.mark.parametrize("headers", SMUGGLED.values(), ids=SMUGGLED)
def test_h17_a_request_that_ends_in_two_places_is_refused_and_the_connection_closed(wire, headers):
    second = "0\r\n\r\nGET /robots.txt HTTP/1.1\r\nHost: register.example\r\n\r\n"
    lines = ["POST /pl/ HTTP/1.1", f"Host: {HOST}", *headers, "", second]
    answered = raw(wire, "\r\n".join(lines))
    assert answered.startswith((b"HTTP/1.1 400 ", b"HTTP/1.1 501 "))
    assert answered.count(b"HTTP/1.1 ") == 1
    assert b"User-agent" not in answered


def test_h17_too_many_and_too_long_headers_are_refused(wire):
    assert wire.ask("/pl/", *(f"X-{number}: a" for number in range(300))).status == 431
    assert wire.ask("/pl/", f"Cookie: a={'b' * 64_000}").status == 431
    assert wire.ask("/pl/", f"Cookie: a={'b' * 8_000}").body == wire.ask().body


@pytest.mark.parametrize(
    "sent",
    [
        "GET /pl/\r\n\r\n",
        "GET /pl/ HTTP/9.9\r\nHost: x\r\n\r\n",
        "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n",
        "\r\n" * 9,
    ],
    ids=["no version", "a version to come", "TLS", "blank lines"],
)
def test_h17_what_is_no_request_is_refused(wire, sent):
    assert raw(wire, sent + "x\r\n\r\n")[:12] in (b"HTTP/1.1 400", b"")


def test_h19_a_packed_body_is_not_unpacked(wire):
    bomb = gzip.compress(b"page=" + b"a" * 20_000_000)
    form = ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(bomb)}"]
    answer = wire.ask("/en/report-a-mistake/", "Content-Encoding: gzip", *form, method="POST", body=bomb)
    assert (answer.status, len(answer.body) < 50_000) == (403, True)


def test_h19_a_body_without_an_end_is_not_waited_for(wire):
    chunked = ["Content-Type: application/x-www-form-urlencoded", "Transfer-Encoding: chunked"]
    for target, status in (("/en/report-a-mistake/", 403), ("/pl/", 405), ("/pl/admin/login/", 403)):
        assert wire.ask(target, *chunked, method="POST", body=b"5\r\na=b&c\r\n").status == status


@pytest.mark.parametrize("language", LANGUAGES)
def test_h19_a_body_that_is_too_large_is_refused_unread(wire, language):
    form = ["Content-Type: application/x-www-form-urlencoded", "Content-Length: 5000000"]
    answer = wire.ask(address(language, "report"), *form, method="POST", body=b"a" * 100)
    assert (answer.status, f'<html lang="{language}">' in answer.text) == (400, True)


# --- what caches ask and keep


NO_VERSIONS = ["", "garbage", '"other"', 'W/"', '""', '"' * 2000, "*x", "W/*", "\xff\xfe", ',"a"', "' OR 1=1"]
NO_TIMES = ["", "garbage", "Thu, 01 Jan 1970", "Thu, 32 Jan 2026 00:00:00 GMT", "0", "-1", "9" * 300, "\xff"]
NO_TIMES += ["Sun, 06 Nov 99999 08:49:37 GMT", "Sun, 06 Nov 1994 25:61:61 GMT", "Sunday, 06-Nov-94 08:49:37 GMT"]


@pytest.mark.parametrize("target", ["/pl/", "/robots.txt"])
def test_h21_a_version_or_a_time_that_nobody_knows_is_answered_with_the_page(wire, target):
    for text in NO_VERSIONS:
        assert wire.ask(target, f"If-None-Match: {text}").status == 200, text
    for text in NO_TIMES:
        assert wire.ask(target, f"If-Modified-Since: {text}").status == 200, text


POISONS = [
    *("Cookie: django_language=en", f"Cookie: sessionid={'e' * 32}", "Accept-Language: en", "Save-Data: on"),
    *("X-Forwarded-Host: evil.example", "X-Forwarded-Scheme: nothttps", "X-Original-URL: /en/", "Range: bytes=0-5"),
    *(
        "User-Agent: evil.example",
        "Referer: https://evil.example/",
        "Accept: application/json",
        "Accept-Charset: latin2",
    ),
    *("X-Requested-With: XMLHttpRequest", "Authorization: Basic ZXZpbA==", "Cache-Control: no-cache"),
]


@pytest.mark.parametrize("number", range(len(POISONS)), ids=POISONS)
def test_h22_who_asks_first_leaves_nothing_of_himself_in_the_cache(wire, number):
    fresh = f"/pl/szukaj/?on=2010-02-{number + 1:02}"
    first, second = wire.ask(fresh, POISONS[number]), wire.ask(fresh)
    assert ("stored" in first.headers["Cache-Status"], "hit" in second.headers["Cache-Status"]) == (True, True)
    assert first.body == second.body
    assert '<html lang="pl">' in first.text
    assert "Set-Cookie" not in first.headers


@pytest.mark.parametrize("query", ["lang=en", "language=en", "utm_source=evil.example", "_escaped_fragment_=", "cb=1"])
def test_h22_a_parameter_that_no_page_reads_changes_no_byte(wire, query):
    plain, asked = wire.ask(), wire.ask(f"/pl/?{query}")
    assert ("hit" in asked.headers["Cache-Status"], asked.body) == (True, plain.body)
    assert f'<link rel="canonical" href="{SITE}/pl/">' in asked.text


@pytest.fixture
def kept(settings, tmp_path):
    """Caches that keep."""
    memory = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {name: {"BACKEND": memory, "LOCATION": f"{tmp_path} {name}"} for name in settings.CACHES}
    settings.VAR_DIR = tmp_path
    yield
    for cache in caches.all():
        cache.clear()


def test_h23_what_staff_are_shown_of_a_public_page_is_what_everybody_is(client, kept):
    CityFactory(slug="lviv")
    CityFactory(slug="quito", held_back=True)
    targets = ["/pl/", "/en/partner-cities/lviv/", "/en/search/?q=lviv", "/pl/miasta-partnerskie/", "/robots.txt"]
    alone = [client.get(target).content for target in targets]
    for cache in caches.all():
        cache.clear()
    sign_in(client, "superuser", username="zbigniew")
    first = [client.get(target) for target in targets]
    others = [Client().get(target) for target in targets]
    assert [answer.content for answer in first] == [answer.content for answer in others] == alone
    assert ["hit" in answer["Cache-Status"] for answer in others] == [True] * len(targets)
    for answer in first:
        assert (b"zbigniew" in answer.content, dict(answer.cookies)) == (False, {})
    assert client.get("/en/partner-cities/quito/").status_code == 404


def test_h23_whatever_the_pages_of_the_staff_answer_no_cache_keeps(client, undrawn):
    sign_in(client, "superuser")
    pages = [route.filled({}) for route in routes() if route.name.startswith("admin:") and not route.blanks()]
    others = ["/en/admin/autocomplete/", "/en/admin/nowhere/", "/pl/admin/auth/user/9/change/", "/en/admin/logout/"]
    answers = {page: client.get(page) for page in [*pages[::5], *others]}
    assert {answer.status_code for answer in answers.values()} == {200, 302, 403, 404, 405}
    assert {page: kept for page, answer in answers.items() if (kept := kept_by(answer))} == {}


def kept_by(answer):
    """What of the headers lets a cache keep an answer for others; nothing if all is well."""
    words = {word.strip() for word in answer.get("Cache-Control", "").split(",")}
    return "" if {"private", "no-store"} <= words else f"{answer.status_code} {words}"


# --- what is held back


HELD_BACK = [state for state in Publication.values if state != Publication.PUBLISHED]


@pytest.mark.parametrize("kind", [kind for kind in with_address() if kind.page], ids=lambda kind: kind.name)
def test_h24_what_was_never_public_is_answered_as_what_never_was(client, kind):
    place = [*KINDS].index(kind.name)
    language = LANGUAGES[place % 2]
    FACTORIES[kind.name](slug="held", publication=HELD_BACK[place % 3])
    held, queries = asked(client, path_of(kind, language, "held"))
    never, others = asked(client, path_of(kind, language, "never-was"))
    assert (held.status_code, never.status_code) == (404, 404)
    assert without(held, "held") == without(never, "never-was")
    assert queries - others <= 4  # that many of a history alone


def path_of(kind, language, slug):
    with override(language):
        return kind.address(slug)


def asked(client, path):
    """What is answered, and how often the database was asked for it."""
    with CaptureQueriesContext(connection) as queries:
        return client.get(path), len(queries)


def without(response, slug):
    """A page without its own address and the number of its request, such as 0123abcd."""
    return response.content.decode().replace(slug, "").replace(response.wsgi_request.id, "")


GUESSES = ["{pk}", "{next}", "00000000-0000-4000-8000-000000000000", "new", "%25"]


def test_h24_no_record_is_reached_by_a_number_or_a_guess(client, undrawn):
    world = make_world()
    for route in routes():
        if kind := kind_of(route):
            pk = world[kind.model].pk
            for guess in GUESSES:
                path = route.filled({"slug": guess.format(pk=pk, next=pk + 1), "language": "pl"})
                assert client.get(path).status_code == 404, path


# --- what fails


def away():
    error = OperationalError("connection refused")
    error.__cause__ = OSError(ENOSPC, "No space left on device")
    return error


FAILURES = {400: SuspiciousOperation, 403: PermissionDenied, 404: Http404, 500: ZeroDivisionError, 503: away}
HEADERS = ["X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy", "Strict-Transport-Security"]


@pytest.fixture
def failing(client, monkeypatch):
    """The home page in a language, which fails in such a way before it asks for anything."""

    def ask(status, language):
        def fail(request):
            raise FAILURES[status]()

        client.raise_request_exception = False
        monkeypatch.setattr("krakow_intl.portal.views.as_of", fail)
        return client.get(f"/{language}/")

    return ask


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", FAILURES)
def test_h28_what_fails_is_told_in_the_language_of_the_page_without_the_database(failing, status, language):
    with CaptureQueriesContext(connection) as queries:
        answer = failing(status, language)
    assert (answer.status_code, len(queries)) == (status, 0)
    assert f'<html lang="{language}">' in answer.content.decode()
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert not answer.cookies


@pytest.mark.parametrize("language", LANGUAGES)
def test_h28_what_fails_bears_the_headers_of_every_page(wire, language):
    usual = wire.ask(f"/{language}/").headers
    answers = [
        wire.ask(f"/{language}/nowhere/"),
        wire.ask(f"/{language}/", method="PUT"),
        wire.ask(f"/{language}/?{'&'.join(['a=1'] * 1500)}"),
        wire.ask(f"/{language}/admin/login/", "Content-Length: 0", method="POST"),
        wire.ask(f"/{language}/", host="evil.example"),
    ]
    assert [answer.status for answer in answers] == [404, 405, 400, 403, 400]
    for answer in answers:
        assert {name: answer.headers[name] for name in HEADERS} == {name: usual[name] for name in HEADERS}
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "Set-Cookie" not in answer.headers


def test_h28_a_page_that_tells_of_a_failure_has_no_fault_of_accessibility(failing, page, live_server, axe_faults):
    for status, language in zip(FAILURES, cycle(LANGUAGES), strict=False):
        failed = f"{live_server.url}/{language}/fault-{status}/"
        page.route(failed, showing(failing(status, language)))
        page.goto(failed)
        assert axe_faults(page) == []
        assert page.locator("h1").count() == 1


def showing(response):
    body = response.content.decode()
    return lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8")


def test_h29_a_fault_of_ours_shows_the_number_by_which_the_log_knows_it(failing, caplog):
    caplog.handler.addFilter(RequestIdFilter())
    answer = failing(500, "en")
    shown = answer.content.decode().replace(NBSP, " ")
    [told] = [record for record in caplog.records if record.name == "django.request"]
    assert f"Number of this request: {told.request_id}" in shown
    assert (told.levelno, told.exc_info[0]) == (logging.ERROR, ZeroDivisionError)
    assert ("ZeroDivisionError" in shown, "Traceback" in shown) == (False, False)


# --- what stands beside the pages


NOT_HERE = [
    *("/.git/", "/.git/config", "/.git/HEAD", "/.env", "/.env.example", "/.svn/entries", "/.DS_Store", "/.htaccess"),
    *("/static/", "/static/css/", "/static", "/media/", "/media/documents/", "/documents/", "/var/register.sqlite3"),
    *("/manage.py", "/gunicorn.conf.py", "/requirements.txt", "/register.sqlite3", "/secret-key", "/log", "/changes"),
    *("/admin/doc/", "/__debug__/", "/debug/", "/server-status", "/phpinfo.php", "/wp-login.php", "/actuator/env"),
    *("/swagger/", "/graphql", "/api/", "/pl/.git/config", "/en/static/", "/static/manage.py", "/console"),
]


def test_h31_nothing_stands_here_but_the_register(wire):
    assert {target: status for target, status in statuses(wire, NOT_HERE).items() if status not in (403, 404)} == {}


def test_h31_signed_in_one_finds_no_more(client):
    sign_in(client, "superuser")
    for target in ("/en/admin/doc/", "/en/admin/__debug__/", "/pl/admin/media/", "/en/admin/.git/"):
        assert client.get(target).status_code == 404


def test_h32_what_others_look_for_at_the_root_has_its_right_type(client):
    types = {
        "/robots.txt": "text/plain; charset=utf-8",
        "/sitemap.xml": "application/xml",
        "/.well-known/security.txt": "text/plain; charset=utf-8",
    }
    assert {path: client.get(path)["Content-Type"] for path in types} == types
    ElementTree.fromstring(client.get("/sitemap.xml").content)
    assert client.get("/favicon.ico")["Location"] == "/static/img/mark.svg"
    robots = client.get("/robots.txt").content.decode().splitlines()
    assert {"User-agent: *", "Disallow: /pl/admin/", "Sitemap: http://testserver/sitemap.xml"} <= {*robots}


@pytest.mark.parametrize("email", ["", "security@city.example"])
def test_h32_who_found_a_fault_is_told_whom_to_write_to(client, settings, email):
    settings.CITY_HALL_EMAIL = email
    response = client.get("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert fields["Contact"] == (f"mailto:{email}" if email else "http://testserver/en/contact/")
    assert fields["Canonical"] == "http://testserver/.well-known/security.txt"
    left = datetime.fromisoformat(fields["Expires"]) - timezone.now()
    assert timedelta(days=30) < left < timedelta(days=365)


@pytest.mark.parametrize("language", LANGUAGES)
def test_h32_who_wants_another_password_is_led_to_its_page(client, language):
    response = client.get("/.well-known/change-password", headers={"accept-language": language})
    assert (response.status_code, response["Location"]) == (302, f"/{language}/admin/password_change/")
