"""The names that a search field proposes for the letters that somebody has typed."""

from krakow_intl.core.display import name_of
from krakow_intl.core.kinds import KINDS
from krakow_intl.core.search.postings import records_of, words_beginning
from krakow_intl.core.search.words import key_of, words_of
from krakow_intl.core.sorting import fold
from partners.models import CityName, PartnerCity

MIN_LETTERS = 2  # of which a name is proposed
MAX_LETTERS, MAX_WORDS = 60, 4
MOST = 8  # names that are proposed
SOME = 50  # of a kind, from which those are chosen


def suggestions(typed):
    """[(name, the other names by which a city is known)] of what has a name with words that begin as those typed."""
    keys = [key_of(word) for word in words_of(typed[:MAX_LETTERS])][:MAX_WORDS]
    if not keys or len(keys[-1]) < MIN_LETTERS:
        return []
    found = [record for kind, numbers in _named(keys) for record in _of_kind(kind, numbers)]
    found.sort(key=lambda pair: not fold(pair[0]).startswith(fold(typed.strip())))
    return [(name, _with_letters(typed, name, others)) for name, others in found[:MOST]]


def _named(keys):
    """[(kind, keys of its records)]: a word of the name, or of another name of a city, begins with each of the keys."""
    kinds = {kind.model._meta.model_name: kind for kind in KINDS.values() if kind.is_suggested}
    names = CityName._meta.model_name
    held = [records_of(words_beginning([key]), [*kinds, names], in_title=True) for key in keys]
    for label, kind in kinds.items():
        numbers = [set().union(*some.get(label, {}).values()) for some in held]
        if kind.model is PartnerCity:
            numbers = [
                some | _called(set().union(*each.get(names, {}).values()))
                for some, each in zip(numbers, held, strict=True)
            ]
        yield kind, set.intersection(*numbers)


def _called(names):
    """The cities that have these other names."""
    return {*CityName.objects.filter(pk__in=names).values_list("city", flat=True)} if names else set()


def _of_kind(kind, numbers):
    if not numbers:
        return []
    records = list(kind.model.objects.public().filter(pk__in=numbers).by_name()[:SOME])
    others = kind.other_names(records)
    return [(name_of(record), ", ".join(others.get(record.pk, ()))) for record in records]


def _with_letters(typed, name, others):
    """The other names, with the name as it was typed: a browser shows only what holds those very letters."""
    is_shown = typed.strip().casefold() in f"{name} {others}".casefold()
    return others if is_shown else ", ".join(filter(None, [others, fold(name)]))
