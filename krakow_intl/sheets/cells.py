"""What a cell says once everything the eye does not see is taken away."""

import re
import unicodedata

SPACES = dict.fromkeys([0x09, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000], " ")
# soft hyphen, joiners, fillers, marks of direction, tags
FORMATTING = (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), *range(0xE0000, 0xE0080))
INVISIBLE = dict.fromkeys([0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x180E, 0x3164, 0xFEFF, 0xFFA0, *FORMATTING])
UNSEEN = SPACES | INVISIBLE
# a control character other than a line feed, half a pair, or what is no character: "\x07", "\ud800", "\uffff"
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# a text that there is nothing to clean in: "Kraków – Lwów"
PLAIN = re.compile("[!-~À-ž](?:[ -~À-ž–—„”“’]*[!-~À-ž–—„”“’])?")  # composed, trimmed, without anything unseen
MAX_ACCENTS = 10
NEUTRALIZED = ("'=", "'+", "'-", "'@", "'\t", "'\r")
ERRORS = {
    *("#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA"),
    *("#ADR!", "#N/D!", "#N/D", "#ARG!", "#ARG", "#NAZWA?", "#DZIEL/0!", "#ZERO!", "#LICZBA!", "#PRZENIESIONE!"),
}
# an error of LibreOffice: "Err:502", "Błąd:502"
OFFICE_ERROR = re.compile(r"(?:Err|Błąd):5[0-9]{2}")

ENCODINGS = ("cp1252", "cp1250", "iso-8859-2", "latin-1")
# characters beyond ASCII in a row: the "Ã³" of "KrakÃ³w"
BEYOND_ASCII = re.compile(r"[^\x00-\x7f]{2,}")
# Latin letters and signs beyond ASCII, or Cyrillic letters in a row: "ó", "–", "Ки"
LETTERS = re.compile("[\u00a0-\u017f\u2010-\u2026\u20ac]+|[\u0400-\u045f]{2,}")  # what a text meant to say
# a question mark in place of a letter, within a word or at its head: the "k?w" of "Krak?w", the "?ód" of "?ódź"
LOST = re.compile(r"[^\W\d_]\?[a-ząćęłńóśźż]|(?<!\S)\?[a-ząćęłńóśźż]{2}")
# the figures before the first sign that divides thousands: the "12" of "12.500"
THOUSANDS = "[1-9][0-9]{0,2}"
# a number with signs between thousands or before decimals: "-60", "12.500", "1,234,567.8", "1234,5"
NUMBER = re.compile(rf"([+-]?)({THOUSANDS}(?:\.[0-9]{{3}})+|{THOUSANDS}(?:,[0-9]{{3}})+|[0-9]+)(?:([.,])([0-9]+))?")
# a number whose one sign may divide thousands or decimals: "1.234", "12,500"
AMBIGUOUS = re.compile(rf"[+-]?{THOUSANDS}[.,][0-9]{{3}}")
# what shows that a text holds an address of the web: the "://" of "https://krakow.pl", "www."
ADDRESS = re.compile(r"://|\bwww\.", re.I)


def clean(text):
    """(`text` without what is unseen, the code of what is wrong with it or None).

    One apostrophe before a sign that a spreadsheet would take for a formula is the mark of an earlier export and
    goes; any other stays.
    """
    if text.startswith(NEUTRALIZED):
        text = text[1:]
    code = "mojibake" if is_garbled(text) else None
    if not PLAIN.fullmatch(text):
        text = text.replace("\r\n", "\n").replace("\r", "\n").translate(UNSEEN).strip()
        if _is_piled(text):
            return text, "control-character"
        text = unicodedata.normalize("NFC", text)
    if CONTROL.search(text):
        code = "control-character"
    elif text[:1] in "#EB" and (text.upper() in ERRORS or OFFICE_ERROR.fullmatch(text)):
        code = "error-value"
    return text, code


def _is_piled(text):
    """Whether more accents stand on one letter than any language knows; to put them in order takes seconds."""
    pile = 0
    for sign in text:
        pile = pile + 1 if unicodedata.combining(sign) else 0
        if pile > MAX_ACCENTS:
            return True
    return False


def is_garbled(text):
    """Whether the letters of `text` were read in another encoding than they were written in, or were lost."""
    if "\ufffd" in text:
        return True
    if "?" in text and LOST.search(text) and not ADDRESS.search(text):
        return True
    return not text.isascii() and any(map(_is_misread, BEYOND_ASCII.findall(text)))


def _is_misread(run):
    return any(LETTERS.fullmatch(_reread(run, encoding)) for encoding in ENCODINGS)


def _reread(run, encoding):
    try:
        return run.encode(encoding).decode("utf-8")
    except UnicodeError:
        return ""


def parse_number(text):
    """The number a person wrote: "1 234,5" -> 1234.5, "60" -> 60.

    Raises ValueError("ambiguous") where a sign may divide thousands or decimals ("1.234"), ValueError("unreadable")
    where it is no number.
    """
    # a space or an apostrophe between thousands: that of "1 234" and of "1'234"
    text = re.sub(r"(?<=[0-9])[ '](?=[0-9]{3}(?![0-9]))", "", text.translate(UNSEEN).strip()).replace("−", "-")
    match = NUMBER.fullmatch(text)
    if not match:
        raise ValueError("unreadable")
    sign, whole, point, decimals = match.groups()
    if AMBIGUOUS.fullmatch(text) or (point and point in whole):
        raise ValueError("ambiguous")
    # a sign between thousands: the "." of "1.234.567"
    whole = sign + re.sub("[.,]", "", whole)
    return float(f"{whole}.{decimals}") if decimals else int(whole)
