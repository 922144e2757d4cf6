"""A cell as text, the texts that are listed in it, and whether the register says something else."""

import re
from datetime import date, datetime

from krakow_intl.sheets import clean

# what divides texts that are listed: the ";" of "Rada; Urząd"
LISTED = re.compile(r"[;\n]")
# what may divide short words that are listed: the "/" of "kultura/sport", the "&" of "culture & sport"
LISTED_CLOSELY = re.compile(r"[;,/&\n]|\b(?:i|oraz|and)\b")
# dashes and blanks: " – "
DASHES = r"[\s\-‐-―−]*"
# a ditto mark: "〃", "''", ",,", the "||" of "-||-"
MARK = r"(?:[\"„“”″‟〃]|''|,,|(?<=[-–—])\s?(?:\|\||II|//)\s?(?=[-–—]))"
# words that point at the row above: "j.w.", "jak wyżej", "same as above"
WORDS = r"(?:j\.?\s?w\.?|jak\s(?:wyżej|powyżej)|(?:the\s)?same\sas\sabove|as\sabove|ditto|idem)\.?"
# a cell that only points at the one above: "-„-", "〃 〃", "(j.w.)"
SAID_ABOVE = re.compile(rf"{DASHES}{MARK}(?:{DASHES}{MARK})*{DASHES}|\(?{WORDS}\)?", re.I)
MAX_SAID_ABOVE_LENGTH = 17


def split_list(value, separators=LISTED):
    """The texts listed in a cell."""
    return [piece for text in separators.split(as_text(value)) if (piece := text.strip())]


def repeats_the_cell_above(text):
    """Whether a text only points at the row above, as on paper: ditto marks, "j.w."."""
    return len(text) <= MAX_SAID_ABOVE_LENGTH and SAID_ABOVE.fullmatch(text) is not None


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


def differs(known, value):
    """Whether a cell says something else than the register; what cannot be seen makes no difference."""
    if known == value or (known in (None, "") and value in (None, "")):
        return False
    if not (isinstance(known, str) and isinstance(value, str)):
        return True
    seen = clean(known)[0]
    return value not in (seen, " ".join(seen.split()))
