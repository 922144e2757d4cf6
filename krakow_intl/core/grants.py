"""What the role may do with which the web asks PostgreSQL: it adds to history, and changes nothing that is in it."""

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _
from psycopg import sql

WRITE, ADD, READ = "SELECT, INSERT, UPDATE, DELETE", "SELECT, INSERT", "SELECT"


class CannotGrant(Exception):
    """Why a role cannot be the web's, in a sentence."""


def rights():
    """{table of the database: what the web may do with it}; of a table that the register does not know nothing."""
    models = apps.get_models(include_auto_created=True)
    known = {model._meta.db_table: ADD if _only_grows(model) else WRITE for model in models if model._meta.managed}
    known[MigrationRecorder.Migration._meta.db_table] = READ
    return {table: known.get(table, "") for table in connection.introspection.table_names()}


def _only_grows(model):
    return hasattr(model, "instance_type") or model is LogEntry


def create(role, password):
    """Makes a role that may sign in, or gives the one that is there this password."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        statement = "ALTER" if cursor.fetchone() else "CREATE"
        quoted = sql.Literal(password).as_string(cursor.cursor)  # statements about roles take no parameters
        cursor.execute(f"{statement} ROLE {connection.ops.quote_name(role)} LOGIN PASSWORD {quoted}")


@transaction.atomic
def grant(role):
    """Gives a role of PostgreSQL these rights and no other; to be called as the owner of the tables."""
    with connection.cursor() as cursor:
        _refuse_the_mighty(cursor, role)
        for statement in _statements(role):
            cursor.execute(statement)


def _refuse_the_mighty(cursor, role):
    """A role that owns the tables, is a member of one that does, or is a superuser would not be held to anything."""
    cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = %s", [role])
    if not (found := cursor.fetchone()):
        raise CannotGrant(_("There is no role “%(role)s” on this server.") % {"role": role})
    cursor.execute(
        "SELECT bool_or(pg_has_role(%s, relowner, 'MEMBER')), bool_and(pg_has_role(relowner, 'USAGE')) FROM pg_class"
        " WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'S')",
        [role],
    )
    may_all, are_ours = cursor.fetchone()
    if not are_ours:
        raise CannotGrant(_("Only the owner of the tables can say what the web may do: run this as that role."))
    if found[0] or may_all:
        message = _("The role “%(role)s” owns the tables, or may do everything: name one that does not.")
        raise CannotGrant(message % {"role": role})


def _statements(role):
    quote = connection.ops.quote_name
    schema, web = quote(_schema()), quote(role)
    others = f"{web}, PUBLIC"
    yield f"REVOKE ALL ON SCHEMA {schema} FROM {others}"
    yield f"GRANT USAGE ON SCHEMA {schema} TO {web}"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {others}"
    yield f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA {schema} FROM {others}"
    for table, right in rights().items():
        if right:
            yield f"GRANT {right} ON {schema}.{quote(table)} TO {web}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {web}"
    # a table that a migration adds may be one of history: what else the web may do there is granted by the next run
    yield f"ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} REVOKE ALL ON TABLES FROM {web}"
    yield f"ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT {ADD} ON TABLES TO {web}"
    yield f"ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT USAGE, SELECT ON SEQUENCES TO {web}"


def _schema():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        return cursor.fetchone()[0]
