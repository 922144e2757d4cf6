"""What somebody may have meant who typed words that the register does not know."""

from difflib import SequenceMatcher, get_close_matches
from string import ascii_lowercase
from typing import NamedTuple

from django.db.models import QuerySet

from krakow_intl.core.search.postings import records_of, words_beginning
from krakow_intl.core.search.words import key_of, words_in

NAMES, OTHER_NAMES, WORDS = range(3)  # what is proposed before what
MIN_NAME_RATIO, MIN_WORD_RATIO = 0.76, 0.8  # of two words, as `difflib` measures it: of a name, and of others
MAX_NEAR = 20  # words of the index that are looked up
MAX_RECORDS = 50  # of those that hold one, in which it is looked up how it is written


class Spellings(NamedTuple):
    """Records in whose columns it stands how words are written: `NAMES`, `OTHER_NAMES` or `WORDS`."""

    records: QuerySet
    columns: tuple
    what: int


def did_you_mean(typed, known, places, names=()):
    """The typed words with the unknown ones replaced by the nearest known word, or "" if nothing is near.

    `places` are `Spellings`; names are proposed as they are written, and so are those of `names`, which stand in no
    record; other words in lower case.
    """
    near = {word: [] if word in known or key_of(word).isdecimal() else near_keys(word) for word in typed}
    written = _written({key_of(word) for word in typed}.union(*near.values()), places)
    written[NAMES] |= {key_of(name): name for name in names}
    meant = {word: _nearest(key_of(word), written) for word in typed if word not in known}
    if not any(meant.values()):
        return ""
    of_names = written[OTHER_NAMES] | written[NAMES]
    return " ".join(meant.get(word) or of_names.get(key_of(word), word) for word in typed)


def near_keys(word):
    """The words of the index that are most like one, but for those that begin quite differently."""
    key = key_of(word)
    known = words_beginning(sorted(_near_starts(key))) if len(key) > 2 else ()
    return [other for other in get_close_matches(key, known, MAX_NEAR, MIN_NAME_RATIO) if other != key]


def _near_starts(key):
    """What a word may begin with of which at most one of the first letters was mistyped."""
    first, second, third = key[0], key[1], key[2]
    yield from (first + second, second + third, second + first + third, first + key[2:4])
    for letter in ascii_lowercase:
        yield from (letter + second + third, first + letter + third, letter + first + second, first + letter + second)


def _written(keys, places):
    """({key: how it is written} of names, of other names, of words), as the first of the places tells."""
    written, holders = ({}, {}, {}), records_of(keys)
    for records, columns, what in places:
        held = holders.get(records.model._meta.model_name, {})
        numbers = {number for numbers in held.values() for number in [*numbers][:MAX_RECORDS]}
        rows = records.filter(pk__in=numbers).order_by().values_list(*columns) if numbers else ()
        for word in (word for row in rows for text in row if text for word in words_in(text)):
            if key_of(word) in held:
                written[what].setdefault(key_of(word), word.lower() if what == WORDS else word)
    return [*written]


def _nearest(key, written):
    """How the known word is written that is nearest to an unknown one, a name before other words."""
    if any(key in some for some in written):
        return None
    for what, some in enumerate(written):
        ratios = {other: SequenceMatcher(None, key, other).ratio() for other in some}
        best = max(ratios, key=lambda other: (ratios[other], other), default=None)
        if best and ratios[best] >= (MIN_WORD_RATIO if what == WORDS else MIN_NAME_RATIO):
            return some[best]
    return None
