"""Which agreement of the register a row speaks of: by number, else city, signing date and kind; the title breaks ties.

A date of one day names the agreement of that day and kind unless title, level or parties speak of another one. A
coarser date, or none, is not enough: there an agreement of another title is another one. One of another kind is never
taken for the same. Whatever is so at odds is asked about.
"""

from collections import Counter, defaultdict
from hashlib import blake2b

from django.utils.translation import gettext_lazy as _

from krakow_intl.core.dates import format_partial_date
from krakow_intl.core.sorting import name_key
from krakow_intl.sheets.messages import ranges
from partners.event_words import full_code_of
from partners.imports.planning.likeness import Likeness
from partners.imports.planning.messages import remark
from partners.imports.planning.snapshot import compatible
from partners.imports.reading.cities import CHOICE_LABELS, LEAVE_OUT

NEW_AGREEMENT = "new"
BOTH, KIND, TITLE, NEITHER, OTHER = 3, 2, 1, 0, -1  # how much says that a row speaks of an agreement
A_DAY = "2006-04-30"
UNKNOWN_WORDS = {"unknown-word", "unlikely-word"}  # that wait for a person to say what they mean
IDENTIFYING = {"number", "city", "kind", "signed_on", "title"}  # the columns that tell agreements apart


class Matching:
    """Finds the agreement of each row; `agreements` holds it, or None for a new one, by the row's number."""

    def __init__(self, register, vocabulary, headings, decisions, ask):
        self.register, self.decisions, self.ask = register, decisions, ask
        self.likeness = Likeness(register, vocabulary)
        self.identifying = {None, *(heading.name for heading in headings if heading.code in IDENTIFYING)}
        self.taken = set()  # keys of agreements that a row's number names
        self.spoken_of = set()  # keys of agreements that belong to some row
        self.agreements, self.same = {}, {}  # `same`: {number of a row: that of the row it repeats}

    def match(self, rows):
        rows = self._without_repetitions([row for row in rows if not row.is_left_out])
        by_number = self.register.by_number
        others = [
            row for row in rows if row.agreement_number not in by_number and row.city and "signed_on" in row.facts
        ]
        for row in rows:
            if row.agreement_number in by_number:
                self._match_by_number(row)
        others = self._without_contradictions([row for row in others if self._is_identified(row)], _identity)
        groups = [(day, group, *self._candidates(city, day)) for (city, day), group in _grouped(others).items()]
        for day, group, agreements, is_exact in sorted(
            groups, key=lambda group: not group[-1]
        ):  # exact dates come first
            self._match_group(
                group, agreements, is_exact, names_a_day=is_exact and bool(day) and len(day) == len(A_DAY)
            )
        known = [row for row in rows if self.agreements.get(row.number)]
        self._without_contradictions(known, lambda row: self.agreements[row.number].pk)
        self._ask_about_kinds([row for row in rows if self.agreements.get(row.number, row) is None])

    def _is_identified(self, row):
        """Whether all could be read that tells the agreement of a row from others."""
        unread = [message for message in row.messages if message.level == "error" or message.code in UNKNOWN_WORDS]
        return self.identifying.isdisjoint(message.column for message in unread)

    def _without_repetitions(self, rows):
        first, kept = {}, []
        for row in rows:
            key = _row_identity(row)
            if key in first:
                self.same[row.number] = first[key]
                row.messages.append(remark("same-as-row", row=row.number, other=first[key]))
            else:
                first[key] = row.number
                kept.append(row)
        return kept

    def _match_by_number(self, row):
        agreement = self.register.by_number[row.agreement_number]
        if row.city and row.city.pk != agreement.city_id:
            self._ask(
                row,
                [agreement],
                remark("number-of-another", row=row.number, value=agreement.number, known=_named([agreement])),
            )
        elif row.version is None and self._is_another(row, agreement):
            self._ask_which(row, [agreement, *self._candidates(agreement.city_id, row.facts["signed_on"])[0]])
        else:
            self.agreements[row.number] = agreement
            self.taken.add(agreement.pk)

    def _candidates(self, city, day):
        """(the agreements of a city that may have been signed on a day, whether that very day)."""
        agreements = self.register.by_city[city][day and day[:4]] if city else []
        agreements = [agreement for agreement in agreements if agreement.pk not in self.taken]
        exact = [agreement for agreement in agreements if agreement.signed_on == day]
        return (
            (exact, True)
            if exact
            else ([agreement for agreement in agreements if compatible(agreement.signed_on, day)], False)
        )

    def _match_group(self, rows, agreements, is_exact, names_a_day):
        """Deals agreements out to rows, the likeliest first; what is left of both is asked about or new."""
        for level in (BOTH, KIND):
            if rows and agreements:
                rows, agreements = self._deal(rows, agreements, level, names_a_day)
        for row in rows:
            left = [
                agreement
                for agreement in agreements
                if is_exact or self._likeness(row, agreement, names_a_day) in (OTHER, TITLE)
            ]
            if left := [agreement for agreement in left if agreement.pk not in self.spoken_of]:
                self._ask_which(row, left)
            else:
                self._take_as_new(row)

    def _deal(self, rows, agreements, level, names_a_day):
        claims = {
            row.number: [agreement for agreement in agreements if self._likeness(row, agreement, names_a_day) == level]
            for row in rows
        }
        claimed = Counter(agreement.pk for found in claims.values() for agreement in found)
        left = []
        for row in rows:
            found = claims[row.number]
            if len(found) == 1 and claimed[found[0].pk] == 1:
                self._take(row, found[0])
            elif found:
                self._ask_which(row, found)
            else:
                left.append(row)
        return left, [agreement for agreement in agreements if agreement.pk not in claimed]

    def _take(self, row, agreement):
        if row.agreement_number and row.agreement_number != agreement.number:
            details = {"value": row.agreement_number, "known": agreement.number}
            row.messages.append(remark("number-of-known-agreement", row=row.number, **details))
        self.agreements[row.number] = agreement
        self.spoken_of.add(agreement.pk)

    def _take_as_new(self, row):
        self.agreements[row.number] = None

    def _ask_which(self, row, agreements):
        self._ask(row, agreements, remark("which-agreement", row=row.number, known=_named(agreements)))

    def _ask(self, row, agreements, message):
        key = f"agreement:{row.number:d}"
        answer = self.decisions.get(key)
        chosen = {f"number:{agreement.number}": agreement for agreement in agreements}.get(answer)
        if chosen:
            self.agreements[row.number] = chosen
        elif answer == NEW_AGREEMENT:
            row.agreement_number = None
            self.agreements[row.number] = None
        elif answer == LEAVE_OUT:
            row.is_left_out = True
        else:
            row.messages.append(message)
            self.ask(row, key, message.text, lambda: _choices(agreements))

    def _likeness(self, row, agreement, names_a_day=True):
        """How much says that a row speaks of an agreement: its kind, its title, or that it speaks of another one."""
        kind = KIND if row.facts.get("kind") == agreement.kind else NEITHER
        title = _title(row.facts)
        is_same = title and title in (name_key(agreement.title_pl or ""), name_key(agreement.title_en or ""))
        is_at_odds = title and not (is_same or names_a_day)
        if kind and (is_at_odds or not self.likeness.can_be_one(row, agreement)):
            return OTHER
        return kind + (TITLE if is_same else NEITHER)

    def _is_another(self, row, agreement):
        """Whether a row names the number of an agreement but another day and title: numbers may count the rows."""
        day = row.facts.get("signed_on")
        return (
            bool(day and _title(row.facts))
            and not compatible(agreement.signed_on, day)
            and self._likeness(row, agreement) in (KIND, NEITHER, OTHER)
        )

    def _ask_about_kinds(self, rows):
        """Asks whether new agreements are two that a sheet tells alike but for the kind, by more than the city."""
        first = {}
        for row in (row for row in rows if row.facts.get("signed_on") or _title(row.facts)):
            other = first.setdefault(_but_for_the_kind(row), row)
            if other is not row:
                self._ask_whether_another(row, other)

    def _ask_whether_another(self, row, other):
        key = f"agreement:{row.number:d}"
        answer = self.decisions.get(key)
        if answer == LEAVE_OUT:
            row.is_left_out = True
        elif answer != NEW_AGREEMENT:
            message = remark("same-but-for-kind", row=row.number, other=other.number)
            row.messages.append(message)
            self.ask(row, key, message.text, lambda: _choices([]))

    def _without_contradictions(self, rows, identity):
        """Refuses rows that speak of one agreement and differ: nobody knows which is right; one row of each is left."""
        groups = defaultdict(list)
        for row in rows:
            groups[identity(row)].append(row)
        left = []
        for group in groups.values():
            if len(group) == 1 or len({*map(_understood, group)}) == 1:  # what is not understood may be the same
                left.append(min(group, key=_is_held_back))
            else:
                self._refuse_contradiction(group)
        return left

    def _refuse_contradiction(self, group):
        numbers = {row.number for row in group}
        numbers = ranges(numbers | {number for number, first in self.same.items() if first in numbers})
        for row in group:
            row.messages.append(remark("contradiction", row=row.number, rows=numbers))


