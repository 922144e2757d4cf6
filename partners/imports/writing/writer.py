"""Writes what a plan says into the register: agreements and what hangs on them, and new names of cities."""

from django.utils.translation import override

from krakow_intl.core.former_addresses import refuse_address, slugs_once_public
from krakow_intl.core.kinds import kind_of
from krakow_intl.core.sorting import name_key
from krakow_intl.imports.writing import bulk
from partners.event_words import of_code
from partners.imports.planning.plan import Action
from partners.imports.reading.events import SIGNED_FOR
from partners.models import AgreementEvent, AgreementLink, AgreementTheme, PartnerCity, Party, Signatory

LANGUAGES = ("pl", "en")


class Writer:
    def __init__(self, plan, stamp):
        self.plan, self.stamp = plan, stamp
        self.register, self.vocabulary = plan.register, plan.vocabulary
        self._begin()

    def _begin(self):
        self.new_rows, self.changed_rows, self.deleted_rows = {}, {}, {}  # model -> records

    def write(self, progress=lambda share: None):
        """Writes all of it; `progress` is told which share is written."""
        count = len(self.plan.written) or 1
        with override("pl"):  # a translated column without a language holds the Polish
            self._write_cities()
            self._write_agreements()
            progress(0.4)
            for part, written in enumerate(bulk.in_parts(self.plan.written), 1):
                self._write_relations(written)
                progress(0.4 + 0.6 * min(1, part * bulk.AT_ONCE / count))

    def _write_cities(self):
        former = slugs_once_public(kind_of(PartnerCity)) if self.plan.cities else ()
        for city in self.plan.cities:
            if city.slug in former:
                refuse_address(city)
        bulk.create(self.plan.cities, self.stamp)
        for record in self.plan.names:
            record._history_user, record._change_reason = self.stamp.user, self.stamp.reason
            record._history_date = self.stamp.at
            record.save()

    def _write_agreements(self):
        number = max(self.register.by_number, default=0)
        new = [planned.agreement for planned in self.plan.written if planned.action == Action.NEW]
        number = max([number, *(agreement.number for agreement in new if agreement.number)])
        for planned in self.plan.written:
            if planned.action == Action.NEW or "verified_on" in planned.changes:
                planned.agreement.note_who(self.stamp.user, {"verified_on"})
        for agreement in new:
            agreement.city = agreement.city  # whose key is known only now, if it is new
            if agreement.number is None:
                agreement.number = number = number + 1
        for some in bulk.in_parts(new):
            bulk.create(some, self.stamp)
            for agreement in some:  # whose words are found anew at each writing, and together fill the memory
                agreement.search_words = agreement.title_words = ""
        bulk.change([p.agreement for p in self.plan.written if p.action == Action.CHANGED], self.stamp)

    def _write_relations(self, written):
        """Those of some agreements at a time, for together they fill the memory."""
        for planned in written:
            self._relate(planned)
        for model in (Party, Signatory, AgreementTheme, AgreementLink, AgreementEvent):
            bulk.delete(self.deleted_rows.get(model, []), self.stamp)
            bulk.change(self.changed_rows.get(model, []), self.stamp)
            bulk.create(self.new_rows.get(model, []), self.stamp)
        self._begin()

    def _relate(self, planned):
        agreement = planned.agreement
        for side in dict.fromkeys(side for side, _language in planned.parties):
            names = {language: planned.parties.get((side, language)) for language in LANGUAGES}
            self._write_parties(agreement, side, {k: v for k, v in names.items() if v is not None})
        for code, told in planned.signatories.items():
            self._write_signatories(agreement, SIGNED_FOR[code], told)
        if planned.themes is not None:
            self._write_themes(agreement, planned.themes)
        for verb, earlier, link in planned.links:
            if link is None:
                self._add(AgreementLink(agreement=agreement, verb=verb, earlier=earlier))
            else:
                link.verb = verb
                self.changed_rows.setdefault(AgreementLink, []).append(link)
        self._write_events(planned)

    def _write_parties(self, agreement, side, names):
        known = self.register.parties.get((agreement.pk, side), [])
        count = max(map(len, names.values()))
        for position in range(count):
            texts = {of: given[position] for of, given in names.items() if position < len(given) and given[position]}
            if texts and position >= len(known):
                self._add(
                    Party(agreement=agreement, side=side, position=self._place(known, position), **self._body(texts))
                )
            elif any(getattr(known[position], f"name_{language}") != name for language, name in texts.items()):
                for attribute, value in self._body(texts).items():
                    setattr(known[position], attribute, value)
                self.changed_rows.setdefault(Party, []).append(known[position])
        self.deleted_rows.setdefault(Party, []).extend(known[count:])

    def _write_signatories(self, agreement, side, told):
        known = self.register.signatories.get((agreement.pk, side), [])
        for position, texts in enumerate(told):
            texts = {name: text for name, text in texts.items() if text}
            if position >= len(known):
                place = {"side": side, "position": self._place(known, position)}
                self._add(Signatory(agreement=agreement, **place, **texts))
            elif any(getattr(known[position], name) != text for name, text in texts.items()):
                for attribute, value in texts.items():
                    setattr(known[position], attribute, value)
                self.changed_rows.setdefault(Signatory, []).append(known[position])
        self.deleted_rows.setdefault(Signatory, []).extend(known[len(told) :])

    @staticmethod
    def _place(known, position):
        """The next place on that side; places may have gaps."""
        return known[-1].position + position - len(known) + 1 if known else position + 1

    def _body(self, texts):
        """The attributes of a party of these names; a body the register knows brings its other name and its page."""
        institution, names = self.vocabulary.institutions.get(name_key(next(iter(texts.values()))), (None, {}))
        names = {language: texts.get(language) or names.get(language) or "" for language in LANGUAGES}
        return {f"name_{language}": name for language, name in names.items()} | {"institution_id": institution}

    def _write_themes(self, agreement, slugs):
        known = self.register.themes.get(agreement.pk, {})
        themes = [self.vocabulary.themes[slug] for slug in slugs]
        for theme in themes:
            if theme not in known:
                self._add(AgreementTheme(agreement=agreement, theme_id=theme))
        gone = [link for theme, link in known.items() if theme not in themes]
        self.deleted_rows.setdefault(AgreementTheme, []).extend(gone)

    def _write_events(self, planned):
        """The events that are new, numbered on from those that are known, and those that are told more exactly."""
        position = max((event.position for event in self.register.events.get(planned.agreement.pk, [])), default=0)
        for event, before in planned.events:
            if str(event.verified_on) != str(before and of_code(before).verified_on):
                event.note_who(self.stamp.user, {"verified_on"})
            if before is None:
                event.agreement, event.position = planned.agreement, (position := position + 1)
                self._add(event)
            else:
                self.changed_rows.setdefault(AgreementEvent, []).append(event)

    def _add(self, record):
        self.new_rows.setdefault(type(record), []).append(record)
