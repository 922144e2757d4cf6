"""The words of a text, plain or HTML."""

import re
from functools import lru_cache
from unicodedata import normalize

from django.utils.html import strip_tags

from krakow_intl.core.sorting import APOSTROPHES, fold

MAX_WORD_LENGTH = 40
# letters and figures of any alphabet: "Lwów", "Львів", "1973"
WORD = re.compile(r"[^\W_]+")
# a tag at which a new line begins, whose words do not run together: "<p>", "</li>", "<br>"
BLOCK = re.compile(r"</?(?:p|h\d|[uo]l|li|blockquote|br|t[rhd])\b")
# what nobody sees within a word: a soft hyphen, a zero-width space, a mark of direction, an accent no letter takes
INVISIBLE = re.compile("[\u00ad\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")
# a letter of the Cyrillic or Greek alphabet: the "а" of "Krаków", if somebody means to mislead
OTHER_LETTER = re.compile("[\u0370-\u04ff]")
# a letter of ours beside which such a one stands: the "K" of "Krаków"
OUR_LETTER = re.compile("[a-z]", re.IGNORECASE)
LOOK_ALIKES = str.maketrans(
    "авекмнорстухіјѕԁһАВЕКМНОРСТУХІЈЅԌαονιρυχκΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "abekmhopctyxijsdhABEKMHOPCTYXIJSGaovipuxkABEZHIKMNOPTYX",
)
ENGLISH_STOP_WORDS = """
    a an the and or of in on at to for from by with without about into than as is are was were be been has have had do
    does did not no it its this that these those what which who whom whose when where why how there out up all any
"""
POLISH_STOP_WORDS = """
    i oraz lub albo ani a ale że żeby o od do w we z ze za na nad po pod przed przez przy dla u ku bez co czy kto kogo
    kim czym jak jaki jaka jakie jakich gdzie kiedy ile jest są był była było były być się nie to ten ta te tego tej
    tych tym ich jej jego który która które których
"""
STOP_WORDS = {*ENGLISH_STOP_WORDS.split(), *POLISH_STOP_WORDS.split()}


def words_in(text):
    return words_of(plain_text(text))


def words_of(text):
    """The words of plain text as they are written; an apostrophe stands within a word: "L'viv" -> ["Lviv"]."""
    return [_in_one_alphabet(word) for word in WORD.findall(APOSTROPHES.sub("", clean(text)))]


def clean(text):
    """A text with each letter as one character, without what nobody sees."""
    return INVISIBLE.sub("", normalize("NFC", text))


def key_of(word):
    """A word as the index keeps it: "Łódź" -> "lodz", "007" -> "7"."""
    return str(int(word[:MAX_WORD_LENGTH])) if word.isdecimal() else _key_of(word)


@lru_cache(maxsize=50_000)
def _key_of(word):
    key = "".join(WORD.findall(fold(word)))[:MAX_WORD_LENGTH]
    return str(int(key)) if key.isdecimal() else key


def plain_text(text):
    """A text in one line, without its tags."""
    text = text or ""
    return " ".join((strip_tags(BLOCK.sub(r" \g<0>", text)) if "<" in text else text).split())


def _in_one_alphabet(word):
    is_mixed = OTHER_LETTER.search(word) and OUR_LETTER.search(word)
    return word.translate(LOOK_ALIKES) if is_mixed else word
