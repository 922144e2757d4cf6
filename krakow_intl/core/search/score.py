"""How well records fit the words that were typed."""

from django.db.models import Case, Count, F, Func, IntegerField, Value, When, Window
from django.db.models.functions import RowNumber
from django.db.models.lookups import Exact

from krakow_intl.core.search.index import TITLE
from krakow_intl.core.search.query import patterns

# of a score, which counts each word once in each
TEXT_HIT, IN_TITLE, EXACT_NAME, NAME_WEIGHT = 1, 100, 10_000, 1_000_000


class MatchScore(Func):
    """What a record gets for a word that it holds; `spellings` are those of the word.

    One expression, for a page asks for it a hundred times and Django takes long over as many lookups.
    """

    output_field = IntegerField()

    def __init__(self, spellings, worth):
        super().__init__(F("search_words"))
        self.patterns = sorted({pattern for word in spellings for pattern in patterns(word)})
        self.worth = worth

    def as_sql(self, compiler, connection):
        column, _none = compiler.compile(self.source_expressions[0])
        likes = " OR ".join([f"{column} LIKE %s"] * len(self.patterns))
        params = [f"% {prefix}{pattern}%" for prefix in (TITLE, "") for pattern in self.patterns]
        return f"CASE WHEN {likes} THEN {self.worth + IN_TITLE} WHEN {likes} THEN {self.worth} ELSE 0 END", params


def ranked(records, points):
    """The records that hold any of the words, with their `score`, the sum of the `points` of each; the best first."""
    score = sum(points, start=Value(0))
    return records.annotate(score=score).filter(score__gt=0).order_by("-score", "pk")


def top_hits(records, words, most, most_of_some):
    """Of records `ranked` by so many words the best that hold all of them and the best that hold some.

    Annotates `as_good`: how many there are that hold all, or some, as this one does.
    """
    if words == 1:
        return list(records.annotate(as_good=Window(Count("pk")))[:most])
    part = Case(When(Exact(F("score") % IN_TITLE, TEXT_HIT * words), then=1), default=0)
    rank = Window(RowNumber(), partition_by=part, order_by=("-score", "pk"))
    as_good = Window(Count("pk"), partition_by=part)
    in_turn = records.annotate(rank=rank, as_good=as_good).order_by("rank", "-score")[: 2 * most]
    whole, some = ([record for record in in_turn if holds_all(record, words) == wanted] for wanted in (True, False))
    return whole[:most] + some[:most_of_some]


def holds_all(record, words):
    """Whether a record that was found holds so many words."""
    return record.score % IN_TITLE == TEXT_HIT * words


def is_in_title(record, words):
    """Whether so many words stand in the title of a record that was found."""
    return record.score % EXACT_NAME // IN_TITLE == words
