"""How staff find a record: by any part of any word, without regard to case and diacritics, in either database."""

import re
from functools import cache, reduce
from operator import or_

from django.db.models import Q

from krakow_intl.core.sorting import fold

MAX_WORDS, MAX_SEARCH_LENGTH = 8, 100
LATIN = [chr(code) for code in (*range(0x250), *range(0x1E00, 0x1F00))]


def matching(queryset, fields, text):
    """The records of `queryset` in one of whose `fields` each word of `text` occurs: "lodz" finds "Łódź"."""
    for word in fold(text[:MAX_SEARCH_LENGTH]).split()[:MAX_WORDS]:
        pattern = _pattern(word)
        queryset = queryset.filter(reduce(or_, (Q(**{f"{field}__regex": pattern}) for field in fields), Q()))
    return queryset


def _pattern(word):
    """A regular expression of all spellings of a folded word; it names every letter, for collations differ in case."""
    return "".join(_spellings(letter) for letter in word)


@cache
def _spellings(letter):
    letters = {letter, letter.upper(), *(other for other in LATIN if fold(other) == letter)}
    letters = sorted(other for other in letters if len(other) == 1)
    return f"[{''.join(letters)}]" if letter.isalpha() else re.escape(letter)
