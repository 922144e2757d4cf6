"""Keys of [0-9a-z] by which names are sorted and found alike in every database."""

import re
import unicodedata

from django.utils.translation import get_language

POLISH_ALPHABET = "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"
ALPHABETS = {"pl": POLISH_ALPHABET, "en": "abcdefghijklmnopqrstuvwxyz"}
UNDECOMPOSED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i"}
)
# an apostrophe, however it is typed: the "'" of "L'viv"
APOSTROPHES = re.compile(r"[’'ʼ‘`´]")
# what stands before the first letter: the "„" of "„Lwów”"
BEFORE_THE_FIRST_LETTER = re.compile(r"^\W+")
KEY_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def fold(text):
    """`text` in lower case, without diacritics: "Łódź" -> "lodz", "Львів" stays Cyrillic."""
    if text.isascii():
        return text.lower()
    lowered = text.casefold().translate(UNDECOMPOSED)
    decomposed = unicodedata.normalize("NFKD", lowered)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def words(text):
    """The folded words of `text`: "L'viv, Frankfurt/Main" -> ["lviv", "frankfurt", "main"]."""
    # a word: the "frankfurt" and the "main" of "frankfurt/main"
    return re.findall(r"\w+", fold(APOSTROPHES.sub("", text)).replace("_", " "))


def name_key(text):
    """The one key of a name, however it is written: "L'viv" and "lviv" -> "lviv"."""
    return " ".join(words(text))


def sort_key(text, language="pl"):
    """A key that sorts `text` by the alphabet of `language` in any collation; two digits a letter, at most 200.

    What stands before the first letter or figure, such as a quotation mark, does not count.
    """
    alphabet = ALPHABETS[language]
    letters = BEFORE_THE_FIRST_LETTER.sub("", unicodedata.normalize("NFC", text.casefold()))[:100]
    return "".join(_rank(letter, alphabet) for letter in letters)


def sort_column(prefix=""):
    """The column that sorts named records by the alphabet of the active language."""
    return f"{prefix}sort_key_{get_language()[:2]}"


def _rank(letter, alphabet):
    if letter in alphabet:
        return _two_digits(20 + alphabet.index(letter))
    plain = fold(letter)
    if plain[:1] in alphabet and plain:
        return "".join(_two_digits(20 + alphabet.index(c)) for c in plain if c in alphabet)
    return _two_digits(1 + int(plain)) if plain.isdecimal() and len(plain) == 1 else "00"


def _two_digits(number):
    high, low = divmod(number, 36)
    return KEY_DIGITS[high] + KEY_DIGITS[low]
