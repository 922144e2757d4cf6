"""What rests on each passage of a source: every public record of the register that was taken from there."""

import re
from typing import NamedTuple

from django.apps import apps
from django.urls import NoReverseMatch
from django.utils.text import slugify

from krakow_intl.core.display import name_of
from krakow_intl.core.kinds import kind_of
from programme.sourced import AsRead, Sourced, as_read

# a number in the label of a passage: the "2" and "1" of "I.2.1 d"
NUMBER = re.compile(r"(\d+)")


class Resting(NamedTuple):
    """A record that rests on a passage."""

    kind: str
    name: str
    address: str  # "": it has no page and stands on none
    place: str  # on that page, "#figure-guests"


class Passage(NamedTuple):
    label: str  # as the source numbers it, "I.2.1 d"; "" for what names none
    found: AsRead  # what rests on it, as of the day


def passage_place(passage):
    """The place of a passage on the page of its source: "I.2.1 d" -> "passage-i-2-1-d"."""
    return f"passage-{slugify(passage.replace('.', '-'))}"


def passages_of(source, day):
    """The `Passage`s of a source in their order, with what rests on each as of a day."""
    found = {}
    for model in filter(_is_sourced, apps.get_models()):
        for record in _records(model, source, day):
            for label in record.passages or [""]:
                found.setdefault(label, []).append(record)
    return [Passage(label, _as_resting(as_read(found[label], day))) for label in sorted(found, key=_place)]


def _as_resting(found):
    return AsRead(*([_resting(type(each), each) for each in some] for some in found[:3]), found.noted_in)


def _is_sourced(model):
    return issubclass(model, Sourced) and hasattr(model.objects, "public")


def _records(model, source, day):
    kind = kind_of(model)
    records = kind.search.records(day) if kind and kind.search else model.objects.public()
    records = records.filter(source=source).select_related("source", *model.belongs_to).order_by("pk")
    return records.with_beginnings(day) if hasattr(records, "with_beginnings") else records


def _resting(model, record):
    return Resting(str(model._meta.verbose_name), name_of(record) or str(record), *_address(model, record))


def _address(model, record):
    kind = kind_of(model)
    if kind and kind.search:
        return kind.search.address(record)
    parents = [getattr(record, name) for name in model.belongs_to]
    for holder in (record, *parents):
        try:
            return holder.get_absolute_url(), ""
        except (AttributeError, NoReverseMatch):
            continue
    return "", ""


def _place(label):
    """Passages in the order of the document: "I.2.3 a" before "I.2.10", what names no passage at the end."""
    return not label, [part.zfill(4) if part.isdigit() else part for part in NUMBER.split(label)]


FUNCTIONS = (passage_place,)
