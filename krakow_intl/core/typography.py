"""Typography, Polish and English: which words stay together on a line, and how figures and ranges are set."""

import re
from itertools import chain, zip_longest

from django.utils.html import conditional_escape
from django.utils.safestring import SafeData, mark_safe
from django.utils.translation import get_language

NBSP, DASH = "\N{NO-BREAK SPACE}", "\N{EN DASH}"

VERBATIM = "script|style|textarea|pre|code"
MARKUP = re.compile(rf"(<({VERBATIM})\b.*?</\2\s*>|<[^>]*>|&#?\w+;)", re.DOTALL)
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
    after_figures = _any(f"{MONTHS[language]} {UNITS[language]} {CURRENCIES}")
    return [
        (re.compile(r"(?<![\w/-])(\d{4})-(?=\d{4}(?![\w/-]))"), rf"\1{DASH}"),  # 2006–2008
        (re.compile(r"(?<![\w./-])(\d{1,2})-(?=\d{1,2} [^\W\d])"), rf"\1{DASH}"),  # 2–3 years, no postal code
        (re.compile(rf"[ {NBSP}][-{DASH}] "), f"{NBSP}{DASH} "),
        (re.compile(r"\s+· "), f"{NBSP}· "),
        (re.compile(rf"(?<=\d) (?=(?:{after_figures})(?!\w)|%)"), NBSP),
        (re.compile(rf"\b({_any(CURRENCIES)}) (?=\d)"), rf"\1{NBSP}"),
        (re.compile(r"\b(I{1,3}(?:\.\d+)+) (?=[a-z](?!\w))"), rf"\1{NBSP}"),  # a place in the programme: I.2.3 o
    ]


POLISH_RULES = [
    (re.compile(r"(?<!\w)([aiouwzAIOUWZ]) "), rf"\1{NBSP}"),
    (re.compile(r"(?<=\d) (?=r\.)|(?<=[IVXL]) (?=w\.)"), NBSP),
    (re.compile(r"(?<![\w.])(nr|dr|(?:ul|al|pl|św|im|dr|ds|prof|art|ust)\.) (?=\w)"), rf"\1{NBSP}"),
    (re.compile(r"(?<![\w,.])(\d{1,3})((?: \d{3})+)(?![\w-])"), lambda match: match[0].replace(" ", NBSP)),
]
RULES = {"pl": _rules("pl") + POLISH_RULES, "en": _rules("en")}


def typeset(text, language=None):
    """`text` as it is set in `language`; of safe HTML only the words, never tags, what is typed, code or entities."""
    rules = RULES[(language or get_language() or "pl")[:2]]
    if not isinstance(text, SafeData):
        return _apply(rules, str(text))
    markup = [found[0] for found in MARKUP.finditer(text)]
    words = _apply(rules, MARKUP.sub(APART, text)).split(APART)
    return mark_safe("".join(chain.from_iterable(zip_longest(words, markup, fillvalue=""))))


def typeset_html(text, language=None):
    """The same, safe to print: plain text is escaped."""
    return typeset(conditional_escape(text), language)


def _apply(rules, text):
    for pattern, replacement in rules:
        text = pattern.sub(replacement, text)
    return text
