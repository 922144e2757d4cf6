"""Every answer holds a browser back: pages, files, redirects, refusals and errors alike."""

import importlib.util
import socket

import pytest
from django.conf import settings
from django.http import HttpResponse

from krakow_intl.core.middleware.security_headers import SecurityHeadersMiddleware, security_headers
from tests.observatory import GOAL, observatory_points
from tests.partners.factories import CityFactory
from tests.staff import sign_in

HOST = {"host": "register.example"}


@pytest.fixture
def behind_https(settings):
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["register.example"], True
    settings.SECURE_HSTS_SECONDS = 31_536_000


def test_the_points_are_counted_as_the_rules_say():
    assert observatory_points({}) == 100 - 25 - 20 - 5 - 20
    lax = {"Content-Security-Policy": "default-src 'self' 'unsafe-inline'", "X-Frame-Options": "DENY"}
    assert observatory_points(lax) == 100 - 20 - 20 - 5
    assert observatory_points(lax | {"Referrer-Policy": "unsafe-url"}) == 100 - 20 - 20 - 5 - 5


ANSWERS = {
    "a page": ("/en/partner-cities/lviv/", 200),
    "no page": ("/en/nothing/", 404),
    "no text": ("/en/%00", 404),
    "a redirect": ("/", 302),
    "a file": ("/robots.txt", 200),
    "health": ("/healthz", 200),
    "sign-in": ("/en/admin/login/", 200),
    "of the staff": ("/en/admin/", 302),
}


@pytest.mark.parametrize(("address", "status"), ANSWERS.values(), ids=ANSWERS)
def test_every_answer_has_all_points(db, client, behind_https, address, status):
    CityFactory(slug="lviv")
    answer = client.get(address, secure=True, headers=HOST)
    assert (answer.status_code, observatory_points(answer.headers)) == (status, GOAL)
    assert {*security_headers()} <= {*answer.headers}


def test_the_desk_has_all_points(db, client, behind_https):
    sign_in(client, "editor")
    answer = client.get("/en/admin/", secure=True, headers=HOST)
    assert (answer.status_code, observatory_points(answer.headers)) == (200, GOAL)
    assert answer["Cache-Control"].endswith("no-store, must-revalidate, private")


@pytest.mark.parametrize("method", ["get", "post", "delete"])
def test_the_way_to_https_and_a_refusal_have_all_points(client, behind_https, method):
    answer = getattr(client, method)("/en/", headers=HOST)
    assert (answer.status_code, observatory_points(answer.headers)) == (301, GOAL)


@pytest.mark.parametrize(("method", "host", "status"), [("put", "register.example", 405), ("get", "evil.example", 400)])
def test_what_is_refused_has_all_points(client, behind_https, method, host, status):
    answer = getattr(client, method)("/en/", secure=True, headers={"host": host})
    assert (answer.status_code, observatory_points(answer.headers)) == (status, GOAL)


def test_an_error_has_all_points(db, client, behind_https, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("krakow_intl.portal.views.render", lambda *arguments: 1 / 0)
    answer = client.get("/en/", secure=True, headers=HOST)
    assert (answer.status_code, observatory_points(answer.headers)) == (500, GOAL)


def test_what_has_a_policy_of_its_own_keeps_it(rf):
    answer = HttpResponse(headers={"Content-Security-Policy": "sandbox"})
    assert SecurityHeadersMiddleware(lambda request: answer)(rf.get("/"))["Content-Security-Policy"] == "sandbox"


def test_without_https_nothing_is_promised_of_it(client):
    assert "Strict-Transport-Security" not in client.get("/healthz").headers


def test_what_gunicorn_says_itself_has_all_points(behind_https):
    spec = importlib.util.spec_from_file_location("of_gunicorn", settings.BASE_DIR / "gunicorn.conf.py")
    configuration = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(configuration)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        configuration._write_error_with(security_headers())(ours, 400, "Bad Request", "Invalid <header>")
        head, _, body = theirs.recv(4096).decode().partition("\r\n\r\n")
    first, *lines = head.split("\r\n")
    assert (first, body) == ("HTTP/1.1 400 Bad Request", "400 Bad Request\n")
    assert observatory_points(dict(line.split(": ", 1) for line in lines)) == GOAL
