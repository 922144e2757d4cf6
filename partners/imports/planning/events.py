"""What a row says happened to an agreement beside what the register knows: the events that it adds or tells more of."""

from copy import copy

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.fields import DAY_TO_COME, is_to_come
from krakow_intl.sheets.messages import fill
from partners.event_words import full_words_of, of_code, words_of
from partners.event_words import in_words as event_in_words
from partners.events import what_cannot_be
from partners.imports.planning.event_columns import OF_EVENTS, ColumnsOfEvents
from partners.imports.planning.listed_events import ListedEvents, together
from partners.imports.planning.messages import remark
from partners.models.events import WHY_IMPOSSIBLE

in_full_words = lazy(full_words_of, str)
_listed_events = lazy(lambda events: "; ".join(map(words_of, events)), str)


class EventBuilder:
    """Mixin of an `AgreementBuilder`: what happened by the row and by the register, and whether that can have been."""

    def _compare_events(self, planned, before):
        """The agreement then stands as both together say."""
        row, known = planned.row, self.register.events.get(before.pk, []) if before.pk else []
        found = ListedEvents(row, known)
        ColumnsOfEvents(self, row, found).tell()
        planned.events = [each for each in found.written if self._may_change(row, before, *each)]
        for listed in found.repeated:
            self.say(row, "event-twice", "events", event=event_in_words(listed))
        kept = [event for event in known if not found.tells_of(event)]
        if row.events and kept:
            self.say(row, "event-kept", "events", known=_listed_events(kept))
        for event, _code in planned.events:
            self._tell_of_the_day_of_an_event(planned, event, found.later)
        if planned.events or planned.agreement.first_day() != before.first_day():
            self._take_events(planned, together(known, planned.events))

    def is_read(self, row, code):
        """Whether no cell under a column, if there is one, could not be read."""
        name = self.names.get(code)
        return name is None or all(message.column != name or message.level == "warning" for message in row.messages)

    def _may_change(self, row, agreement, event, code):
        """Whether an event of the register may become another one; a new one may always come to it."""
        if code is None:
            return True
        known, value = in_full_words(of_code(code)), in_full_words(event)
        return self.conflicts.allows(row, agreement, "event", self._name_of_events(row), known, value)

    def _tell_of_the_day_of_an_event(self, planned, event, later):
        row = planned.row
        if event.taken_on and is_to_come(event.taken_on):
            self._tell_impossible_event(planned, event, DAY_TO_COME)
        elif event in later:
            details = {"event": event_in_words(event), "source": row.facts["source"].label}
            row.messages.append(
                remark("later-than-source", row=row.number, column=self._name_of_events(row), **details)
            )

    def _take_events(self, planned, events):
        agreement = planned.agreement
        impossible = what_cannot_be(agreement.first_day(), [event.as_event() for event in events])
        for number, reason in impossible:
            self._tell_impossible_event(planned, events[number], WHY_IMPOSSIBLE[reason])
        if planned.events and not impossible:
            planned.agreement = agreement if agreement.pk is None else copy(agreement)
            planned.agreement.take_from_events(events)

    def _tell_impossible_event(self, planned, event, why):
        """Where it is not the row that tells of events, it is the start it tells of that makes one impossible."""
        row = planned.row
        if self._is_sure(row, ["valid_from", "events"]):
            text = fill(_("“%(event)s”: %(why)s"), event=event_in_words(event), why=why)
            row.messages.append(remark("not-possible", row=row.number, column=self._name_of_events(row), text=text))

    def _name_of_events(self, row):
        """What the column is called that tells of events, or else of the start."""
        codes = (*OF_EVENTS, "valid_from", "signed_on")
        return next((self.names[code] for code in codes if code in row.values and code in self.names), None)
