import re

import pytest
from django.db import connection, models
from django.db.migrations import AddConstraint, AddField, CreateModel
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from krakow_intl.core.tables import CreateTables

KEY = ("id", models.AutoField(primary_key=True))
LIMIT = models.CheckConstraint(condition=models.Q(size__gte=1), name="is_large")


def house():
    """Two tables that name each other, a column and a limit that are added later."""
    return [
        CreateModel("House", [KEY, ("size", models.IntegerField())]),
        CreateModel("Room", [KEY, ("house", models.ForeignKey("core.House", models.CASCADE))]),
        AddField("House", "hall", models.ForeignKey("core.Room", models.CASCADE, null=True)),
        AddConstraint("House", LIMIT),
    ]


def carry_out(way):
    """(the state before or after, the SQL) of what is asked one way, "forwards" or "backwards"."""
    empty, state = ProjectState(), ProjectState()
    operation = CreateTables(house())
    operation.state_forwards("core", state)
    states = (empty, state) if way == "forwards" else (state, empty)
    with connection.schema_editor(collect_sql=True, atomic=False) as editor:
        getattr(operation, f"database_{way}")("core", editor, *states)
    return state, "\n".join(editor.collected_sql)


@pytest.mark.django_db(transaction=True)
def test_all_tables_are_made_as_they_are_in_the_end():
    state, sql = carry_out("forwards")
    assert set(state.apps.get_model("core", "House")._meta.fields_map) == {"room"}
    # the head of a statement that makes a table: CREATE TABLE "core_house"
    assert re.findall(r'CREATE TABLE "(\w+)"', sql) == ["core_house", "core_room"]
    assert "hall_id" in sql
    assert "is_large" in sql
    assert "ALTER TABLE" not in sql or connection.vendor == "postgresql"  # which adds references when all tables stand


@pytest.mark.django_db(transaction=True)
def test_taken_back_the_tables_go_the_last_first():
    _state, sql = carry_out("backwards")
    # the head of a statement that drops a table: DROP TABLE "core_house"
    assert re.findall(r'DROP TABLE "(\w+)"', sql) == ["core_room", "core_house"]


@pytest.mark.slow  # it asks the migrations, which a quick run leaves out
def test_what_an_app_begins_with_is_made_at_once():
    """Only an initial migration may: what comes later changes tables that stand."""
    found = [
        (migration.initial, len(migration.operations))
        for migration in MigrationLoader(None).disk_migrations.values()
        if any(type(operation) is CreateTables for operation in migration.operations)
    ]
    assert found == [(True, 1)] * 5
