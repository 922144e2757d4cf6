"""What is no password: words that many take for one, Polish ones among them, however they are written or padded."""

import re
import unicodedata
from functools import cache
from pathlib import Path

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

WORDS = Path(__file__).with_name("common-passwords.txt")
MAX_WORDS = 3  # of which a password may not be made up alone: "krakowpolskahaslo"
LONG = 200  # letters from which on nobody asks what a password is made of
MIN_LETTERS = 4  # of a word of Django's list that counts without its digits: "password" of "password2024"
# everything but letters: the "-", "2024" and "!!" of "Krakow-2024!!"
NO_LETTERS = re.compile(r"[^a-z]+")
# what stands before or behind the letters: the "2024!!" of "h@slo2024!!"
PADDING = re.compile(r"^[^a-z]+|[^a-z]+$")
# digits and signs that stand for letters: "h@sl0" for "haslo"
DISGUISES = str.maketrans("013457@$!", "oieastasi")


class CommonWordsValidator:
    """Refuses words of `common-passwords.txt` and of Django's list, with whatever digits and signs around them."""

    def validate(self, password, user=None):
        if len(password) < LONG and any(map(_is_common, _readings(password))):
            raise ValidationError(self.get_help_text(), code="password_too_common")

    def get_help_text(self):
        return _("A password may not be made of common words, names or rows of keys, with or without digits.")


def _readings(password):
    """A password as it may be meant: its letters, these with what digits and signs stand for, and all of it."""
    text = _fold(password)
    disguised = PADDING.sub("", text).translate(DISGUISES)
    return {NO_LETTERS.sub("", text), NO_LETTERS.sub("", disguised), text}


def _fold(text):
    """Small letters without diacritics: "Kraków" -> "krakow", "Łódź" -> "lodz"."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("ł", "l"))
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _is_common(letters):
    if len(letters) >= 12 and len(set(letters)) <= 3:  # "aaaaaaaaaaab", "121212121212"
        return True
    is_listed = len(letters) >= MIN_LETTERS and letters in _django_words()
    return is_listed or _words_in(letters) <= MAX_WORDS


def _words_in(letters):
    """The least number of common words that a text is made up of; a repeated one counts once; infinite if of none."""
    least = {0: frozenset()}
    for end in range(1, len(letters) + 1):
        for start in range(max(0, end - _longest()), end):
            if start in least and (word := letters[start:end]) in _words():
                found = least[start] | {word}
                least[end] = min(least.get(end, found), found, key=len)
    return len(least[len(letters)]) if len(letters) in least else float("inf")


@cache
def _words():
    return frozenset(filter(None, map(_fold, WORDS.read_text().split())))


@cache
def _longest():
    return max(map(len, _words()))


@cache
def _django_words():
    return frozenset(CommonPasswordValidator().passwords)
