"""An event of an agreement as one cell holds it among others: in words for people, in codes for programs."""

import json
import re
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from django.utils.functional import lazy
from django.utils.translation import get_language, pgettext_lazy

from krakow_intl.core.dates import PartialDate
from partners.events import ENDS, EventKind
from partners.listing import NONE, masked, quote, unquote
from partners.models import AgreementEvent, Side

# what leads to the day on which an event takes effect, and to the last day in force that a notice or an end names;
# as the names of columns, they are read for ever, in whatever language a sheet is
FROM = {"pl": "ze skutkiem od", "en": "effective from"}
UNTIL = {"pl": "w mocy do", "en": "in force until"}
WITH_LAST_DAY = (*ENDS, EventKind.NOTICE_GIVEN)
# what leads to what else is recorded of an event; the language of a reason is that of the word before it
DETAILS = {
    "resolution": {"pl": "uchwała", "en": "resolution"},
    "reason_pl": {"pl": "przyczyna", "en": "przyczyna"},
    "reason_en": {"pl": "reason", "en": "reason"},
    "source": {"pl": "źródło", "en": "source"},
    "passage": {"pl": "miejsce w źródle", "en": "passage"},
    "verified_on": {"pl": "sprawdzono", "en": "verified on"},
}
DETAIL_OF = {lead: name for name, leads in DETAILS.items() for lead in leads.values()} | {
    **dict.fromkeys(("powód", "uzasadnienie"), "reason_pl"),
    **dict.fromkeys(("zweryfikowano", "data weryfikacji"), "verified_on"),
}
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
# what leads to a detail: the ", reason: " of "suspended 2022, reason: war"
DETAIL = re.compile(rf"(?:[,:]\s?)?\b({'|'.join(sorted(DETAIL_OF, key=len, reverse=True))})\s?:\s?", re.I)
AROUND_A_DAY = " ,:"  # signs that stand between an event and its day and say nothing


class ListedEvent(NamedTuple):
    """What a cell tells of an event; a detail that it does not tell is None, one that it says there is none of ""."""

    kind: str
    taken_on: PartialDate | None = None
    effective_on: PartialDate | None = None
    side: str = ""
    resolution: str | None = None
    reason_pl: str | None = None
    reason_en: str | None = None
    source: object = None  # a Source, or its address word
    passage: str | None = None
    verified_on: date | str | None = None


class EventText(NamedTuple):
    """The words of one event, taken apart; `kind` and `side` are codes, None for a word that is not known."""

    named: str
    kind: str | None
    taken_on: str
    effective_on: str
    by: str
    side: str | None
    details: dict  # {name: text in quotes or not}

    @property
    def days(self):
        return self.taken_on, self.effective_on


def code_of(event):
    """An event for programs: "suspended 2022-03-02/2022-04 home", "ratified 1993", "terminated /2001-12-31"."""
    days = f"{event.taken_on or ''}/{event.effective_on}" if event.effective_on else event.taken_on
    return " ".join(filter(None, [event.kind, days, event.side]))


def full_code_of(event):
    """An event for programs with its details: `suspended 2022-03-02 home {"reason_en": "war"}`."""
    details = details_of(event)
    return f"{code_of(event)} {json.dumps(details, ensure_ascii=False)}" if details else code_of(event)


def details_of(event):
    """{name: text} of what is recorded of an event, or what a cell tells of it, beside its days and its side."""
    values = {name: getattr(event, name) for name in DETAILS}
    empty = (None,) if isinstance(event, ListedEvent) else (None, "")
    return {name: str(getattr(value, "slug", value)) for name, value in values.items() if value not in empty}


def usual_source(event, source, passage):
    """(source, passage) that an event has from its agreement, unless it happened after that source was written."""
    happened = event.taken_on or event.effective_on
    is_later = bool(source and happened) and happened.first_day > source.known_to
    return (None, "") if is_later else (source, passage)


def of_code(code):
    """The `ListedEvent` of which `full_code_of` made a code; its source is an address word, its check a text."""
    code, brace, details = code.partition(" {")
    kind, *others = code.split()
    side = others.pop() if others and others[-1] in Side.values else ""
    taken, _slash, effective = (others or [""])[0].partition("/")
    days = (PartialDate(day) if day else None for day in (taken, effective))
    return ListedEvent(kind, *days, side, **json.loads(f"{{{details}" if brace else "{}"))


def words_of(event):
    """An event for people: "suspended 2022-03-02, effective from 2022-04 (Kraków side)", in the active language."""
    text = " ".join(filter(None, [str(AgreementEvent.Kind(event.kind).label), event.taken_on]))
    if event.effective_on:
        leads = UNTIL if event.kind in WITH_LAST_DAY else FROM
        text = f"{text}, {leads[get_language()[:2]]} {event.effective_on}"
    return f"{text} ({SIDES[event.side]})" if event.side else text


def full_words_of(event, details=None):
    """An event for people with its details: `suspended 2022-03-02 (Kraków side), reason: "war"`."""
    details = details_of(event) if details is None else details
    texts = (f"{DETAILS[name][get_language()[:2]]}: {_written(name, text)}" for name, text in details.items())
    return ", ".join([words_of(event), *texts])


def _written(name, text):
    if not text:
        return NONE
    return text if name in ("source", "verified_on") else quote(text)


in_words = lazy(words_of, str)
in_full_words = lazy(full_words_of, str)
EXAMPLE = in_words(ListedEvent("suspended", PartialDate("2022-03-02"), PartialDate("2022-04-01"), "home"))
FULL_EXAMPLE = in_full_words(ListedEvent("suspended", PartialDate("2022-03-02"), resolution="LXXX/2232/22"))


def may_name_an_event(text):
    """Whether a text is such that it is found as the name of an event once somebody says what it means."""
    return any(map(str.isalpha, text)) and not FIGURE.search(text) and len(text.split()) <= MAX_WORDS


def taken_apart(text, meaning):
    """The `EventText` of one event in words; `meaning` knows the code of a word about "event" or "side"."""
    text, details = _without_details(text)
    text, by = _without_side(" ".join(text.replace(":", ": ").split()), meaning)
    named, kind, rest = _named(text, meaning)
    taken, effective = _days(rest, kind)
    return EventText(named, kind, taken, effective, by, meaning("side", by) if by else "", details)


def _without_details(text):
    """(the text before its details, {name: text}); what is told twice stands together."""
    leads = [*DETAIL.finditer(masked(text))]
    details = {}
    for lead, after in pairwise([*leads, None]):
        name = DETAIL_OF[lead[1].lower()]
        told = text[lead.end() : after and after.start()].strip()
        details[name] = f"{unquote(details[name])}; {unquote(told)}" if name in details else told
    return text[: leads[0].start()] if leads else text, details


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
