"""A filled database of every state that main ever had is brought to today: data kept, keys rebuilt, by one command."""

import os
import re
from hashlib import sha256
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django_migration_linter import MigrationLinter
from django_migration_linter.sql_analyser import analyse_sql_statements, get_sql_analyser_class

from krakow_intl.core.content_version import unseen
from krakow_intl.core.rebuilding import keys_are_current
from partners.models import Agreement, PartnerCity
from tests.migrated import nothing

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ("krakow_intl", "review", "programme", "partners", "organizations", "polonia")
# tables, columns and files that a migration names: they say no more than how something is stored
OF_STORAGE = {f"krakow_intl.core.{name}" for name in ("fields", "storage", "tables")}
OF_STORAGE |= {"partners.models.imports", "partners.models.parties", "krakow_intl.review.models"}
OF_STORAGE |= {"krakow_intl.core.reviewing"}  # the defaults of columns: who acts
# a line that imports: "import krakow_intl.core.fields"
IMPORT = re.compile(r"(?:from|import) \w")
# what main holds, one line a migration, an empty line between states: "<sha256> partners/0001_initial"
ON_MAIN = (ROOT / "tests" / "migrations.txt").read_text().strip()
STATES = ON_MAIN.split("\n\n")


def files():
    """{"partners/0001_initial": its path} of all migrations of ours."""
    found = [path for app in HOUSE for path in Path(apps.get_app_config(app).path, "migrations").glob("0*.py")]
    return {f"{path.parent.parent.name}/{path.stem}": path for path in sorted(found)}


def leaves(number):
    """The last migration of each app, as (app, name), in the state of that number; None for one that came later."""
    lines = [line for state in STATES[: number + 1] for line in state.splitlines()]
    return list((dict.fromkeys(HOUSE) | dict(line.split()[1].split("/") for line in lines)).items())


def migrate(targets):
    """The models of a state, as its migrations make them."""
    with unseen():
        return MigrationExecutor(connection).migrate(targets).apps


@pytest.fixture
def filled_in_each_state(transactional_db, tmp_path):
    """A database of the first state that got a city and an agreement in each state on its way to today."""
    own = tmp_path / "upgraded.sqlite3" if connection.vendor == "sqlite" else f"upgraded_{os.getpid()}"
    with nothing(str(own)):
        for number in range(len(STATES)):
            state = migrate(leaves(number))
            with unseen():
                fill(state, number)
        yield


def fill(state, number):
    """What the register of that state had written, with the wrong stem that two threads once left in a key."""
    city = state.get_model("partners", "PartnerCity")(slug=f"lviv-{number}", country="UA", latitude=49.8, longitude=24)
    city.name = city.name_pl = "Lwów"
    city.search_words, city.sort_key_pl, city.publication = " pozar ", "zzz", "published"
    city.save()
    agreement = state.get_model("partners", "Agreement")(slug=f"lviv-{number}", city_id=city.pk, number=number)
    agreement.title = agreement.title_pl = "Umowa o partnerstwie"
    agreement.kind, agreement.signed_on, agreement.publication = "partnership", "1995-10-23", "published"
    agreement.save()


@pytest.mark.slow
def test_a_database_that_was_filled_in_any_state_is_carried_to_today(filled_in_each_state, settings, tmp_path, client):
    settings.FIXTURES_DIR = tmp_path
    call_command("prepare", verbosity=0)
    assert PartnerCity.objects.count() == len(STATES)
    for number, city in enumerate(PartnerCity.objects.order_by("pk")):
        agreement = Agreement.objects.get(number=number)
        assert (city.slug, city.name_pl, agreement.city) == (f"lviv-{number}", "Lwów", city)
        assert "pozar" not in city.search_words
        assert str(agreement.starts_on) == "1995-10-23"
        assert client.get(f"/en/agreements/lviv-{number}/").status_code == 200
    assert keys_are_current()
    assert "Lwów" in client.get("/pl/szukaj/", {"q": "Lwowie"}).content.decode()


def test_migrations_on_main_are_never_edited_and_new_ones_are_entered():
    """A new migration is entered at the end of tests/migrations.txt after an empty line: it is a state of its own."""
    digests = {name: sha256(path.read_bytes()).hexdigest() for name, path in files().items()}
    entered = dict(reversed(line.split()) for line in ON_MAIN.split("\n") if line)
    assert digests == entered


@pytest.mark.slow
@pytest.mark.postgresql
@pytest.mark.django_db
def test_o08_the_former_code_runs_on_the_newest_tables():
    newest = [line.split()[1] for state in STATES[-3:] for line in state.splitlines()]
    assert {name: found for name in newest if (found := refused_by_the_former_code(name))} == {}
    assert refused_by_the_former_code("programme/0002_department_delivery_address") == [
        "NOT_NULL"
    ]  # before that was asked


def refused_by_the_former_code(name):
    """What a migration takes from the code that runs until the new one starts, by the codes of the linter."""
    statements = MigrationLinter(no_cache=True, no_output=True).get_sql(*name.split("/"))
    errors, *_ = analyse_sql_statements(get_sql_analyser_class("postgresql"), statements)
    return [error.code for error in errors]


def test_no_migration_runs_the_code_of_today():
    imported = {
        line.split()[1] for path in files().values() for line in path.read_text().splitlines() if IMPORT.match(line)
    }
    assert {module for module in imported if module.partition(".")[0] in HOUSE} <= OF_STORAGE
