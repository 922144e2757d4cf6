"""The calendar of an agreement as its record tells it: when it starts, what runs on a day, how it ends."""

from datetime import date
from operator import attrgetter

from django.db import models
from django.utils import timezone

from krakow_intl.core.dates import LAST_YEAR, PartialDate
from krakow_intl.core.fields import ComputedCharField, ComputedDateField, PartialDateField, is_to_come
from krakow_intl.core.records import writing
from partners import terms
from partners.events import ENDS, EventKind, suspensions


class AgreementCalendar(models.Model):
    """Mixin of an agreement: what follows from its events, kept with it so that lists read one table, and its terms."""

    notice_given_on = models.DateField(null=True, editable=False)
    notice_ends_on = models.DateField(null=True, editable=False)
    will_to_end_on = models.DateField(null=True, editable=False)
    ended_on = PartialDateField(editable=False)
    end_reason = models.CharField(max_length=12, blank=True, editable=False)
    suspensions = models.JSONField(default=list, editable=False)
    starts_on = ComputedDateField(null=True, computed_by="first_day", db_index=True)
    ends_on = ComputedDateField(null=True, computed_by="last_day", db_index=True)
    ends_as = ComputedCharField(max_length=10, computed_by="how_it_ends")
    carried_to = ComputedDateField(null=True, computed_by="last_carried_day")

    # what `with_status` annotates: its day, when the recorded end was decided, if it names another day, the end that a
    # declared will names, and the day from which what is suspended rests
    status_on = end_decided_on = will_ends_on = suspended_since = None

    class Meta:
        abstract = True

    @property
    def start(self):
        """The recorded day it comes into force, else the day of signing: a `PartialDate` or None."""
        return self.valid_from or self.signed_on

    @property
    def end_of_first_term(self):
        """The recorded or computed end of the (first) term, as exact as its grounds: a `PartialDate` or None."""
        if self.valid_until:
            return self.valid_until
        end = terms.first_term_end(self.term_facts())
        return PartialDate(end.isoformat()[: len(self.start)]) if end and end.year <= LAST_YEAR else None

    def as_recorded(self, last):
        """A last day of the act as exact as the register knows it: "2006" where no more than the year is recorded."""
        known = (self.ended_on, self.end_of_first_term)
        return next((end for end in known if end and end.last_day == last), PartialDate.of(last))

    def term_facts(self, replaced_on=None, replaced_known_to=None):
        """The facts for `terms`; `replaced_...` are start and horizon of a published agreement that replaces it."""
        start = self.start
        return terms.TermFacts(
            term=self.term,
            start=start and start.first_day,
            start_is_exact=bool(start) and start.precision == "day",
            start_last=start and start.last_day,
            until=self.valid_until and self.valid_until.last_day,
            until_is_exact=bool(self.valid_until) and self.valid_until.precision == "day",
            term_months=self.term_months,
            renewal_months=self.renewal_months,
            notice_months=self.notice_months,
            notice_given_on=self.notice_given_on,
            notice_ends_on=self.notice_ends_on,
            ended_on=self.ended_on and self.ended_on.last_day,
            end_decided_on=self.end_decided_on and self.end_decided_on.last_day,
            suspensions=tuple(tuple(day and date.fromisoformat(day) for day in span) for span in self.suspensions),
            replaced_on=replaced_on,
            replaced_known_to=replaced_known_to,
        )

    def facts_on(self, on, **replaced):
        """The facts for `terms` as far as people had done them by a day; what is recorded today is known today."""
        facts = self.term_facts(**replaced)
        return terms.known_by(facts, on) if on < timezone.localdate() else facts

    def keep_what_events_say(self):
        """Keeps with the agreement what its events say of its terms; they are its own history, it is not changed."""
        values = self.take_from_events(list(self.events.in_order_of_time()))
        with writing([self]):
            type(self)._base_manager.filter(pk=self.pk).update(**values)

    def note_rows(self):
        super().note_rows()
        self.keep_what_events_say()

    def take_from_events(self, events):
        """Sets what a list of events, in the order of time, says of its terms; returns that as {column: value}."""
        values = _of_events(events)
        self._set(values)
        computed = {"ends_on": self.last_day(), "ends_as": self.how_it_ends(), "carried_to": self.last_carried_day()}
        self._set(computed)
        return values | computed

    def _set(self, values):
        for name, value in values.items():
            setattr(self, name, value)

    @property
    def term_then(self):
        """The term that runs on the day `with_status` was asked about, or None."""
        return self.running_term(self.status_on) if self.status in terms.EXISTING else None

    @property
    def term_until(self):
        """The last day of `term_then`, as exact as it is known: a `PartialDate` or None."""
        term = self.term_then
        if term is None or term.end is None:
            return None
        return PartialDate.of(term.end) if term.number else self.end_of_first_term

    @property
    def ended_then(self):
        """The last day on which it was in force, if it had run out or been ended on the day asked about, or None."""
        is_over = self.status in (terms.Status.EXPIRED, terms.Status.TERMINATED)
        return self.as_recorded(self.ends_on) if is_over and self.ends_on else None

    @property
    def is_notice_running(self):
        """Whether notice had been given on the day asked about, of an agreement that was still in force."""
        return self.status == terms.Status.IN_FORCE and bool(
            self.notice_given_on and self.notice_given_on <= self.status_on
        )

    @property
    def is_to_end(self):
        """Whether one side had declared by the day asked about that it would end an agreement still in force."""
        is_declared = bool(self.will_to_end_on and self.will_to_end_on <= self.status_on)
        return self.status == terms.Status.IN_FORCE and is_declared and not self.is_notice_running

    @property
    def mark(self):
        """The `terms.Mark` beside its status on the day asked about, or None."""
        if self.is_notice_running:
            return terms.Mark.NOTICE_RUNNING
        return terms.Mark.WILL_TO_END if self.is_to_end else None

    @property
    def ends_then(self):
        """The last day in force as it was known on the day asked about, if any: a `PartialDate` or None."""
        end = terms.ends_on(self.facts_on(self.status_on) if self.status_on else self.term_facts())
        return self.as_recorded(end) if end and end.year <= LAST_YEAR else None

    @property
    def marked_until(self):
        """The last day in force of what has a `mark`, that of a declared will included: a `PartialDate` or None."""
        ends = filter(None, (self.ends_then, self.will_ends_on if self.is_to_end else None))
        return min(ends, key=lambda end: end.last_day, default=None)

    @property
    def suspension(self):
        """The latest event, of those up to the day asked about, that suspended it, or None."""
        events = (event for event in self.events.all() if event.counts_from and event.counts_from <= self.status_on)
        latest = sorted((each for each in events if each.kind == EventKind.SUSPENDED), key=attrgetter("counts_from"))
        return latest[-1] if latest else None

    @property
    def notice_by(self):
        """The last day on which notice can be given for `term_then`, or None."""
        return self.notice_day(self.status_on) if self.status in terms.EXISTING else None

    def running_term(self, on):
        return terms.running_term(self.term_facts(), on)

    def notice_day(self, on):
        return terms.notice_day(self.term_facts(), on)

    def first_day(self):
        return self.start and self.start.first_day

    def latest_recorded_day(self):
        day = self.signed_on.first_day if self.signed_on else self.first_day()
        return None if not day or is_to_come(day) else day

    def last_carried_day(self):
        return terms.carried_to(self.term_facts())

    def last_day(self):
        return terms.ends_on(self.term_facts())

    def how_it_ends(self):
        return terms.ends_as(self.term_facts()) or ""


def _of_events(events):
    """What events in the order of time say of the terms: {field of an agreement: its value}."""
    notice = _first(events, EventKind.NOTICE_GIVEN)
    will = _first(events, EventKind.WILL_TO_END)
    end = _first(events, *ENDS)
    rests = [event.as_event() for event in events if event.counts_from]
    return {
        "notice_given_on": notice and notice.counts_from,
        "notice_ends_on": notice and notice.as_event().ends_on,
        "will_to_end_on": will and will.counts_from,
        "ended_on": end and (end.effective_on or end.taken_on),
        "end_reason": end.kind if end else "",
        "suspensions": [[day and day.isoformat() for day in span] for span in suspensions(rests)],
    }


def _first(events, *kinds):
    return next((event for event in events if event.kind in kinds), None)
