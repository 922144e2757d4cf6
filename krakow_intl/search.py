"""Finding records by the words people type, whatever the inflection, the diacritics and the language.

Every record keeps one column of search words, [a-z0-9] alone: each word of its texts folded, stemmed, and with the
consonant shifts of Polish undone. The words of its title stand there a second time behind a caret. A typed word is
treated the same way and matched from its beginning, so that both databases find the same.
"""

import re
from difflib import get_close_matches
from functools import lru_cache

import snowballstemmer
from django.db.models import Case, Count, F, IntegerField, Q, Value, When, Window
from django.utils.html import conditional_escape, strip_tags
from django.utils.safestring import mark_safe

from krakow_intl.keys import fold

STEMMERS = [snowballstemmer.stemmer(language) for language in ("polish", "english")]
TITLE = "^"
MOST_WORDS = 8  # of a query; the rest says nothing more
MOST_LETTERS = 40  # of a word
SHIFTS = (("rdz", "rg"), ("dz", "d"), ("dz", "g"), ("rz", "r"), ("sz", "ch"), ("c", "k"), ("ci", "t"), ("szcz", "st"))
CONSONANTS = "bcdfghjklmnpqrstvwxz"
FLEETING_E = re.compile(f"^(.*[{CONSONANTS}])e([{CONSONANTS}])$")
BLOCK = re.compile(r"</?(?:p|h\d|[uo]l|li|blockquote|br)\b")
CLUSTER = re.compile(f"^(.*[{CONSONANTS}])([{CONSONANTS}])$")


@lru_cache(maxsize=20_000)
def forms(word):
    """The keys under which one word is kept and looked for: "Norymberdze" -> {"norymberdze", "norymberg", ...}."""
    word = word.casefold()
    folded = fold(word)
    if folded.isdecimal():  # a figure has no inflections
        return frozenset({folded})
    stems = {fold(stemmer.stemWord(word)) for stemmer in STEMMERS} | {s.stemWord(folded) for s in STEMMERS}
    stems |= {shifted for stem in stems for shifted in _shifted(stem)}
    return frozenset({folded} | {stem for stem in stems if len(stem) >= max(3, len(folded) // 2)})


def _shifted(stem):
    """What a Polish stem may have been before its ending changed it: "wiedn" -> "wieden", "ksiazek" -> "ksiazk"."""
    if len(stem) < 4:
        return
    for soft, hard in SHIFTS:
        if stem.endswith(soft):
            yield stem.removesuffix(soft) + hard
    if match := FLEETING_E.match(stem):
        yield match[1] + match[2]
    elif match := CLUSTER.match(stem):
        yield f"{match[1]}e{match[2]}"


def key_of(titles, texts):
    """The column of search words of a record with these titles and texts (plain or HTML)."""
    of_titles = {form for title in titles for word in _plain_words(title) for form in forms(word)}
    of_texts = {form for text in texts for word in _plain_words(text) for form in forms(word)}
    return " ".join(["", *sorted(TITLE + form for form in of_titles), *sorted(of_titles | of_texts)])


def _plain_words(text):
    return re.findall(r"[^\W_]+", _plain(text).replace("’", "").replace("'", ""))


def _plain(text):
    """A text (plain or HTML) in one line, without its tags."""
    return " ".join(strip_tags(BLOCK.sub(r" \g<0>", text or "")).split())


def query_words(text):
    """The words typed, at most `MOST_WORDS`, each once, in order; "we", "of" only if nothing else is."""
    typed = re.findall(r"[^\W_]+", re.sub(r"[’'ʼ`´]", "", text[:500]))
    found = list(dict.fromkeys(word[:MOST_LETTERS].casefold() for word in typed))
    telling = [word for word in found if len(word) > 2 or word.isdecimal()]
    return (telling or found)[:MOST_WORDS]


def matching(word, column="search_words", prefix=""):
    """The condition that `word` occurs in the column; with `prefix` `TITLE`, in the title."""
    condition = Q()
    for form in forms(word):
        condition |= Q(**{f"{column}__contains": f" {prefix}{form}"})
    return condition


def ranked(records, typed, also=None):
    """The records that match any of the typed words: all words before some, in the title before in the text.

    `also` maps a word to a further condition under which a record counts as named by it (other names of a city).
    Annotates `words_found`, `words_in_title`, and `as_good`: how many records hold as many of the words.
    """
    if not typed:
        return records.none()
    anywhere, in_title = [], []
    for word in typed:
        further = also(word) if also else Q(pk__in=[])
        anywhere.append(matching(word) | further)
        in_title.append(matching(word, prefix=TITLE) | further)
    some = anywhere[0]
    for condition in anywhere[1:]:
        some |= condition
    found = records.filter(some).annotate(words_found=_count(anywhere), words_in_title=_count(in_title))
    as_good = Window(Count("pk"), partition_by=F("words_found"))
    return found.annotate(as_good=as_good).order_by("-words_found", "-words_in_title", "pk")


def _count(conditions):
    return sum(
        (Case(When(condition, then=1), default=0, output_field=IntegerField()) for condition in conditions),
        start=Value(0),
    )


def marked(text, typed):
    """`text` escaped, with every word that one of the typed words finds in <mark>."""
    wanted = {form for word in typed for form in forms(word)}
    parts = re.split(r"([^\W_]+)", text or "")
    return mark_safe("".join(_mark(part, wanted) for part in parts))


def _mark(part, wanted):
    safe = conditional_escape(part)
    return f"<mark>{safe}</mark>" if part.isalnum() and _is_found(part, wanted) else safe


def _is_found(word, wanted):
    return any(form.startswith(start) for form in forms(word) for start in wanted)


def excerpt(text, typed, length=180):
    """The part of a text (plain or HTML) around the first word found, marked; the beginning if none is."""
    plain = _plain(text)
    wanted = {form for word in typed for form in forms(word)}
    hit = next((m.start() for m in re.finditer(r"[^\W_]+", plain) if _is_found(m[0], wanted)), 0)
    start = 0 if hit < length // 2 else plain.rfind(" ", 0, hit - length // 3) + 1
    end = len(plain) if len(plain) <= start + length else plain.rfind(" ", start, start + length)
    return mark_safe(f"{'… ' if start else ''}{marked(plain[start:end], typed)}{' …' if end < len(plain) else ''}")


def holds(record, word):
    return any(f" {form}" in record.search_words for form in forms(word))


def did_you_mean(typed, names, texts=(), found=()):
    """The typed words with the unknown ones replaced by the nearest known word, or "" if nothing is near.

    The words `found` stay; `names` are told as they are written, other words of `texts` in lower case.
    """
    by_key = {}
    for word in _plain_words(" ".join([*names, *(text.lower() for text in texts)])):
        if len(word) > 2:
            by_key.setdefault(fold(word), word)
    better = [word if word in found else _nearest(word, by_key) or word for word in typed]
    return " ".join(better) if better != typed else ""


def _nearest(word, by_key):
    key = fold(word)
    if key in by_key:
        return None
    close = get_close_matches(key, by_key, n=1, cutoff=0.75)
    return by_key[close[0]] if close else None
