"""The columns of search words that every record keeps.

It is [a-z0-9] alone: the stems of each word of its texts and dates, between spaces. Those of its title stand there a
second time behind a caret. A second, short column holds those of the title alone, for staff, who look for names.
"""

from functools import cache, lru_cache

from django.conf import settings

from krakow_intl.core.dates import NBSP, PartialDate, format_partial_date
from krakow_intl.core.fields import to_partial_date
from krakow_intl.core.search.stems import stems
from krakow_intl.core.search.words import words_in

TITLE = "^"


def search_words_of(record):
    """The search words of a record; its model says which of its fields are looked into."""
    titles, texts, dates = (
        [text for name in names for text in _texts(record, name) if text]
        for names in (record.search_titles, record.search_texts, record.search_dates)
    )
    return search_words(titles, texts, dates)


def title_words_of(record):
    """The search words of the title of a record."""
    titles = (text for name in record.search_titles for text in _texts(record, name) if text)
    return " ".join(["", *sorted({stem for title in titles for word in words_in(title) for stem in stems(word)}), ""])


def _texts(record, name):
    return [getattr(record, column) for column in _columns(type(record), name)]


@cache
def _columns(model, name):
    """The columns of a field: one for each language where it is translated."""
    languages = [f"{name}_{code}" for code in dict(settings.LANGUAGES)]
    return languages if hasattr(model, languages[0]) else [name]


def search_words(titles, texts, dates=()):
    """The search words of a record with these titles, texts (plain or HTML) and dates."""
    of_titles = {stem for title in titles for word in words_in(title) for stem in stems(word)}
    of_texts = {stem for text in texts for word in words_in(text) for stem in stems(word)}
    of_texts.update(stem for date in dates for stem in _stems_of_date(to_partial_date(date)))
    return " ".join(["", *sorted(TITLE + stem for stem in of_titles), *sorted(of_titles | of_texts), ""])


def _stems_of_date(date):
    """The figures of a `PartialDate` and the names of its month, "lipiec", "lipca" and "July"."""
    return _stems_of_month(date[:7]) | ({str(date.day)} if date.day else set())


@lru_cache(maxsize=5000)
def _stems_of_month(month):
    days = [month, f"{month}-01"] if len(month) > len("1973") else [month]
    texts = [format_partial_date(PartialDate(day), language) for day in days for language in dict(settings.LANGUAGES)]
    return frozenset(stem for text in texts for word in text.split(NBSP)[-2:] for stem in stems(word))
