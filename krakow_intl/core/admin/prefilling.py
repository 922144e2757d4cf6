"""Rows of a form that a link fills in: nothing of them is stored before a person saves the form."""

import re

MAX_GIVEN = 20


def rows_given(query, prefix, fields):
    """[{field: value}] of the rows that the parameters of an address name, in their order; others are left out."""
    # the name of a field in a row: the "parties-1-name_pl" of the rows "parties"
    pattern = re.compile(rf"{re.escape(prefix)}-([0-9]{{1,2}})-(\w+)")
    rows = {}
    for match in filter(None, map(pattern.fullmatch, query)):
        if match[2] in fields and int(match[1]) < MAX_GIVEN:
            rows.setdefault(int(match[1]), {})[match[2]] = query[match[0]]
    return [rows[number] for number in sorted(rows)]
