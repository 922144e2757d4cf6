"""How well records fit the words that were typed, in four numbers beside each record.

`matched` says how many of the words it matches, `in_title` how many by its title, `exact` of how many it is what they
name; `weight` is the sum of what the matched words weigh.
"""

from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db.models import Count, F, Func, IntegerField, Q, Window
from django.db.models.functions import RowNumber
from django.db.models.lookups import Exact

from krakow_intl.core.search.index import TITLE
from krakow_intl.core.search.query import patterns

BEST_FIRST = ("-weight", "-exact", "-in_title", "-matched", "pk")


class Criterion(NamedTuple):
    """What a record gets points for: one of the patterns in its search words, or one of the conditions."""

    points: int
    patterns: list
    conditions: list


@dataclass(frozen=True)
class Term:
    """A typed word, however it is spelt, and the conditions under which a record matches that does not hold it."""

    spellings: tuple
    weight: int = 1
    title_match: Q | None = None  # it is what the word names
    related_match: Q | None = None

    def is_matched(self, points=1):
        return Criterion(points, self._patterns(), [*filter(None, [self.title_match, self.related_match])])

    def is_in_title(self):
        return Criterion(1, self._patterns(TITLE), self._names())

    def is_exact(self):
        return Criterion(1, [], self._names())

    def _names(self):
        return [self.title_match] if self.title_match else []

    def _patterns(self, prefix=""):
        return [f"% {prefix}{pattern}%" for pattern in sorted({p for word in self.spellings for p in patterns(word)})]


class Points(Func):
    """The sum of the points that a record gets by some criteria.

    One expression, for a page asks for many and Django takes long over each.
    """

    output_field = IntegerField()

    def __init__(self, criteria):
        self.criteria = criteria
        super().__init__(F("search_words"), *(condition for each in criteria for condition in each.conditions))

    def as_sql(self, compiler, connection):
        (column, _none), *conditions = (_compiled(each, compiler) for each in self.source_expressions)
        conditions, cases, params = iter(conditions), ["0"], []
        for points, likes, some in self.criteria:
            tests = [*islice(conditions, len(some)), *((f"{column} LIKE %s", [like]) for like in likes)]
            if tests:
                cases.append(f"CASE WHEN {' OR '.join(sql for sql, _params in tests)} THEN {points} ELSE 0 END")
                params += [param for _sql, of_test in tests for param in of_test]
        return f"({' + '.join(cases)})", params


def _compiled(expression, compiler):
    try:
        return compiler.compile(expression)
    except EmptyResultSet:  # of a list without any value
        return "1 = 0", []


def scored(records, terms):
    """The records that match any of the terms, with their four numbers; the best first."""
    numbers = {
        "weight": Points([term.is_matched(term.weight) for term in terms]),
        "exact": Points([term.is_exact() for term in terms]),
        "in_title": Points([term.is_in_title() for term in terms]),
        "matched": Points([term.is_matched() for term in terms]),
    }
    return records.annotate(**numbers).filter(matched__gt=0).order_by(*BEST_FIRST)


def top_hits(records, words, most, most_of_some):
    """Of records `scored` by so many words the best that match all of them and the best that match some.

    Annotates `peers`: how many there are that match all, or some, as this one does.
    """
    if words == 1:
        return list(records.annotate(peers=Window(Count("pk")))[:most])
    matches_all = Exact(F("matched"), words)
    rank = Window(RowNumber(), partition_by=matches_all, order_by=BEST_FIRST)
    peers = Window(Count("pk"), partition_by=matches_all)
    first = records.annotate(rank=rank, peers=peers).order_by("rank")[: 2 * most]
    whole, some = ([record for record in first if (record.matched == words) == wanted] for wanted in (True, False))
    return whole[:most] + some[:most_of_some]
