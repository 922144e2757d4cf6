"""How staff find a record: by any part of any word of its titles, in the index that the public search reads."""

import re
import unicodedata
from functools import cache, reduce
from operator import and_, or_

from django.db.models import IntegerField, Q, SlugField
from django.db.models.constants import LOOKUP_SEP

from krakow_intl.core.dates import PartialDateError, parse_partial_date
from krakow_intl.core.fields import PartialDateField
from krakow_intl.core.search import query
from krakow_intl.core.search.postings import matching as matching_words
from krakow_intl.core.search.words import WORD
from krakow_intl.core.sorting import APOSTROPHES, fold

MAX_WORDS, MAX_SEARCH_LENGTH, MAX_DIGITS = 8, 100, 9
LATIN = [chr(code) for code in (*range(0x250), *range(0x1E00, 0x1F00))]


def matching(queryset, fields, text):
    """The records of `queryset` in one of whose `fields` each word of `text` occurs: "lodz" finds "Łódź".

    A field is a column or a path to one of another record. Titles are looked into for any part of a word, and for the
    inflected forms that the public search knows, texts as the public search does it; a number is found whole, a date
    by what is known of it, such as "09.1991".
    """
    text = unicodedata.normalize("NFC", text[:MAX_SEARCH_LENGTH])
    if not fields or not text.split():
        return queryset
    of_words = reduce(and_, (_of_word(queryset.model, fields, word) for word in text.split()[:MAX_WORDS]))
    return queryset.filter(of_words | _of_date(queryset.model, fields, text))


def _of_word(model, fields, typed):
    """The condition on what was typed without a space: a date, or words between which other signs stand."""
    words = WORD.findall(APOSTROPHES.sub("", typed))
    if not words:
        return Q(pk__in=[])
    return reduce(and_, (_anywhere(model, fields, _in_column, word) for word in words)) | _of_date(model, fields, typed)


def _of_date(model, fields, text):
    try:
        return _anywhere(model, fields, _in_date, str(parse_partial_date(text.strip())))
    except PartialDateError:
        return Q(pk__in=[])


def _anywhere(model, fields, condition, word):
    """A condition on any of the `fields`; both languages of a title are one of them."""
    places = dict.fromkeys((path, name) for path, _line, name in (_place(model, field) for field in fields))
    found = (_along(model, path, name, condition, word) for path, name in places)
    return reduce(or_, filter(None, found), Q(pk__in=[]))


def _place(model, field):
    """A path such as "city__name_pl" as what leads to a record and its column there, without a language."""
    path, line, name = field.rpartition(LOOKUP_SEP)
    for relation in filter(None, path.split(LOOKUP_SEP)):
        model = model._meta.get_field(relation).related_model
    original = getattr(model._meta.get_field(name), "translated_field", None)
    return path, line, original.name if original is not None and original.name in _indexed(model) else name


def _indexed(model):
    """The names of the fields that the index of the public search holds."""
    return {*getattr(model, "search_titles", ()), *getattr(model, "search_texts", ())} if _has_index(model) else set()


def _has_index(model):
    return any(field.name == "search_words" for field in model._meta.concrete_fields)


def _along(model, path, name, condition, word):
    """A condition on a record at the end of a path; no record is found twice by it."""
    if not path:
        return condition(model, name, word)
    head, _line, rest = path.partition(LOOKUP_SEP)
    relation = model._meta.get_field(head)
    there = relation.related_model
    found = _along(there, rest, name, condition, word)
    if not found:
        return found
    records = there._base_manager.filter(found)
    if relation.concrete:
        return Q(**{f"{head}__in": records.values("pk")})
    return Q(pk__in=records.values(relation.field.attname))


def _in_column(model, name, word):
    """The condition that a column holds a word, whatever it takes to find it there."""
    if _has_index(model) and name in model.search_titles:
        return _in_titles(word)
    if name in _indexed(model):
        return matching_words(model, word.casefold())
    field = model._meta.get_field(name)
    if isinstance(field, IntegerField):
        return Q(**{name: int(word)}) if word.isdecimal() and len(word) <= MAX_DIGITS else Q()
    if isinstance(field, PartialDateField):
        return Q()
    folded = getattr(model, "folded_columns", {}).get(name) or (name if isinstance(field, SlugField) else None)
    return Q(**{f"{folded}__contains": fold(word)} if folded else {f"{name}__regex": _pattern(fold(word))})


def _in_titles(word):
    """A part of a word of the title, or what begins with a stem that the word shares with it."""
    folded = fold(word)
    stems = (stem for stem in query.patterns(word.casefold()) if folded not in stem)
    return reduce(or_, (Q(title_words__contains=f" {stem}") for stem in stems), Q(title_words__contains=folded))


def _in_date(model, name, date):
    is_date = isinstance(model._meta.get_field(name), PartialDateField)
    return Q(**{f"{name}__startswith": date}) if is_date else Q()


def _pattern(word):
    """All spellings of a folded word, for lists that are short and have no index; collations differ in case."""
    return "".join(_spellings(letter) for letter in word)


@cache
def _spellings(letter):
    """A letter in every form, as a set of a regular expression: "z" as "[Zzźż...]"."""
    letters = {letter, letter.upper(), *(other for other in LATIN if fold(other) == letter)}
    letters = sorted(other for other in letters if len(other) == 1)
    return f"[{''.join(letters)}]" if letter.isalpha() else re.escape(letter)
