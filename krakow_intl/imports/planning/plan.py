"""What an import would do, row by row: plain data that can be shown, compared and written down."""

import hashlib
import json
import logging
from dataclasses import dataclass, field
from enum import StrEnum

from krakow_intl.core.dates import PartialDate
from krakow_intl.core.records import Publication
from krakow_intl.imports.planning.messages import remark

logger = logging.getLogger(__name__)

LEFT_OUT = "left-out"  # as a person decided; reports count such rows among the unchanged


class Action(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    DOUBTFUL = "doubtful"
    REFUSED = "refused"


class Publishes(StrEnum):
    """Whether a new record is public: by its row, where that is said of all that is new, or never."""

    ALWAYS = "always"
    WITH_ALL = "with-all"
    NEVER = ""


@dataclass(slots=True)
class Question:
    """What only a person can say; one answer counts for all rows that raise it."""

    key: str
    text: str  # lazy
    choices: list  # (value, lazy label), perhaps in another order in another language
    rows: list = field(default_factory=list)


class Questions(dict):
    """The questions of a plan by their keys; it knows nothing of the plan, which so goes as soon as nobody holds it."""

    def ask(self, row, key, text, choices):
        """Notes a question of a row; `choices()` is called for the first that raises it."""
        self.ask_of_file(key, text, choices).rows.append(row.number)

    def ask_of_file(self, key, text, choices):
        """Notes, and returns, a question about the file as a whole, or about rows that are entered later."""
        if key not in self:
            self[key] = Question(key, text, choices())
        return self[key]


class Row:
    """Mixin of a row as understood: what its `messages` make of it."""

    __slots__ = ()

    @property
    def is_refused(self):
        return any(message.level == "error" for message in self.messages)

    @property
    def is_doubtful(self):
        return any(message.level == "decision" for message in self.messages)

    def is_faulty(self, heading):
        """Whether the cell under a heading holds what cannot be read."""
        return bool(heading) and any(m.level == "error" and m.column == heading.name for m in self.messages)


def as_stored(value):
    """A value in the form in which reports keep it."""
    return value if value is None or isinstance(value, int | PartialDate) else getattr(value, "slug", str(value))


@dataclass(slots=True)
class Planned:
    """What becomes of one row, which is `row`, and of which record that is."""

    row: object
    action: Action

    @property
    def number(self):
        return self.row.number

    @property
    def writes(self):
        return self.action in (Action.NEW, Action.CHANGED)

    @property
    def publishes(self):
        """Whether it adds a record that is public: a `Publishes`."""
        if self.action != Action.NEW or not hasattr(self.record, "publication"):
            return Publishes.NEVER
        if self.record.publication == Publication.PUBLISHED:
            return Publishes.ALWAYS
        return Publishes.WITH_ALL if self.takes_what_is_said_of_all else Publishes.NEVER

    @property
    def cells_to_give_back(self):
        """What the row holds, as it was read, if it is one of the bad ones."""
        if self.action not in (Action.REFUSED, Action.DOUBTFUL):
            return []
        return [cell if isinstance(cell, int | float | str | type(None)) else str(cell) for cell in self.row.cells]


@dataclass(slots=True)
class BasePlan:
    """All rows of a sheet with what becomes of them, and what is said and asked."""

    sheet: object = None
    headings: list = field(default_factory=list)
    worksheets: list = field(default_factory=list)  # the names of all that the file has
    names_found: list = field(default_factory=list)  # of the columns of all sheets, where one is to be chosen
    samples: list = field(default_factory=list)  # `ColumnSample` of each column of the file
    rows: list = field(default_factory=list)
    messages: list = field(default_factory=list)
    questions: Questions = field(default_factory=Questions)
    is_refused: bool = False  # as a whole
    choices: list = field(default_factory=list)  # the sheets to choose from, or the names that were found
    ledger: object = None  # what became of every cell of the file, where its rows were read

    @property
    def counts(self):
        actions = [row.action for row in self.rows]
        return {"rows": len(actions), **{action.value: actions.count(action) for action in Action}}

    @property
    def left_out(self):
        """How many of the unchanged rows a person left out."""
        return sum(row.row.is_left_out and row.action == Action.UNCHANGED for row in self.rows)

    @property
    def is_clean(self):
        counts = self.counts
        return not (self.is_refused or counts["refused"] or counts["doubtful"])

    @property
    def written(self):
        return [row for row in self.rows if row.writes]

    def refuse_unaccounted(self, row):
        """The `Action` of a row of which nothing is said and nothing becomes: our fault, which stops the import."""
        logger.error("Row %s of a sheet is not accounted for: %r", row.number, row.cells)
        row.messages.append(remark("unaccounted", row=row.number))
        self.is_refused = True
        return Action.REFUSED

    def kept(self):
        """What is kept in the report of an import beside what all lists have."""
        return {}

    def digest(self):
        """The same for two plans that would write the same into the same records."""
        found, encode = hashlib.sha256(), json.JSONEncoder(default=str, sort_keys=True).encode
        for row in self.rows:
            found.update(encode(row.content()).encode())
        return found.hexdigest()
