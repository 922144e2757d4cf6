"""An agreement as anybody may write it down to compute its term by hand, and what the calendar says of it."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.as_of import FIRST_YEAR, LAST_YEAR
from krakow_intl.core.dates import PartialDate
from krakow_intl.core.fields import PartialDateFormField
from partners import terms
from partners.events import EventKind, event_of, what_cannot_be
from partners.filters import UNKNOWN, FastSelect
from partners.models import Agreement
from partners.models.events import WHY_IMPOSSIBLE
from partners.terms import DAY, Basis, Status

MAX_MONTHS = 1200  # a century
ROWS_BEFORE, ROWS_AFTER = 2, 2
ROCHESTER = {
    "start": "1973-07-18",
    "term": "tacit-renewal",
    "months": "60",
    "renewal": "60",
    "notice": "6",
    "day": "2006-04-20",
}
ON_RECORD = _("Where no source is named, an agreement is known up to the latest day given; this day is not later.")
CARRIED = _("What was agreed carries it to this day. Only a source of this day or later puts it on record.")
PRESUMED = _("No term is given that would carry it to this day, and no end either: it is presumed to be in force.")
OVER = _("It follows from what was agreed. Only a source that knows of its end puts that on record.")
NOTHING_TO_KNOW = _("What is not yet in force can be known neither surely nor less surely.")
WITHOUT_TERMS = {
    terms.OPEN_ENDED: _("An unlimited time has no terms, so there is no day by which to give notice."),
    "not-recorded": _("The term is not known, so none is computed."),
    terms.FIXED: _("Neither the end of the term nor its length is given, so none is computed."),
}
INEXACT = _("Renewals and days of notice are counted from an exact day or not at all.")
NO_LENGTH = _("Neither the end of the first term nor its length is given, so no renewal can be placed.")
NO_PERIOD = _("It renewed itself, but for how long is not given, so no term is computed.")


class MonthsField(forms.IntegerField):
    """A number of months, or nothing."""

    def __init__(self, least, **kwargs):
        super().__init__(required=False, min_value=least, max_value=MAX_MONTHS, **kwargs)

    def clean(self, value):
        try:
            return super().clean(value)
        except ValidationError as error:
            message = _("Write a number of months from %(least)s to %(most)s, such as 60.")
            raise ValidationError(message, params={"least": self.min_value, "most": self.max_value}) from error


class DayField(PartialDateFormField):
    """A day of the years in which the register can be read."""

    def clean(self, value):
        day = super().clean(value)
        if day and day.precision != "day":
            raise ValidationError(_("Give a day, such as “20 April 2006”: a year or a month alone will not do here."))
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            message = _("The register can be read for the years %(first)s to %(last)s.")
            raise ValidationError(message, params={"first": FIRST_YEAR, "last": LAST_YEAR})
        return day


class TermForm(forms.Form):
    """What decides the term of an agreement; of a page that is asked nothing, the example of Rochester."""

    start = PartialDateFormField(
        label=_("In force from"),
        help_text=_("A day, a month or a year: “18 July 1973”, “07.1973”, “1973”."),
        error_messages={"required": _("Give the first day, or at least its year: everything is counted from there.")},
    )
    term = forms.ChoiceField(
        label=_("Kind of term"),
        choices=Agreement.Term.choices,
        widget=FastSelect,
        error_messages={"invalid_choice": UNKNOWN, "required": _("Choose what was agreed.")},
    )
    until = PartialDateFormField(
        label=_("End of the (first) term"), required=False, help_text=_("If a day was agreed; else give the length.")
    )
    months = MonthsField(1, label=_("Length of the (first) term, in months"))
    renewal = MonthsField(1, label=_("Each renewal, in months"))
    notice = MonthsField(0, label=_("Notice before the end of a term, in months"))
    given = PartialDateFormField(label=_("Notice given on"), required=False, help_text=_("Empty: no notice was given."))
    day = DayField(label=_("Day to look at"), required=False, help_text=_("Empty: the day of this page."))

    def __init__(self, data, day):
        self.is_asked = any(name in data for name in self.base_fields)
        self.page_day = day
        super().__init__(data if self.is_asked else ROCHESTER)

    def clean(self):
        found = {"start": None, "term": "", "until": None, "renewal": None, "given": None, **self.cleaned_data}
        self._check_the_end(found["start"], found["term"], found["until"])
        if found["renewal"] and found["term"] not in ("", terms.TACIT_RENEWAL):
            self.add_error("renewal", _("Only a tacitly renewed agreement has a renewal period."))
        if found["start"] and found["given"]:
            for _number, reason in what_cannot_be(found["start"].first_day, [_notice(found["given"])]):
                self.add_error("given", WHY_IMPOSSIBLE[reason])

    def _check_the_end(self, start, term, until):
        if until and term not in ("", terms.FIXED, terms.TACIT_RENEWAL):
            message = _("An agreement with a recorded end has a fixed or a tacitly renewed term: choose one.")
            self.add_error("until", message)
        elif until and start and until.last_day < start.first_day:
            self.add_error("until", _("This day lies before the agreement comes into force."))

    def answer(self):
        """What the calendar says, or None while something is wrong."""
        return TermAnswer(self._agreement()) if self.is_valid() else None

    def _agreement(self):
        """The agreement as a record that is never saved, as it stands on the day."""
        given = self.cleaned_data
        notice = given["given"] and _notice(given["given"])
        agreement = Agreement(
            term=given["term"],
            valid_from=given["start"],
            valid_until=given["until"],
            term_months=given["months"],
            renewal_months=given["renewal"],
            notice_months=given["notice"],
            notice_given_on=notice and notice.day,
        )
        agreement.ends_on = agreement.last_day()
        agreement.known_to = max(filter(None, [agreement.first_day(), notice and notice.first_day]))
        return _as_it_stands(agreement, given["day"].first_day if given["day"] else self.page_day)


@dataclass(frozen=True)
class TermRow:
    is_running: bool
    start: PartialDate
    end: PartialDate
    notice: date | None


@dataclass(frozen=True)
class TermAnswer:
    agreement: Agreement

    @property
    def how_known(self):
        """The basis of the status in a sentence."""
        carried = CARRIED if self.agreement.status == Status.IN_FORCE else OVER
        sentences = {Basis.ON_RECORD: ON_RECORD, Basis.BY_ITS_TERMS: carried, Basis.PRESUMED: PRESUMED}
        return sentences.get(self.agreement.basis, NOTHING_TO_KNOW)

    @property
    def why_no_term(self):
        """Why an agreement in force has no term that could be told, or ""."""
        agreement = self.agreement
        if agreement.status != Status.IN_FORCE or agreement.term_then:
            return ""
        if agreement.term != terms.TACIT_RENEWAL:
            return WITHOUT_TERMS[agreement.term]
        end = agreement.end_of_first_term
        if not end:
            return NO_LENGTH
        return NO_PERIOD if end.precision == "day" else INEXACT

    @property
    def running(self):
        """The term that runs, as one of the `rows`."""
        return next(row for row in self.rows if row.is_running)

    @property
    def rows(self):
        """The term that runs, with some before and after it; none if none runs."""
        facts, running = self.agreement.term_facts(), self.agreement.term_then
        return [self._row(facts, term, term == running) for term in _around(facts, running)] if running else []

    def _row(self, facts, term, is_running):
        first = PartialDate.of(term.start) if term.number else self.agreement.start
        last = PartialDate.of(term.end) if term.number else self.agreement.end_of_first_term
        return TermRow(is_running, first, last, terms.notice_day(facts, term.start))


def parameters_of(agreement):
    """The query with which the page computes what the record of an agreement says of its term; {} if it cannot.

    What events say, notice apart, and what replaces it does not fit into the form.
    """
    if not agreement.start or agreement.ended_on or agreement.suspensions or agreement.notice_ends_on:
        return {}
    return {
        "start": agreement.start,
        "term": agreement.term,
        "until": agreement.valid_until,
        "months": agreement.term_months,
        "renewal": agreement.renewal_months,
        "notice": agreement.notice_months,
        "given": agreement.notice_given_on,
    }


def _as_it_stands(agreement, day):
    """The agreement with what `with_status` would say of it on the day."""
    facts = agreement.term_facts()
    agreement.status_on = day
    agreement.status = terms.status(facts, day)
    agreement.basis = terms.basis(facts, day, agreement.known_to)
    return agreement


def _notice(given):
    return event_of(EventKind.NOTICE_GIVEN, given, None)


def _around(facts, running):
    found = [running]
    while len(found) <= ROWS_BEFORE and found[0].number:
        found.insert(0, terms.running_term(facts, found[0].start - DAY))
    for _each in range(ROWS_AFTER):
        following = terms.running_term(facts, found[-1].end + DAY)
        if following is None:
            break
        found.append(following)
    return found
