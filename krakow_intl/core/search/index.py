"""The words by which a record is found, in a column that it keeps.

It is the keys of its words but "we" and "of", each once, between spaces; those of its title stand behind a caret. From
these columns the database itself keeps the index (`triggers.py`). A second, short column holds the stems of the title
alone, for staff, who look for parts of names.
"""

from functools import cache, lru_cache

from django.conf import settings
from django.utils.translation import override

from krakow_intl.core.dates import NBSP, PartialDate, format_partial_date
from krakow_intl.core.fields import to_partial_date
from krakow_intl.core.search.stems import stems
from krakow_intl.core.search.words import STOP_WORDS, key_of, words_in

TITLE = "^"


def search_words_of(record):
    """The search words of a record; its model says which of its fields are looked into."""
    titles, texts, dates = (
        [text for name in names for text in _texts(record, name) if text]
        for names in (record.search_titles, record.search_texts, record.search_dates)
    )
    fields = map(record._meta.get_field, record.search_choices)
    labels = [_keys_of_labels(field).get(getattr(record, field.name), ()) for field in fields]
    return search_words(titles, texts, dates, labels)


def title_words_of(record):
    """The stems of the title of a record."""
    titles = (text for name in record.search_titles for text in _texts(record, name) if text)
    return " ".join(["", *sorted({stem for title in titles for word in words_in(title) for stem in stems(word)}), ""])


def _texts(record, name):
    return [getattr(record, column) for column in _columns(type(record), name)]


@cache
def _columns(model, name):
    """The columns of a field: one for each language where it is translated."""
    languages = [f"{name}_{code}" for code in dict(settings.LANGUAGES)]
    return languages if hasattr(model, languages[0]) else [name]


@cache
def _keys_of_labels(field):
    """{code: the keys of what it is called, in both languages}."""
    keys = {}
    for language in dict(settings.LANGUAGES):
        with override(language):
            for code, label in field.flatchoices:
                keys[code] = keys.get(code, set()) | _keys([str(label)])
    return keys


def _keys(texts):
    return {key_of(word) for text in texts for word in words_in(text) if word.lower() not in STOP_WORDS}


def search_words(titles, texts, dates=(), labels=()):
    """The search words of a record with these titles, texts (plain or HTML), dates, and keys of labels."""
    of_titles, of_texts = _keys(titles), _keys(texts).union(*labels)
    of_texts.update(key for date in dates for key in keys_of_date(to_partial_date(date)))
    return " ".join(["", *sorted(TITLE + key for key in of_titles), *sorted(of_texts - of_titles), ""])


def keys_of_date(date):
    """The figures of a `PartialDate` and the names of its month, "lipiec", "lipca" and "July"."""
    return _keys_of_month(date[:7]) | ({str(date.day)} if date.day else set())


@lru_cache(maxsize=5000)
def _keys_of_month(month):
    days = [month, f"{month}-01"] if len(month) > len("1973") else [month]
    texts = [format_partial_date(PartialDate(day), language) for day in days for language in dict(settings.LANGUAGES)]
    return frozenset(key_of(word) for text in texts for word in text.split(NBSP)[-2:])
