"""What a row says happened to an agreement beside what the register knows: the events that it adds to those."""

from copy import copy
from datetime import date

from partners.event_words import code_of
from partners.models import AgreementEvent


def events_to_write(row, known):
    """[(an AgreementEvent to write, its code until now)] of what a row lists beside `known` events.

    A new one has no code; one whose side the register does not know yet is told that by the row.
    """
    found, without_side = [], [event for event in known if not event.side]
    for listed in dict.fromkeys(row.events):
        if any(_is_same(event, listed) for event in known):
            continue
        before = next((event for event in without_side if _days_of(event) == _days_of(listed)), None)
        if before:
            without_side.remove(before)
            found.append((_with_side(before, listed.side), code_of(before)))
        else:
            found.append((_new(row, listed), None))
    return found


def unlisted(row, known, written):
    """The `known` events of which a row that lists some says nothing."""
    told = {event.pk for event, _before in written}
    return [event for event in known if event.pk not in told and not any(_is_same(event, each) for each in row.events)]


def together(known, written):
    """All events, in the order of time, as they stand once those of a row are `written`."""
    events = {event.pk: event for event in known} | {event.pk or id(event): event for event, _before in written}
    return sorted(events.values(), key=lambda event: event.counts_from or date.max)


def _is_same(event, listed):
    return _days_of(event) == _days_of(listed) and (event.side == listed.side or not listed.side)


def _days_of(event):
    return event.kind, event.taken_on, event.effective_on


def _with_side(event, side):
    told = copy(event)
    told.side = side
    return told


def _new(row, listed):
    """An event with the source and the passage of its row, unless that source was written before it happened."""
    event = AgreementEvent(**listed._asdict())
    event.counts_from = event.day()
    if not is_later_than_source(row, event):
        event.source, event.passage = row.facts.get("source"), row.facts.get("passage", "")
    return event


def is_later_than_source(row, event):
    source, happened = row.facts.get("source"), event.taken_on or event.effective_on
    return bool(source and happened) and happened.first_day > source.known_to
