"""What the search page shows of a record that it found."""

from typing import NamedTuple

from django.utils.html import format_html
from django.utils.text import capfirst

from krakow_intl.core.display import plain
from krakow_intl.core.fields import country_name
from krakow_intl.core.search.highlight import date_matches, excerpt, highlight
from partners.models import Relation


class Hit(NamedTuple):
    """One record; the words that were typed are marked, and a country or relation that they name."""

    record: object
    title: str
    excerpt: str
    address: str
    anchor: str
    cities: list
    country: str
    relation: str
    date: object
    is_date_match: bool
    is_plan: bool
    standing: tuple


def hit_of(record, group, meaning, is_in_title):
    """What is shown of a record; of one whose title says all that was typed nothing else is quoted."""
    title, *texts = (_text(record, name) for name in (record.search_titles[0], *record.search_texts))
    cities, date = group.cities(record), group.date(record)
    return Hit(
        record,
        highlight(capfirst(title), meaning.spellings),
        "" if is_in_title else excerpt(" · ".join(filter(None, texts)), meaning.spellings),
        *group.address(record),
        [city | {"name": highlight(city["name"], meaning.spellings)} for city in cities],
        _country(group.country(record), cities, meaning),
        _relation(group.relation(record), meaning),
        date,
        bool(date) and date_matches(date, meaning.spellings),
        getattr(record, "is_plan", False),
        group.standing(record),
    )


def _text(record, name):
    return plain(record, name) or getattr(record, name, "")


def _country(code, cities, meaning):
    """The country of a record that is shown without a city, or that was found by its country."""
    is_meant = code in meaning.all_countries
    if not code or (cities and not is_meant):
        return ""
    return format_html("<mark>{}</mark>" if is_meant else "{}", country_name(code))


def _relation(code, meaning):
    return format_html("<mark>{}</mark>", Relation(code).label) if code in meaning.all_relations else ""
