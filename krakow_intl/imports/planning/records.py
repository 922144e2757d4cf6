"""What becomes of the rows of a list of records: plain data that can be shown, compared and written down."""

from dataclasses import dataclass, field

from krakow_intl.imports.planning.plan import Action, BasePlan, Planned, as_stored


@dataclass(slots=True)
class PlannedRecord(Planned):
    """What becomes of one row of a list: `changes` are (old, new) by the name of a field."""

    noun: object = None
    record: object = None  # as it would be; unsaved if it is new
    changes: dict = field(default_factory=dict)
    added: list = field(default_factory=list)  # rows that hang on it, unsaved
    removed: list = field(default_factory=list)
    shown: dict = field(default_factory=dict)  # (old, new) names, by the code of a column of such rows
    version: int | None = None
    is_moved: bool = False  # before the public, or away from it

    @property
    def takes_what_is_said_of_all(self):
        """Whether it is published where that is said of all that is new."""
        return not self.row.facts.get("publication")

    @property
    def title(self):
        return str(self.record) if self.record is not None else next(iter(self.row.values.values()), "")

    @property
    def key(self):
        return "" if self.record is None else self.record.slug if self.noun.is_named else str(self.record.pk or "")

    def reported(self):
        """The row in the report for programs."""
        record = self.key or None
        told = {"row": self.number, "action": self.action.value, "list": self.noun.name, "record": record}
        return told | {"values": self.row.values}

    def reported_changes(self):
        """[field, old, new] of what it changes, in the form it is stored."""
        if self.action == Action.NEW or self.record is None or self.record.pk is None:
            return []
        plain = [[name, as_stored(old), as_stored(new)] for name, (old, new) in self.changes.items()]
        return [*plain, *([name, list(old), list(new)] for name, (old, new) in self.shown.items())]

    def content(self):
        """What tells it from another plan of this row."""
        return [self.number, self.action, self.key, self.version, self.row.values, self.reported_changes()]


@dataclass(slots=True)
class ListPlan(BasePlan):
    """All rows of a sheet with what becomes of them, and what is said and asked."""

    noun: object = None
