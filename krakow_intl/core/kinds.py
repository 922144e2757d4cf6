"""What a public kind of record is: one entry says all that pages which speak of every kind ask of it."""

from collections.abc import Callable
from dataclasses import dataclass

from krakow_intl.core.address_plan import reverse
from krakow_intl.core.search.groups import SearchGroup

KINDS = {}  # name: Kind, in the order in which the apps stand
FORMER_PAGES = {}  # name of a page that is no record's: what tells, from its arguments, where that stands now


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of `PublicRecord`; `kinds.py` of its app enters it."""

    name: str  # as prose refers to it, "city:lviv", and as it stands in the address of its picture
    model: type
    page: str = ""  # the name of its page in the address plan, if it has one
    is_page: bool = False  # whether each record is a page that has its slug for a name
    with_facts: Callable = lambda records, day: records  # annotates what a picture and a list of all kinds tell of it
    picture: Callable | None = None  # what its picture says beside its name: record -> (what it is, when)
    schema: Callable | None = None  # what it is in the words of schema.org: record -> {property: value}
    is_suggested: bool = False  # whether its names are proposed to somebody who types into a search field
    other_names: Callable = lambda records: {}  # {key: [the other names by which it is known too]}
    search: SearchGroup | None = None  # how the public search finds and shows it

    @property
    def is_referable(self):
        """Whether prose may refer to such records, and each has a picture."""
        return bool(self.page)

    @property
    def has_address(self):
        return self.is_referable or self.is_page

    def records(self, day):
        """The records that the public sees, with their facts as of a day."""
        return self.with_facts(self.model.objects.public(), day)

    def address(self, slug):
        return reverse(self.page, args=[slug]) if self.page else reverse(slug)


def enter(*kinds):
    """Makes kinds known to all pages that speak of every kind."""
    KINDS.update({kind.name: kind for kind in kinds})


def referable():
    """The kinds that prose may refer to."""
    return [kind for kind in KINDS.values() if kind.is_referable]


def with_address():
    """The kinds whose records have pages of their own."""
    return [kind for kind in KINDS.values() if kind.has_address]


def search_groups():
    """What the public search looks through, in the order in which it shows it."""
    groups = [kind.search for kind in KINDS.values() if kind.search]
    return sorted(groups, key=lambda group: group.place)


def is_before_everything(as_of):
    """Whether the page is read as of a day up to which nothing is recorded, but only of later ones."""
    if as_of.is_today:
        return False
    records = [kind.model.objects.public() for kind in KINDS.values()]
    is_begun = any(some.begun(as_of.day).exists() for some in records)
    return not is_begun and any(some.after(as_of.day).exists() for some in records)


def kind_of(model):
    """The kind of which the records of `model` are, or None."""
    return next((kind for kind in KINDS.values() if kind.model is model), None)


def kind_name(record):
    """What the kind of a record is called in addresses and in prose, "city"; "" of what is of none."""
    kind = kind_of(type(record))
    return kind.name if kind and kind.is_referable else ""


def former_page(view_name):
    """Enters a function that tells where what stood at pages of that name stands now: an address, GONE or None."""

    def enter_page(where):
        FORMER_PAGES[view_name] = where
        return where

    return enter_page


FUNCTIONS = (is_before_everything, kind_name)
