"""Which earlier agreements a row names, in the register or in the same file, and whether the chain they make can be."""

import re
from collections import defaultdict
from contextlib import suppress
from itertools import repeat
from types import SimpleNamespace

from krakow_intl.core.dates import PartialDateError, parse_partial_date
from krakow_intl.imports.reading.cell_text import split_list
from krakow_intl.imports.reading.words import MAX_WORD_LENGTH
from partners.imports.planning.snapshot import compatible

# the number of an agreement, with words before it or none: "7", "umowa nr 7.", "no. 7"
NUMBER = re.compile(r"(?:.*\b(?:nr|no|numer|number|poz)\b\.?\s*)?([0-9]{1,9})\.?", re.I | re.S)
# what divides numbers that are listed: the "," and the "i" of "6, 7 i 9"
LISTED_NUMBERS = re.compile(r",|\b(?:i|oraz|and)\b")
# the words that lead to a date: the " z dnia" of "deklaracja z dnia"
BEFORE_A_DATE = re.compile(r"\s*\b(?:z dnia|z|of|dated)\s*$", re.I)
# a kind of agreement and its date: "deklaracja z 6 grudnia 1991 r.", "declaration of 6 December 1991"
DATED = re.compile(r"(.*?)\s*\b(?:z dnia|z|of|dated)\s+(.+)", re.I | re.S)


def references(piece):
    """The agreements a piece of text names; numbers may be listed as people do: "nr 6, 7 i 9"."""
    parts = split_list(piece, LISTED_NUMBERS)
    return parts if all(map(NUMBER.fullmatch, parts)) else [piece]


class Agreements:
    """Agreements that a cell may name: by number, address word or, among those of one city, date of signing."""

    def __init__(self, agreements, vocabulary):
        self.vocabulary = vocabulary
        self.by_number, self.by_slug, self.by_year = {}, {}, defaultdict(list)
        for agreement in agreements:
            self.by_slug[agreement.slug] = agreement
            self.by_number[agreement.number] = agreement
            if agreement.signed_on:
                self.by_year[_city(agreement), agreement.signed_on[:4]].append(agreement)

    def find(self, agreement, text):
        """The agreements, but the one that names them, a text may mean; its date may stand after their kind."""
        number = NUMBER.fullmatch(text)
        found = [self.by_number.get(int(number[1])) if number else self.by_slug.get(text)]
        for words, day in _dates_in(text):
            found += self._signed_on(agreement, day, text.removesuffix(words))
        return list({_identity(one): one for one in found if one is not None and one is not agreement}.values())

    def _signed_on(self, agreement, day, before):
        others = [
            other for other in self.by_year[_city(agreement), day[:4]] if _identity(other) != _identity(agreement)
        ]
        found = [other for other in others if other.signed_on == day]
        found = found or [other for other in others if compatible(other.signed_on, day)]
        kind = self.vocabulary.meaning("kind", BEFORE_A_DATE.sub("", before))
        return [other for other in found if other.kind == kind] or found


