"""What the cells of a sheet tell of the life of agreements: what happened to them, who signed, when it was checked."""

import re

from krakow_intl.imports.reading.cell_text import as_text
from krakow_intl.sheets.messages import MAX_VALUE_LENGTH
from partners.event_words import ListedEvent, full_code_of, taken_apart
from partners.listing import NONE, divided, masked, unquote
from partners.models import AgreementEvent, Side, Signatory

LIMITS = {name: AgreementEvent._meta.get_field(name).max_length for name in ("resolution", "passage")}
MAX_SIGNATORY = Signatory._meta.get_field("person").max_length
SIGNED_FOR = {"home_signatories": Side.HOME, "partner_signatories": Side.PARTNER}
# an office in brackets behind a person: the "Jan Nowak" and the "rektor" of "Jan Nowak (rektor)"
IN_BRACKETS = re.compile(r"([^()]+)\(([^()]+)\)")


class EventReader:
    """Mixin of a `RowReader`: the cells that tell of the life of an agreement."""

    def _read_events(self, heading):
        """What happened, several events divided by “;”; their days are read together, as those of a column of dates."""
        texts = [(row, text) for row, value in self._texts(heading) for text in divided(as_text(value))]
        told = [(row, taken_apart(text, self.meaning)) for row, text in texts]
        days = [[*event.days, self._detail(event.details.get("verified_on", "")) or ""] for _row, event in told]
        readings = iter(self._readings(heading, [day for some in days for day in some]))
        for (row, event), some in zip(told, days, strict=True):
            self._take_event(row, heading, event, [(day, next(readings)) for day in some])
        for row in {row.number: row for row, _event in told}.values():
            if self._is_doubted(row, heading):
                row.events = []
            elif row.events:
                row.values["events"] = [full_code_of(event) for event in row.events]

    def _is_doubted(self, row, heading):
        """Whether something in the cell is not understood, or must be corrected."""
        told = any(message.column == heading.name and message.level != "warning" for message in row.messages)
        return told or (row.number, heading.name) in self.not_understood

    def _take_event(self, row, heading, event, days):
        for about, words, code in (("event", event.named, event.kind), ("side", event.by, event.side)):
            if code is None:
                self.note_unknown(row, heading, about, words)
        taken, effective = (self._day(row, heading, text, reading) for text, reading in days[:2])
        if event.kind and event.side is not None:
            details = self._details(row, heading, event.details)
            if "verified_on" in event.details:
                details["verified_on"] = self._check(row, heading, *days[2])
            row.events = [*row.events, ListedEvent(event.kind, taken, effective, event.side, **details)]

    def _details(self, row, heading, told):
        """What is told of an event beside its days and its check."""
        details = {name: self._detail(text) for name, text in told.items() if name not in ("source", "verified_on")}
        if "source" in told:
            details |= self._source_of_event(row, heading, self._detail(told["source"])) | {
                name: details[name] for name in ("passage",) if name in details
            }
        for name, limit in LIMITS.items():
            if len(text := details.get(name) or "") > limit:
                self.say(row, heading, "too-long", text[:60], count=len(text), limit=limit)
        return details

    def _detail(self, text):
        """A text of a cell; "" for a dash, None where it says nothing."""
        if text == NONE:
            return ""
        return unquote(text) or None if not self.vocabulary.says_nothing(text) else None

    def _source_of_event(self, row, heading, text):
        if not text:
            return {"source": "", "passage": ""} if text == "" else {}
        document, passage = self.vocabulary.source(" ".join(text.split()))
        if document is None:
            self.say(row, heading, "unknown-source", text[:MAX_VALUE_LENGTH], known=self.vocabulary.labels("source"))
            return {"passage": passage}
        return {"source": document, "passage": passage}

    def _read_event_day(self, heading):
        """The day of one event in a column of its own."""
        cells = [*self._cells(heading)]
        readings = self._readings(heading, [value for _row, value in cells])
        for (row, value), reading in zip(cells, readings, strict=True):
            if day := self._day(row, heading, value, reading):
                row.days = row.days | {heading.code: day}
                row.values[heading.code] = day

    def _read_end(self, heading):
        for row, value in self._cells(heading):
            if code := self._word(row, heading, "end", value):
                row.ended_as = row.values[heading.code] = code

    def _read_reason(self, heading):
        for row, value in self._texts(heading):
            row.values[self._code(heading)] = as_text(value)
            row.reasons = row.reasons | {f"reason_{heading.language}": as_text(value)}

    def _read_publication(self, heading):
        for row, value in self._cells(heading):
            if code := self._word(row, heading, "publication", value):
                row.publication = row.values[heading.code] = code

    def _read_check(self, heading):
        cells = [*self._cells(heading)]
        readings = self._readings(heading, [value for _row, value in cells])
        for (row, value), reading in zip(cells, readings, strict=True):
            if day := self._check(row, heading, value, reading):
                row.facts["verified_on"] = day
                row.values[heading.code] = day.isoformat()

    def _check(self, row, heading, value, reading):
        """The day of a check, a date: nobody has checked anything in days to come, nor in a year."""
        day = self._day(row, heading, value, reading)
        if day is None:
            return None
        if day.precision != "day":
            return self.say(row, heading, "not-a-full-day", as_text(value))
        if day.first_day > self.today:
            return self.say(row, heading, "check-to-come", as_text(value))
        return day.first_day

    def _read_signatories(self, heading):
        """Who signed for a side, divided by “;”, each a person and an office."""
        for row, value in self._texts(heading):
            signed = [_signatory(text) for text in divided(as_text(value))]
            too_long = [text for each in signed for text in each if len(text) > MAX_SIGNATORY]
            for text in too_long:
                self.say(row, heading, "too-long", text[:60], count=len(text), limit=MAX_SIGNATORY)
            if signed and not too_long:
                self._take_signatories(row, heading, signed)

    def _take_signatories(self, row, heading, signed):
        """Those of one column beside those of the other language, which must be the same people in the same order."""
        row.values[self._code(heading)] = [", ".join(filter(None, each)) or NONE for each in signed]
        told = [{"person": person, f"office_{heading.language}": office} for person, office in signed]
        known = row.signatories.get(heading.code)
        if known and _are_others(known, told):
            others = [each.name for each in self.headings if each.code == heading.code and each is not heading]
            self.say(row, heading, "other-signatories", None, other=others[0])
        else:
            row.signatories = row.signatories | {heading.code: _joined(known, told) if known else told}


def _joined(known, told):
    """What is told of some people in both languages."""
    pairs = zip(known, told, strict=True)
    return [one | other | {"person": one["person"] or other["person"]} for one, other in pairs]


def _are_others(known, told):
    persons = [[each["person"] for each in some] for some in (known, told)]
    return len(known) != len(told) or any(one and other and one != other for one, other in zip(*persons, strict=True))


def _signatory(text):
    """(person, office) of a text such as "Jan Nowak, rektor"; "" for what is not told."""
    person, office = text, ""
    if (place := masked(text).find(",")) >= 0:
        person, office = text[:place], text[place + 1 :]
    elif match := IN_BRACKETS.fullmatch(masked(text)):
        person, office = text[: match.end(1)], text[match.start(2) : match.end(2)]
    return tuple("" if part.strip() == NONE else " ".join(unquote(part.strip()).split()) for part in (person, office))
