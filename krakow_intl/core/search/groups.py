"""What the search page needs to know of a kind of public records: where it looks, and what it shows of each hit."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q


def own_page(record):
    return record.get_absolute_url(), ""


def place_on(page, record):
    """The place of a record on the page of something else."""
    return page, f"#{record._meta.model_name}-{record.slug}"


def nothing(*_args):
    return ()


def any_of(**values):
    """The condition that one of some columns, or paths to them, has one of its values; nothing without any value."""
    conditions = [Q(**{f"{path}__in": some}) for path, some in values.items() if some]
    return reduce(or_, conditions) if conditions else ()


@dataclass(frozen=True)
class SearchGroup:
    """Records of one kind under one heading; their model says which of its fields are looked into.

    A `meaning` says of each typed word what it names: cities, countries, relations and the like.
    """

    key: str  # in the address: ?in=agreements
    label: str
    records: Callable  # of a day: those that the public sees
    title_match: Callable = nothing  # of a meaning and a word: the condition that the word names a record, if any can
    related_match: Callable = nothing  # the same: that the word finds a record which does not hold it
    derived_match: Callable = nothing  # the same, of what is derived for the day
    names: Callable = nothing  # `Spellings` of the names that are proposed as they are written
    address: Callable = own_page  # of a record: its page, and its place there, "#figure-guests"
    cities: Callable = nothing  # of a record: the cities shown beside it, {"slug", "name"}
    country: Callable = nothing  # of a record: its code
    relation: Callable = nothing  # of a record: its code
    date: Callable = nothing  # of a record
    standing: Callable = nothing  # of a record: its status on the day, and how that is known
    place: int = 0  # those with a higher one are shown after all others
