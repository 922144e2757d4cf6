"""What gifts come to: a sum for each currency and for each unit, never across them, of what has a number."""

from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

from babel import Locale

from krakow_intl.core.records import Precision
from krakow_intl.core.search.stems import is_same_word
from krakow_intl.core.sorting import fold
from partners.models.institutions import Side

# units that say nothing of what is counted: three pieces of one thing and two of another are no five of anything
PIECES = {"szt", "sztuk", "sztuka", "sztuki", "komplet", "zestaw", "piece", "pieces", "pcs", "item", "items", "set"}
LANGUAGES = ("pl", "en")


@dataclass(frozen=True)
class Total:
    """What some gifts of one currency or of one unit come to."""

    gifts: list
    currency: str = ""

    @property
    def number(self):
        return sum(gift.amount if self.currency else gift.quantity for gift in self.gifts)

    @property
    def precision(self):
        """As exact as the least exact of its gifts: what is "about" may be less, what is "over" is more."""
        found = {gift.precision for gift in self.gifts}
        return next((each for each in (Precision.ABOUT, Precision.OVER) if each in found), Precision.EXACT)

    def worded_like(self, language):
        """A gift whose unit is in the form that the number asks for, "11 wyjazdów"; None if no gift has it."""
        form = _form(self.number, language)
        worded = (gift for gift in self.gifts if getattr(gift, f"unit_{language}"))
        return next((gift for gift in worded if _form(gift.quantity, language) == form), None)


class Totals(NamedTuple):
    """What some gifts come to."""

    gifts: list
    money: list  # `Total`s, one for each currency, in the order of their codes
    things: list  # `Total`s of what there is not one of, the greatest first
    singles: list  # the gifts of which there is one
    without_number: list  # those of which neither an amount nor a quantity is recorded

    def __bool__(self):
        return bool(self.gifts)


class Account(NamedTuple):
    """One direction of the ledger: what was given and, apart from it, what was promised."""

    direction: str
    given: Totals
    promised: Totals

    def __bool__(self):
        return bool(self.given or self.promised)

    @property
    def gifts(self):
        return self.given.gifts + self.promised.gifts


def totals_of(gifts):
    gifts = list(gifts)
    counted = [Total(some) for some in _by_unit(gift for gift in gifts if gift.quantity is not None)]
    paid = [gift for gift in gifts if gift.amount is not None]
    currencies = sorted({gift.currency for gift in paid})
    return Totals(
        gifts,
        [Total([gift for gift in paid if gift.currency == code], code) for code in currencies],
        sorted((total for total in counted if not _is_single(total)), key=lambda total: -total.number),
        [total.gifts[0] for total in counted if _is_single(total)],
        [gift for gift in gifts if gift.amount is None and gift.quantity is None],
    )


def accounts_of(gifts):
    """The `Account` of what Kraków received and that of what it gave, empty or not."""
    gifts = list(gifts)
    return [_account(direction, gifts) for direction in (Side.HOME, Side.PARTNER)]


def accounts_by_city(gifts):
    """[(a gift, the accounts)] of each city of some rows of the ledger, most gifts first."""
    return [(some[0], accounts_of(some)) for some in _most_first(gifts, attrgetter("city__slug"))]


def cities_of(gifts):
    """[(a gift, how many)] of each city of some rows of the ledger, most gifts first."""
    return [(some[0], len(some)) for some in _most_first(gifts, attrgetter("city__slug"))]


def bodies_of(gifts, side):
    """[(a gift of theirs, totals, promised)] of each "giver" or "recipient", most gifts first; nobody last."""
    found = [(some[0], *_given_and_promised(some)) for some in _most_first(gifts, lambda gift: name_on(gift, side))]
    return sorted(found, key=lambda body: not name_on(body[0], side))


def name_on(gift, side):
    """By what the giver or the recipient of a gift is told from others; "" if nobody is recorded."""
    names = (f"{side}_slug", f"{side}_pl", f"{side}_en")
    return next((fold(name) for attribute in names if (name := getattr(gift, attribute))), "")


def _account(direction, gifts):
    return Account(direction, *_given_and_promised([gift for gift in gifts if gift.direction == direction]))


def _given_and_promised(gifts):
    return [totals_of(gift for gift in gifts if gift.is_promised is promised) for promised in (False, True)]


def _most_first(gifts, key):
    found = {}
    for gift in gifts:
        found.setdefault(key(gift), []).append(gift)
    return sorted(found.values(), key=len, reverse=True)


def _by_unit(gifts):
    """Lists of gifts that are counted in one unit, whatever form its number gave to the word."""
    exactly = {}
    for gift in gifts:
        exactly.setdefault(_unit(gift), []).append(gift)
    found = []
    for unit, some in exactly.items():
        same = next((theirs for other, theirs in found if _is_same(unit, other)), None)
        if same is None:
            found.append((unit, some))
        else:
            same.extend(some)
    return [some for _unit_of_all, some in found]


def _unit(gift):
    """Its unit in both languages; where that does not say what is counted, what was given does."""
    units = [fold(getattr(gift, f"unit_{language}") or "").strip(" .") for language in LANGUAGES]
    if any(units) and not PIECES.intersection(units):
        return (*units, "")
    return (*units, fold(gift.what_pl or gift.what_en or ""))


def _is_same(unit, other):
    """Whether two units are forms of one word in every language that both have."""
    in_both = [pair for pair in zip(unit[:-1], other[:-1], strict=True) if all(pair)]
    is_named = bool(in_both) or unit == other
    return is_named and unit[-1] == other[-1] and all(_is_form(*pair) for pair in in_both)


def _is_form(unit, other):
    words, others = unit.split(), other.split()
    return len(words) == len(others) and all(map(_is_form_of_word, words, others))


def _is_form_of_word(word, other):
    return word.removesuffix("s") == other.removesuffix("s") or is_same_word(word, other)


def _is_single(total):
    return len(total.gifts) == 1 and total.number == 1 and total.precision == Precision.EXACT


def _form(number, language):
    """The form that a number gives to a word: "one", "few", "many", "other"."""
    return Locale.parse(language).plural_form(int(number) if number == int(number) else number)
