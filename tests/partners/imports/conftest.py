"""A register with three cities, and sheets that are planned, applied and looked at again."""

import json

import pytest
from django.conf import settings as configured
from django.db import transaction
from django.db.models import QuerySet

from partners.imports.planning.planner import plan_import
from partners.imports.writing.applying import apply_import, preview, store_upload
from partners.models import SheetAlias
from tests.facts import load_facts
from tests.partners.factories import CityFactory
from tests.spreadsheets.samples import text

HEADER = ["Miasto", "Rodzaj aktu", "Data podpisania"]
CITIES = {
    "lviv": ("Lwów", "Lviv", "UA"),
    "nuremberg": ("Norymberga", "Nuremberg", "DE"),
    "milan": ("Mediolan", "Milan", "IT"),
}
OF_A_REGISTER_WITHOUT_AGREEMENTS = ("01-", "02-", "10-", "11-", "20-")
WORDS = configured.FIXTURES_DIR / "12-sheet-aliases.json"


def sheet(*rows):
    """The bytes of a CSV of these rows, each as long as the first."""
    return text([[*row, *[None] * (len(rows[0]) - len(row))] for row in rows]).encode()


def plan_of(*rows, **options):
    return plan_import(sheet(*rows), **options)


def said(plan):
    """What a plan says, as {(row, code)}; what was taken to be meant of many rows left out."""
    usual = ("title-from-kind", "relation-from-kind", "title-in-one-language")
    return sorted((message.row or 0, message.code) for message in plan.messages if message.code not in usual)


def actions(plan):
    return [planned.action.value for planned in plan.rows]


def record_of(*rows, user=None, **given):
    """An import of these rows, previewed."""
    record = store_upload(sheet(*rows), "umowy.csv", user)
    for name, value in given.items():
        setattr(record, name, value)
    preview(record)
    return record


def applied(*rows, user=None, publish=False, only_good=False, **given):
    """The outcome of an import of these rows."""
    return apply_import(record_of(*rows, user=user, **given), user, publish=publish, only_good=only_good)


def stored(model, **lookup):
    """The records of a model, column by column, each language's own included."""
    return list(QuerySet(model).filter(**lookup).order_by("pk").values())


@pytest.fixture(autouse=True)
def private_storage(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"


@pytest.fixture
def cities(db):
    return make_cities()


def make_cities():
    names = CITIES.items()
    return {slug: CityFactory(slug=slug, name_pl=pl, name_en=en, country=country) for slug, (pl, en, country) in names}


def load_words():
    """Makes the words in sheets of the fixtures at once, without their history."""
    SheetAlias.objects.bulk_create(SheetAlias(**entry["fields"]) for entry in json.loads(WORDS.read_text()))


def load_cities():
    """Loads what the fixtures hold of a register without agreements."""
    load_facts(lambda name: name.startswith(OF_A_REGISTER_WITHOUT_AGREEMENTS))
    load_words()


@pytest.fixture(scope="module")
def loaded_cities(django_db_setup, django_db_blocker):
    """The cities, fields and words of the fixtures, without agreements; loaded once for a module and taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_cities()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def register_without_agreements(loaded_cities, db):
    """That register, for one test: what the test changes is taken back."""
