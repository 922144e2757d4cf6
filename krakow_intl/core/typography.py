"""Typography, Polish and English: which words stay together on a line, and how figures and ranges are set."""

import re
from itertools import chain, zip_longest

from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

from krakow_intl.core.page_language import page_language

NBSP, DASH = "\N{NO-BREAK SPACE}", "\N{EN DASH}"

VERBATIM = "script|style|textarea|pre|code"
# an element with all it holds that is not set, a tag, an entity: "<code>a - b</code>", "<p>", "&amp;"
MARKUP = re.compile(rf"(<(?:({VERBATIM})\b.*?</\2\s*>|[^>]*>)|&#?\w+;)", re.DOTALL)
APART = "\0"  # between words that stand in different elements
MONTHS = {
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "en": "January February March April May June July August September October November December",
}
UNITS = {
    "pl": "tys mln mld zł złotych euro franków dolarów km m ha kg t proc"
    " lat lata miesiąc miesiące miesięcy tygodnie tygodni dzień dni godz min",
    "en": "million billion thousand euro euros francs dollars zlotys km m ha kg t per years months weeks days",
}
CURRENCIES = "PLN EUR USD CHF GBP DEM"


def _any(words):
    return "|".join(words.split())


def _rules(language):
    """(sign, pattern, replacement) of what is set in each language; each pattern begins with a sign that is rare.

    A text without the sign is not looked through for the pattern.
    """
    after_figures = _any(f"{MONTHS[language]} {UNITS[language]} {CURRENCIES}")
    return [
        # years from and to: the "-" of "2006-2008"
        ("-", re.compile(r"-(?<=(?<![\w/-])\d{4}-)(?=\d{4}(?![\w/-]))"), DASH),
        # figures from and to, before a word: the "-" of "2-3 years", not that of "30-059 Kraków"
        ("-", re.compile(r"-(?=\d\d? [^\W\d])(?:(?<=(?<![\w./-])\d-)|(?<=(?<![\w./-])\d\d-))"), DASH),
        # a dash between words: the " - " of "Kraków - Lwów"
        (" ", re.compile(rf"[ {NBSP}][-{DASH}] "), f"{NBSP}{DASH} "),
        # a dot between entries: the " · " of "1991 · Lwów"
        ("·", re.compile(r"\s+· "), f"{NBSP}· "),
        # the space between figures and what they count: that of "9 lipca", "5 km", "25 %"
        (" ", re.compile(rf" (?<=\d )(?=(?:{after_figures})(?!\w)|%)"), NBSP),
        # a currency before its amount: the " " of "EUR 500"
        (" ", re.compile(rf" (?=\d)(?<=\b(?:{_any(CURRENCIES)}) )"), NBSP),
        # a place in the programme: the "I.2.3 " of "I.2.3 o"
        ("I.", re.compile(r"\b(I{1,3}(?:\.\d+)+) (?=[a-z](?!\w))"), rf"\1{NBSP}"),
    ]


SHORT = ("nr|dr", r"(?:ul|al|pl|św|im|dr|ds)\.", r"(?:art|ust)\.", r"prof\.")  # in each place of one length
BEHIND_SHORT = "|".join(rf"(?<=(?<![\w.])(?:{words}) )" for words in SHORT)
BEHIND_DIGITS = "|".join(rf"(?<=(?<![\w.,])\d{{{number}}} )" for number in (1, 2, 3))
POLISH_RULES = [
    # a word of one letter, which ends no line: the " " of "w Krakowie"
    (" ", re.compile(r" (?<=(?<!\w)[aiouwzAIOUWZ] )"), NBSP),
    # the space before the short word for a year or an age: that of "2001 r.", "XX w."
    (" ", re.compile(r" (?:(?=r\.)(?<=\d )|(?=w\.)(?<=[IVXL] ))"), NBSP),
    # a short word before what it is of: the " " of "nr 7", "ul. Floriańska"
    (" ", re.compile(rf" (?=\w)(?:{BEHIND_SHORT})"), NBSP),
    # a number with spaces between thousands: the " 234 567" of "1 234 567"
    (" ", re.compile(rf" (?:{BEHIND_DIGITS})\d{{3}}(?: \d{{3}})*(?![\w-])"), lambda found: found[0].replace(" ", NBSP)),
]
RULES = {"pl": _rules("pl") + POLISH_RULES, "en": _rules("en")}


def typeset(text, language=None):
    """`text` as it is set in `language`; of safe HTML only the words, never tags, what is typed, code or entities."""
    rules = RULES[language or page_language()]
    if not hasattr(text, "__html__"):
        return _apply(rules, str(text))
    pieces = MARKUP.split(text)  # words, markup and the name of what is verbatim in turn
    words = _apply(rules, APART.join(pieces[::3])).split(APART)
    return mark_safe("".join(chain.from_iterable(zip_longest(words, pieces[1::3], fillvalue=""))))


def typeset_html(text, language=None):
    """The same, safe to print: plain text is escaped."""
    return typeset(conditional_escape(text), language)


def _apply(rules, text):
    for sign, pattern, replacement in rules:
        if sign in text:
            text = pattern.sub(replacement, text)
    return text
