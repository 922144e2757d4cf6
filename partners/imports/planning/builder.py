"""What a row makes of an agreement: a new one from its facts, or the one it speaks of with what it changes."""

from functools import cache
from operator import attrgetter

from django.db.models.base import ModelState
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from modeltranslation.translator import translator

from krakow_intl.core.dates import PartialDate
from krakow_intl.core.former_addresses import slugs_once_public
from krakow_intl.core.kinds import kind_of
from krakow_intl.imports.planning.conflicts import Conflicts
from krakow_intl.imports.reading.cell_text import as_text, differs
from krakow_intl.sheets.dates import in_words
from krakow_intl.sheets.messages import MAX_VALUE_LENGTH, fill, ranges
from partners.imports.planning.event_columns import OF_EVENTS
from partners.imports.planning.events import EventBuilder
from partners.imports.planning.messages import remark
from partners.imports.planning.rules import faults_of
from partners.imports.planning.signatories import differ, in_texts
from partners.imports.planning.states import StateBuilder
from partners.imports.reading.columns import BY_CODE, COLUMNS
from partners.imports.reading.events import SIGNED_FOR
from partners.imports.reading.rows import SIDES
from partners.models import Agreement, Relation
from partners.terms import DAY, add_months

Kind, Term = Agreement.Kind, Agreement.Term
BY_DEFINITION = {Kind.TWINNING: Relation.TWIN, Kind.HONORARY_TITLE: Relation.HONORARY_TWIN}
MAX_SLUG_LENGTH = Agreement._meta.get_field("slug").max_length
CODES = {column.attribute: column.code for column in COLUMNS if column.attribute} | {"term": "renewal", "city": "city"}
END_BEFORE_START = _(
    "The agreement would end on %(end)s, before its start on %(start)s (“%(since)s”). Correct one of the dates."
)
OF_THE_START = {"valid_from", "signed_on"}
OF_THE_TERM = {"renewal", "renewal_months", "term_months", "valid_until"}
RESTS_ON = {  # the columns that what is said of an attribute rests on, where these are not its own alone
    "term": OF_THE_TERM,
    "valid_from": OF_THE_START,
    "events": set(OF_EVENTS),
    "valid_until": OF_THE_START | {"valid_until"},
    **dict.fromkeys(("starts_on", "ends_on"), OF_THE_START | OF_THE_TERM),
}


