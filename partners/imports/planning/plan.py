"""What an import would do, row by row: plain data that can be shown, compared and written down."""

import hashlib
import json
from dataclasses import dataclass, field
from enum import StrEnum

from partners.event_words import code_of

LEFT_OUT = "left-out"  # as a person decided; reports count such rows among the unchanged


class Action(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    DOUBTFUL = "doubtful"
    REFUSED = "refused"


@dataclass(slots=True)
class Question:
    """What only a person can say; one answer counts for all rows that raise it."""

    key: str
    text: str  # lazy
    choices: list  # (value, lazy label), perhaps in another order in another language; "new-city" asks for more
    rows: list = field(default_factory=list)


@dataclass(slots=True)
class SheetRow:
    """A row as understood, before it is known which agreement it speaks of."""

    number: int  # as Excel shows it
    cells: list
    values: dict = field(default_factory=dict)  # by the code of a column, for the report
    facts: dict = field(default_factory=dict)  # by the attribute of an agreement
    city: object = None  # a PartnerCity, perhaps not saved yet
    country: str | None = None
    agreement_number: int | None = None
    version: int | None = None
    terms: list = field(default_factory=list)  # what its cells say of the term, as codes
    parties: dict = field(default_factory=dict)  # (side, language) -> names
    themes: list | None = None  # slugs
    references: list = field(default_factory=list)  # earlier acts as written
    verbs: list = field(default_factory=list)
    events: list = field(default_factory=list)  # ListedEvent, as far as the cell could be read as a whole
    known_to: tuple | None = None  # the cell as written and its day, which the register works out itself
    messages: list = field(default_factory=list)
    is_left_out: bool = False

    @property
    def is_refused(self):
        return any(message.level == "error" for message in self.messages)

    @property
    def is_doubtful(self):
        return any(message.level == "decision" for message in self.messages)

    def is_faulty(self, heading):
        """Whether the cell under a heading holds what cannot be read."""
        return bool(heading) and any(m.level == "error" and m.column == heading.name for m in self.messages)


@dataclass(slots=True)
class PlannedRow:
    """What becomes of one row: `changes` are (old, new) by the name of an attribute, in the form they are stored."""

    row: SheetRow
    action: Action
    agreement: object = None  # an Agreement, as it would be; unsaved if it is new
    changes: dict = field(default_factory=dict)
    shown: dict = field(default_factory=dict)  # (old, new) of its relations: "home", "partner", "themes"
    parties: dict = field(default_factory=dict)  # (side, language) -> names, where they differ
    themes: tuple | None = None  # the slugs, where they differ
    links: list = field(default_factory=list)  # (verb, the earlier agreement, the AgreementLink that changes or None)
    events: list = field(default_factory=list)  # (an AgreementEvent to write, its code until now or None)
    version: int | None = None  # of the act as it stands

    @property
    def number(self):
        return self.row.number

    @property
    def writes(self):
        return self.action in (Action.NEW, Action.CHANGED)


@dataclass(slots=True)
class Plan:
    """All rows of a sheet with what becomes of them, and what is said and asked."""

    sheet: object = None
    headings: list = field(default_factory=list)
    rows: list = field(default_factory=list)
    messages: list = field(default_factory=list)
    questions: dict = field(default_factory=dict)
    cities: list = field(default_factory=list)  # new drafts, unsaved
    names: list = field(default_factory=list)  # CityName: what a person said a name means
    vocabulary: object = None
    register: object = None
    is_refused: bool = False  # as a whole
    choices: list = field(default_factory=list)  # the sheets to choose from, or the names that were found
    ledger: object = None  # what became of every cell of the file, where its rows were read

    def ask(self, row, key, text, choices):
        """Notes a question of a row; `choices()` is called for the first that raises it."""
        if key not in self.questions:
            self.questions[key] = Question(key, text, choices())
        self.questions[key].rows.append(row.number)

    @property
    def counts(self):
        counts = {action.value: 0 for action in Action}
        for row in self.rows:
            counts[row.action.value] += 1
        return {"rows": len(self.rows), **counts}

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

    def digest(self):
        """The same for two plans that would write the same into the same agreements."""
        found = hashlib.sha256()
        for row in self.rows:
            content = [row.number, row.action, row.agreement and row.agreement.slug, row.version, row.row.values]
            content += [row.changes, row.shown, [[verb, earlier.slug] for verb, earlier, _link in row.links]]
            content += [[before, code_of(event)] for event, before in row.events]
            found.update(json.dumps(content, default=str, sort_keys=True).encode())
        return found.hexdigest()
