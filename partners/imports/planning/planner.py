"""From a file to a plan: every row read, matched, compared with the register and held against its rules."""

import gc
from contextlib import contextmanager
from dataclasses import replace

from krakow_intl.core.dates import PartialDateError, parse_partial_date
from krakow_intl.core.internal import hidden_columns
from krakow_intl.imports.planning.accounting import account_for
from krakow_intl.imports.planning.frame import ask_about_encoding, ask_about_header, reading
from krakow_intl.imports.reading.headings import Headings
from krakow_intl.imports.reading.words import key_of
from krakow_intl.sheets import Message, SheetError, open_book, read
from krakow_intl.sheets.messages import fill
from partners.imports.planning.builder import AgreementBuilder
from partners.imports.planning.frame import ask_about_sheets, is_doubtful_header, meaning_of_sheets
from partners.imports.planning.matching import Matching
from partners.imports.planning.messages import remark
from partners.imports.planning.oddities import Oddities
from partners.imports.planning.plan import Action, Plan, PlannedRow
from partners.imports.planning.snapshot import RegisterSnapshot
from partners.imports.reading.columns import (
    BY_CODE,
    OF_THE_EXPORT_FOR_PROGRAMS,
    is_of_workbook,
    sheet_of_agreements,
)
from partners.imports.reading.constants import Constants
from partners.imports.reading.fill_down import FillDown
from partners.imports.reading.forms import add_comments
from partners.imports.reading.links import LinkReader
from partners.imports.reading.rows import RowReader
from partners.imports.reading.samples import Sampler
from partners.imports.reading.vocabulary import Vocabulary
from partners.models import Agreement

# whose constant fills empty cells before an agreement is looked for, and once it is known to be a new one
BEFORE_MATCHING, KIND = ("city", "signed_on"), ("kind",)


