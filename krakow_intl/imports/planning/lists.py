"""From a file to a plan of any list: every row read, matched, compared with the register and held against its rules."""

from copy import copy

from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from krakow_intl.core.fields import ComputedField
from krakow_intl.core.references import missing
from krakow_intl.core.sorting import fold
from krakow_intl.imports.cells import LinkCell, LinksCell, name_of
from krakow_intl.imports.planning.accounting import account_for
from krakow_intl.imports.planning.conflicts import Conflicts
from krakow_intl.imports.planning.frame import ask_about_encoding, ask_about_header, reading
from krakow_intl.imports.planning.links import ProseLinks
from krakow_intl.imports.planning.matching import Matching, needed
from krakow_intl.imports.planning.messages import remark
from krakow_intl.imports.planning.plan import Action
from krakow_intl.imports.planning.records import ListPlan, PlannedRecord
from krakow_intl.imports.reading.headings import Headings
from krakow_intl.imports.reading.rows import ListReader
from krakow_intl.imports.reading.samples import samples_of
from krakow_intl.imports.references import NAMES, References, names_of
from krakow_intl.imports.writing.bulk import in_parts
from krakow_intl.sheets import Book, Message, SheetError, open_book, read
from krakow_intl.sheets.messages import fill, ranges

NOT_READ = _("“%(column)s” is not read: the register works it out itself.")
CONTRADICTION = _("Rows %(rows)s speak of the same record but contradict each other.")


def plan_list(
    noun,
    source,
    *,
    sheet=None,
    mapping=None,
    decisions=None,
    publication="draft",
    lock=False,
    user=None,
    progress=None,
    learnt=None,
    missing=missing,
):
    """The plan of a list of a noun in a file (its bytes, its path or its `Book`); nothing is written.

    Columns that `user` may not see are not read; `learnt` are other names of columns, as `ColumnWords` takes them;
    `missing` tells which references in prose name no record. The other options are those of agreements.
    """
    headings, worksheets, said = Headings(noun.words(user, learnt), mapping), [], reading(decisions or {})
    try:
        book = source if isinstance(source, Book) else open_book(source, headings.count, said["encoding"])
        worksheets = [grid.name for grid in book.grids]
        options = {"is_header": headings.count, "meaning": headings.meaning, "sheet": sheet or _sheet_of(noun, book)}
        found = read(book, header=said["header"], **options)
    except SheetError as error:
        return _refused(noun, error, worksheets)
    plan = ListPlan(sheet=found, noun=noun, worksheets=worksheets, samples=samples_of(found))
    plan.headings, remarks = headings.read(found.headers)
    faults = [*_faults_of(noun, headings, plan.headings), *([] if found.rows else [remark("no-rows")])]
    plan.messages, plan.is_refused = [*faults, *remarks], bool(faults)
    if any(fault.code == "missing-columns" for fault in faults) and not said["header"]:
        ask_about_header(plan, found.heads)
    if not faults:
        planner = ListPlanner(noun, plan, decisions or {}, publication, lock)
        planner.plan_rows(progress or (lambda share: None), missing)
    return plan


def _refused(noun, error, worksheets):
    """The plan of a file that is refused as a whole, and what may be said of it."""
    message = Message(None, None, error.value and str(error.value), "error", error.code, error.text)
    told = {"choices": error.choices, "worksheets": worksheets, "names_found": [*error.names]}
    plan = ListPlan(messages=[message], is_refused=True, noun=noun, **told)
    ask_about_header(plan, error.heads, error.code)
    ask_about_encoding(plan, error.readings)
    return plan


def _sheet_of(noun, book):
    """The name of the one sheet of several that is called after the list, or None."""
    named = [grid.name for grid in book.grids if grid.name.strip() in noun.titles]
    return named[0] if len(named) == 1 and len(book.grids) > 1 else None


