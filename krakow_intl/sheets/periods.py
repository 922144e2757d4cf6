"""Lengths of time as offices write them: "5 lat", "na okres 2 lat i 6 miesięcy", "five years", "18 m-cy", "5 Jahre"."""

import re
from functools import lru_cache
from typing import NamedTuple

from krakow_intl.core.sorting import fold

MAX_LENGTH = 100  # of a text that is looked at
COUNTS = {
    1: "jeden jedna jednego a an one ein eine einem eines un une jedna один",
    2: "dwa dwie dwoch dwu two zwei deux dva dve два",
    3: "trzy trzech three drei trois tri три",
    4: "cztery czterech cztero four vier quatre ctyri чотири четыре",
    5: "pięć pięciu pięcio five fünf fuenf cinq pět пять п’ять",
    6: "sześć sześciu sześcio six sechs šest шість шесть",
    7: "siedem siedmiu siedmio seven sieben sept sedm сім семь",
    8: "osiem ośmiu ośmio eight acht huit osm",
    9: "dziewięć dziewięciu dziewięcio nine neun neuf devět",
    10: "dziesięć dziesięciu dziesięcio ten zehn dix deset десять",
    12: "dwanaście dwunastu twelve zwölf douze dvanáct",
    15: "piętnaście piętnastu fifteen fünfzehn quinze patnáct",
    20: "dwadzieścia dwudziestu twenty zwanzig vingt dvacet",
    30: "trzydzieści thirty dreißig trente",
    0.5: "pół half_a halbes ein_halbes pul půl пів",
    1.5: "półtora anderthalb půldruhého півтора",
}
UNITS = {
    12: "lat lata rok roku l l. years year yr yrs yr. y jahre jahr jahren ans an années année let roky рік роки років "
    "року р. год года лет años año anni anno letnia letni letnie letniego letniej roczna roczny roczne jährig jährige "
    "jähriger éves év",
    1: "miesięcy miesiące miesiąc miesiąca miesięczny miesięczna mies mies. m-cy m-ce m-c m-c. mc mcy m. m months "
    "month mo mos monate monat monaten mois měsíců měsíce měsíc mesiacov місяців місяці місяць міс. місяця "
    "месяцев месяц meses mes mesi mese hónap",
    3: "kwartały kwartał kwartałów kwartału quarters quarter",
    6: "półrocze półrocza półroczny półroczna",
}
ALONE = "rok roku roczna roczny miesiąc kwartał półrocze półroczna półroczny jahr année"  # they need no figure: one


def _by_word(table):
    return {fold(word).replace("_", " "): value for value, words in table.items() for word in words.split()}


COUNT_OF, UNIT_OF = _by_word(COUNTS), _by_word(UNITS)


def _one_of(words):
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


# how many there are: "5", "2,5", "piec"
COUNT = rf"(?:[0-9]{{1,6}}(?:[.,][0-9]{{1,3}})?|{_one_of(COUNT_OF)})"
# a count and a unit, folded, or a unit alone: "5 lat", "5-letnia", "piec lat", "2letnia", "rok"
PART = re.compile(
    rf"(?P<count>{COUNT})\s*(?:-\s*)?(?P<unit>{_one_of(UNIT_OF)})(?!\w)"
    rf"|(?P<alone>{_one_of(map(fold, ALONE.split()))})(?!\w)"
)
# what may stand before a length: "na okres", "for a period of", "auf", "na czas"
LEAD = re.compile(
    r"(?:(?:na|przez|for|auf|fur|pour|pendant|per|por|на|строком на|terminem)\s+)?"
    r"(?:(?:okres|czas okreslony|czas|die dauer von|a period of|the period of|dobu|une duree de|une periode de)"
    r"\s*:?\s+)?"
)
# what joins two lengths on one line: the " i " of "2 lata i 6 miesięcy"
JOINT = re.compile(r"[^\S\n]*(?:,|\bi\b|\band\b|\bund\b|\bet\b|\ba\b|\bта\b)?[^\S\n]*")
# words that say that a term runs from the signing, as it does: "od dnia podpisania", "from the date of signature"
FROM_THE_START = re.compile(
    r"(?:(?:liczac(?:e|y|ych)?|counted|counting|starting)\s+)?"
    r"(?:od|from|since|after|ab|nach|seit|a compter de|від|з)\s+"
    r"(?:(?:the|daty|dnia|chwili|momentu|date|day|of|dem|der|tag|la|dne|дня|дати)\s+)*"
    r"(?:podpisania|zawarcia|wejscia w zycie|sign\w*|conclusion|entry into force|unterzeichnung|inkrafttreten|podpisu"
    r"|podpisani|signature|підписання)(?:\s+(?:umowy|aktu|the agreement|porozumienia|smlouvy|угоди))?"
)
# a text and another one in brackets: "60 (5 lat)"
SAID_TWICE = re.compile(r"(.{1,40}?)\s*\((.{1,40})\)")


class Period(NamedTuple):
    """A length of time in months, and what else the text says, folded."""

    months: int | float
    rest: str = ""


@lru_cache(maxsize=1_000)
def period_of(text):
    """The `Period` at the head of a text, None if there is none; words that it runs from the start say nothing.

    Only a smaller unit adds to a larger one: "3 months and 6 months" are two lengths, of which the text says both.
    """
    text = fold(text).strip() if len(text) <= MAX_LENGTH else ""
    place, months, last = LEAD.match(text).end(), 0, None
    while part := PART.match(text, place if last is None else JOINT.match(text, place).end()):
        unit = UNIT_OF[part["alone"] or part["unit"]]
        if last is not None and unit >= last:
            break
        months += _months(part)
        place, last = part.end(), unit
    if last is None:
        return None
    rest = FROM_THE_START.sub("", text[place:].lstrip(".").strip(" ,;()"), count=1)
    return Period(int(months) if months == int(months) else months, rest.strip(" ,;()"))


@lru_cache(maxsize=1_000)
def months_of(text):
    """The months of a length of time such as "5 lat", "2 lata i 6 miesięcy" or "60 (5 lat)"; None if it is none."""
    twice = SAID_TWICE.fullmatch(text)
    if not twice:
        return _months_alone(text)
    said = {int(part) if part.isdecimal() else _months_alone(part) for part in twice.groups()}
    return said.pop() if len(said) == 1 else None


def _months_alone(text):
    period = period_of(text)
    return period.months if period and not period.rest else None


def _months(part):
    if part["alone"]:
        return UNIT_OF[part["alone"]]
    count = part["count"]
    return UNIT_OF[part["unit"]] * (COUNT_OF[count] if count in COUNT_OF else float(count.replace(",", ".")))