class AgreementBuilder(EventBuilder, StateBuilder):
    """Builds agreements in memory; says of each row what cannot be, and what was taken to be meant."""

    def __init__(self, headings, vocabulary, register, decisions, ask, publication):
        self.names = {heading.code: heading.name for heading in headings}
        self.places = {heading.code: heading.index for heading in headings}
        self.vocabulary, self.register = vocabulary, register
        self.blank, self.decisions, self.ask = _blank(publication), decisions, ask
        self.conflicts = Conflicts(register.at_version, attrgetter("number"), decisions, ask)
        self.slugs = {*register.by_slug, *slugs_once_public(kind_of(Agreement))}
        self.last = {}  # {stem of address words: the last number behind it}
        self.untitled, self.related_by_kind, self.numbered = [], [], []  # numbers of rows

    def say(self, row, code, column=None, value=None, **details):
        row.messages.append(remark(code, row=row.number, column=self.names.get(column), value=value, **details))

    def _tell_what_is_missing(self, row, codes=("city", "kind", "signed_on")):
        complained_of = {message.column for message in row.messages if message.level != "warning"}
        for code in codes:
            if code not in row.values and self.names[code] not in complained_of:
                self.say(row, "missing-date" if code == "signed_on" else "missing-value", code)

    def tell_what_cannot_be(self, row):
        """All that is wrong with a row of which no agreement is made: what it lacks and which rules it breaks."""
        if row.agreement_number not in self.register.by_number:
            may_be_known = row.is_doubtful and not row.is_refused  # an agreement of the register, which has a kind
            self._tell_what_is_missing(row, *([("city", "signed_on")] if may_be_known else []))
        self._hold_what_is_known_against_rules(row)

    def _hold_what_is_known_against_rules(self, row):
        agreement = _with(self.blank, {name: (None, value) for name, value in row.facts.items()})
        agreement.term = term_of(row, Term.NOT_RECORDED)
        self._hold_against_rules(row, agreement)

    def create(self, planned):
        row = planned.row
        self._tell_what_is_not_read(row, None)
        self._tell_what_is_missing(row)
        if not (row.city and row.facts.keys() >= {"kind", "signed_on"}):
            self._hold_what_is_known_against_rules(row)
            return
        if row.agreement_number:
            self.numbered.append(row.number)
        agreement = _copied(self.blank)
        agreement.city, agreement.number = row.city, row.agreement_number
        for name, value in self._facts_of_a_new_agreement(row).items():
            setattr(agreement, name, value)
        self._take_state_of_new(planned, agreement)
        agreement.slug = self._slug(agreement)
        planned.agreement = agreement
        self._compare_relations(planned, agreement)
        self._compare_signatories(planned, agreement)
        self._compare_events(planned, agreement)
        self._hold_against_rules(row, agreement)
        if agreement.signed_on is None:
            self.say(row, "no-date", "signed_on")

    def _facts_of_a_new_agreement(self, row):
        facts = row.facts | {"term": term_of(row, Term.NOT_RECORDED)}
        if "establishes" not in facts and facts["kind"] in BY_DEFINITION:
            facts["establishes"] = BY_DEFINITION[facts["kind"]]
            self.related_by_kind.append(row.number)
        if not (facts.get("title_pl") or facts.get("title_en")):
            facts |= _titles_of_kinds()[facts["kind"]]
            self.untitled.append(row.number)
        return facts

    def _slug(self, agreement):
        """City, kind and date, of which no address of the register itself is made; a number behind what is taken."""
        stem = agreement.address_stem()[: MAX_SLUG_LENGTH - 6]
        slug, number = stem, self.last.get(stem, 1)
        while slug in self.slugs:
            number += 1
            slug = f"{stem}-{number}"
        self.slugs.add(slug)
        self.last[stem] = number
        return slug

    def change(self, planned, agreement):
        row = planned.row
        self._tell_what_is_not_read(row, agreement)
        planned.agreement, planned.version = agreement, agreement.version
        facts = row.facts | {"term": term_of(row, agreement.term)}
        if row.city and row.city.pk != agreement.city_id:
            facts["city"] = row.city
        differing = {name: value for name, value in facts.items() if differs(getattr(agreement, name), value)}
        planned.changes = {
            name: (getattr(agreement, name), value)
            for name, value in differing.items()
            if self.conflicts.allows(row, agreement, name, self._column(name), getattr(agreement, name), value)
        }
        self._change_state(planned, agreement)
        if planned.changes:
            planned.agreement = _with(agreement, planned.changes)
            self._hold_against_rules(row, planned.agreement)
            self._tell_coarser(row, agreement, planned.agreement)
        self._compare_relations(planned, agreement)
        self._compare_signatories(planned, agreement)
        self._compare_events(planned, agreement)

    def _column(self, attribute):
        """The name, in the sheet, of the column that fills an attribute."""
        code = CODES.get(attribute) or CODES.get(attribute.rpartition("_")[0], attribute)
        return self.names.get(code)

    def _tell_coarser(self, row, before, after):
        known = before.signed_on
        if known and after.signed_on and known != after.signed_on and known.startswith(after.signed_on):
            self.say(row, "coarser-date", "signed_on", after.signed_on, known=in_words(known))

    def _hold_against_rules(self, row, agreement):
        """Tells which rules an agreement breaks, as far as the cells they are about could be read."""
        for names, text in faults_of(agreement):
            if self._is_sure(row, names):
                self._tell_fault(row, agreement, names, text)
        is_early = agreement.valid_from and agreement.signed_on and agreement.valid_from.is_before(agreement.signed_on)
        if is_early and self._is_sure(row, ["valid_from"]):
            details = {"told": in_words(agreement.valid_from), "signed": in_words(agreement.signed_on)}
            self.say(row, "in-force-before-signing", "valid_from", self.written(row, "valid_from"), **details)
        self._compare_end_with_length(row, agreement)

    def _tell_fault(self, row, agreement, names, text):
        is_end = names == ["valid_until"] and agreement.valid_until and agreement.start
        names = [*names, "valid_from", "signed_on"] if is_end else names
        name = next((name for name in names if CODES.get(name, name) in row.values), None)
        column, value = name and self._column(name), self.written(row, name)
        if is_end:
            text = fill(END_BEFORE_START, end=in_words(agreement.valid_until), **self._start_of(agreement))
        elif value:
            text = fill(_("“%(column)s” says “%(value)s”: %(why)s"), column=column, value=value, why=text)
        row.messages.append(remark("not-possible", row=row.number, column=column, value=value or None, text=text))

    def _compare_end_with_length(self, row, agreement):
        """Warns where the recorded end is not the one that the length of the term leads to."""
        column = next((column for column in ("valid_until", "term_months") if column in row.values), None)
        counted = column and _end_counted_otherwise(agreement)
        if counted and self._is_sure(row, ["valid_until"]):
            details = {
                "end": in_words(agreement.valid_until),
                "months": agreement.term_months,
                "counted": in_words(counted),
            }
            self.say(row, "end-and-length", column, self.written(row, column), **details, **self._start_of(agreement))

    def _start_of(self, agreement):
        column = "valid_from" if agreement.valid_from else "signed_on"
        return {"start": in_words(agreement.start), "since": self._column(column) or BY_CODE[column].both_names}

    def written(self, row, attribute):
        """What the cell that fills an attribute says, as written; "" where there is none."""
        place = self.places.get(CODES.get(attribute, attribute))
        return "" if place is None else as_text(row.cells[place])[:MAX_VALUE_LENGTH]

    def _is_sure(self, row, names):
        """Whether no cell was misread on which what is said of some attributes rests."""
        misread = {message.column for message in row.messages if message.level != "warning"} - {None}
        codes = {code for name in names for code in RESTS_ON.get(name, [name]) if code not in row.values}
        return misread.isdisjoint(map(self._column, codes))

    def _compare_relations(self, planned, agreement):
        row = planned.row
        for (side, language), names in row.parties.items():
            known = self.register.parties.get((agreement.pk, side), ()) if agreement.pk else ()
            known = [getattr(party, f"name_{language}") or "" for party in known]
            if _split(known) != [*filter(None, names)] and self._is_allowed(
                row, agreement, side, "; ".join(known), "; ".join(names)
            ):
                planned.parties = planned.parties | {key: told for key, told in row.parties.items() if key[0] == side}
                planned.shown = planned.shown | {side: (known, names)}
        if row.themes is not None:
            slugs = self.vocabulary.slugs_of_themes
            known = [slugs[pk] for pk in self.register.themes.get(agreement.pk, ())] if agreement.pk else []
            if set(known) != set(row.themes) and self._is_allowed(
                row, agreement, "themes", ", ".join(known), ", ".join(row.themes)
            ):
                planned.themes = tuple(row.themes)
                planned.shown = planned.shown | {"themes": (known, row.themes)}

    def _compare_signatories(self, planned, agreement):
        row = planned.row
        for code, told in row.signatories.items():
            known = self.register.signatories.get((agreement.pk, SIGNED_FOR[code]), []) if agreement.pk else []
            before, after = in_texts(known), in_texts(told)
            if differ(known, told) and self._is_allowed(row, agreement, code, "; ".join(before), "; ".join(after)):
                planned.signatories = planned.signatories | {code: told}
                planned.shown = planned.shown | {code: (before, after)}

    def _tell_what_is_not_read(self, row, agreement):
        """The day up to which an agreement is known follows from others: a cell that says another is passed over."""
        if row.known_to is None:
            return
        known = agreement and self.register.known_to.get(agreement.pk)
        known = known and PartialDate.of(known)
        if row.known_to[1] != known:
            self.say(row, "not-read", "known_to", row.known_to[0], known=in_words(known) if known else "—")

    def _is_allowed(self, row, agreement, name, known, value):
        code = next((code for code, side in SIDES.items() if side == name), name)
        return self.conflicts.allows(row, agreement, name, self.names.get(code), known, value)

    def general_remarks(self, planned_rows):
        """What was taken to be meant in many rows alike, told once."""
        written = {planned.number for planned in planned_rows if planned.writes}
        single = [
            p.number
            for p in planned_rows
            if p.writes and p.agreement.pk is None and not (p.agreement.title_pl and p.agreement.title_en)
        ]
        numbers_by_code = {
            "title-from-kind": self.untitled,
            "relation-from-kind": self.related_by_kind,
            "title-in-one-language": single,
            "number-given": self.numbered,
        }
        for code, numbers in numbers_by_code.items():
            numbers = [number for number in numbers if number in written]
            if numbers:
                yield remark(code, row=numbers[0], rows=ranges(numbers))


