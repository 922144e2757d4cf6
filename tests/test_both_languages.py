"""The Polish and the English text of a fact name the same numbers and the same months, in figures or in words."""

import json
import re
from html import unescape

import pytest
from django.conf import settings

# numbers that one of the languages writes in words somewhere, and decades, which Polish never writes in figures
IN_WORDS = {
    "4": "four|cztery",
    "5": "five|pięć|pięciu",
    "10": "ten|dziesięć",
    "11": "eleven",
    "25": "twenty-five",
    "1970": "siedemdziesiątych",
    "1990": "dziewięćdziesiątych",
}
MONTHS = {
    "pl": (
        *("stycz", "lut(?:y|ego|ym)", "mar(?:zec|ca|cu)", "kwie", "maj[au]?", "czerw(?:iec|ca|cu)"),
        *("lip(?:iec|ca|cu)", "sierp", "wrze", "paźdz", "listopad", "grud"),
    ),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
# what is no part of the wording: the "[[city:lviv|" of a reference, a tag
MARKUP = re.compile(r"\[\[[^\]|]*\|?|\]\]|<[^>]+>")
# what divides thousands: the " " of "160 000", the "," of "160,000"
THOUSANDS = re.compile(r"(?<=\d)[\s,](?=\d{3}(?!\d))")
# a number with its decimals: "2003", "1,5", "1.5"
NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


def pairs():
    for path in sorted(settings.FIXTURES_DIR.glob("*.json")):
        for entry in json.loads(path.read_text()):
            fields = entry["fields"]
            for name, text in fields.items():
                other = fields.get(f"{name.removesuffix('_pl')}_en")
                if name.endswith("_pl") and isinstance(text, str) and isinstance(other, str):
                    yield f"{path.name}: {fields.get('slug', '')} {name}", text, other


def plain(text):
    return THOUSANDS.sub("", unescape(MARKUP.sub(" ", text)))


def numbers(text):
    return {number.replace(",", ".") for number in NUMBER.findall(text)}


def months(text, language):
    """The places of the months that stand beside a number: the 6 of "June 2003", "9 lipca"."""
    # a day or a year beside a month: "9 lipca", "June 2003"
    beside = r"\d\s+{name}|\b{name}\w*\s+\d"
    return {place for place, name in enumerate(MONTHS[language], 1) if re.search(beside.format(name=name), text)}


def differences(polish, english):
    """What one text tells and the other does not."""
    polish, english = plain(polish), plain(english)
    unlike = numbers(polish) ^ numbers(english)
    both = f"{polish} {english}".lower()
    untold = {number for number in unlike if number not in IN_WORDS or not re.search(IN_WORDS[number], both)}
    return untold | {f"month {place}" for place in months(polish, "pl") ^ months(english, "en")}


def test_the_texts_of_a_pair_name_the_same_numbers_and_months():
    compared = list(pairs())
    assert len(compared) > 1000
    assert {place: found for place, *texts in compared if (found := differences(*texts))} == {}


@pytest.mark.parametrize(
    ("polish", "english"),
    [
        ("w 2003 roku", "in 2004"),
        ("9 lipca 2001", "9 June 2001"),
        ("160 000 studentów", "16,000 students"),
        ("przez 5 lat", "for years"),
    ],
)
def test_a_difference_would_be_found(polish, english):
    assert differences(polish, english)


def test_the_same_in_figures_and_in_words_is_no_difference():
    assert not differences(
        "160 000 osób, 1,5 roku, 4 samochody w czerwcu 2003", "160,000 people, 1.5 years, four cars in June 2003"
    )
