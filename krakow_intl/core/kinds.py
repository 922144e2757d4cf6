"""What a public kind of record is: one entry says all that pages which speak of every kind ask of it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

KINDS = {}  # name: Kind, in the order in which the apps stand
FORMER_PAGES = {}  # name of a page that is no record's: what tells, from its arguments, where that stands now


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of `PublicRecord` with pages of its own; `kinds.py` of its app enters it."""

    name: str  # as prose refers to it, "city:lviv", and as it stands in the address of its picture
    model: type
    page: str = ""  # the name of its page in the address plan; "": each record's page has its slug for a name
    with_facts: Callable = lambda records, day: records  # annotates what a picture and a list of all kinds tell of it
    picture: Callable | None = None  # what its picture says beside its name: record -> (what it is, when)
    schema: Callable | None = None  # what it is in the words of schema.org: record -> {property: value}
    is_suggested: bool = False  # whether its names are proposed to somebody who types into a search field
    other_names: Callable = lambda records: {}  # {key: [the other names by which it is known too]}

    @property
    def is_referable(self):
        """Whether prose may refer to such records, and each has a picture."""
        return bool(self.page)

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


def kind_of(model):
    """The kind of which the records of `model` are, or None."""
    return next((kind for kind in KINDS.values() if kind.model is model), None)


def former_page(view_name):
    """Enters a function that tells where what stood at pages of that name stands now: an address, GONE or None."""

    def enter_page(where):
        FORMER_PAGES[view_name] = where
        return where

    return enter_page