def term_of(row, before):
    """What the cells of a row say of the term, together; `before` where they say nothing of it."""
    terms, facts = {code for code in row.terms if code != "no"}, row.facts
    if facts.get("renewal_months") or Term.TACIT_RENEWAL in terms:
        return Term.TACIT_RENEWAL
    if terms:
        return Term.FIXED if Term.FIXED in terms else min(terms)
    if not (facts.get("valid_until") or facts.get("term_months")):
        return before
    return before if before == Term.TACIT_RENEWAL and "no" not in row.terms else Term.FIXED


def _end_counted_otherwise(agreement):
    """The last day of a term of its length, where its end is neither that nor, as people count too, the day after."""
    if not (agreement.start and agreement.valid_until and agreement.term_months):
        return None
    first, last = (
        add_months(day, agreement.term_months) for day in (agreement.start.first_day, agreement.start.last_day)
    )
    is_counted = first - DAY <= agreement.valid_until.last_day and agreement.valid_until.first_day <= last
    return None if is_counted else first - DAY


def _blank(publication):
    """An agreement of which nothing is said, without the attributes that stand for others of the active language.

    With so few attributes a copy of it takes half of the memory.
    """
    blank, others = Agreement(publication=publication), translator.get_options_for_model(Agreement).all_fields
    blank.__dict__ = {name: value for name, value in blank.__dict__.items() if name not in others}
    return blank


def _copied(agreement):
    """A copy of an agreement in memory, which `copy` takes several times as long to make."""
    copied, state = Agreement.__new__(Agreement), ModelState()
    state.db, state.adding = agreement._state.db, agreement._state.adding
    state.fields_cache = {**agreement._state.fields_cache}
    copied.__dict__ = agreement.__dict__ | {"_state": state}
    return copied


def _with(agreement, changes):
    changed = _copied(agreement)
    for name, (_old, new) in changes.items():
        setattr(changed, name, new)
    return changed


def _split(names):
    return [part for name in names for part in (piece.strip() for piece in name.split(";")) if part]


@cache
def _titles_of_kinds():
    titles = {kind: {} for kind in Kind.values}
    for language in ("pl", "en"):
        with override(language):
            for value, label in Kind.choices:
                text = str(label)
                titles[value][f"title_{language}"] = text[:1].upper() + text[1:]
    return titles
