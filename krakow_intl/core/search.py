"""Finding records by the words people type, whatever the inflection, the diacritics and the language.

Every record keeps one column of search words, [a-z0-9] alone: each word of its texts and dates folded, stemmed, and
with the consonant shifts of Polish undone. The words of its title stand there a second time behind a caret. A typed
word is treated the same way; as it was typed it finds what begins with it, by its stems what has the same ones.
"""

import re
from difflib import get_close_matches
from functools import lru_cache
from threading import local

import snowballstemmer
from django.conf import settings
from django.db.models import Case, Count, F, Func, IntegerField, Q, Value, When, Window
from django.db.models.functions import RowNumber
from django.db.models.lookups import Exact
from django.utils.html import conditional_escape, strip_tags
from django.utils.safestring import mark_safe

from krakow_intl.core.dates import NBSP, PartialDate, PartialDateError, format_partial_date, parse_partial_date
from krakow_intl.core.fields import to_partial_date
from krakow_intl.core.sorting import fold

TITLE = "^"
MAX_WORDS = 8  # of a query; the rest says nothing more
MAX_LETTERS = 40  # of a word
SHIFTS = (("rdz", "rg"), ("dz", "d"), ("dz", "g"), ("rz", "r"), ("sz", "ch"), ("c", "k"), ("ci", "t"), ("szcz", "st"))
CONSONANTS = "bcdfghjklmnpqrstvwxz"
FLEETING_E = re.compile(f"^(.*[{CONSONANTS}])e([{CONSONANTS}])$")
BLOCK = re.compile(r"</?(?:p|h\d|[uo]l|li|blockquote|br)\b")
CLUSTER = re.compile(f"^(.*[{CONSONANTS}])([{CONSONANTS}])$")
ENDING = re.compile("(?:i?(?:ami|ach|om|em|e|a|u)|owi|ow|ego|emu|[yi](?:ch|mi|m)|ej|ii|[yio])$")  # of Polish, folded
DATE = re.compile(r"\b(?:\d{4}-\d\d?(?:-\d\d?)?|\d\d?([./-])\d\d?\1\d{4}|\d\d?[./]\d{4})\b")
SMALL_ENGLISH = """
    a an the and or of in on at to for from by with without about into than as is are was were be been has have had do
    does did not no it its this that these those what which who whom whose when where why how there out up all any
"""
SMALL_POLISH = """
    i oraz lub albo ani a ale że żeby o od do w we z ze za na nad po pod przed przez przy dla u ku bez co czy kto kogo
    kim czym jak jaki jaka jakie jakich gdzie kiedy ile jest są był była było były być się nie to ten ta te tego tej
    tych tym ich jej jego który która które których
"""
SMALL_WORDS = {*SMALL_ENGLISH.split(), *SMALL_POLISH.split()}
# of a score, which counts each word once in each
TEXT_HIT, IN_TITLE, EXACT_NAME, NAME_WEIGHT = 1, 100, 10_000, 1_000_000
TELLING_STEM, TELLING_BEGINNING = 4, 5  # letters that are enough to name what has that stem, or so begins
MIN_NAME_RATIO, MIN_WORD_RATIO = 0.76, 0.8  # of two words, as `difflib` measures it: of a name, and of others
BEGINNING, MAX_CUT = 6, 2  # letters of a stem that finds what begins with it, and those it may lack of the word


class Stemmers(local):
    """The stemmers of one thread: each keeps the word it is at work on, and two threads would mix theirs up."""

    def __init__(self):
        self.all = [snowballstemmer.stemmer(language) for language in ("polish", "english")]

    def stems(self, word):
        return {stemmer.stemWord(word) for stemmer in self.all}


STEMMERS = Stemmers()


@lru_cache(maxsize=20_000)
def stems(word, shifted=True):
    """The keys under which one word is kept and looked for: "Norymberdze" -> {"norymberdze", "norymberg", ...}."""
    word = word.casefold()
    folded = fold(word)
    if folded.isdecimal():  # a figure has no inflections
        return frozenset({str(int(folded))})
    stems = {fold(stem) for stem in STEMMERS.stems(word)} | STEMMERS.stems(folded)
    stems.add(ENDING.sub("", folded))
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


