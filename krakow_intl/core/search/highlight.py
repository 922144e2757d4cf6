"""Texts in which the words that were typed are marked."""

import re
from functools import lru_cache

from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

from krakow_intl.core.search.index import keys_of_date
from krakow_intl.core.search.query import finds
from krakow_intl.core.search.words import WORD, clean, key_of, plain_text


def highlight(text, typed):
    """`text` escaped, with every word that one of the typed words finds in <mark>."""
    typed = tuple(typed)
    # a word: the "Kraków" and the "Lwów" of "Kraków – Lwów"
    parts = re.split(
        f"({WORD.pattern})", clean(text or "")
    )  # words and what stands between them: "Kraków", " – ", "Lwów"
    return mark_safe("".join(_mark(part, typed) for part in parts))


def _mark(part, typed):
    safe = conditional_escape(part)
    return f"<mark>{safe}</mark>" if part.isalnum() and _is_found(part, typed) else safe


def excerpt(text, typed, length=180):
    """The part of a text (plain or HTML) around the first word found, marked; the beginning if none is."""
    plain, typed = clean(plain_text(text)), tuple(typed)
    hit = next((match.start() for match in WORD.finditer(plain) if _is_found(match[0], typed)), 0)
    start = 0 if hit < length // 2 else plain.rfind(" ", 0, hit - length // 3) + 1
    end = len(plain) if len(plain) <= start + length else plain.rfind(" ", start, start + length)
    return mark_safe(f"{'… ' if start else ''}{highlight(plain[start:end], typed)}{' …' if end < len(plain) else ''}")


def date_matches(date, typed):
    """Whether one of the typed words finds a `PartialDate`."""
    return any(finds(word, key) for word in typed for key in keys_of_date(date))


@lru_cache(maxsize=50_000)
def _is_found(word, typed):
    return any(finds(other, key_of(word)) for other in typed)
