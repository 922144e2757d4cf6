"""Texts in which the words that were typed are marked."""

import re
from functools import lru_cache

from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

from krakow_intl.core.search.index import search_words
from krakow_intl.core.search.query import holds
from krakow_intl.core.search.words import WORD, plain_text


def highlight(text, typed):
    """`text` escaped, with every word that one of the typed words finds in <mark>."""
    # a word: the "Kraków" and the "Lwów" of "Kraków – Lwów"
    parts = re.split(f"({WORD.pattern})", text or "")  # words and what stands between them: "Kraków", " – ", "Lwów"
    return mark_safe("".join(_mark(part, typed) for part in parts))


def _mark(part, typed):
    safe = conditional_escape(part)
    return f"<mark>{safe}</mark>" if part.isalnum() and _is_found(part, typed) else safe


def excerpt(text, typed, length=180):
    """The part of a text (plain or HTML) around the first word found, marked; the beginning if none is."""
    plain = plain_text(text)
    hit = next((match.start() for match in WORD.finditer(plain) if _is_found(match[0], typed)), 0)
    start = 0 if hit < length // 2 else plain.rfind(" ", 0, hit - length // 3) + 1
    end = len(plain) if len(plain) <= start + length else plain.rfind(" ", start, start + length)
    return mark_safe(f"{'… ' if start else ''}{highlight(plain[start:end], typed)}{' …' if end < len(plain) else ''}")


def date_matches(date, typed):
    """Whether one of the typed words finds a `PartialDate`."""
    words = search_words([], [], [date])
    return any(holds(words, word) for word in typed)


def _is_found(word, typed):
    return any(holds(_words_of_one(word), other) for other in typed)


@lru_cache(maxsize=20_000)
def _words_of_one(word):
    return search_words([], [word])