def _is_held_back(row):
    return row.is_refused or row.is_doubtful


def _row_identity(row):
    if _is_held_back(row):
        return _digest(row.cells, [(message.code, message.column, message.value) for message in row.messages])
    return _understood(row)


def _understood(row):
    place = row.city and row.city.slug
    relations = (row.parties, row.themes, row.references, row.verbs, row.terms, sorted(map(full_code_of, row.events)))
    relations += (row.days, row.ended_as, row.reasons, row.signatories, row.publication)
    return _digest(place, row.agreement_number, row.version, _plain(row.facts), relations)


def _but_for_the_kind(row):
    return _digest(row.city and row.city.slug, _plain(row.facts | {"kind": ""}), row.parties, row.themes)


def _plain(facts):
    """Facts in the order of their names, with the address word of the source instead of the source."""
    source = facts.get("source")
    return sorted((facts | {"source": source.slug} if source else facts).items())


def _digest(*values):
    """The same for the same values; of ten thousand rows their texts would fill the memory."""
    return blake2b(repr(values).encode(errors="surrogatepass"), digest_size=16).digest()


def _identity(row):
    if row.agreement_number:
        return row.agreement_number
    return row.city.slug, row.facts["signed_on"], row.facts.get("kind"), _title(row.facts)


def _grouped(rows):
    groups = defaultdict(list)
    for row in rows:
        groups[row.city.pk, row.facts["signed_on"]].append(row)
    return groups


def _title(facts):
    return name_key(facts.get("title_pl") or facts.get("title_en") or "")


def _named(agreements):
    return "; ".join(_name(agreement) for agreement in agreements)


def _name(agreement):
    day = format_partial_date(agreement.signed_on) if agreement.signed_on else "—"
    return f"{agreement.number}. {agreement.title_pl or agreement.title_en} ({day})"


def _choices(agreements):
    offered = [(f"number:{agreement.number}", _name(agreement)) for agreement in agreements]
    return [*offered, (NEW_AGREEMENT, _("a new agreement")), (LEAVE_OUT, CHOICE_LABELS[LEAVE_OUT])]
