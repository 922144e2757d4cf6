"""The events that a cell lists, held against those that the register knows of the agreement."""

from collections import Counter
from copy import copy
from datetime import date

from krakow_intl.imports.reading.cell_text import differs
from partners.event_words import DETAILS, full_code_of, usual_source
from partners.models import AgreementEvent


class ListedEvents:
    """`written` are (an AgreementEvent to write, its full code until now); a new one has no code.

    What is told of a known event beyond what the register knows of it is written into it.
    """

    def __init__(self, row, known):
        self.row, self.known = row, known
        self.written, self.told = [], set()  # `told`: keys of known events that the row tells of
        self.later = []  # new events that came after the source of the row was written
        self.repeated = []  # those that are listed more than once, and were counted once
        for listed in [each for each in self._listed() if not self._is_known(each)]:
            self._write(listed)

    def _listed(self):
        """The events of the row; only the register, which set its version, means two that are alike to be two."""
        seen = Counter()
        for listed in self.row.events:
            seen[listed] += 1
            if seen[listed] == 1 or self.row.version or seen[listed] <= len(self._same(listed)):
                yield listed
            elif listed not in self.repeated:
                self.repeated.append(listed)

    def tells_of(self, event):
        return event.pk in self.told or self.lists(event)

    def lists(self, event):
        return any(is_same(event, listed) for listed in self.row.events)

    @property
    def together(self):
        return together(self.known, self.written)

    def add(self, event, source=None, passage=None):
        """A new event; where no source is told, that of the row unless it was written before the event happened."""
        event.counts_from = event.day()
        usual = self.row.facts.get("source"), self.row.facts.get("passage", "")
        if source is None:
            event.source, event.passage = usual_source(event, *usual)
            self.later += [event] if usual[0] and event.source is None else []
        else:
            event.source, event.passage = source or None, ""
        event.passage = event.passage if passage is None else passage
        self.written.append((event, None))
        return event

    def change(self, event, changes):
        """What is told anew of an event: one that is to be written, or one of the register."""
        if event.pk and all(event is not each for each, _code in self.written):
            code, event = full_code_of(event), copy(event)
            self.written.append((event, code))
        for name, value in changes.items():
            setattr(event, name, value)
        event.counts_from = event.day()
        return event

    def _is_known(self, listed):
        same = self._same(listed)
        event = next((event for event in same if event.pk not in self.told), None)
        self.told |= {event.pk} if event else set()
        return event is not None or (same and not self.row.events.count(listed) > len(same))

    def _same(self, listed):
        """The events of the register that are all that is listed."""
        return [event for event in self.known if is_same(event, listed) and not _differing(event, listed)]

    def _write(self, listed):
        event = self._least_differing(listed)
        if event:
            self.told.add(event.pk)
            side = {"side": listed.side} if listed.side else {}
            self.change(event, side | _differing(event, listed))
        else:
            details = {name: getattr(listed, name) for name in DETAILS if getattr(listed, name)}
            source, passage = details.pop("source", listed.source), details.pop("passage", listed.passage)
            days = {"taken_on": listed.taken_on, "effective_on": listed.effective_on}
            self.add(AgreementEvent(kind=listed.kind, side=listed.side, **days, **details), source, passage)

    def _least_differing(self, listed):
        """The known event of these days that is meant: one of that side, else one whose side is not known yet."""
        free = [event for event in self.known if event.pk not in self.told and _days_of(event) == _days_of(listed)]
        same = [event for event in free if is_same(event, listed)] or [event for event in free if not event.side]
        return min(same, key=lambda event: len(_differing(event, listed)), default=None)


def is_same(event, listed):
    return _days_of(event) == _days_of(listed) and (event.side == listed.side or not listed.side)


def together(known, written):
    """All events, in the order of time, as they stand once those of a row are `written`."""
    events = {event.pk: event for event in known} | {event.pk or id(event): event for event, _before in written}
    return sorted(events.values(), key=lambda event: event.counts_from or date.max)


def _days_of(event):
    return event.kind, event.taken_on, event.effective_on


def _differing(event, listed):
    """{attribute: what is told} of the details that the register does not know so."""
    told = {name: getattr(listed, name) for name in DETAILS if getattr(listed, name) is not None}
    empty = {"source": None, "verified_on": None}
    told = {name: value or empty.get(name, "") for name, value in told.items()}
    return {name: value for name, value in told.items() if differs(getattr(event, name), value)}