def key_of(titles, texts, dates=()):
    """The column of search words of a record with these titles, texts (plain or HTML) and dates, and a space."""
    of_titles = {form for title in titles for word in _plain_words(title) for form in stems(word)}
    of_texts = {form for text in texts for word in _plain_words(text) for form in stems(word)}
    of_texts.update(form for date in dates for form in _forms_of(to_partial_date(date)))
    return " ".join(["", *sorted(TITLE + form for form in of_titles), *sorted(of_titles | of_texts), ""])


def _forms_of(date):
    """The keys of a `PartialDate`: its figures and the name of its month, "lipiec", "lipca" and "July"."""
    return _forms_of_month(date[:7]) | ({str(date.day)} if date.day else set())


@lru_cache(maxsize=5000)
def _forms_of_month(month):
    days = [month, f"{month}-01"] if len(month) > len("1973") else [month]
    said = [format_partial_date(PartialDate(day), language) for day in days for language in dict(settings.LANGUAGES)]
    return frozenset(form for text in said for word in text.split(NBSP)[-2:] for form in stems(word))


def words_of(record, model):
    """The column of search words of a record; its `model` tells which of its fields are looked into."""
    titles, texts, dates = (
        [text for name in names for text in _texts(record, name) if text]
        for names in (model.search_titles, model.search_texts, model.search_dates)
    )
    return key_of(titles, texts, dates)


def _texts(record, name):
    languages = [f"{name}_{code}" for code in dict(settings.LANGUAGES)]
    return [getattr(record, column) for column in (languages if hasattr(record, languages[0]) else [name])]


def _plain_words(text):
    return re.findall(r"[^\W_]+", _plain(text).replace("’", "").replace("'", ""))


def _plain(text):
    """A text (plain or HTML) in one line, without its tags."""
    return " ".join(strip_tags(BLOCK.sub(r" \g<0>", text or "")).split())


def query_words(text):
    """The words typed, at most `MOST_WORDS`, each once, in order; "we", "of" only if nothing else is."""
    text = DATE.sub(_spelt_out, re.sub(r"[’'ʼ`´]", "", text[:500]))
    found = list(dict.fromkeys(word[:MAX_LETTERS].casefold() for word in re.findall(r"[^\W_]+", text)))
    telling = [word for word in found if word.isdecimal() or (len(word) > 2 and word not in SMALL_WORDS)]
    return (telling or found)[:MAX_WORDS]


def _spelt_out(match):
    try:
        return format_partial_date(parse_partial_date(match[0]))
    except PartialDateError:
        return match[0]


@lru_cache(maxsize=1000)
def _said(word):
    """What stands in the column if it holds `word`: the beginning of a word, or a whole one and a space."""
    folded = fold(word)
    if folded.isdecimal() or word in SMALL_WORDS:
        return [f"{form} " for form in stems(word)]
    begun = {stem for stem in stems(word) if _is_beginning(stem, folded)}
    return sorted(begun | {f"{form} " for form in stems(word) if not form.startswith(tuple(begun))})


def _is_beginning(stem, folded):
    return folded.startswith(stem) and len(folded) - len(stem) <= (MAX_CUT if len(stem) >= BEGINNING else 0)


def matching(word, prefix=""):
    """The condition that a record holds `word`; with `prefix` `TITLE`, that its title does."""
    return Q(*(("search_words__contains", f" {prefix}{said}") for said in _said(word)), _connector=Q.OR)


class MatchScore(Func):
    """What a record gets for a word that it holds; `spellings` are those of the word.

    One expression, for a page asks for it a hundred times and Django takes long over as many lookups.
    """

    output_field = IntegerField()

    def __init__(self, spellings, worth):
        super().__init__(F("search_words"))
        self.said = sorted({said for word in spellings for said in _said(word)})
        self.worth = worth

    def as_sql(self, compiler, connection):
        column, _none = compiler.compile(self.source_expressions[0])
        likes = " OR ".join([f"{column} LIKE %s"] * len(self.said))
        params = [f"% {prefix}{said}%" for prefix in (TITLE, "") for said in self.said]
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


