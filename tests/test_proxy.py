"""The proxy in front: what it keeps and tells, what it refuses, and that the register knows who asks."""

import json
import os
import re
import socket
import ssl
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from krakow_intl.core.middleware.page_cache import PUBLIC
from tests.observatory import GOAL, observatory_points
from tests.proxy import HOST, NGINX, NOT_RUN, ROOT, TEMPLATE, VARIABLE, Proxy, serving
from tests.test_server import wait_for

FRESH = 6  # seconds, after which no page is
pytestmark = [pytest.mark.once, pytest.mark.slow]
WITHDRAW = """
import django; django.setup()
from partners.models import PartnerCity
from krakow_intl.core.records import Publication
PartnerCity.objects.update(publication=Publication.DRAFT)
"""
FILL = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", run_syncdb=True, verbosity=0)
from tests.partners.factories import CityFactory
CityFactory(slug="lviv", name_pl="Lwów", name_en="Lviv")
"""
WITHOUT_MIGRATIONS = """
from krakow_intl.settings import *

class Without:
    def __contains__(self, app): return True
    def __getitem__(self, app): return None

MIGRATION_MODULES = Without()
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
"""


@pytest.fixture(scope="module")
def proxy(tmp_path_factory):
    if not NGINX:
        (pytest.fail if "CI" in os.environ else pytest.skip)(NOT_RUN)
    with serving(tmp_path_factory.mktemp("proxy")) as running:
        yield running


class Web(ThreadingHTTPServer):
    """Stands in for the register: answers as it is told, and remembers what it was asked."""

    request_queue_size = 200

    def __init__(self, port):
        super().__init__(("127.0.0.1", port), Asked)
        self.asked, self.status, self.headers, self.seconds = [], 200, {}, 0


class Asked(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append((self.path, self.headers))
        time.sleep(self.server.seconds)
        body = f"{len(self.server.asked)}".encode()
        self.send_response(self.server.status)
        for name, value in ({"Content-Length": len(body), "Content-Type": "text/html"} | self.server.headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, *arguments):
        pass


@pytest.fixture
def web(proxy):
    proxy.changes()  # so that nothing is kept from the test before
    with Web(proxy.web) as server:
        threading.Thread(target=server.serve_forever, args=[0.05]).start()
        server.headers = {"Cache-Control": PUBLIC}
        yield server
        server.shutdown()


def test_all_that_the_configuration_leaves_open_is_said_where_it_is_run(tmp_path):
    compose = (ROOT / "docker-compose.yml").read_text()
    # a variable that the service sets: "      PROXY_STATE: /var/cache/nginx", 'export PROXY_HOSTS="'
    said = {*re.findall(r"^ {6}(PROXY_\w+): |export (PROXY_\w+)=", compose, re.MULTILINE)}
    assert {*VARIABLE.findall(TEMPLATE.read_text())} == {"".join(names) for names in said}
    assert {*VARIABLE.findall(TEMPLATE.read_text())} == {*Proxy(tmp_path).variables()}


def test_a_page_is_asked_for_once(proxy, web):
    assert [proxy.ask("/pl/").body for _ in range(3)] == [b"1"] * 3
    assert proxy.ask("/pl/")["Cache-Status"] == "proxy; hit"


def test_everybody_who_comes_at_once_gets_the_page_that_was_made_for_the_first(proxy, web):
    web.seconds = 0.3
    with ThreadPoolExecutor(60) as visitors:
        answers = [*visitors.map(lambda _: proxy.ask("/pl/"), range(60))]
    assert {(answer.status, answer.body) for answer in answers} == {(200, b"1")}


def test_a_change_makes_every_page_anew_at_once(proxy, web):
    assert proxy.ask("/pl/").body == b"1"
    proxy.changes()
    assert proxy.ask("/pl/").body == b"2"


@pytest.mark.parametrize("is_folder", [False, True])
def test_while_the_state_of_the_register_is_not_known_nothing_is_kept(proxy, web, is_folder):
    marker = proxy.folder / "pages" / "changes"
    marker.rename(proxy.folder / "away")
    if is_folder:
        marker.mkdir()
    assert [proxy.ask("/pl/").body for _ in range(2)] == [b"1", b"2"]
    if is_folder:
        marker.rmdir()
    (proxy.folder / "away").rename(marker)


@pytest.mark.parametrize(
    "headers",
    [
        {"Cache-Control": PUBLIC, "Set-Cookie": "a=b"},
        {"Cache-Control": "private, no-store"},
        {"Cache-Control": "no-cache"},
        {},
        {"Cache-Control": PUBLIC, "Vary": "Accept-Encoding, Accept-Language"},
        {"Cache-Control": PUBLIC, "Vary": "Cookie"},
    ],
    ids=["cookie", "private", "to be asked for", "says nothing", "by language", "by cookie"],
)
def test_what_is_for_one_person_is_not_kept(proxy, web, headers):
    web.headers = headers
    assert [proxy.ask("/pl/").body for _ in range(2)] == [b"1", b"2"]


@pytest.mark.parametrize("path", ["/pl/admin/", "/en/admin/partners/agreement/", "/pl/calendar/x.ics", "/en/preview/"])
def test_nothing_of_the_staff_is_kept_whatever_it_says(proxy, web, path):
    assert [proxy.ask(path).body for _ in range(2)] == [b"1", b"2"]


def test_public_pages_are_asked_for_without_a_cookie_and_in_one_way(proxy, web):
    for accepted in ("gzip, br", "identity", "*;q=0"):
        proxy.ask("/pl/", Cookie="__Host-session=secret", Accept_Encoding=accepted, Accept_Language="de")
    assert len(web.asked) == 1
    assert (web.asked[0][1]["Cookie"], web.asked[0][1]["Accept-Encoding"]) == (None, "gzip")
    proxy.ask("/pl/admin/", Cookie="__Host-session=secret")
    assert web.asked[1][1]["Cookie"] == "__Host-session=secret"


def test_the_register_is_told_who_asks_and_not_what_they_say_they_are(proxy, web):
    proxy.ask("/pl/", X_Forwarded_For="1.2.3.4", X_Forwarded_Proto="http", X_Forwarded_Host="evil.example")
    told = web.asked[0][1]
    names = ("Host", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host")
    assert [told[name] for name in names] == [HOST, "127.0.0.1", "https", None]


def test_a_scan_is_handed_out_where_the_register_says_so(proxy, web):
    (proxy.folder / "documents" / "scan.pdf").write_bytes(b"%PDF-1.7")
    policy = "default-src 'none'; sandbox; frame-ancestors 'none'"
    web.headers = {
        "X-Accel-Redirect": "/internal/documents/scan.pdf",
        "Content-Type": "application/pdf",
        "Content-Disposition": "attachment",
        "Content-Security-Policy": policy,
        "Cache-Control": "no-cache",
    }
    answer = proxy.ask("/pl/dokumenty/1/")
    assert (answer.status, answer.body, answer["Content-Security-Policy"]) == (200, b"%PDF-1.7", policy)
    assert (answer["Content-Type"], answer["Content-Disposition"]) == ("application/pdf", "attachment")
    part = proxy.ask("/pl/dokumenty/1/", Range="bytes=1-3")
    assert (part.status, part.body) == (206, b"PDF")
    web.headers = {}
    assert proxy.ask("/internal/documents/scan.pdf").status == 404


def test_while_the_register_fails_its_pages_are_told_as_they_stood(proxy, web):
    web.headers = {"Cache-Control": "public, s-maxage=1, stale-while-revalidate=0, stale-if-error=3"}
    assert proxy.ask("/pl/").status == 200
    web.status, web.headers = 503, {"Retry-After": "7"}
    time.sleep(2.2)  # nginx counts whole seconds, and the last one belongs to it
    stale = proxy.ask("/pl/")
    assert (stale.status, stale.body, stale["Cache-Status"]) == (200, b"1", "proxy; hit; detail=stale")
    proxy.changes()
    failed = proxy.ask("/pl/")
    assert (failed.status, failed["Retry-After"]) == (503, "7")


def test_o15_who_asks_too_often_is_told_to_wait_and_holds_up_nobody_else(proxy, web):
    with ThreadPoolExecutor(8) as visitor:
        answers = [*visitor.map(lambda n: proxy.ask(f"/en/search/?q={n}"), range(60))]
    refused = [answer for answer in answers if answer.status == 429]
    assert refused
    assert refused[0]["Retry-After"] == "5"
    assert "Too many requests" in refused[0].body.decode()
    assert proxy.ask("/en/agreements/").status == 200
    assert proxy.ask("/pl/admin/").status == 200


def test_guessing_passwords_is_slowed_down_before_it_reaches_the_register(proxy, web):
    with ThreadPoolExecutor(8) as visitor:
        answers = [*visitor.map(lambda _: proxy.ask("/pl/admin/login/", "POST", body=b"x"), range(20))]
    assert {answer.status for answer in answers} == {200, 429}
    assert proxy.ask("/pl/admin/login/").status == 200


def test_half_a_request_keeps_nobody_waiting(proxy, web):
    half = []
    for _ in range(60):
        connection = socket.create_connection(("127.0.0.1", proxy.https))
        wrapped = ssl._create_unverified_context().wrap_socket(connection)
        wrapped.sendall(f"POST /pl/admin/login/ HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 99\r\n\r\nx".encode())
        half.append(wrapped)
    begun = time.monotonic()
    assert proxy.ask("/pl/").status == 200
    assert time.monotonic() - begun < 1
    assert len(web.asked) == 1  # none of them has reached it
    for connection in half:
        connection.close()


REFUSED = {
    "TRACE": (405, {"path": "/pl/", "method": "TRACE"}),
    "unknown host": (421, {"path": "/pl/", "Host": "evil.example"}),
    "its address for a host": (421, {"path": "/pl/", "Host": "127.0.0.1"}),
    "unknown host without https": (421, {"path": "/pl/", "Host": "evil.example", "https": False}),
    "too long an address": (414, {"path": "/" + "x" * 9000}),
    "too large": (413, {"path": "/pl/zglos-blad/", "method": "POST", "body": b"x" * 300_000}),
    "what is for those inside": (404, {"path": "/metrics"}),
    "the same": (404, {"path": "/readyz"}),
    "the marker": (404, {"path": "/changes"}),
    "two lengths": (400, {"path": "/pl/", "method": "POST", "Content_Length": "1", "Transfer_Encoding": "chunked"}),
}


@pytest.mark.parametrize(("status", "request_"), REFUSED.values(), ids=REFUSED)
def test_what_the_proxy_refuses_it_refuses_in_both_languages_with_all_headers(proxy, web, status, request_):
    answer = proxy.ask(**request_)
    assert (answer.status, web.asked if status != 404 else []) == (status, [])
    assert_is_a_page_of_the_proxy(answer)
    assert b"evil.example" not in answer.body


def assert_is_a_page_of_the_proxy(answer):
    assert '<html lang="pl">' in answer.body.decode()
    assert '<section lang="en">' in answer.body.decode()
    assert answer["Cache-Control"] == "no-store"
    assert observatory_points(answer.headers) == GOAL
    assert answer["Server"] == "nginx"  # and no version


def test_o11_nothing_is_asked_for_without_https(proxy, web):
    answer = proxy.ask("/pl/umowy/?kind=x", https=False)
    assert (answer.status, answer["Location"]) == (301, f"https://{HOST}/pl/umowy/?kind=x")
    assert observatory_points(answer.headers) == GOAL
    assert web.asked == []


def test_the_log_knows_no_visitor_no_query_and_no_secret(proxy, web):
    for path in ("/pl/szukaj/?q=nazwisko", "/pl/calendar/secret.ics", "/en/preview/secret/"):
        proxy.ask(path)
    time.sleep(0.2)
    log = (proxy.folder / "access.log").read_text()
    lines = [json.loads(line) for line in log.splitlines()]
    assert (lines[-1]["path"], lines[-1]["network"], lines[-1]["status"]) == ("/pl/szukaj/", "127.0.0.0/24", 200)
    assert "nazwisko" not in log
    assert "secret" not in log + (proxy.folder / "error.log").read_text()


def test_nothing_secret_is_logged_while_the_register_is_away(proxy):
    assert proxy.ask("/pl/calendar/secret.ics").status == 502
    assert "secret" not in (proxy.folder / "error.log").read_text()


def test_while_the_register_is_away_the_proxy_says_so(proxy):
    answer = proxy.ask("/pl/nothing-that-is-kept/")
    assert (answer.status, answer["Retry-After"]) == (502, "30")
    assert_is_a_page_of_the_proxy(answer)


@contextmanager
def register(proxy):
    """The register itself behind the proxy, as it is deployed; yields what runs Python there, and its process."""
    folder = proxy.folder
    (folder / "without_migrations.py").write_text(WITHOUT_MIGRATIONS)
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(folder),
        "SECRET_KEY": "only-for-the-tests-" * 4,
        "VAR_DIR": str(folder),
        "ALLOWED_HOSTS": HOST,
        "FORWARDED_ALLOW_IPS": "127.0.0.1",
        "WEB_CONCURRENCY": "1",
        "DJANGO_SETTINGS_MODULE": "without_migrations",
    }

    def run(code):
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, check=True)

    run(FILL)
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{proxy.web}"]
    with open(folder / "log", "wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=log)
    try:
        wait_for(proxy.web)
        yield run, process
    finally:
        process.kill()
        process.wait()


def test_what_is_withdrawn_is_told_no_more_though_the_register_stops_at_once(proxy):
    page = "/en/partner-cities/lviv/"
    with register(proxy) as (run, process):
        first = proxy.ask(page)
        assert (first.status, first["Location"], first["Cache-Control"]) == (200, None, PUBLIC)  # and no redirect loop
        assert proxy.ask(page)["Cache-Status"] == "register; fwd=miss; stored, proxy; hit"
        assert proxy.ask(page, If_None_Match=first["ETag"]).status == 304
        assert observatory_points(first.headers) == GOAL
        assert proxy.ask("/en/admin/login/")["Cache-Control"].endswith("private")
        process.kill()
        process.wait()
        time.sleep(FRESH)
        assert proxy.ask(page)["Cache-Status"] == "register; fwd=miss; stored, proxy; hit; detail=stale"
        run(WITHDRAW)
        assert proxy.ask(page).status == 502
