"""A filled database of the first release is brought to today: data kept, keys rebuilt, nothing done by hand."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from krakow_intl.core.content_version import unseen
from krakow_intl.core.rebuilding import keys_are_current
from partners.models import Agreement, PartnerCity

HOUSE = ("krakow_intl", "programme", "partners", "organizations", "polonia")
COLUMNS = {"krakow_intl.core.fields", "krakow_intl.core.storage", "partners.models.imports", "partners.models.parties"}
IMPORT = re.compile(r"(?:from|import) \w")  # a line such as "import krakow_intl.core.fields"
FIRST = [(app, "0002_imports" if app == "partners" else "0001_initial") for app in HOUSE]


def migrate(targets):
    executor = MigrationExecutor(connection)
    with unseen():
        return executor.migrate(targets).apps


def today():
    return MigrationExecutor(connection).loader.graph.leaf_nodes()


@pytest.fixture
def first_release(transactional_db):
    yield migrate(FIRST)
    migrate(today())


def fill(first):
    """What the first release had written, with the wrong stem that two threads left in a key."""
    city = first.get_model("partners", "PartnerCity")(slug="lviv", country="UA", latitude=49.8, longitude=24)
    city.name = city.name_pl = "Lwów"
    city.search_words, city.sort_key_pl, city.publication = " pozar ", "zzz", "published"
    city.save()
    agreement = first.get_model("partners", "Agreement")(slug="lviv-partnership-1995", city_id=city.pk, number=7)
    agreement.title = agreement.title_pl = "Umowa o partnerstwie"
    agreement.kind, agreement.signed_on, agreement.publication = "partnership", "1995-10-23", "published"
    agreement.save()


def test_a_filled_database_of_the_first_release_is_carried_to_today(first_release, settings, tmp_path, client):
    settings.FIXTURES_DIR = tmp_path
    with unseen():  # no table of changes stands yet
        fill(first_release)
    call_command("prepare", verbosity=0)
    city, agreement = PartnerCity.objects.get(), Agreement.objects.get()
    assert (city.slug, city.name_pl, agreement.number, agreement.city) == ("lviv", "Lwów", 7, city)
    assert "pozar" not in city.search_words
    assert str(agreement.starts_on) == "1995-10-23"
    assert keys_are_current()
    assert "Lwów" in client.get("/pl/szukaj/", {"q": "Lwowie"}).content.decode()
    assert client.get("/en/agreements/lviv-partnership-1995/").status_code == 200


def test_no_migration_runs_the_code_of_today():
    """The columns that a migration names are the exception: they say no more than how they are stored."""
    files = [path for app in HOUSE for path in Path(apps.get_app_config(app).path, "migrations").glob("0*.py")]
    imported = {line.split()[1] for path in files for line in path.read_text().splitlines() if IMPORT.match(line)}
    assert {module for module in imported if module.partition(".")[0] in HOUSE} <= COLUMNS
