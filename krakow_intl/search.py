"""Finding records by the words people type, whatever the inflection, the diacritics and the language.

Every record keeps one column of search words, [a-z0-9] alone: each word of its texts folded, stemmed, and with the
consonant shifts of Polish undone. The words of its title stand there a second time behind a caret. A typed word is
treated the same way and matched from its beginning, so that both databases find the same.
"""

import re
from difflib import get_close_matches
from functools import lru_cache

import snowballstemmer
from django.db.models import Case, Count, F, Func, IntegerField, Q, Value, When, Window
from django.db.models.functions import RowNumber
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
FOUND, CALLED, IN_TITLE = 10_000, 100, 1  # of a score, which counts each up to `MOST_WORDS`
TELLING_STEM, TELLING_BEGINNING = 4, 5  # letters that are enough to name what has that stem, or so begins


@lru_cache(maxsize=20_000)
def forms(word, shifted=True):
    """The keys under which one word is kept and looked for: "Norymberdze" -> {"norymberdze", "norymberg", ...}."""
    word = word.casefold()
    folded = fold(word)
    if folded.isdecimal():  # a figure has no inflections
        return frozenset({folded})
    stems = {fold(stemmer.stemWord(word)) for stemmer in STEMMERS} | {s.stemWord(folded) for s in STEMMERS}
    if shifted:
        stems |= {other for stem in stems for other in _shifted(stem)}
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


class Points(Func):
    """What a word adds to the score of a record; if `whole` it finds no word that only begins like it.

    One expression, for a page asks for it a hundred times and Django takes long over as many lookups.
    """

    output_field = IntegerField()

    def __init__(self, word, whole=False):
        super().__init__(F("search_words"))
        self.ends = (" %", "") if whole else ("%",)
        self.forms = sorted(forms(word))

    def as_sql(self, compiler, connection):
        column, _none = compiler.compile(self.source_expressions[0])
        likes = " OR ".join([f"{column} LIKE %s"] * len(self.forms) * len(self.ends))
        params = [f"% {prefix}{form}{end}" for prefix in (TITLE, "") for form in self.forms for end in self.ends]
        return f"CASE WHEN {likes} THEN {FOUND + IN_TITLE} WHEN {likes} THEN {FOUND} ELSE 0 END", params


def ranked(records, points):
    """The records that hold any of the words, with their `score`, the sum of the `points` of each; the best first."""
    score = sum(points, start=Value(0))
    return records.annotate(score=score).filter(score__gt=0).order_by("-score", "pk")


def first_of(records, words, most, most_of_some):
    """Of records `ranked` by so many words the best that hold all of them and the best that hold some.

    Annotates `as_good`: how many there are that hold all, or some, as this one does.
    """
    if words == 1:
        return list(records.annotate(as_good=Window(Count("pk")))[:most])
    part = Case(When(score__gte=FOUND * words, then=1), default=0)
    rank = Window(RowNumber(), partition_by=part, order_by=("-score", "pk"))
    as_good = Window(Count("pk"), partition_by=part)
    in_turn = records.annotate(rank=rank, as_good=as_good).order_by("rank", "-score")[: 2 * most]
    whole, some = ([record for record in in_turn if holds_all(record, words) == wanted] for wanted in (True, False))
    return whole[:most] + some[:most_of_some]


def holds_all(record, words):
    """Whether a record that was found holds so many words."""
    return record.score >= FOUND * words


def is_in_title(record, words):
    """Whether so many words stand in the title of a record that was found."""
    return record.score % CALLED == words


def named(typed, names):
    """What the typed words name: {word: keys}; `names` are (key, words), of which all must have been typed.

    A word that is none of theirs stands for what begins with its stem: "Belgii" for "Belgia".
    """
    exactly, begun = ({word: set() for word in typed} for _ in range(2))
    for key, name in names:
        for is_said, result in ((_is_same, exactly), (_is_begun, begun)):
            said = [[word for word in typed if is_said(word, part)] for part in name]
            for word in {word for words in said for word in words if all(said)}:
                result[word].add(key)
    return {word: exactly[word] or begun[word] for word in typed}


def _is_same(word, other):
    common = forms(word) & forms(other, shifted=False)
    return fold(word) == fold(other) or any(len(form) >= TELLING_STEM for form in common)


def _is_begun(word, other):
    starts = tuple(form for form in forms(word) if len(form) >= TELLING_BEGINNING)
    return _is_same(word, other) or fold(other).startswith(starts)


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
