"""How staff find an agreement and tell it from others: by city, date, title and number, each as a person writes it."""

import re
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.translation import pgettext

from krakow_intl.core.dates import PartialDateError, parse_partial_date

BETWEEN = " · "
# a number as a person names it: "no. 12", "nr 12", "#12"; not the "no 1991" of "Wilno 1991"
NUMBER = re.compile(r"(?:\b(?:no|nr|num|numer|number)\b\.?|#|№)\s*([0-9]{1,9})\b", re.IGNORECASE)
# a bare figure: "12"
BARE_NUMBER = re.compile(r"[0-9]{1,9}")
# what divides the parts of a label, if somebody copies one: the " · " of "Vilnius · 1991-09-10"
DIVIDER = re.compile(r"\s+[·•|]\s+|[,;]\s+")
DATES = ("signed_on", "valid_from")


def label_of(agreement):
    """What an agreement is called where one is picked: "Vilnius · 1991-09-10 · Partnership agreement · no. 12"."""
    number = pgettext("agreement", "no. %(number)s") % {"number": agreement.number}
    date = agreement.signed_on or agreement.valid_from
    return BETWEEN.join(filter(None, [str(agreement.city), date and str(date), str(agreement), number]))


def matching_agreements(agreements, text, with_text):
    """Those that each part of `text` fits, as a date, a number or by `with_text`: (agreements, words) -> agreements."""
    text = DIVIDER.sub(" ", text)
    for number in NUMBER.findall(text):
        agreements = agreements.filter(number=int(number))
    words = []
    for part in _parts(NUMBER.sub(" ", text).split()):
        if condition := _of_figures(part):
            agreements = agreements.filter(condition)
        else:
            words.append(part)
    return with_text(agreements, " ".join(words))


def _parts(words):
    """Words one by one, those that are a date together as one: "Vilnius", "10 września 1991"."""
    while words:
        size = next((size for size in (3, 2) if size <= len(words) and _date_in(" ".join(words[:size]))), 1)
        yield " ".join(words[:size])
        words = words[size:]


def _of_figures(part):
    """The condition that a date or a number, which may stand in a title too, fits an agreement; None of other words."""
    conditions = []
    if date := _date_in(part):
        conditions += [Q(**{f"{column}__startswith": date}) for column in DATES]
    if BARE_NUMBER.fullmatch(part):
        conditions += [Q(number=int(part)), Q(title_words__contains=f" {part} ")]
    return reduce(or_, conditions) if conditions else None


def _date_in(text):
    """A date of which the year is written out, such as "1991" or "10.09.1991"; else None."""
    try:
        return parse_partial_date(text)
    except PartialDateError:
        return None
