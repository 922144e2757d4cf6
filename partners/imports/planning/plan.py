"""What an import would do, row by row: plain data that can be shown, compared and written down."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from krakow_intl.core.records import Publication
from krakow_intl.imports.planning.plan import LEFT_OUT, Action, BasePlan, Planned, Question, Row, as_stored
from partners.event_words import full_code_of
from partners.imports.reading.constants import lacking

__all__ = ["LEFT_OUT", "Action", "Plan", "PlannedRow", "Question", "SheetRow"]

# the first part of the keys of questions about a file as a whole, or about many rows of whatever kind
OF_THE_FILE = ("constant", "header", "sheets", "encoding", "fill", "several", "cities", "only-cities")

NOTHING = MappingProxyType({})


def nothing():
    """What most rows hold most of: one for all of them, into which nothing can be entered."""
    return NOTHING


@dataclass(slots=True)
class SheetRow(Row):
    """A row as understood, before it is known which agreement it speaks of."""

    number: int  # as Excel shows it
    cells: list
    values: dict = field(default_factory=dict)  # by the code of a column, for the report
    facts: dict = field(default_factory=dict)  # by the attribute of an agreement
    city: object = None  # a PartnerCity, perhaps not saved yet
    country: str | None = None
    agreement_number: int | None = None
    version: int | None = None
    terms: list | tuple = ()  # what its cells say of the term, as codes
    parties: Mapping = field(default_factory=nothing)  # (side, language) -> names
    themes: list | None = None  # slugs
    references: list | tuple = ()  # earlier acts as written
    verbs: list | tuple = ()
    events: list | tuple = ()  # ListedEvent, as far as the cell could be read as a whole
    days: Mapping = field(default_factory=nothing)  # of events, by the code of the column that tells of such days alone
    ended_as: str | None = None  # the kind of the event that ended it, where a column tells that
    reasons: Mapping = field(default_factory=nothing)  # "reason_pl" or "reason_en" -> why, where a column tells that
    signatories: Mapping = field(default_factory=nothing)  # code of a column -> what is told of each, by attribute
    publication: str | None = None  # the state it asks for
    known_to: tuple | None = None  # the cell as written and its day, which the register works out itself
    comments: list | tuple = ()  # beside its cells, to be added to the notes of the register
    messages: list = field(default_factory=list)
    is_left_out: bool = False


@dataclass(slots=True)
class PlannedRow(Planned):
    """What becomes of one row: `changes` are (old, new) by the name of an attribute, in the form they are stored."""

    agreement: object = None  # an Agreement, as it would be; unsaved if it is new
    changes: Mapping = field(default_factory=nothing)
    shown: Mapping = field(
        default_factory=nothing
    )  # (old, new) of its relations: "home", "partner", "themes", codes of columns
    parties: Mapping = field(default_factory=nothing)  # (side, language) -> names, where they differ
    themes: tuple | None = None  # the slugs, where they differ
    links: list | tuple = ()  # (verb, the earlier agreement, the AgreementLink that changes or None)
    events: list | tuple = ()  # (an AgreementEvent to write, its full code until now or None)
    signatories: Mapping = field(default_factory=nothing)  # code of a column -> what is told of each, where they differ
    state: str | None = None  # of publication, of a new agreement, where the row says it
    version: int | None = None  # of the act as it stands

    @property
    def record(self):
        return self.agreement

    @property
    def takes_what_is_said_of_all(self):
        """Whether it is published where that is said of all that is new."""
        says_no_other = self.row.publication in (None, Publication.PUBLISHED)
        return says_no_other and bool(self.agreement.title_pl and self.agreement.title_en)

    @property
    def title(self):
        if self.agreement is None:
            return self.row.facts.get("title_pl") or self.row.facts.get("title_en") or ""
        return self.agreement.title_pl or self.agreement.title_en

    def reported(self):
        """The row in the report for programs."""
        slug = self.agreement.slug if self.agreement is not None else None
        return {"row": self.number, "action": self.action.value, "agreement": slug, "values": self.row.values}

    def reported_changes(self):
        """[attribute, old, new] of what it changes, in the form it is stored."""
        if self.action == Action.NEW or self.agreement is None or self.agreement.pk is None:
            return []
        plain = [[name, as_stored(old), as_stored(new)] for name, (old, new) in self.changes.items()]
        related = [[name, list(old), list(new)] for name, (old, new) in self.shown.items()]
        links = [["links", link and link.verb, [verb, earlier.slug]] for verb, earlier, link in self.links]
        events = [["events", before, full_code_of(event)] for event, before in self.events]
        return [*plain, *related, *links, *events]

    def content(self):
        """What tells it from another plan of this row."""
        content = [self.number, self.action, self.agreement and self.agreement.slug, self.version, self.row.values]
        content += [dict(self.changes), dict(self.shown), [[verb, earlier.slug] for verb, earlier, _link in self.links]]
        return [
            *content,
            *([before, full_code_of(event)] for event, before in self.events),
            dict(self.signatories),
            self.state,
        ]


@dataclass(slots=True)
class Plan(BasePlan):
    """All rows of a sheet of agreements with what becomes of them, and what is said and asked."""

    cities: list = field(default_factory=list)  # new drafts, unsaved
    names: list = field(default_factory=list)  # CityName: what a person said a name means
    words: list = field(default_factory=list)  # (what it is about, a word, the code that a person said it means)
    vocabulary: object = None
    register: object = None

    def kept(self):
        lacks = lacking(self.headings) if self.sheet else []
        return {"lacks": lacks, "cities": {city.slug: {"pl": city.name_pl, "en": city.name_en} for city in self.cities}}
