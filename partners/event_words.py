"""An event of an agreement as one cell holds it among others: in words for people, in codes for programs."""

import re
from typing import NamedTuple

from django.utils.functional import lazy
from django.utils.translation import get_language, pgettext_lazy

from krakow_intl.core.dates import PartialDate
from partners.events import ENDS, EventKind
from partners.models import AgreementEvent, Side

# what leads to the day on which an event takes effect, and to the last day in force that a notice or an end names;
# as the names of columns, they are read for ever, in whatever language a sheet is
FROM = {"pl": "ze skutkiem od", "en": "effective from"}
UNTIL = {"pl": "w mocy do", "en": "in force until"}
WITH_LAST_DAY = (*ENDS, EventKind.NOTICE_GIVEN)
SIDES = {
    Side.HOME: pgettext_lazy("side in a sentence", "Kraków side"),
    Side.PARTNER: pgettext_lazy("side in a sentence", "partner side"),
}
# other words for what happened and for who did it, beside those that the register writes
OTHER_WORDS = {
    "event": {
        EventKind.NOTICE_GIVEN: "wypowiedziana, wypowiedziany, wypowiedziano, złożono wypowiedzenie, "
        "wypowiedzenie złożone, wypowiedzenie umowy, notice, notice of termination",
        EventKind.WILL_TO_END: "zapowiedziano zakończenie, wola zakończenia, zamiar zakończenia, zamiar wypowiedzenia, "
        "will to end, will to end declared, intention to end",
        EventKind.SUSPENDED: "zawieszona, zawieszony, zawieszone, zawieszenie, zawieszenie umowy, suspension",
        EventKind.RESUMED: "wznowiona, wznowiony, wznowiono, wznowienie, przywrócona, przywrócono, resumption, "
        "reinstated",
        EventKind.TERMINATED: "rozwiązana, rozwiązany, rozwiązano, rozwiązanie, rozwiązanie umowy, "
        "rozwiązana za wypowiedzeniem, rozwiązanie za wypowiedzeniem, terminated, termination",
        EventKind.WITHDRAWN: "odstąpiono, odstąpienie, odstąpiono od umowy, odstąpienie od umowy, "
        "rozwiązana za porozumieniem stron, rozwiązanie za porozumieniem stron, withdrawn, withdrawal",
        EventKind.PARTY_CEASED: "strona przestała działać, likwidacja strony, party ceased, party ceased to exist",
        EventKind.RATIFIED: "ratyfikowana, ratyfikowany, ratyfikowano, ratification",
        EventKind.REGISTERED: "zarejestrowana, zarejestrowany, zarejestrowano, zarejestrowanie, registration",
    },
    "side": {
        Side.HOME: "Kraków, krakowska, strona polska, polska, Polish side, home side",
        Side.PARTNER: "partnerska, strona zagraniczna, zagraniczna, druga strona, foreign side, other side",
    },
}
MAX_WORDS = 8  # of which the name of an event consists
# what leads to a day of effect: the ", ze skutkiem od" of "zawieszono 2022, ze skutkiem od 2023", "with effect from"
TAKES_EFFECT = re.compile(
    r",?\s*\b(?:ze\s+skutkiem(?:\s+od|\s+na\s+dzie[nń]|\s+na)?|skuteczn[aeiy]\s+od"
    r"|effective(?:\s+from|\s+on|\s+as\s+of)?|with\s+effect(?:\s+from|\s+on)?)\b[\s:]*",
    re.I,
)
# what leads to a last day in force: the ", w mocy do" of "wypowiedzenie 2022, w mocy do 2023", "last day in force"
LAST_DAY = re.compile(
    r",?\s*\b(?:w\s+mocy\s+do|obowi[aą]zuje\s+do|ostatni\s+dzie[nń](?:\s+obowi[aą]zywania)?"
    r"|in\s+force\s+(?:until|to)|last\s+day(?:\s+in\s+force)?)\b[\s:]*",
    re.I,
)
# what stands in brackets: the " (strona krakowska)" of "zawieszono 2022 (strona krakowska)"
BRACKETS = re.compile(r"\s*\(([^()]*)\)\s*")
# a figure, which no name of an event has: the first "2" of "zawieszono 2022"
FIGURE = re.compile(r"[0-9]")
AROUND_A_DAY = " ,:"  # signs that stand between an event and its day and say nothing


