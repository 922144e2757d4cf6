"""Several tables one below the other on a worksheet, each read by its own column names, joined into one list."""

from collections import Counter

from krakow_intl.sheets.messages import Message, Row, SheetError, listed
from krakow_intl.sheets.safety import MAX_ROWS


def read_tables(table, headers, meaning):
    """(names, rows, messages) of the tables below `headers`, under the columns of the first and those others add.

    Columns are one whose names have the same `meaning(name)`, or, where that is None, are written alike.
    """
    if len(headers) == 1:
        return headers[0].names, *table.read(headers[0])
    names, places, rows = [], {}, []
    for header, end in zip(headers, [*(header.first for header in headers[1:]), None], strict=True):
        found, _messages = table.read(header, end)
        order = enter_columns(header.names, names, places, meaning)
        table.cells.tables[-1].places = dict(enumerate(order, 1))
        rows += (reordered(row, order) for row in found)
        if found and header is not headers[0]:
            columns = listed([name for name in header.names if name])
            table.messages.append(Message.of("further-table", row=header.first, columns=columns))
    if len(rows) > MAX_ROWS:
        raise SheetError("too-many-rows", limit=MAX_ROWS)
    rows = [Row(row.number, row.values + [None] * (len(names) - len(row.values))) for row in rows]
    return names, rows, _without_repetitions(table.messages)


def enter_columns(own, names, places, meaning):
    """Where in the joined list the columns of one table stand; those it adds are entered into `names` and `places`."""
    order, seen = [], Counter()
    for name in own:
        key = (name and meaning(name)) or name.casefold()
        seen[key] += 1
        if (key, seen[key]) not in places:
            places[key, seen[key]] = len(names)
            names.append(name)
        order.append(places[key, seen[key]])
    return order


def reordered(row, order):
    """A row whose values stand at the places of the joined list."""
    values = [None] * (max(order) + 1)
    for place, value in zip(order, row.values, strict=True):
        values[place] = value
    return Row(row.number, values)


def _without_repetitions(messages):
    """What is said of the sheet as a whole is said once, however many tables stand on it."""
    found = {(message.row, message.column, message.value, message.code): message for message in messages}
    return sorted(found.values(), key=lambda message: message.row or 0)
