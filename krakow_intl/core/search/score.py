"""How well records fit the words that were typed, as one number of five places for each.

The places are: the sum of what the matched words weigh, of how many words it is what they name, how many it matches by
its title, how many it matches, how many stand in its title just as they were typed. Whoever has the greater number goes
before; among equals the one that was entered first.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from heapq import nsmallest
from itertools import islice

from django.core.exceptions import EmptyResultSet
from django.db import connection

from krakow_intl.core.replica import connection_to_read
from krakow_intl.core.search.postings import CONCAT

PLACE = 64  # more than eight words of any weight come to
FEW = 1000  # keys that are asked for by name


@dataclass(frozen=True)
class Match:
    """The keys of the records that one typed word matches: that hold it, and where, that it names, or leads to."""

    held: set = field(default_factory=set)
    titled: set = field(default_factory=set)
    named: set = field(default_factory=set)
    related: set = field(default_factory=set)
    as_typed: set = field(default_factory=set)
    weight: int = 1

    @property
    def all(self):
        return self.held | self.titled | self.named | self.related


def points(weight=0, exact=0, in_title=0, matched=0, as_typed=0):
    return (((weight * PLACE + exact) * PLACE + in_title) * PLACE + matched) * PLACE + as_typed


def scores(matches, known):
    """{number: keys} of the `known` records that any of the matches holds, the greatest number first."""
    found = {0: set().union(*(match.all for match in matches)) & known}
    for match in matches:
        found = _divided(found, match.all, points(weight=match.weight, matched=1))
        found = _divided(found, match.titled | match.named, points(in_title=1))
        found = _divided(found, match.named, points(exact=1))
        found = _divided(found, match.as_typed, points(as_typed=1))
    return {score: keys for score, keys in sorted(found.items(), reverse=True) if keys}


def _divided(found, keys, more):
    """Those of the `found` that are among some keys with so many points more, the others as they were."""
    if not keys:
        return found
    divided = defaultdict(set)
    for score, some in found.items():
        divided[score + more] |= some & keys
        divided[score] |= some - keys
    return {score: some for score, some in divided.items() if some}


def matched(score):
    """How many of the words a record with that number matches."""
    return score // PLACE % PLACE


def in_title(score):
    return score // PLACE**2 % PLACE


def best_first(found, most=None):
    """(key, number) of scored records, the best first; only so many of them, if that is enough."""
    ordered = ((key, score) for score, keys in found.items() for key in _in_order(keys, most))
    return list(islice(ordered, most))


def _in_order(keys, most):
    return sorted(keys) if most is None else nsmallest(most, keys)


def among(records, keys):
    """Those of the keys that belong to `records`, a queryset."""
    return keys_of(records.filter(pk__in=keys)) if len(keys) <= FEW else keys_of(records) & keys


def keys_of(records):
    """The keys of all records of a queryset, as one row of the database."""
    try:
        sql, values = records.order_by().values_list("pk").query.sql_with_params()
    except EmptyResultSet:
        return set()
    with connection_to_read().cursor() as cursor:
        cursor.execute(f"SELECT {CONCAT[connection.vendor].format('pk')} FROM ({sql}) found", values)
        (keys,) = cursor.fetchone()
    return {*map(int, keys.split(","))} if keys else set()