def match_names(typed, names):
    """What the typed words name: {word: keys}; `names` are (key, words), of which all must have been typed.

    A word that is none of theirs stands for what begins with its stem: "Belgii" for "Belgia".
    """
    exactly, begun = ({word: set() for word in typed} for _ in range(2))
    for key, name in names:
        for is_said, result in ((is_same, exactly), (_is_begun, begun)):
            said = [[word for word in typed if is_said(word, part)] for part in name]
            for word in {word for words in said for word in words if all(said)}:
                result[word].add(key)
    return {word: exactly[word] or begun[word] for word in typed}


def is_same(word, other):
    """Whether two words are forms of one: "Lwowie" and "Lwów"."""
    common = stems(word) & stems(other, shifted=False)
    return bool(common) and (fold(word) == fold(other) or any(len(form) >= TELLING_STEM for form in common))


def _is_begun(word, other):
    return is_same(word, other) or any(form.startswith(_telling(word)) for form in stems(other, shifted=False))


@lru_cache(maxsize=1000)
def _telling(word):
    return tuple(form for form in stems(word) if len(form) >= TELLING_BEGINNING)


def highlight(text, typed):
    """`text` escaped, with every word that one of the typed words finds in <mark>."""
    parts = re.split(r"([^\W_]+)", text or "")
    return mark_safe("".join(_mark(part, typed) for part in parts))


def _mark(part, typed):
    safe = conditional_escape(part)
    return f"<mark>{safe}</mark>" if part.isalnum() and _is_found(part, typed) else safe


@lru_cache(maxsize=20_000)
def _key(word):
    return key_of([], [word])


def _is_found(word, typed):
    return any(_is_held(other, _key(word)) for other in typed)


def date_matches(date, typed):
    """Whether one of the typed words finds a `PartialDate`."""
    key = key_of([], [], [date])
    return any(_is_held(word, key) for word in typed)


def _is_held(word, key):
    return any(f" {said}" in key for said in _said(word))


def excerpt(text, typed, length=180):
    """The part of a text (plain or HTML) around the first word found, marked; the beginning if none is."""
    plain = _plain(text)
    hit = next((m.start() for m in re.finditer(r"[^\W_]+", plain) if _is_found(m[0], typed)), 0)
    start = 0 if hit < length // 2 else plain.rfind(" ", 0, hit - length // 3) + 1
    end = len(plain) if len(plain) <= start + length else plain.rfind(" ", start, start + length)
    return mark_safe(f"{'… ' if start else ''}{highlight(plain[start:end], typed)}{' …' if end < len(plain) else ''}")


def holds(record, word):
    return _is_held(word, record.search_words)


def did_you_mean(typed, names, texts=(), found=()):
    """The typed words with the unknown ones replaced by the nearest known word, or "" if nothing is near.

    The words `found` stay; `names` are told as they are written, other words of `texts` in lower case.
    """
    of_names = _by_key(names)
    known = _by_key(text.lower() for text in texts) | of_names
    near = {word: _nearest(word, known, of_names) for word in typed if word not in found}
    if not any(near.values()):
        return ""
    return " ".join(near.get(word) or of_names.get(fold(word), word) for word in typed)


def _by_key(texts):
    known = {}
    for word in _plain_words(" ".join(texts)):
        if len(word) > 2:
            known.setdefault(fold(word), word)
    return known


def _nearest(word, known, names):
    """The known word nearest to an unknown one, a name before other words."""
    key = fold(word)
    if key in known or key.isdecimal():
        return None
    close = get_close_matches(key, names, 1, MIN_NAME_RATIO) or get_close_matches(key, known, 1, MIN_WORD_RATIO)
    return known[close[0]] if close else None
