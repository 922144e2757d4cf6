"""What became of a record: who changed what, when and why, told field by field."""

from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.dates import PartialDate, format_partial_date
from krakow_intl.core.facts import is_by_loading
from krakow_intl.core.fields import CountryField, ProseField, country_name
from krakow_intl.core.prose import in_lines

LANGUAGES = {"pl": pgettext_lazy("text in", "Polish"), "en": pgettext_lazy("text in", "English")}
NOTHING = "—"
MAX_COMPARISON_LENGTH = 2000  # words; comparing two texts word by word takes time by the square of their length
PAUSE = timedelta(seconds=2)  # the rows one saving writes lie closer together, two savings of one person do not
CONTEXT = 8  # words shown around a change in a long text


@dataclass(frozen=True)
class Change:
    label: str
    old: str
    new: str
    segments: tuple = ()  # (what, text) pairs of a long text: "same", "removed", "added", "left out"


@dataclass(frozen=True)
class Event:
    """What happened to the record or to one of its rows; `subject` is empty for the record itself."""

    what: str
    subject: str
    changes: tuple


@dataclass(frozen=True)
class Revision:
    """The events of one saving."""

    at: object
    user_name: str
    reason: str
    events: tuple


def revisions(record, rows=(), since=None):
    """The history of `record` and of its `rows`, (model, name of its key) pairs: the latest moment first.

    With `since`, a datetime, only what happened then or later.
    """
    pairs = list(_pairs(record.history.model, {record._meta.pk.attname: record.pk}))
    for model, key in rows:
        pairs += _pairs(model.history.model, {f"{key}_id": record.pk})
    recent = [pair for pair in pairs if since is None or pair[0].history_date >= since]
    recent.sort(key=lambda pair: pair[0].history_date, reverse=True)
    return [_moment(saving, type(record)) for saving in _savings(recent)]


def _pairs(history, key):
    """Each row of the table `history` with the one before it (None for the first), in order of time."""
    latest = {}
    relations = [field.name for field in history.tracked_fields if field.remote_field]
    found = history.objects.filter(**key).select_related("history_user", *relations)
    for row in found.order_by("history_date", "history_id"):
        yield row, latest.get(row.id)
        latest[row.id] = row


def _savings(pairs):
    """The pairs, the latest first, saving by saving."""
    savings = []
    for pair in pairs:
        if savings and _is_one_saving(savings[-1][-1][0], pair[0]):
            savings[-1].append(pair)
        else:
            savings.append([pair])
    return savings


def _is_one_saving(later, row):
    is_alike = later.history_user_id == row.history_user_id and later.history_change_reason == row.history_change_reason
    return is_alike and later.history_date - row.history_date < PAUSE


def _moment(pairs, model):
    row = pairs[0][0]
    events = tuple(_event(new, old, model) for new, old in reversed(pairs))
    return Revision(row.history_date, user_name(row.history_user), _why(row), events)


def _why(row):
    """The reason that was given; that of the loading, a word and the name of a file, in the language of the page."""
    reason = row.history_change_reason or ""
    return gettext("from the file {name}").format(name=reason.partition(" ")[2]) if is_by_loading(row) else reason


def user_name(user):
    """The name by which history speaks of a person."""
    return (user.get_full_name() or user.get_username()) if user else gettext("the register itself")


def _event(new, old, model):
    what = {"+": _("added"), "~": _("changed"), "-": _("removed")}[new.history_type]
    subject = "" if new.instance_type is model else f"{new.instance_type._meta.verbose_name}: {_name(new)}"
    changes = tuple(_changes(new, old)) if new.history_type == "~" and old else ()
    return Event(what, subject, changes)


def _name(row):
    try:
        return str(row.instance_type(**{field.name: getattr(row, field.name) for field in row.tracked_fields}))
    except ObjectDoesNotExist:
        return f"#{row.id}"


def _changes(new, old):
    for field in tracked_fields(new.instance_type):
        if _value(old, field) != _value(new, field):
            yield _change(field, _in_words(field, old), _in_words(field, new))


def _value(row, field):
    value = getattr(row, field.attname)
    return None if value == "" else value


def tracked_fields(model):
    """The columns history tells of: not keys and counters, and of a translated text only its two languages."""
    kept = model.history.model.tracked_fields
    names = {field.name for field in kept}
    return [
        field
        for field in kept
        if not (field.primary_key or field.name == "version") and f"{field.name}_pl" not in names
    ]


def label_of(field):
    """The name of a column as a form and history call it: "title (Polish)"."""
    original = getattr(field, "translated_field", None)
    if original is None:
        return field.verbose_name
    return format_lazy("{name} ({language})", name=original.verbose_name, language=LANGUAGES[field.language])


def _in_words(field, row):
    value = _value(row, field)
    if field.remote_field and value is not None:
        return str(getattr(row, field.name) or f"#{value}")
    return in_words(field, value)


def in_words(field, value):
    """The value of a column as a person says it: a partial date, a country, a choice, prose without marks."""
    if value in (None, ""):
        return NOTHING
    if isinstance(value, bool):
        return pgettext("answer", "yes") if value else pgettext("answer", "no")
    if isinstance(value, PartialDate | date):
        return format_partial_date(value)
    if isinstance(field, CountryField):
        return country_name(value)
    if isinstance(field, ProseField):
        return in_lines(value)
    return str(dict(field.flatchoices).get(value, value))


def _change(field, old, new):
    label = capfirst(str(label_of(field)))
    is_long = isinstance(field, models.TextField) and NOTHING not in (old, new)
    return Change(label, old, new, tuple(_pieces(old.split(), new.split())) if is_long else ())


def _pieces(old, new):
    """How one text became the other, word by word; nothing if they are too long to compare."""
    if max(len(old), len(new)) > MAX_COMPARISON_LENGTH:
        return
    for what, start, end, begin, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield from _unchanged(old[start:end])
            continue
        if start < end:
            yield "removed", " ".join(old[start:end])
        if begin < stop:
            yield "added", " ".join(new[begin:stop])


def _unchanged(words):
    if len(words) <= 2 * CONTEXT:
        yield "same", " ".join(words)
        return
    yield "same", " ".join(words[:CONTEXT])
    yield "left out", "…"
    yield "same", " ".join(words[-CONTEXT:])
