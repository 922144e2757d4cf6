"""What the search page needs to know of a kind of public records: where it looks, and what it shows of each hit."""

from collections.abc import Callable
from dataclasses import dataclass


def own_page(record):
    return record.get_absolute_url(), ""


def place_on(page, record):
    """The place of a record on the page of something else."""
    return page, f"#{record._meta.model_name}-{record.slug}"


def nothing(*_args):
    return ()


@dataclass(frozen=True)
class SearchGroup:
    """Records of one kind under one heading; their model says which of its fields are looked into.

    A `meaning` says of each typed word which cities, countries and relations it names.
    """

    key: str  # in the address: ?in=agreements
    label: str
    records: Callable  # of a day: those that the public sees
    title_match: Callable = nothing  # of a meaning and a word: the condition that the word names a record
    related_match: Callable = nothing  # the same: that the word finds a record which does not hold it
    names: Callable = nothing  # pairs of records and a column, whose words are proposed as they are written
    address: Callable = own_page  # of a record: its page, and its place there, "#figure-guests"
    cities: Callable = nothing  # of a record: the cities shown beside it, {"slug", "name"}
    country: Callable = nothing  # of a record: its code
    relation: Callable = nothing  # of a record: its code
    date: Callable = nothing  # of a record
    standing: Callable = nothing  # of a record: its status on the day, and how that is known
    place: int = 0  # those with a higher one are shown after all others