class ListedEvent(NamedTuple):
    """What a cell tells of an event."""

    kind: str
    taken_on: PartialDate | None = None
    effective_on: PartialDate | None = None
    side: str = ""


class EventText(NamedTuple):
    """The words of one event, taken apart; `kind` and `side` are codes, None for a word that is not known."""

    named: str
    kind: str | None
    taken_on: str
    effective_on: str
    by: str
    side: str | None

    @property
    def days(self):
        return self.taken_on, self.effective_on


def code_of(event):
    """An event for programs: "suspended 2022-03-02/2022-04 home", "ratified 1993", "terminated /2001-12-31"."""
    days = f"{event.taken_on or ''}/{event.effective_on}" if event.effective_on else event.taken_on
    return " ".join(filter(None, [event.kind, days, event.side]))


def of_code(code):
    """The `ListedEvent` of which `code_of` made a code."""
    kind, *others = code.split()
    side = others.pop() if others and others[-1] in Side.values else ""
    taken, _slash, effective = (others or [""])[0].partition("/")
    return ListedEvent(kind, *(PartialDate(day) if day else None for day in (taken, effective)), side)


def words_of(event):
    """An event for people: "suspended 2022-03-02, effective from 2022-04 (Kraków side)", in the active language."""
    text = " ".join(filter(None, [str(AgreementEvent.Kind(event.kind).label), event.taken_on]))
    if event.effective_on:
        leads = UNTIL if event.kind in WITH_LAST_DAY else FROM
        text = f"{text}, {leads[get_language()[:2]]} {event.effective_on}"
    return f"{text} ({SIDES[event.side]})" if event.side else text


in_words = lazy(words_of, str)
EXAMPLE = in_words(ListedEvent("suspended", PartialDate("2022-03-02"), PartialDate("2022-04-01"), "home"))


def taken_apart(text, meaning):
    """The `EventText` of one event in words; `meaning` knows the code of a word about "event" or "side"."""
    text, by = _without_side(" ".join(text.replace(":", ": ").split()), meaning)
    named, kind, rest = _named(text, meaning)
    taken, effective = _days(rest, kind)
    return EventText(named, kind, taken, effective, by, meaning("side", by) if by else "")


def _without_side(text, meaning):
    """(the text without the side, the words for the side), which stand in brackets or behind the last comma."""
    if brackets := BRACKETS.findall(text):
        return BRACKETS.sub(" ", text).strip(), "; ".join(brackets)
    before, _comma, last = text.rpartition(",")
    return (before, last.strip()) if before and meaning("side", last) else (text, "")


def _named(text, meaning):
    """(the words for what happened, its code or None, the rest), which may begin or end the text."""
    words = text.split(" ")
    for count in range(min(len(words), MAX_WORDS), 0, -1):
        for named, rest in ((words[:count], words[count:]), (words[-count:], words[:-count])):
            name = " ".join(named)
            if not FIGURE.search(name) and (kind := meaning("event", name)):
                return name, kind, " ".join(rest)
    return FIGURE.split(text, maxsplit=1)[0].strip(AROUND_A_DAY) or text, None, ""


def _days(text, kind):
    """(the day it was taken on, the day of effect) as texts; a lead without a day is kept, to be told."""
    lead = TAKES_EFFECT.search(text) or (LAST_DAY.search(text) if kind in WITH_LAST_DAY else None)
    if lead is None:
        return text.strip(AROUND_A_DAY), ""
    return text[: lead.start()].strip(AROUND_A_DAY), text[lead.end() :].strip(AROUND_A_DAY) or lead[0].strip()
