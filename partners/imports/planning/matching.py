"""Which act of the register a row speaks of: by number, else by city and signing date; kind, then title, break ties.

A date of one day names the act of that day and kind whatever its title. A coarser date, or none, is not enough: there
an act of another title is another act, unless a person says otherwise.
"""

from collections import Counter, defaultdict

from django.utils.translation import gettext_lazy as _

from krakow_intl.core.dates import format_partial_date
from krakow_intl.core.sorting import name_key
from krakow_intl.sheets.answers import ranges
from partners.imports.planning.messages import remark
from partners.imports.planning.snapshot import compatible
from partners.imports.reading.cities import CHOICE_LABELS, LEAVE_OUT

NEW_ACT = "new"
BOTH, KIND, TITLE, NEITHER, OTHER_TITLE = 3, 2, 1, 0, -1
A_DAY = "2006-04-30"
TELLING = {"number", "city", "kind", "signed_on", "title"}  # the columns that tell acts apart


class Matching:
    """Finds the act of each row; `acts` holds it, or None for a new one, by the row's number."""

    def __init__(self, register, headings, decisions, ask):
        self.register, self.decisions, self.ask = register, decisions, ask
        self.telling = {None, *(heading.name for heading in headings if heading.code in TELLING)}
        self.taken = set()  # keys of acts that a row's number names
        self.spoken_of = set()  # keys of acts that belong to some row
        self.acts, self.same = {}, {}  # `same`: {number of a row: that of the row it repeats}

    def match(self, rows):
        rows = self._without_repetitions([row for row in rows if not row.is_left_out])
        by_number = self.register.by_number
        others = [row for row in rows if row.act_number not in by_number and row.city and "signed_on" in row.facts]
        for row in rows:
            if row.act_number in by_number:
                self._match_by_number(row)
        others = self._without_contradictions([row for row in others if self._is_told(row)], _identity)
        groups = [(day, group, *self._candidates(city, day)) for (city, day), group in _grouped(others).items()]
        for day, group, acts, is_exact in sorted(groups, key=lambda group: not group[-1]):  # exact dates come first
            self._match_group(group, acts, is_exact, names_a_day=is_exact and bool(day) and len(day) == len(A_DAY))
        known = [row for row in rows if self.acts.get(row.number)]
        self._without_contradictions(known, lambda row: self.acts[row.number].pk)

    def _is_told(self, row):
        """Whether all could be read that tells the act of a row from others."""
        return not row.messages or self.telling.isdisjoint(m.column for m in row.messages if m.level == "error")

    def _without_repetitions(self, rows):
        first, kept = {}, []
        for row in rows:
            key = _said(row)
            if key in first:
                self.same[row.number] = first[key]
                row.messages.append(remark("same-as-row", row=row.number, other=first[key]))
            else:
                first[key] = row.number
                kept.append(row)
        return kept

    def _match_by_number(self, row):
        act = self.register.by_number[row.act_number]
        if row.city and row.city.pk != act.city_id:
            self._ask(row, [act], remark("number-of-another", row=row.number, value=act.number, known=_named([act])))
        elif row.version is None and _is_another(row, act):
            self._ask_which(row, [act, *self._candidates(act.city_id, row.facts["signed_on"])[0]])
        else:
            self.acts[row.number] = act
            self.taken.add(act.pk)

    def _candidates(self, city, day):
        """(the acts of a city that may have been signed on a day, whether that very day)."""
        acts = self.register.by_city[city][day and day[:4]] if city else []
        acts = [act for act in acts if act.pk not in self.taken]
        exact = [act for act in acts if act.signed_on == day]
        return (exact, True) if exact else ([act for act in acts if compatible(act.signed_on, day)], False)

    def _match_group(self, rows, acts, is_exact, names_a_day):
        """Deals acts out to rows, the likeliest first; what is left of both is asked about or new."""
        for level in (BOTH, KIND, TITLE):
            if rows and acts:
                rows, acts = self._deal(rows, acts, level, names_a_day)
        for row in rows:
            left = [act for act in acts if is_exact or _likeness(row, act, names_a_day) == OTHER_TITLE]
            if left := [act for act in left if act.pk not in self.spoken_of]:
                self._ask_which(row, left)
            else:
                self._take_as_new(row)

    def _deal(self, rows, acts, level, names_a_day):
        claims = {row.number: [act for act in acts if _likeness(row, act, names_a_day) == level] for row in rows}
        claimed = Counter(act.pk for found in claims.values() for act in found)
        left = []
        for row in rows:
            found = claims[row.number]
            if len(found) == 1 and claimed[found[0].pk] == 1:
                self._take(row, found[0])
            elif found:
                self._ask_which(row, found)
            else:
                left.append(row)
        return left, [act for act in acts if act.pk not in claimed]

    def _take(self, row, act):
        if row.act_number and row.act_number != act.number:
            details = {"value": row.act_number, "known": act.number}
            row.messages.append(remark("number-of-known-act", row=row.number, **details))
        self.acts[row.number] = act
        self.spoken_of.add(act.pk)

    def _take_as_new(self, row):
        self.acts[row.number] = None

    def _ask_which(self, row, acts):
        self._ask(row, acts, remark("which-act", row=row.number, known=_named(acts)))

    def _ask(self, row, acts, message):
        key = f"act:{row.number}"
        answer = self.decisions.get(key)
        chosen = {f"number:{act.number}": act for act in acts}.get(answer)
        if chosen:
            self.acts[row.number] = chosen
        elif answer == NEW_ACT:
            row.act_number = None
            self.acts[row.number] = None
        elif answer == LEAVE_OUT:
            row.is_left_out = True
        else:
            row.messages.append(message)
            self.ask(row, key, message.text, lambda: _choices(acts))

    def _without_contradictions(self, rows, identity):
        """Refuses rows that speak of one act and differ: nobody knows which is right; one row of each act is left."""
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


