"""A link fills in rows of a form by the names of their fields, and nothing else."""

import pytest
from django.http import QueryDict

from krakow_intl.core.admin.prefilling import rows_given


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("", []),
        ("events-0-kind=ended", [{"kind": "ended"}]),
        ("events-1-kind=b&events-0-kind=a&events-0-day=1999", [{"kind": "a", "day": "1999"}, {"kind": "b"}]),
        ("events-7-kind=a", [{"kind": "a"}]),
        ("events-0-secret=a&events-0-id=5&parties-0-kind=a&events-kind=a&events--1-kind=a", []),
        ("events-20-kind=a&events-100-kind=a&events-²-kind=a&events-0-kind-x=a", []),
    ],
)
def test_rows_are_read_in_their_order(query, rows):
    assert rows_given(QueryDict(query), "events", {"kind", "day"}) == rows
