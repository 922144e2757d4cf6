"""The web's own role in the database serves, saves, publishes and imports, and cannot rewrite what happened."""

import secrets

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.db import ProgrammingError, connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import override

from krakow_intl.core import grants
from krakow_intl.review.models import PendingChange
from partners.models import Agreement, PartnerCity, SheetImport
from tests.partners.admin.sheets import GOOD, apply, csv, post, send
from tests.partners.factories import CityFactory, ThemeFactory
from tests.records import make_world
from tests.staff import WRITERS, account, change, page_of, publish_waiting, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]
HISTORIES = sorted(model._meta.db_table for model in apps.get_models() if hasattr(model, "instance_type"))
KEPT = [*HISTORIES, LogEntry._meta.db_table]


def execute(*statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def refused(statement):
    """Whether the database says that a role has no right to this."""
    try:
        with transaction.atomic():
            execute(statement)
    except ProgrammingError as error:
        return error.__cause__.sqlstate == "42501"
    return False


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@pytest.fixture
def role():
    """A role that may do nothing yet; it goes with the transaction of the test."""
    name = f"web_{secrets.token_hex(6)}"
    execute(f"CREATE ROLE {name}")
    MigrationRecorder(connection).ensure_schema()  # where the tables were made without migrations
    return name


@pytest.fixture
def as_web(role, settings, tmp_path):
    """From here on the tests themselves are the web."""
    settings.VAR_DIR = tmp_path
    account("superuser", "owner")
    ThemeFactory(slug="culture", name_pl="kultura", name_en="culture")
    CityFactory(slug="lviv", name_pl="Lwów", name_en="Lviv", country="UA")
    grants.grant(role)
    execute(f"SET ROLE {role}")
    yield
    execute("RESET ROLE")


def test_history_may_be_read_and_added_to_alone_and_the_log_of_the_admin_too(role):
    rights = grants.rights()
    assert {table: rights[table] for table in KEPT} == dict.fromkeys(KEPT, "SELECT, INSERT")
    assert rights["django_migrations"] == "SELECT"
    others = {*rights} - {*KEPT, "django_migrations"}
    assert {rights[table] for table in others} == {"SELECT, INSERT, UPDATE, DELETE"}


@pytest.mark.parametrize("table", KEPT)
def test_the_web_cannot_rewrite_history(as_web, table):
    day = "action_time" if table == LogEntry._meta.db_table else "history_date"
    for statement in ("UPDATE {} SET {} = now()", "DELETE FROM {}", "TRUNCATE {}", "DROP TABLE {}"):
        assert refused(statement.format(table, day))


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM django_migrations",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('a', 'b', now())",
        "CREATE TABLE other (id int)",
        "ALTER TABLE partners_agreement DROP COLUMN number",
        "ALTER TABLE partners_historicalagreement DISABLE TRIGGER ALL",
        "CREATE TRIGGER other BEFORE INSERT ON partners_historicalagreement"
        " EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    ],
)
def test_the_web_cannot_change_what_the_owner_made(as_web, statement):
    assert refused(statement)


def test_the_web_serves_saves_publishes_imports_and_takes_back(as_web, client):
    city = PartnerCity.objects.get(slug="lviv")
    assert client.get(city.get_absolute_url()).status_code == 200
    sign_in(client, WRITERS, username="anna")
    assert client.get(page_of(city, "history")).status_code == 200
    change(client, city, name_en="Lwów")
    assert (city.name_en, PendingChange.objects.get().state) == ("Lwów", "published")
    record, _page = send(client, csv(GOOD))
    apply(client, record)
    assert Agreement.objects.count() == 1
    post(client, "undo", record, keep="nothing")
    assert (Agreement.objects.count(), SheetImport.objects.get().state) == (0, "undone")
    assert publish_waiting() == []
    assert city.history.count() == 2


def test_the_web_writes_a_record_of_every_kind(as_web):
    for record in make_world().values():
        record.save()


def test_a_second_run_changes_nothing_and_takes_back_what_somebody_gave(role):
    grants.grant(role)
    execute(f"GRANT DELETE ON {HISTORIES[0]} TO PUBLIC", f"GRANT ALL ON {HISTORIES[1]} TO {role}")
    grants.grant(role)
    execute(f"SET ROLE {role}")
    try:
        assert refused(f"DELETE FROM {HISTORIES[0]}")
        assert refused(f"DELETE FROM {HISTORIES[1]}")
    finally:
        execute("RESET ROLE")


def test_a_table_that_comes_later_is_added_to_until_the_next_run(role):
    grants.grant(role)
    execute("CREATE TABLE later (id int GENERATED BY DEFAULT AS IDENTITY, name text)", f"SET ROLE {role}")
    try:
        execute("INSERT INTO later (name) VALUES ('a')")
        assert refused("UPDATE later SET name = 'b'")
    finally:
        execute("RESET ROLE")


@pytest.mark.parametrize("kind", ["SUPERUSER", "BYPASSRLS"])
def test_a_role_that_may_do_everything_is_refused(role, kind):
    execute(f"ALTER ROLE {role} {kind}")
    with pytest.raises(grants.CannotGrant, match="everything"):
        grants.grant(role)


def test_the_owner_and_who_may_act_as_the_owner_are_refused(role):
    execute(f"GRANT {connection.settings_dict['USER']} TO {role}")
    with pytest.raises(grants.CannotGrant, match="owns the tables"):
        grants.grant(role)


def test_a_role_that_is_created_may_sign_in_with_its_password_and_gets_a_new_one(role):
    grants.create(f"{role}_2", "with ' and \\ in it")
    grants.create(f"{role}_2", "another")
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolcanlogin, rolsuper, rolcreatedb FROM pg_roles WHERE rolname = %s", [f"{role}_2"])
        assert cursor.fetchone() == (True, False, False)
    grants.grant(f"{role}_2")


def test_only_the_owner_can_grant(as_web, role):
    with pytest.raises(grants.CannotGrant, match="Only the owner"):
        grants.grant(role)


@pytest.mark.parametrize("name", ["nobody", "public", 'web"; DROP TABLE auth_user; --'])
def test_a_role_that_is_not_there_is_refused(role, name):
    with pytest.raises(grants.CannotGrant, match="no role"):
        grants.grant(name)
