import re
import secrets
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from krakow_intl.management.commands.drill import chosen
from krakow_intl.models import Page
from tests.krakow_intl.management.commands.conftest import members_of, with_another_row, write_members


def drill(*arguments):
    output = StringIO()
    call_command("drill", *map(str, arguments), stdout=output)
    return output.getvalue()


@pytest.fixture(autouse=True)
def nothing_stays(register, monkeypatch):
    """Whatever comes of a drill, its database and its folder are gone."""
    drawn = []  # what the names of databases end in: another process may run a drill of its own on this server

    def draw(size, token_hex=secrets.token_hex):
        drawn.append(token_hex(size))
        return drawn[-1]

    monkeypatch.setattr(secrets, "token_hex", draw)
    yield drawn
    assert list(register.glob(".*")) == []
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'register_drill_%%'")
            assert [name for (name,) in cursor.fetchall() if name.endswith(tuple(drawn))] == []


@pytest.mark.slow
def test_a_drill_restores_compares_and_asks_pages(register, nothing_stays):
    output = drill()
    assert nothing_stays or connection.vendor == "sqlite"
    first, *_, last = output.splitlines()
    # what was backed up: "Backed up: tables: 60, rows: 1234, files: 6."
    assert re.fullmatch(r"Backed up: tables: \d+, rows: \d+, files: 6\.", first)
    assert "equal: " + first.removeprefix("Backed up: ") in output
    assert last == "The drill succeeded."
    # how long a part took: the ": 1.2 s" of "Restored: 1.2 s"
    assert len(re.findall(r": \d+\.\d s$", output, re.MULTILINE)) == 3  # how long each part took


@pytest.mark.slow
def test_o12_a_drill_fails_on_a_changed_row(register, archive, tmp_path):
    Page.objects.update(name_en="Forged")
    call_command("backup", str(tmp_path / "later.tar"), verbosity=0, stdout=StringIO())
    with_another_row(archive, tmp_path / "later.tar")
    with pytest.raises(CommandError, match=r"(?s)FAILED.*krakow_intl_page"):
        drill(archive)


@pytest.mark.slow
def test_o12_a_drill_fails_on_a_missing_file(register, archive):
    members = members_of(archive)
    del members["documents/scan.pdf"]
    write_members(archive, members)
    with pytest.raises(CommandError, match=r"(?s)FAILED.*documents/scan\.pdf"):
        drill(archive)


@pytest.mark.slow
def test_a_drill_fails_where_a_page_does(register, monkeypatch):
    def get(self, path, **options):
        response = ask(self, path, **options)
        response.status_code = 500 if path == "/en/" else response.status_code
        return response

    ask = Client.get
    assert "20" in drill("--pages")
    monkeypatch.setattr("krakow_intl.management.commands.drill.chosen", lambda addresses: ["/pl/", "/en/"])
    with pytest.raises(CommandError, match="fewer than 20"):
        drill("--pages")
    monkeypatch.setattr(Client, "get", get)
    with pytest.raises(CommandError, match="do not answer: /en/: 500"):
        drill("--pages")


def test_the_pages_are_of_many_kinds_and_both_languages():
    kinds = ["/miasta/", "/miasta/{}/", "/umowy/", "/umowy/{}/", "/cele/{}/", "/o-rejestrze/"]
    addresses = [f"/{lang}{kind}".format(number) for lang in ("pl", "en") for kind in kinds for number in range(50)]
    found = chosen(sorted(set(addresses)))
    assert [sum(address.startswith(f"/{lang}/") for address in found) for lang in ("pl", "en")] == [10, 10]
    assert len(set(found)) == 20
    assert all(sum(address.startswith(f"/pl/{first}/") for address in found) for first in ("miasta", "umowy", "cele"))
    assert {"/pl/miasta/", "/pl/umowy/", "/en/o-rejestrze/"} <= set(found)
