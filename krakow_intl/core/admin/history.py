"""What became of a record: who changed what, when and why, told field by field."""

from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.db.models import Max, OuterRef, Subquery
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.dates import PartialDate, format_partial_date
from krakow_intl.core.facts import is_by_loading
from krakow_intl.core.fields import CountryField, ProseField, country_name
from krakow_intl.core.internal import columns_for
from krakow_intl.core.prose import in_lines
from krakow_intl.core.reviewing import current_user

LANGUAGES = {"pl": pgettext_lazy("text in", "Polish"), "en": pgettext_lazy("text in", "English")}
NOTHING = "—"
MAX_COMPARISON_LENGTH = 2000  # words; comparing two texts word by word takes time by the square of their length
OF_A_SAVING = ("history_user_id", "history_change_reason", "pending_change")  # what its rows have in common
PAUSE = timedelta(seconds=2)  # the rows one saving writes lie closer together, two savings of one person do not
WHO_ACTS = object()  # whoever is told of history is the person who asks for a page, unless another one is named
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
    approval: str = ""  # how it came before the public, and by whom


def revisions(record, rows=(), since=None, *, user=WHO_ACTS):
    """The history of `record` and of its `rows`, (model, name of its key) pairs: the latest moment first.

    With `since`, a datetime, only what happened then or later; without what is internal and not for `user`.
    """
    pairs = list(_pairs(record.history.model, {record._meta.pk.attname: record.pk}))
    for model, key in rows:
        pairs += _pairs(model.history.model, {f"{key}_id": record.pk})
    recent = [pair for pair in pairs if since is None or pair[0].history_date >= since]
    recent.sort(key=lambda pair: pair[0].history_date, reverse=True)
    return [_moment(saving, type(record), user) for saving in _savings(recent)]


def _pairs(history, key):
    """Each row of the table `history` with the one before it (None for the first), in order of time."""
    latest = {}
    for row in with_names(history.objects.filter(**key)).order_by("history_date", "history_id"):
        yield row, latest.get(row.id)
        latest[row.id] = row


def with_names(rows):
    """A queryset of rows of history, with the people and the records they name."""
    relations = [field.name for field in rows.model.tracked_fields if field.remote_field]
    rows = rows.select_related("history_user", "approved_by")
    return rows.prefetch_related(*relations)  # which a join would pass over where the other record is gone


def with_previous(rows):
    """A queryset of rows of history, each with the key of the row before it of the same record: `previous`, or None."""
    earlier = rows.model.objects.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
    return rows.annotate(previous=Subquery(earlier.order_by("-history_id").values("history_id")[:1]))


def last_rows(model, **condition):
    """The last row of history of each record of a model of which a row meets a condition, with what it names."""
    last = model.history.filter(**condition).order_by().values("id").annotate(last=Max("history_id")).values("last")
    return with_names(model.history.filter(pk__in=last))


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
    is_alike = all(getattr(later, name) == getattr(row, name) for name in OF_A_SAVING)
    return is_alike and later.history_date - row.history_date < PAUSE


def _moment(pairs, model, user):
    row = pairs[0][0]
    events = tuple(event_of(new, old, model, user) for new, old in reversed(pairs))
    return Revision(row.history_date, user_name(row.history_user), reason_of(row), events, approval_of(row))


def approval_of(row):
    """How what a row tells came before the public, and by whom; "" of what was never reviewed."""
    if not row.approved_by:
        return ""
    return f"{row.get_approval_display()}: {user_name(row.approved_by)}"


def reason_of(row):
    """The reason that was given; that of the loading, a word and the name of a file, in the language of the page."""
    reason = row.history_change_reason or ""
    return gettext("from the file {name}").format(name=reason.partition(" ")[2]) if is_by_loading(row) else reason


def is_written_by(user, model, key):
    """Whether a person has written a record, given by its key, alone."""
    history = model.history.filter(id=key).order_by()
    return {*history.values_list("history_user", flat=True)} == {user.pk}


def user_name(user):
    """The name by which history speaks of a person."""
    return (user.get_full_name() or user.get_username()) if user else gettext("the register itself")


def event_of(new, old, model, user=None):
    """What a row of history tells a person, beside the one before it or None, on the page of a record of `model`."""
    what = {"+": _("added"), "~": _("changed"), "-": _("removed")}[new.history_type]
    subject = "" if new.instance_type is model else f"{new.instance_type._meta.verbose_name}: {name_of_row(new)}"
    changes = tuple(changes_between(new, old, user)) if new.history_type == "~" and old else ()
    return Event(what, subject, changes)


def name_of_row(row):
    """What a row of history was called."""
    try:
        name = str(row.instance_type(**{field.name: getattr(row, field.name) for field in row.tracked_fields}))
        return name or f"#{row.id}"  # history may have forgotten what it was called by
    except ObjectDoesNotExist:
        return f"#{row.id}"


def changes_between(new, old, user=WHO_ACTS):
    """The `Change` of each column that `user` may see between two rows of history of a record; one may be None."""
    user = current_user() if user is WHO_ACTS else user
    for field in tracked_fields((new or old).instance_type, user):
        if stored_value(old, field) != stored_value(new, field):
            yield _change(field, _in_words(field, old), _in_words(field, new))


def stored_value(row, field):
    """What a row of history holds in a column; None if nothing, or if there is no row."""
    value = getattr(row, field.attname) if row else None
    return None if value == "" else value


def tracked_fields(model, user=None):
    """The columns history tells `user` of: not keys and counters, and of a translated text only its two languages."""
    kept = model.history.model.tracked_fields
    names = {field.name for field in kept}
    return [
        field
        for field in columns_for(user, model, kept)
        if not (field.primary_key or field.name == "version") and f"{field.name}_pl" not in names
    ]


def label_of(field):
    """The name of a column as a form and history call it: "title (Polish)"."""
    original = getattr(field, "translated_field", None)
    if original is None:
        return field.verbose_name
    return format_lazy("{name} ({language})", name=original.verbose_name, language=LANGUAGES[field.language])


def _in_words(field, row):
    value = stored_value(row, field)
    if field.remote_field and value is not None:
        return _related_in_words(field, row, value)
    return in_words(field, value)


def _related_in_words(field, row, value):
    """The name of the record that a column points to; its key if it is gone."""
    try:
        return str(getattr(row, field.name) or f"#{value}")
    except ObjectDoesNotExist:
        return f"#{value}"


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


def change_between(field, old, new):
    """The `Change` of one column from one value of it to another."""
    return _change(field, in_words(field, old), in_words(field, new))


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
