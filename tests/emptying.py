"""Rows that a test committed are deleted after it; what migrations filled the tables with stays."""

from contextlib import contextmanager

from django.db import connection, transaction

from krakow_intl.core.content_version import renew, unseen

FILLED_BY_MIGRATING = {"django_content_type", "auth_permission"}
_staying = []


def empty_after_a_test():
    if not _staying:
        empty()


@contextmanager
def staying():
    """Meanwhile what tests commit stays from one to the next."""
    _staying.append(True)
    try:
        yield
    finally:
        _staying.pop()
        empty()


def empty():
    tables = [*map(connection.ops.quote_name, _tables())]
    with unseen(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {table})" for table in tables))
        for (table,) in cursor.fetchall():
            cursor.execute(f"DELETE FROM {table}")
    renew()


def _tables():
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return sorted({*tables} - FILLED_BY_MIGRATING)
