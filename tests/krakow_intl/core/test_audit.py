"""What somebody may have to answer for is noted, each in a line that nobody can forge, or it does not happen."""

import json
import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.contrib.auth.models import User
from django.test import RequestFactory

from krakow_intl.core import audit
from tests.audit import fill_the_disk, lines, outcomes
from tests.partners.factories import CityFactory, DocumentFactory
from tests.staff import account, sign_in

pytestmark = pytest.mark.django_db
FIELDS = ["time", "event", "outcome", "user", "network", "request", "what"]
HOSTILE = 'anna\n{"event": "sign-in"}\r\x1b[31m\x7f\x00\u202e\u2028\x85"\\' + "x" * 10_000


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path


@pytest.fixture
def full_disk(monkeypatch):
    """From when it is called on, nothing more goes into the log."""
    return lambda: fill_the_disk(monkeypatch)


def sign_in_by_form(client, username, password, **headers):
    data = {"username": username, "password": password, "next": "/en/admin/"}
    return client.post("/en/admin/login/", data, **headers)


# --- lines -----------------------------------------------------------------------------------------------------------


def test_a_line_tells_when_what_by_whom_from_where_and_in_which_request(clock):
    request = RequestFactory().get("/", REMOTE_ADDR="81.2.69.77")
    request.user = User(username="anna")
    audit.note("export", "handed-out", what="app.city 7", request=request, rows=3)
    [line] = lines()
    assert [*line] == [*FIELDS, "rows"]
    assert line["time"] == "2026-05-05T10:00:00.000+00:00"
    assert (line["user"], line["network"], line["what"], line["rows"]) == ("anna", "81.2.69.0/24", "app.city 7", 3)


def test_within_the_house_the_address_itself_is_told():
    assert audit.network(RequestFactory().get("/", REMOTE_ADDR="10.1.2.3")) == "10.1.2.3"
    assert audit.network(RequestFactory().get("/", REMOTE_ADDR="")) == "unknown"


def test_a_command_has_neither_account_nor_network():
    audit.note("log", "forgotten")
    assert [(line["user"], line["network"]) for line in lines()] == [(None, None)]


@pytest.mark.parametrize("field", ["user", "what", "file", "outcome"])
def test_nobody_writes_lines_of_their_own_or_turns_a_text_round(field):
    audit.note(**{"event": "import", "outcome": "applied", field: HOSTILE})
    [path] = audit.folder().iterdir()
    written = path.read_bytes()
    assert written.count(b"\n") == 1
    assert all(32 <= byte < 127 for byte in written[:-1])
    assert json.loads(written)[field] == HOSTILE[: audit.MAX_TEXT]


def test_lists_and_their_texts_are_cut_too():
    audit.note("rights", "added", changed=[HOSTILE] * 1000)
    [line] = lines()
    assert line["changed"] == [HOSTILE[: audit.MAX_TEXT]] * audit.MAX_LISTED


def test_a_lone_surrogate_does_not_stop_the_log():
    audit.note("import", "applied", file="umowy\udcff.csv")
    assert len(lines()) == 1


def test_only_our_own_account_reads_the_log():
    mask = os.umask(0)
    try:
        audit.note("log", "forgotten")
    finally:
        os.umask(mask)
    [path] = audit.folder().iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(audit.folder().stat().st_mode) == 0o700


def test_each_month_has_a_file_of_its_own_by_the_clock_of_greenwich(clock):
    clock.set(clock.now.replace(month=12, day=31, hour=23))
    audit.note("log", "forgotten")
    clock.pass_by(hours=3)
    audit.note("log", "forgotten")
    assert sorted(path.name for path in audit.folder().iterdir()) == ["2026-12.jsonl", "2027-01.jsonl"]


WRITER = """
import django
django.setup()
from krakow_intl.core import audit
for number in range(200):
    audit.note("test", "written", text=str(number) * 100)
"""


@pytest.mark.once
def test_processes_that_write_at_once_write_whole_lines(settings):
    environment = {"DJANGO_SETTINGS_MODULE": "krakow_intl.settings", "SECRET_KEY": "x" * 50, "PATH": os.environ["PATH"]}
    environment["VAR_DIR"] = str(settings.VAR_DIR)
    command = [sys.executable, "-c", WRITER]
    with ThreadPoolExecutor() as pool:
        runs = [pool.submit(subprocess.run, command, env=environment, check=True) for _ in range(3)]
    assert all(run.result().returncode == 0 for run in runs)
    assert len(lines("test")) == 600


def test_a_line_that_a_killed_process_left_half_written_spoils_no_other():
    audit.note("log", "forgotten")
    [path] = audit.folder().iterdir()
    path.write_bytes(path.read_bytes() + b'{"time": "20')
    audit.note("log", "forgotten")
    assert [line[:8] for line in path.read_text().splitlines()] == ['{"time":', '{"time":', '{"time":']
    assert json.loads(path.read_text().splitlines()[-1])["event"] == "log"


