"""What of the register programs may read: one entry a kind of record, for the API and all that is made of it."""

from collections.abc import Callable
from dataclasses import dataclass

from krakow_intl.core.kinds import is_before_everything
from krakow_intl.core.records import public_records

COLLECTIONS = {}  # name: Collection, each after those to which its records point
TYPES = ("string", "date", "partial-date", "integer", "boolean")


@dataclass(frozen=True, kw_only=True)
class Fact:
    """What is worked out of a record besides its own columns: how it is called, what it is, what it means."""

    name: str
    read: Callable  # of a record
    meaning: object  # in the language of whoever asks
    type: str = "string"  # one of TYPES


@dataclass(frozen=True, kw_only=True)
class Part:
    """Rows that hang on a record and leave with it, such as the events of an agreement."""

    name: str
    noun: str  # the list whose columns they have
    relation: str = ""  # from the record to them, if it has another name

    @property
    def accessor(self):
        return self.relation or self.name


@dataclass(frozen=True, kw_only=True)
class Collection:
    """The public records of a kind; `public_data.py` of its app enters it.

    Its columns are those of the list of its noun which the public sees.
    """

    name: str  # in addresses, "cities", and of its noun
    model: type
    with_facts: Callable = lambda records, day: records  # as of a day
    facts: tuple = ()
    parts: tuple = ()
    hidden: tuple = ()  # columns that say something only within the office
    filters: type | None = None  # what can be asked of it, where that is more than its choices and links

    @property
    def is_keyed_by_slug(self):
        return any(field.name == "slug" for field in self.model._meta.concrete_fields)

    def records(self, as_of):
        """The records that the public sees, as they are read on an `AsOf`, with their facts."""
        records = self.with_facts(public_records(self.model), as_of.day)
        if as_of.is_today or not hasattr(records, "up_to"):
            return records
        return records.none() if is_before_everything(as_of) else records.up_to(as_of.day)


def enter(*collections):
    """Makes collections known to the API and to what is made of it."""
    COLLECTIONS.update({collection.name: collection for collection in collections})


def collection_of(model):
    """The collection whose records are of `model`, or None."""
    return next((collection for collection in COLLECTIONS.values() if collection.model is model), None)


def facts_of(resource, **types):
    """What a resource works out for public data, by the names of its columns: status="string"."""
    found = {name: resource.fields[name].data for name in types}
    return tuple(
        Fact(name=data.name, read=data.read, meaning=data.meaning, type=types[name]) for name, data in found.items()
    )
