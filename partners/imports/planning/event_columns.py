"""What columns with the day of one event each tell, beside the column that lists events and what the register knows."""

from krakow_intl.imports.reading.cell_text import differs
from partners.event_words import in_words
from partners.events import ENDS, EventKind
from partners.imports.reading.cities import CONFIRMATION, LEAVE_OUT
from partners.imports.reading.vocabulary import End
from partners.models import AgreementEvent

# a column -> the kinds of events of which it tells, and which of their days
DAYS_OF_EVENTS = {
    "suspended_from": ((EventKind.SUSPENDED,), "effective_on"),
    "resumed_on": ((EventKind.RESUMED,), "effective_on"),
    "notice_given_on": ((EventKind.NOTICE_GIVEN,), "taken_on"),
    "ended_on": (ENDS, "effective_on"),
}
OF_EVENTS = ("events", *DAYS_OF_EVENTS, "how_ended", "reason")  # the columns that tell of events
GIVE_A_REASON = ("ended_on", "suspended_from", "resumed_on", "notice_given_on")  # the first that the row fills in
HOW_IT_ENDED = "end:how_ended"  # the key of the question


class ColumnsOfEvents:
    """Adds what a row tells in such columns to its `ListedEvents`; the same event told twice is one."""

    def __init__(self, builder, row, listed):
        self.builder, self.row, self.listed = builder, row, listed
        self.spoken_of = {}  # code of a column -> its event, None while it is asked what happened

    def tell(self):
        for code in DAYS_OF_EVENTS:
            if code in self.row.days or (code == "ended_on" and self.row.ended_as):
                self._tell(code)
        if self.row.reasons:
            self._tell_reason()

    def _tell(self, code):
        event = self._known(code)
        if event is None:
            self.spoken_of[code] = self._new(code)
            return
        self.listed.told.add(event.pk)
        self.spoken_of[code] = self._write(event, self._changes(code, event), code)

    def _known(self, code):
        """The event of which a column tells; an agreement ends once, so that another day of its end corrects it."""
        kinds, _attribute = DAYS_OF_EVENTS[code]
        events, day = [event for event in self.listed.together if event.kind in kinds], self.row.days.get(code)
        meant = [event for event in events if day is None or _names_its_day(event, day)]
        return next(iter(meant or (events if kinds == ENDS else ())), None)

    def _new(self, code):
        kinds, attribute = DAYS_OF_EVENTS[code]
        kind = self._how_it_ended() if kinds == ENDS else kinds[0].value
        event = kind and AgreementEvent(kind=kind, **{attribute: self.row.days.get(code)})
        return event and self.listed.add(event)

    def _how_it_ended(self):
        """The kind of end that the row tells, that a notice leads to, or that a person said; None while it is asked."""
        if self.row.ended_as:
            return self.row.ended_as
        if any(event.kind == EventKind.NOTICE_GIVEN for event in self.listed.together):
            return EventKind.TERMINATED.value
        answer = self.builder.decisions.get(HOW_IT_ENDED)
        if answer in End.values:
            return answer
        self.row.is_left_out = self.row.is_left_out or answer == LEAVE_OUT
        if answer != LEAVE_OUT and self.builder.is_read(self.row, "how_ended"):
            self._ask()
        return None

    def _ask(self):
        self.builder.say(self.row, "how-it-ended", "ended_on", self.row.days["ended_on"])
        choices = [*End.choices, CONFIRMATION[1]]
        self.builder.ask(self.row, HOW_IT_ENDED, self.row.messages[-1].text, lambda: choices)

    def _changes(self, code, event):
        """{attribute: value} of what a column tells otherwise, or more exactly, than the event is known."""
        _kinds, attribute = DAYS_OF_EVENTS[code]
        day, changes = self.row.days.get(code), {}
        if code == "ended_on" and self.row.ended_as and event.kind != self.row.ended_as:
            changes["kind"] = self.row.ended_as
        if day and not _names_its_day(event, day):
            changes[attribute] = day
        elif day and (coarse := _coarser_than(event, day)) and not self.listed.lists(event):
            changes[coarse] = day
        return changes

    def _write(self, event, changes, code):
        if not changes:
            return event
        if self.listed.lists(event):
            told = {"other": self.builder.names["events"], "said": in_words(event)}
            code = code if code in self.row.days or code == "reason" else "how_ended"
            self.builder.say(self.row, "contradictory-event", code, self.builder.written(self.row, code), **told)
            return event
        return self.listed.change(event, changes)

    def _tell_reason(self):
        code = next((code for code in GIVE_A_REASON if code in self.spoken_of), None)
        event = self.spoken_of[code] if code else self._only_event()
        if event is None:
            if code is None:
                value = self.builder.written(self.row, "reason")
                self.builder.say(self.row, "reason-without-event", "reason", value)
            return
        changes = {name: text for name, text in self.row.reasons.items() if differs(getattr(event, name), text)}
        if any(getattr(event, name) for name in changes):
            self._write(event, changes, "reason")
        elif changes:
            self.listed.change(event, changes)

    def _only_event(self):
        """The event that a reason alone is about: the only one that is listed, else the end that is known."""
        listed = [event for event in self.listed.together if self.listed.lists(event)]
        found = listed or [event for event in self.listed.known if event.kind in ENDS]
        return found[0] if len(found) == 1 else None


def _names_its_day(event, day):
    """Whether a day is one of an event, or may be: "2022" and "2022-03-02"."""
    return any(one.startswith(day) or day.startswith(one) for one in (event.effective_on, event.taken_on) if one)


def _coarser_than(event, day):
    """The attribute of an event that holds a day less exactly; None where one holds it as exactly, or more."""
    days = {name: known for name in ("effective_on", "taken_on") if (known := getattr(event, name))}
    if any(known.startswith(day) for known in days.values()):
        return None
    return next((name for name, known in days.items() if day.startswith(known)), None)