class LinkReader:
    """Sets the `links` of planned rows once all agreements of the file are known."""

    def __init__(self, rows, register, vocabulary, say):
        self.rows, self.register, self.vocabulary, self.say = rows, register, vocabulary, say
        self.earlier = defaultdict(set)  # identity of an agreement: identities of the agreements it rests on

    def read(self):
        linked = [planned for planned in self.rows if planned.row.references and not planned.row.is_left_out]
        if not linked:
            return
        self._index()
        for planned in linked:
            verbs = [*planned.row.verbs, *repeat(None, len(planned.row.references))]  # where one is missing, it is told
            for text, verb in zip(planned.row.references, verbs, strict=False):
                self._link(planned, text, verb)
        self._refuse_what_rests_on_refused([planned for planned in linked if planned.agreement is not None])

    def _index(self):
        agreements = dict(self.register.agreements)
        agreements |= {
            _identity(planned.agreement): planned.agreement for planned in self.rows if planned.agreement is not None
        }
        self.agreements = Agreements(agreements.values(), self.vocabulary)
        self.unmade = {planned.number: _unmade(planned.row) for planned in self.rows if planned.agreement is None}
        self.named = Agreements(self.unmade.values(), self.vocabulary)
        for agreement, links in self.register.links.items():
            self.earlier[agreement] |= set(links)

    def _link(self, planned, text, verb):
        agreement = planned.agreement or self.unmade[planned.number]
        found = self.agreements.find(agreement, text[:MAX_WORD_LENGTH])
        if not found:
            self._tell_what_is_not_found(planned, agreement, text)
        elif planned.agreement is not None and len(found) == 1:
            self._link_to(found[0], planned, text, verb)
        elif len(found) > 1 and (planned.agreement is not None or _is_none_of(agreement, found)):
            self.say(planned.row, "ambiguous-agreement", "earlier_agreement", text, known="; ".join(map(_name, found)))

    def _tell_what_is_not_found(self, planned, agreement, text):
        """An agreement that no row makes for now is told only where nothing else holds its row back."""
        unmade = self.named.find(agreement, text[:MAX_WORD_LENGTH])
        if not unmade and agreement.city is None and any(_dates_in(text[:MAX_WORD_LENGTH])):
            return  # whose agreement of that day is meant nobody knows yet
        if not unmade:
            self.say(planned.row, "unknown-agreement", "earlier_agreement", text)
        elif planned.agreement is not None:
            self.say(planned.row, "earlier-row-refused", "earlier_agreement", text, other=unmade[0].row)

    def _link_to(self, earlier, planned, text, verb):
        agreement = planned.agreement
        if _identity(agreement) in self._ancestors(earlier):
            self.say(planned.row, "circular-link", "earlier_agreement", text)
            return
        self.earlier[_identity(agreement)].add(_identity(earlier))
        known = self.register.links.get(agreement.pk, {}).get(earlier.pk)
        days = agreement.signed_on, earlier.signed_on
        if known is None and all(days) and days[0].is_before(days[1]):
            self.say(planned.row, "later-agreement", "earlier_agreement", text)
        if verb and (known is None or known.verb != verb):
            planned.links = [*planned.links, (verb, earlier, known)]

    def _ancestors(self, agreement):
        """The identities of all agreements on which one rests, its own included."""
        found, ahead = set(), {_identity(agreement)}
        while ahead:
            found |= ahead
            ahead = {earlier for one in ahead for earlier in self.earlier.get(one, ())} - found
        return found

    def _refuse_what_rests_on_refused(self, linked):
        """A new agreement that is not taken in cannot be linked to, and so on down the chain."""
        missing = {
            id(p.agreement): p
            for p in self.rows
            if p.agreement is not None and p.agreement.pk is None and _is_held_back(p)
        }
        before = None
        while before != len(missing):
            before = len(missing)
            for planned in [planned for planned in linked if not planned.row.is_refused]:
                rests_on = next((missing[id(e)] for _verb, e, _link in planned.links if id(e) in missing), None)
                if rests_on is not None:
                    self.say(planned.row, "earlier-row-refused", "earlier_agreement", None, other=rests_on.number)
                    missing[id(planned.agreement)] = planned


def _is_held_back(planned):
    return planned.row.is_refused or planned.row.is_doubtful or planned.row.is_left_out


def _dates_in(text):
    """(words, day) of the date that a text is, and of the one at its end: "deklaracja z 6 grudnia 1991 r."."""
    dated = DATED.fullmatch(text)
    for words in [text, dated[2]] if dated else [text]:
        with suppress(PartialDateError):
            yield words, parse_partial_date(words)


def _identity(agreement):
    return agreement.pk or ("new", id(agreement))


def _city(agreement):
    return agreement.city_id or (agreement.city and ("new", id(agreement.city)))


def _is_none_of(agreement, others):
    """Whether an agreement of which a row tells is certainly not one of some others."""
    return (
        agreement.city
        and agreement.signed_on
        and not any(compatible(agreement.signed_on, other.signed_on) for other in others)
    )


def _unmade(row):
    """As much as a row tells of an agreement that it does not make for now."""
    facts, city = row.facts, row.city
    values = {"signed_on": facts.get("signed_on"), "kind": facts.get("kind"), "number": row.agreement_number}
    return SimpleNamespace(pk=None, slug="", city=city, city_id=city and city.pk, row=row.number, **values)


def _name(agreement):
    return f"{agreement.number or '—'}. {agreement.title_pl or agreement.title_en} ({agreement.signed_on or '—'})"