def _faults_of(noun, headings, found):
    """Why a sheet with these columns is refused as a whole; without a key or a name no row can be known."""
    faults, codes = headings.faults_of(found), {heading.code for heading in found}
    naming = {*noun.key_names, *(f"{name}_{language}" for name in NAMES for language in ("pl", "en"))}
    if noun.is_named and not codes & naming:
        faults.append(remark("missing-columns", columns=headings.by_code["slug"].both_names))
    return faults


class ListPlanner:
    def __init__(self, noun, plan, decisions, publication, lock):
        self.noun, self.plan, self.publication = noun, plan, publication
        records = noun.records()
        # the rows of nullable relations cannot be locked along
        self.stored = list(records.select_for_update(of=("self",)) if lock else records)
        self.references = References()
        self.reader = ListReader(plan, self.references, decisions)
        self.matching = Matching(noun, self.stored, plan, decisions)
        self.conflicts = Conflicts(self._at_version, name_of_record, decisions, plan.questions.ask)
        self.slugs = {record.slug for record in self.stored} if noun.is_named else set()
        self.computed = {f.name for f in noun.model._meta.concrete_fields if isinstance(f, ComputedField)}
        self.first = {}  # what a row is about -> the first that is

    def plan_rows(self, progress, missing):
        within = [heading for heading in self.plan.headings if self._points_within(heading)]
        self.reader.read([heading for heading in self.plan.headings if heading not in within])
        progress(0.3)
        self.matching.match(self.reader.rows)
        self.plan.rows = [self._begin(row) for row in self.reader.rows]
        self.reader.read(within)
        pairs = [(planned.row, planned.record) for planned in self.plan.rows if planned.record and planned.record.pk]
        self.conflicts.look_up(pairs)
        progress(0.5)
        self.links = ProseLinks(self.plan, missing)
        for planned in self.plan.rows:
            self._compare(planned)
        self._tell_repetitions()
        for planned in self.plan.rows:
            planned.action = self._action(planned)
        self._collect()
        progress(1)

    def _points_within(self, heading):
        """Whether the cells name records of the same list, which may be new in it."""
        return isinstance(heading.column.cell, LinkCell) and heading.column.cell.model is self.noun.model

    def _at_version(self, versions):
        found = {}
        for keys in in_parts(list(versions)):
            for past in self.noun.model.history.filter(id__in=keys).order_by("history_id"):
                if past.version == versions[past.id]:
                    found[past.id] = past
        return found

    # --- the record of a row -----------------------------------------------------------------------------------------

    def _begin(self, row):
        planned = PlannedRecord(row, Action.UNCHANGED, noun=self.noun)
        if row.number in self.matching.matched:
            stored = self.matching.matched[row.number]
            planned.record = copy(stored) if stored else self._new(row)
            planned.version = stored and stored.version
            if not stored:
                self.references.find_later(planned.record)
        return planned

    def _new(self, row):
        record = self.noun.model()
        with override("pl"):
            for heading in self.plan.headings:
                if heading.code in row.facts and not isinstance(heading.column.cell, LinksCell):
                    setattr(record, heading.column.cell.name, row.facts[heading.code])
            for name in self.noun.translated:
                for attribute in (f"{name}_pl", f"{name}_en"):
                    if getattr(record, attribute) is None:  # it may be null, but nothing else writes it so
                        setattr(record, attribute, "")
        if self.noun.is_public and not row.facts.get("publication"):
            record.publication = self.publication
        if self.noun.is_named and not record.slug:
            record.slug = self._new_slug(record)
        return record

    def _new_slug(self, record):
        """An address word made of the English name, else of the Polish one, that no other record has."""
        names = names_of(record)
        stem = slugify(fold(names[-1] if names else ""))[:90].strip("-") or self.noun.name
        slug, number = stem, 1
        while slug in self.slugs:
            slug, number = f"{stem}-{number + 1}", number + 1
        self.slugs.add(slug)
        return slug

    def _compare(self, planned):
        row, record = planned.row, planned.record
        if record is None:
            return
        stored = self.matching.matched[row.number]
        self.reader.settle_doubts(row, lambda code: self._is_known(stored, row, code))
        for heading in self.plan.headings:
            if heading.code in row.facts:
                if isinstance(heading.column.cell, LinksCell):
                    self._compare_rows(planned, heading, stored)
                else:
                    self._compare_value(planned, heading, stored)
        self._tell_known_to(planned, stored)
        if not row.is_refused and (stored is None or planned.changes or planned.added):
            self._validate(planned, stored)

    def _is_known(self, stored, row, code):
        column = self.noun.resource.fields[code]
        return bool(
            stored
            and code in row.facts
            and column.cell
            and column.cell.is_same(column.cell.of(stored), row.facts[code])
        )

    def _compare_value(self, planned, heading, stored):
        cell, value = heading.column.cell, planned.row.facts[heading.code]
        if stored is None:
            planned.row.messages += self.links.faults_of(planned.row, heading)
            with override("pl"):
                setattr(planned.record, cell.name, value)
            return
        known = cell.of(stored)
        if cell.is_same(known, value) or (known in (None, "") and value in (None, "")):
            return
        if self.conflicts.allows(planned.row, stored, cell.field.attname, heading.name, known, value):
            planned.row.messages += self.links.faults_of(planned.row, heading)
            planned.changes[cell.name] = known, value
            with override("pl"):
                setattr(planned.record, cell.name, value)

    def _compare_rows(self, planned, heading, stored):
        cell, targets = heading.column.cell, planned.row.facts[heading.code]
        known = {_identity(cell.cell.of(row)): row for row in cell.of(stored)} if stored else {}
        said = {_identity(target): target for target in targets}
        if known.keys() == said.keys():
            return
        names = [[_shown(cell.cell.of(row)) for row in known.values()], [_shown(target) for target in said.values()]]
        texts = ["; ".join(sorted(some)) for some in names]
        if stored and not self.conflicts.allows(planned.row, stored, f"{heading.code}_id", heading.name, *texts):
            return
        planned.shown[heading.code] = names
        planned.added += [cell.new_row(planned.record, target) for key, target in said.items() if key not in known]
        planned.removed += [row for key, row in known.items() if key not in said]

    def _tell_known_to(self, planned, stored):
        said = planned.row.known_to
        if stored and said and said != str(stored.horizon or ""):
            heading = next(heading for heading in self.plan.headings if heading.code == "known_to")
            text = fill(NOT_READ, column=heading.name)
            row = planned.row
            row.messages.append(remark("not-read", row=row.number, column=heading.name, value=said, text=text))

    # --- what the register asks of it --------------------------------------------------------------------------------

    def _validate(self, planned, stored):
        names = {field.name for field in self.noun.model._meta.concrete_fields}
        given = {*planned.changes} if stored else names
        left = {*self.computed, *self.noun.translated} | (names - given) | self._lacking(planned)
        record = planned.record
        self._check(planned, lambda: record.clean_fields(exclude=left | self._resolved(record)))
        self._check_relations(planned, given)
        if not planned.row.is_refused:
            self._check(planned, record.clean)
            self._check(planned, lambda: record.validate_unique(exclude=names - given))
            self._check(planned, record.validate_constraints)
            for row in planned.added:
                self._check(planned, row.clean)
        if stored and not planned.row.is_refused and hasattr(record, "warnings"):
            planned.row.messages += [remark("odd", row=planned.number, text=text) for text in record.warnings()]
        planned.is_moved = _is_moved(record, stored)

    def _resolved(self, record):
        return {field.name for field in record._meta.concrete_fields if field.is_relation}

    def _check_relations(self, planned, given):
        for column in self.noun.model._meta.concrete_fields:
            is_needed = column.is_relation and column.name in given and not column.null
            is_there = planned.record._state.fields_cache.get(column.name) or getattr(planned.record, column.attname)
            if is_needed and not is_there:
                self._say_needed(planned, column.name)

    def _lacking(self, planned):
        """The texts of a draft that are there in the other language: they may come later, which is told."""
        record, lacking = planned.record, set()
        if getattr(record, "publication", "draft") == "published":
            return lacking
        for name in self.noun.translated:
            texts = {language: getattr(record, f"{name}_{language}") for language in ("pl", "en")}
            needs = not self.noun.model._meta.get_field(f"{name}_pl").blank
            if needs and any(texts.values()) and not all(texts.values()):
                lacking |= {f"{name}_{language}" for language, text in texts.items() if not text}
        if lacking and record.pk is None:
            planned.row.messages.append(remark("in-one-language", row=planned.number))
        return lacking

    def _check(self, planned, check):
        try:
            check()
        except ValidationError as error:
            for name, errors in error.update_error_dict({}).items():
                for one in errors:
                    self._say_fault(planned, name, one)

    def _say_fault(self, planned, name, error):
        if error.code in ("blank", "null"):
            self._say_needed(planned, name)
            return
        row, text = planned.row, lazy(lambda: " ".join(error.messages), str)()
        row.messages.append(remark("not-possible", row=row.number, column=self._heading(name), text=text))

    def _say_needed(self, planned, name):
        planned.row.messages.append(needed(planned.row, self._heading(name) or name))

    def _heading(self, code):
        """What the sheet calls a column, or what it would; None of what stands in none."""
        named = next((heading.name for heading in self.plan.headings if heading.code == code), None)
        column = self.noun.resource.fields.get(code)
        return named or (column and column.name())

    # --- all rows together -------------------------------------------------------------------------------------------

    def _tell_repetitions(self):
        """Rows that say the same of one record count once; those that do not agree are all refused."""
        about = {}
        for planned in self.plan.rows:
            if planned.record is not None and not planned.row.is_left_out:
                about.setdefault(self._identity(planned), []).append(planned)
        for same in about.values():
            if len(same) > 1:
                self._settle_repetition(same)

    def _identity(self, planned):
        if planned.record.pk:
            return planned.record.pk
        given = self.matching._given(planned.row, self.noun.keys[0])
        return given or ("", planned.record.slug if self.noun.is_named else planned.number)

    def _settle_repetition(self, same):
        first, *others = same
        if all(other.row.facts == first.row.facts for other in others):
            for other in others:
                other.row.messages.append(remark("same-as-row", row=other.number, other=first.number))
                other.record, other.changes, other.added, other.removed, other.shown = first.record, {}, [], [], {}
                self.first[other.number] = first
            return
        numbers = ranges([planned.number for planned in same])
        for planned in same:
            text = fill(CONTRADICTION, rows=numbers)
            planned.row.messages.append(remark("contradiction", row=planned.number, rows=numbers, text=text))

    def _action(self, planned):
        row = planned.row
        if row.is_refused:
            return Action.REFUSED
        if row.is_left_out:
            row.messages.append(remark("left-out", row=row.number))
            return Action.UNCHANGED
        if row.is_doubtful:
            return Action.DOUBTFUL
        if row.number in self.first:
            return self.first[row.number].action if not self.first[row.number].writes else Action.UNCHANGED
        if planned.record is None:
            return self.plan.refuse_unaccounted(row)
        if planned.record.pk is None:
            return Action.NEW
        return Action.CHANGED if planned.changes or planned.added or planned.removed else Action.UNCHANGED

    def _collect(self):
        plan = self.plan
        plan.messages += [*self.reader.general, *(message for row in self.reader.rows for message in row.messages)]
        account_for(plan, self.reader.left_out, self.reader.rows, self._names_a_record)

    def _names_a_record(self, text):
        return text in self.slugs


def name_of_record(record):
    """How the question about a conflict names a record."""
    return name_of(record) if hasattr(record, "slug") else record.pk


def _identity(target):
    return getattr(target, "pk", None) or getattr(target, "slug", None) or target


def _shown(target):
    """How a report names what a row of a record points to, whatever the language."""
    return str(name_of(target)) if hasattr(target, "_meta") else str(target)


def _is_moved(record, stored):
    """Whether a record comes before the public, or is taken away from it."""
    before = stored.publication if stored and hasattr(stored, "publication") else "draft"
    after = getattr(record, "publication", before)
    return before != after and bool({before, after} & {"published", "archived"})
