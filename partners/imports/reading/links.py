"""Which earlier acts a row names, in the register or in the same file, and whether the chain they make can be."""

import re
from collections import defaultdict
from contextlib import suppress
from itertools import repeat
from types import SimpleNamespace

from krakow_intl.core.dates import PartialDateError, parse_partial_date
from partners.imports.planning.snapshot import compatible
from partners.imports.reading.vocabulary import LONGEST_WORD

NUMBER = re.compile(r"(?:.*\b(?:nr|no|numer|number|poz)\b\.?\s*)?([0-9]{1,9})\.?", re.I | re.S)
BEFORE_A_DATE = re.compile(r"\s*\b(?:z dnia|z|of|dated)\s*$", re.I)
DATED = re.compile(r"(.*?)\s*\b(?:z dnia|z|of|dated)\s+(.+)", re.I | re.S)


class Acts:
    """Acts that a cell may name: by number, address word or, among those of one city, date of signing."""

    def __init__(self, acts, vocabulary):
        self.vocabulary = vocabulary
        self.by_number, self.by_slug, self.by_year = {}, {}, defaultdict(list)
        for act in acts:
            self.by_slug[act.slug] = act
            self.by_number[act.number] = act
            if act.signed_on:
                self.by_year[_city(act), act.signed_on[:4]].append(act)

    def find(self, act, text):
        """The acts, but the one that names them, a text may mean; its date may stand after the kind of act."""
        number = NUMBER.fullmatch(text)
        found = [self.by_number.get(int(number[1])) if number else self.by_slug.get(text)]
        for words, day in _dates_in(text):
            found += self._signed_on(act, day, text.removesuffix(words))
        return list({_identity(one): one for one in found if one is not None and one is not act}.values())

    def _signed_on(self, act, day, before):
        others = [other for other in self.by_year[_city(act), day[:4]] if _identity(other) != _identity(act)]
        found = [other for other in others if other.signed_on == day]
        found = found or [other for other in others if compatible(other.signed_on, day)]
        kind = self.vocabulary.meaning("kind", BEFORE_A_DATE.sub("", before))
        return [other for other in found if other.kind == kind] or found


class LinkReader:
    """Sets the `links` of planned rows once all acts of the file are known."""

    def __init__(self, rows, register, vocabulary, say):
        self.rows, self.register, self.vocabulary, self.say = rows, register, vocabulary, say
        self.earlier = defaultdict(set)  # identity of an act: identities of the acts it rests on

    def read(self):
        linked = [planned for planned in self.rows if planned.row.references and not planned.row.is_left_out]
        if not linked:
            return
        self._index()
        for planned in linked:
            verbs = [*planned.row.verbs, *repeat(None, len(planned.row.references))]  # where one is missing, it is told
            for text, verb in zip(planned.row.references, verbs, strict=False):
                self._link(planned, text, verb)
        self._refuse_what_rests_on_refused([planned for planned in linked if planned.act is not None])

    def _index(self):
        acts = dict(self.register.acts)
        acts |= {_identity(planned.act): planned.act for planned in self.rows if planned.act is not None}
        self.acts = Acts(acts.values(), self.vocabulary)
        self.unmade = {planned.number: _unmade(planned.row) for planned in self.rows if planned.act is None}
        self.named = Acts(self.unmade.values(), self.vocabulary)
        for act, links in self.register.links.items():
            self.earlier[act] |= set(links)

    def _link(self, planned, text, verb):
        act = planned.act or self.unmade[planned.number]
        found = self.acts.find(act, text[:LONGEST_WORD])
        if not found:
            self._tell_what_is_not_found(planned, act, text)
        elif planned.act is not None and len(found) == 1:
            self._link_to(found[0], planned, text, verb)
        elif len(found) > 1 and (planned.act is not None or _is_none_of(act, found)):
            self.say(planned.row, "ambiguous-act", "earlier_act", text, known="; ".join(map(_name, found)))

    def _tell_what_is_not_found(self, planned, act, text):
        """An act that no row makes for now is told only where nothing else holds its row back."""
        unmade = self.named.find(act, text[:LONGEST_WORD])
        if not unmade and act.city is None and any(_dates_in(text[:LONGEST_WORD])):
            return  # whose act of that day is meant nobody knows yet
        if not unmade:
            self.say(planned.row, "unknown-act", "earlier_act", text)
        elif planned.act is not None:
            self.say(planned.row, "earlier-row-refused", "earlier_act", text, other=unmade[0].row)

    def _link_to(self, earlier, planned, text, verb):
        act = planned.act
        if _identity(act) in self._ancestors(earlier):
            self.say(planned.row, "circular-link", "earlier_act", text)
            return
        self.earlier[_identity(act)].add(_identity(earlier))
        known = self.register.links.get(act.pk, {}).get(earlier.pk)
        days = act.signed_on, earlier.signed_on
        if known is None and all(days) and days[0].is_before(days[1]):
            self.say(planned.row, "later-act", "earlier_act", text)
        if verb and (known is None or known.verb != verb):
            planned.links.append((verb, earlier, known))

    def _ancestors(self, act):
        """The identities of all acts on which one rests, its own included."""
        found, ahead = set(), {_identity(act)}
        while ahead:
            found |= ahead
            ahead = {earlier for one in ahead for earlier in self.earlier.get(one, ())} - found
        return found

    def _refuse_what_rests_on_refused(self, linked):
        """A new act that is not taken in cannot be linked to, and so on down the chain."""
        missing = {id(p.act): p for p in self.rows if p.act is not None and p.act.pk is None and _is_held_back(p)}
        before = None
        while before != len(missing):
            before = len(missing)
            for planned in [planned for planned in linked if not planned.row.is_refused]:
                rests_on = next((missing[id(e)] for _verb, e, _link in planned.links if id(e) in missing), None)
                if rests_on is not None:
                    self.say(planned.row, "earlier-row-refused", "earlier_act", None, other=rests_on.number)
                    missing[id(planned.act)] = planned


def _is_held_back(planned):
    return planned.row.is_refused or planned.row.is_doubtful or planned.row.is_left_out


def _dates_in(text):
    """(words, day) of the date that a text is, and of the one at its end: "deklaracja z 6 grudnia 1991 r."."""
    dated = DATED.fullmatch(text)
    for words in [text, dated[2]] if dated else [text]:
        with suppress(PartialDateError):
            yield words, parse_partial_date(words)


def _identity(act):
    return act.pk or ("new", id(act))


def _city(act):
    return act.city_id or (act.city and ("new", id(act.city)))


def _is_none_of(act, others):
    """Whether an act of which a row tells is certainly not one of some others."""
    return act.city and act.signed_on and not any(compatible(act.signed_on, other.signed_on) for other in others)


def _unmade(row):
    """As much as a row tells of an act that it does not make for now."""
    facts, city = row.facts, row.city
    said = {"signed_on": facts.get("signed_on"), "kind": facts.get("kind"), "number": row.act_number}
    return SimpleNamespace(pk=None, slug="", city=city, city_id=city and city.pk, row=row.number, **said)


def _name(act):
    return f"{act.number or '—'}. {act.title_pl or act.title_en} ({act.signed_on or '—'})"
