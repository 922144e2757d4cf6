"""A cell as text, and the texts that are listed in it."""

import re
from datetime import date, datetime

from partners.imports.reading.links import NUMBER

LISTED = re.compile(r"[;\n]")
LISTED_NUMBERS = re.compile(r",|\b(?:i|oraz|and)\b")
LISTED_CLOSELY = re.compile(r"[;,/&\n]|\b(?:i|oraz|and)\b")
DASHES = r"[\s\-‐-―−]*"
MARK = r"(?:[\"„“”″‟〃]|''|,,|(?<=[-–—])\s?(?:\|\||II|//)\s?(?=[-–—]))"
WORDS = r"(?:j\.?\s?w\.?|jak\s(?:wyżej|powyżej)|(?:the\s)?same\sas\sabove|as\sabove|ditto|idem)\.?"
SAID_ABOVE = re.compile(rf"{DASHES}{MARK}(?:{DASHES}{MARK})*{DASHES}|\(?{WORDS}\)?", re.I)
LONGEST_SAID_ABOVE = 17


def split_list(value, separators=LISTED):
    """The texts listed in a cell."""
    return [piece for text in separators.split(as_text(value)) if (piece := text.strip())]


def references(piece):
    """The agreements a piece of text names; numbers may be listed as people do: "nr 6, 7 i 9"."""
    parts = split_list(piece, LISTED_NUMBERS)
    return parts if all(map(NUMBER.fullmatch, parts)) else [piece]


def repeats_the_cell_above(text):
    """Whether a text only points at the row above, as on paper: ditto marks, "j.w."."""
    return len(text) <= LONGEST_SAID_ABOVE and SAID_ABOVE.fullmatch(text) is not None


def as_text(value):
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if type(value) is float and value.is_integer():
        return str(int(value))
    return str(value)