def test_of_a_line_that_does_not_fit_nothing_stays(monkeypatch):
    audit.note("log", "forgotten")
    [path] = audit.folder().iterdir()
    before, write = path.read_bytes(), os.write
    monkeypatch.setattr(os, "write", lambda file, line: write(file, line[:10]))
    with pytest.raises(audit.CannotNote):
        audit.note("log", "forgotten")
    assert path.read_bytes() == before


def test_a_link_in_place_of_the_file_is_not_followed(clock, tmp_path):
    audit.folder().mkdir()
    (audit.folder() / "2026-05.jsonl").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(audit.CannotNote):
        audit.note("log", "forgotten")


def test_months_that_ended_long_enough_ago_are_forgotten_and_nothing_else(settings):
    audit.folder().mkdir()
    settings.AUDIT_KEEP_DAYS = 31
    names = ["2026-02.jsonl", "2026-03.jsonl", "2026-04.jsonl", "2026-02.jsonl.gz", "2026-13.jsonl", "notes"]
    for name in names:
        (audit.folder() / name).touch()
    assert audit.forget(date(2026, 4, 30)) == ["2026-02.jsonl"]
    assert audit.forget(date(2026, 5, 2)) == ["2026-03.jsonl"]
    assert sorted(path.name for path in audit.folder().iterdir()) == sorted(names[2:])


def test_without_a_log_there_is_nothing_to_forget():
    assert audit.forget(date(2026, 5, 5)) == []


# --- signing in and out ----------------------------------------------------------------------------------------------


def test_signing_in_well_and_badly_and_out_is_noted(client):
    account("editor", "anna", password="Pan-Twardowski-99")
    sign_in_by_form(client, "anna", "wrong", REMOTE_ADDR="81.2.69.77")
    sign_in_by_form(client, "nobody\u202e", "wrong")
    assert sign_in_by_form(client, "anna", "Pan-Twardowski-99").status_code == 302
    client.post("/en/admin/logout/")
    told = [(line["event"], line["outcome"], line["user"]) for line in lines() if line["event"] != "rights"]
    assert told == [
        ("sign-in", "failed", "anna"),
        ("sign-in", "failed", "nobody\u202e"),
        ("sign-in", "succeeded", "anna"),
        ("sign-out", "done", "anna"),
    ]
    assert lines("sign-in")[0]["network"] == "81.2.69.0/24"
    assert len({line["request"] for line in lines("sign-in")}) == 3


def test_a_try_that_comes_too_early_is_noted(client):
    for _ in range(6):
        sign_in_by_form(client, "anna", "wrong")
    assert outcomes("sign-in") == ["failed"] * 5 + ["delayed"]


@pytest.mark.parametrize("password", ["Pan-Twardowski-99", "wrong"])
def test_o05_nobody_signs_in_while_it_cannot_be_noted(client, full_disk, password):
    account("editor", "anna", password="Pan-Twardowski-99")
    client.raise_request_exception = False
    full_disk()
    response = sign_in_by_form(client, "anna", password)
    assert (response.status_code, "_auth_user_id" in client.session) == (503, False)


def test_whoever_wants_to_sign_out_does_though_the_disk_is_full(client, full_disk):
    sign_in(client, "editor")
    full_disk()
    client.post("/en/admin/logout/")
    assert "_auth_user_id" not in client.session


# --- what leaves the register ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["sheet", "list"])
def test_each_list_that_staff_take_away_is_noted(client, page, full_disk):
    CityFactory()
    sign_in(client, "reader")
    address = f"/en/admin/partners/partnercity/{page}/csv/?q=Lw"
    assert client.get(address).status_code == 200
    [line] = lines("export")
    assert (line["user"], line["what"], line["format"], line["rows"]) == ("reader", "partners.partnercity", "csv", 0)
    assert line["filter"] == "?q=Lw"
    client.raise_request_exception = False
    full_disk()
    assert client.get(address).status_code == 503


def test_what_is_refused_is_no_export(client):
    sign_in(client, "reader")
    assert client.get("/en/admin/partners/assessment/sheet/csv/").status_code == 403
    assert lines("export") == []


def test_each_scan_that_staff_take_away_is_noted(client, full_disk):
    document = DocumentFactory()
    sign_in(client, "reader")
    address = f"/en/admin/partners/agreement/scan/{document.pk}/"
    assert client.get(address).getvalue()
    assert [line["what"] for line in lines("download")] == [f"partners.document {document.pk}"]
    client.raise_request_exception = False
    full_disk()
    assert client.get(address).status_code == 503
