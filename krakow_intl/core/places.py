"""Where in a record something stands of which a sentence speaks: in a field, or in a field of one of its rows."""

from typing import NamedTuple


class Place(NamedTuple):
    field: str = ""  # "" for the record as a whole
    rows: str = ""  # the relation by which the rows hang on the record, as "events"
    values: tuple = ()  # ((name, value), ...) by which the row is known


def in_row(rows, field, **values):
    return Place(field, rows, tuple(values.items()))
