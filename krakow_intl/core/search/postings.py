"""The index itself: which records hold which words."""

import re
from collections import defaultdict

from django.db import connection
from django.db.models import Q

from krakow_intl.core.replica import connection_to_read
from krakow_intl.core.search.query import beginnings, finds, is_whole
from krakow_intl.core.search.stems import stems
from krakow_intl.core.search.words import key_of
from krakow_intl.models import SearchPosting

TABLE = SearchPosting._meta.db_table
# a vowel with the e that stands for its dots: the "ue" of "Nuernberg"
UMLAUT = re.compile("([aou])e")
MAX_FORMS = 400  # of a word that was typed: those beyond would find what nobody looks for
# the next word of the index after one, however often it stands there: a look-up a word, not a row
NEXT = "(SELECT word FROM {table} WHERE word {after} {than} ORDER BY word LIMIT 1)"
WORDS = """WITH RECURSIVE beginning(start) AS (VALUES {values}), found(start, word) AS (
    SELECT start, {first} FROM beginning
    UNION ALL SELECT start, {next} FROM found WHERE substr(word, 1, length(start)) = start)
    SELECT word FROM found WHERE substr(word, 1, length(start)) = start"""
CONCAT = {"sqlite": "group_concat({})", "postgresql": "string_agg({}::text, ',')"}


def words_beginning(starts):
    """The words of the index that begin with one of some texts."""
    if not starts:
        return set()
    sql = WORDS.format(
        values=", ".join(["(%s)"] * len(starts)),
        first=NEXT.format(table=TABLE, after=">=", than="start"),
        next=NEXT.format(table=TABLE, after=">", than="found.word"),
    )
    with connection_to_read().cursor() as cursor:
        cursor.execute(sql, [*starts])
        return {word for (word,) in cursor.fetchall()}


def forms_of(words):
    """{typed word: the words of the index that it finds}."""
    begun = [word for word in words if not is_whole(word)]
    known = words_beginning(sorted({start for word in begun for start in beginnings(word)}))
    return {word: _forms(word, known) for word in words}


def _forms(word, known):
    if is_whole(word):
        return {*stems(word)}
    starts = tuple(beginnings(word))
    found = (key for key in known if key.startswith(starts) and finds(word, key))
    return {*sorted(found, key=lambda key: (len(key), key))[:MAX_FORMS], UMLAUT.sub(r"\1", key_of(word))}


def matching(model, word, in_title=False):
    """The condition that a record of a model holds a typed word, or that its title does."""
    held = SearchPosting.objects.filter(kind=model._meta.model_name, word__in=forms_of([word])[word])
    return Q(pk__in=(held.filter(in_title=True) if in_title else held).values("record"))


class Postings:
    """Which records hold some typed words, and which have them in their title; one query for all."""

    def __init__(self, words):
        self._held = {word: defaultdict(lambda: (set(), set())) for word in words}
        self._as_typed = {word: defaultdict(set) for word in words}
        self.add({word: [word] for word in words})

    def add(self, spellings):
        """Finds by further spellings what a word finds: {word: spellings}."""
        forms = forms_of({spelling for some in spellings.values() for spelling in some})
        wanted = defaultdict(list)
        for word, some in spellings.items():
            for key in set().union(*(forms[spelling] for spelling in some)):
                wanted[key].append(word)
        for key, kind, in_title, records in _rows([*wanted]) if wanted else ():
            numbers = [*map(int, records.split(","))]
            for word in wanted[key]:
                self._held[word][kind][bool(in_title)].update(numbers)
                if in_title and key == key_of(word):
                    self._as_typed[word][kind].update(numbers)

    def holding(self, word, model):
        """The keys of the records of a model that hold a word."""
        in_text, in_title = self._of(word, model)
        return in_text | in_title

    def titled(self, word, model):
        """The keys of those that have it in their title."""
        return self._of(word, model)[1]

    def as_typed(self, word, model):
        """The keys of those that have just this form of it in their title."""
        return self._as_typed.get(word, {}).get(model._meta.model_name, frozenset())

    def _of(self, word, model):
        return self._held.get(word, {}).get(model._meta.model_name, (frozenset(), frozenset()))


def records_of(keys, kinds=(), in_title=False):
    """{name of a model: {word: keys of the records that hold it}} of some words of the index."""
    found = defaultdict(lambda: defaultdict(set))
    for key, kind, is_titled, records in _rows(sorted(keys), kinds) if keys else ():
        if is_titled or not in_title:
            found[kind][key].update(map(int, records.split(",")))
    return found


def _rows(keys, kinds=()):
    """[(word, kind, whether in the title, keys of the records)], of these kinds alone if any are named."""
    conditions = " AND ".join(f"{name} IN ({_marks(some)})" for name, some in (("word", keys), ("kind", kinds)) if some)
    records = CONCAT[connection.vendor].format("record")
    sql = f"SELECT word, kind, in_title, {records} FROM {TABLE} WHERE {conditions} GROUP BY word, kind, in_title"
    with connection_to_read().cursor() as cursor:
        cursor.execute(sql, [*keys, *kinds])
        return cursor.fetchall()


def _marks(values):
    return ", ".join(["%s"] * len(values))