def _said(row):
    if _is_held_back(row):
        return repr((row.cells, [(message.code, message.column, message.value) for message in row.messages]))
    return _understood(row)


def _understood(row):
    place = row.city and row.city.slug
    relations = (row.parties, row.fields, row.references, row.verbs, row.terms)
    return repr((place, row.act_number, row.version, sorted(row.facts.items()), relations))


def _identity(row):
    if row.act_number:
        return row.act_number
    return row.city.slug, row.facts["signed_on"], row.facts.get("kind"), _title(row.facts)


def _grouped(rows):
    groups = defaultdict(list)
    for row in rows:
        groups[row.city.pk, row.facts["signed_on"]].append(row)
    return groups


def _title(facts):
    return name_key(facts.get("title_pl") or facts.get("title_en") or "")


def _likeness(row, act, names_a_day=True):
    kind = KIND if row.facts.get("kind") == act.kind else NEITHER
    title = _title(row.facts)
    is_same = title and title in (name_key(act.title_pl or ""), name_key(act.title_en or ""))
    if kind and title and not (is_same or names_a_day):
        return OTHER_TITLE
    return kind + (TITLE if is_same else NEITHER)


def _is_another(row, act):
    """Whether a row that names the number of an act says another day and another title: numbers may count the rows."""
    day = row.facts.get("signed_on")
    return (
        bool(day and _title(row.facts))
        and not compatible(act.signed_on, day)
        and _likeness(row, act) in (KIND, NEITHER)
    )


def _named(acts):
    return "; ".join(_name(act) for act in acts)


def _name(act):
    day = format_partial_date(act.signed_on) if act.signed_on else "—"
    return f"{act.number}. {act.title_pl or act.title_en} ({day})"


def _choices(acts):
    offered = [(f"number:{act.number}", _name(act)) for act in acts]
    return [*offered, (NEW_ACT, _("a new act")), (LEAVE_OUT, CHOICE_LABELS[LEAVE_OUT])]
