"""The records that cells may name: by number, address word, or name in either language."""

from collections import defaultdict
from functools import partial

from krakow_intl.imports.cells import CellFault, key_field
from krakow_intl.imports.reading.words import closest, key_of

NAMES = ("name", "title", "label", "what")  # what a record may be called by


def names_of(record):
    """The names of a record in both languages, empty ones left out."""
    attributes = (f"{name}_{language}" for name in NAMES for language in ("pl", "en"))
    return [value for attribute in attributes if (value := getattr(record, attribute, ""))]


class References:
    """Loads the records of each model that is named once, those that a plan makes included."""

    def __init__(self):
        self.keys, self.names = defaultdict(dict), defaultdict(partial(defaultdict, list))  # by model
        self.loaded = set()

    def add(self, record):
        """Makes a record known that is to be, or stands, under all that it may be called by."""
        model = type(record)
        for name in {key_field(model), "slug"}:
            if value := getattr(record, name, None):
                self.keys[model][str(value)] = record
        for name in {*map(key_of, names_of(record))}:
            if record not in (known := self.names[model][name]):
                known.append(record)

    def find_later(self, record):
        """As `add`, of a record that is not stored yet."""
        self._load(type(record))
        self.add(record)

    def find(self, model, text):
        """The one record that a text names; raises `CellFault` where it names none, or several."""
        self._load(model)
        if record := self.keys[model].get(text.strip()):
            return record
        found = self.names[model].get(key_of(text), [])
        if len(found) == 1:
            return found[0]
        if found:
            raise CellFault("ambiguous-record", known=", ".join(str(getattr(one, key_field(model))) for one in found))
        guess = closest(key_of(text), [*self.names[model], *self.keys[model]])
        raise CellFault("unlikely-word", guess=guess) if guess else CellFault("unknown-record")

    def _load(self, model):
        if model not in self.loaded:
            self.loaded.add(model)
            for record in model._default_manager.order_by("pk"):
                self.add(record)