@contextmanager
def uncollected():
    """Looks for no unused cycles meanwhile: a plan makes none, and to search all its objects takes a fifth of the time.

    Plans at once, in several threads, are no matter: whoever found the search on turns it on again.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@uncollected()
def plan_import(
    source,
    *,
    sheet=None,
    mapping=None,
    decisions=None,
    publication="draft",
    lock=False,
    progress=None,
    user=None,
):
    """The plan of a file (its bytes or its path); nothing is written.

    `mapping` says what columns mean ({name: code}), `decisions` what a person answered ({key of a question: answer});
    `progress` is told which share of the work is done. What `user` may not see is neither read nor compared.
    """
    vocabulary, decisions = Vocabulary.load(), decisions or {}
    vocabulary.withhold(hidden := hidden_columns(user, Agreement))
    headings = Headings(vocabulary, meaning_of_sheets(decisions) | (mapping or {}))
    said, worksheets = reading(decisions), []
    options = {"is_header": headings.count, "meaning": headings.meaning, "header": said["header"]}
    try:
        book = open_book(source, headings.count, said["encoding"])
        worksheets = [grid.name for grid in book.grids]
        if (called := sheet_of_agreements(worksheets)) and sheet in (None, called):
            sheet = called
            if is_of_workbook(_first_texts(book, called)):
                vocabulary.know_workbook()
        found = read(book, sheet=sheet, **options)
        del book  # whose cells are all in what was found, cleaned
    except SheetError as error:
        return replace(_refused(error, headings), worksheets=worksheets)
    plan = Plan(sheet=found, worksheets=worksheets)
    plan.headings, remarks = headings.read(found.headers)
    plan.samples = Sampler(found, headings).samples()
    constants = Constants(vocabulary, decisions, plan.questions.ask_of_file)
    constants.add_columns(found, plan.headings)
    faults = [*faults_of(headings, plan.headings, found.headers), *([] if found.rows else [remark("no-rows")])]
    plan.messages = [*faults, *remarks]
    plan.is_refused = bool(faults)
    ask_about_sheets(plan, decisions)
    if any(fault.code == "missing-columns" for fault in faults):
        ask_about_header(plan, found.heads if is_doubtful_header(plan, decisions) else ())
        constants.ask_about_columns(plan.headings, plan.samples)
    if not faults:
        plan.vocabulary, plan.register = vocabulary, RegisterSnapshot(lock)
        Planner(plan, constants, decisions, publication, hidden).plan_rows(progress or (lambda share: None))
    return plan


def _first_texts(book, name):
    """What stands in the first row of a worksheet."""
    grid = next(grid for grid in book.grids if grid.name == name)
    return [str(value) for value in grid.rows.get(min(grid.rows, default=0), ()) if value is not None]


def _refused(error, headings):
    """The plan of a file that is refused as a whole: what its columns lack first; what may name some is offered."""
    choices, text = error.choices, error.text
    if error.code == "no-header":
        choices = [] if any(_is_data(text, headings.vocabulary) for text in choices) else choices
        text = fill("%(why)s %(names)s", why=text, names=headings.told_of_likeliest(choices)) if choices else text
    message = Message(None, None, error.value and str(error.value), "error", error.code, text)
    lacking = faults_of(headings, headings.read(error.headers)[0], error.headers) if error.headers else []
    plan = Plan(messages=[*lacking, message], is_refused=True, choices=choices, names_found=[*error.names])
    ask_about_header(plan, error.heads, error.code)
    ask_about_encoding(plan, error.readings)
    return plan


def faults_of(headings, found, names):
    """Why a sheet with these columns is refused as a whole: remarks, none if it is not."""
    if len({" ".join(name.split()) for name in names} & OF_THE_EXPORT_FOR_PROGRAMS) > 1:
        return [remark("machine-export")]
    return headings.faults_of(found)


def _is_data(text, vocabulary):
    """Whether a text is the name of a city or a date, and so no name of a column."""
    try:
        return key_of(text) in vocabulary.names or bool(parse_partial_date(text))
    except PartialDateError:
        return False


class Planner:
    def __init__(self, plan, constants, decisions, publication, hidden=()):
        vocabulary, register = plan.vocabulary, plan.register
        self.plan, self.constants, self.hidden = plan, constants, hidden
        self.understanding = RowReader(plan.sheet, plan.headings, vocabulary, decisions, plan.questions.ask)
        self.matching = Matching(register, vocabulary, plan.headings, decisions, plan.questions.ask)
        self.builder = AgreementBuilder(plan.headings, vocabulary, register, decisions, plan.questions.ask, publication)
        self.oddities = Oddities(register, vocabulary)
        self.fill_down = FillDown(plan.sheet, plan.headings, decisions)
        self.planned = {}

    def plan_rows(self, progress):
        progress(0.2)
        rows = self._read()
        progress(0.5)
        self.matching.match(rows)
        self._fill_cells([row for row in rows if self.matching.agreements.get(row.number, row) is None], KIND)
        matched = [(row, agreement) for row in rows if (agreement := self.matching.agreements.get(row.number))]
        self.builder.conflicts.look_up(matched)
        progress(0.6)
        self.plan.rows = [self._plan(row) for row in rows]
        progress(0.9)
        first = [planned for planned in self.plan.rows if planned.number not in self.matching.same]
        LinkReader(first, self.plan.register, self.builder.vocabulary, self.builder.say).read()
        for planned in self.plan.rows:
            self.planned[planned.number] = planned
            planned.action = self._action(planned)
            self._tell_what_is_odd(planned)
        self._collect(rows)
        self._ask_of_file(rows)
        account_for(self.plan, self.understanding.left_out, self.understanding.rows, self._is_known)
        self.plan.ledger.forms = self.understanding.forms.seen
        progress(1)

    def _is_known(self, text):
        """Whether a text that was left out names a city or a kind of agreement."""
        vocabulary = self.plan.vocabulary
        return key_of(text) in vocabulary.names or bool(vocabulary.meaning("kind", text))

    def _read(self):
        """The rows as they are understood, with what was said of all of them."""
        self.fill_down.write(self.understanding.rows)
        self.constants.write(self.understanding.rows)
        rows = self.understanding.read()
        unknown = [row for row in rows if row.agreement_number not in self.plan.register.by_number]
        self._fill_cells(unknown, BEFORE_MATCHING)
        return rows

    def _fill_cells(self, rows, codes):
        self.constants.fill_cells(rows, [heading for heading in self.plan.headings if heading.code in codes])

    def _plan(self, row):
        planned = PlannedRow(row, Action.UNCHANGED)
        if row.number in self.matching.same or row.is_left_out:
            return planned
        if row.number in self.matching.agreements:
            agreement = self.matching.agreements[row.number]
            if not self.hidden:
                add_comments(row, agreement)
            if self.hidden:
                self._drop_what_is_hidden(row)
            self.builder.change(planned, agreement) if agreement else self.builder.create(planned)
        else:
            self.builder.tell_what_cannot_be(row)
        return planned

    def _drop_what_is_hidden(self, row):
        """Whatever way it came in: as a constant, from a comment, as days that are no months."""
        for code, column in BY_CODE.items():
            if column.attribute in self.hidden:
                row.facts.pop(column.attribute, None)
                row.values.pop(code, None)

    def _action(self, planned):
        row = planned.row
        self._take_over_from_the_first_alike(row)
        if row.is_refused:
            return Action.REFUSED
        if row.is_left_out:
            row.messages.append(remark("left-out", row=row.number))
            return Action.UNCHANGED
        if row.is_doubtful:
            return Action.DOUBTFUL
        if row.number in self.matching.same:
            return Action.UNCHANGED
        if planned.agreement is None:
            return self.plan.refuse_unaccounted(row)
        if planned.agreement.pk is None:
            return Action.NEW
        is_related = planned.parties or planned.themes is not None or planned.links or planned.events
        is_related = is_related or planned.signatories
        return Action.CHANGED if planned.changes or is_related else Action.UNCHANGED

    def _tell_what_is_odd(self, planned):
        sentences = self.oddities.of(planned) if planned.writes else ()
        planned.row.messages += [remark("odd", row=planned.number, text=sentence) for sentence in sentences]

    def _take_over_from_the_first_alike(self, row):
        """What refuses a row, or makes it doubtful, holds for the rows that repeat it."""
        first = self.planned.get(self.matching.same.get(row.number))
        if first:
            reported = {(message.code, message.column, message.value) for message in row.messages}
            grave = [message for message in first.row.messages if message.level != "warning"]
            grave = [message for message in grave if (message.code, message.column, message.value) not in reported]
            row.messages += [replace(message, row=row.number) for message in grave]

    def _ask_of_file(self, rows):
        """What a person can say once for many rows."""
        plan = self.plan
        filled = self.fill_down.ask(rows, plan.questions.ask_of_file)
        self.constants.ask_about_cells(rows, plan.headings, but_for=filled)
        self.constants.ask_about_country(plan.headings, plan.questions)
        self.understanding.cities.ask_about_all(rows, plan.questions.ask_of_file)

    def _collect(self, rows):
        plan, reader = self.plan, self.understanding
        plan.messages += [*reader.general, *self.builder.general_remarks(plan.rows)]
        plan.messages += [message for row in rows for message in row.messages]
        written = {id(planned.row.city) for planned in plan.written if planned.row.city}  # drafts have no key yet
        plan.cities = [city for city in reader.cities.drafts.values() if id(city) in written]
        plan.words = [(about, *said) for (about, _key), said in (reader.learnt | reader.cities.countries).items()]
        plan.names = [name for name in reader.cities.learnt.values() if id(name.city) in written]
