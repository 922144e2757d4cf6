import json
import logging
from datetime import UTC, datetime, timedelta

import pytest

from tests.partners.factories import CityFactory
from tests.staff import sign_in


@pytest.fixture
def lines(caplog, monkeypatch):
    monkeypatch.setattr(logging.getLogger("krakow_intl.requests"), "propagate", True)
    caplog.set_level(logging.INFO, logger="krakow_intl.requests")
    return lambda: [json.loads(record.message) for record in caplog.records if record.name == "krakow_intl.requests"]


@pytest.mark.django_db
def test_a_line_says_what_was_asked_and_what_it_cost(client, lines):
    CityFactory(slug="lviv")
    response = client.get("/en/partner-cities/lviv/?on=2020-01-01&utm_source=secret")
    [line] = lines()
    assert (line["method"], line["route"], line["status"]) == ("GET", "partners:city_detail", 200)
    assert line["cache"] == response["Cache-Status"]
    assert line["queries"] > 3
    assert line["ms"] > 0
    assert line["user"] is None
    assert len(line["request"]) == 8
    assert datetime.now(UTC) - datetime.fromisoformat(line["time"]) < timedelta(seconds=60)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["calendar/secret.ics", "preview/secret/", "secret/", "search/?q=secret"])
def test_nothing_of_what_a_visitor_writes_or_knows_is_logged(client, lines, path):
    headers = {"user-agent": "secret", "referer": "http://secret.example/"}
    client.get(f"/en/{path}", headers=headers, REMOTE_ADDR="81.2.69.160")
    [line] = lines()
    assert "secret" not in json.dumps(line)
    assert "81.2" not in json.dumps(line)


@pytest.mark.django_db
def test_who_of_the_staff_asked_is_told_by_number(client, lines):
    sign_in(client, "editor")
    client.get("/en/admin/")
    assert lines()[-1]["user"] == int(client.session["_auth_user_id"])


@pytest.mark.django_db
def test_what_fails_has_its_line_too(client, lines, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("krakow_intl.portal.views.render", lambda *arguments: 1 / 0)
    response = client.get("/en/")
    assert (lines()[-1]["status"], response.status_code) == (500, 500)


def test_on_a_machine_of_ones_own_nothing_is_logged(client, caplog):
    assert not logging.getLogger("krakow_intl.requests").isEnabledFor(logging.INFO)
    client.get("/healthz")
    assert caplog.records == []
