"""English that is missing, or older than the Polish it stands beside; that it still fits is said with one click."""

import hashlib
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, Exists, OuterRef, Q, TextField, Value, When
from django.db.models.functions import Concat
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from krakow_intl.core.admin.assembled import NOTHING, Assembled, Found, public_models
from krakow_intl.core.admin.desk import Line, in_department, may_change, section
from krakow_intl.core.admin.desk_records import OfManyModels, writable_models
from krakow_intl.core.admin.filters import filled, translated_texts
from krakow_intl.core.admin.history import change_between
from krakow_intl.core.admin.settling import settled, topic
from krakow_intl.core.fields import ComputedField

ENGLISH = "english"


def texts_of(model):
    """The names of the texts that people write in both languages, in the order of the model."""
    order = [field.name for field in model._meta.concrete_fields]
    names = (n for n in translated_texts(model) if not isinstance(model._meta.get_field(f"{n}_pl"), ComputedField))
    return sorted(names, key=order.index)


def label(model, text):
    return capfirst(str(model._meta.get_field(text).verbose_name))


def _word(text):
    return Value(text, output_field=TextField())


@section
class EnglishMissing(OfManyModels):
    name, title = "english-missing", gettext_lazy("English is missing")
    about = gettext_lazy("Until it is written, the page shows the Polish and says so.")

    def rows(self, desk):
        models = [model for model in writable_models(desk.user) if texts_of(model)]
        return Assembled(lacking_of, models, desk.department)

    def lines(self, rows, desk):
        for found in rows:
            texts = ", ".join(label(found.model, text) for text in found.note.split(",") if text)
            yield Line(found.title, found.address, texts)


def lacking_of(model, department):
    """The records that lack English somewhere; the note names the texts."""
    lacks = {text: filled(f"{text}_pl") & ~filled(f"{text}_en") for text in texts_of(model)}
    any_lacks = reduce(or_, lacks.values())
    named = [Case(When(condition, then=_word(f"{text},")), default=NOTHING) for text, condition in lacks.items()]
    note = Concat(*named, NOTHING, output_field=TextField())
    return in_department(model.objects.published().filter(any_lacks), department), NOTHING, note


@dataclass(frozen=True)
class Older:
    """A text whose Polish changed since its English was written, with the Polish as it was then and as it is."""

    found: Found
    text: str
    before: str
    now: str

    @property
    def state(self):
        return digest(self.now)


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


@section
class EnglishOlder(OfManyModels):
    name, title = "english-older", gettext_lazy("English is older than the Polish")
    about = gettext_lazy("The Polish changed since the English was written. If the English still says it, say so.")

    def rows(self, desk):
        models = [model for model in writable_models(desk.user) if texts_of(model)]
        candidates = {}
        for found in Assembled(candidates_of, models, desk.department)[:]:
            candidates.setdefault(found.model, {})[found.key] = found
        older = [each for model, found in candidates.items() for each in _older_of(model, found)]
        done = settled(ENGLISH) if older else set()
        return [each for each in older if (each.found.model, each.found.key, each.text, each.state) not in done]

    def lines(self, rows, desk):
        for each in rows:
            column = each.found.model._meta.get_field(f"{each.text}_pl")
            question = {
                "topic": ENGLISH,
                "kind": ContentType.objects.get_for_model(each.found.model).pk,
                "record": each.found.key,
                "field": each.text,
                "state": each.state,
            }
            change = change_between(column, each.before, each.now)
            yield Line(
                each.found.title,
                each.found.address,
                question=question,
                button=_("The English still fits"),
                changes=(change,),
            )


def candidates_of(model, department):
    """Records of which an earlier version had the same English beside another Polish."""
    same = (
        Q(**{f"{text}_en": OuterRef(f"{text}_en")})
        & filled(f"{text}_en")
        & ~Q(**{f"{text}_pl": OuterRef(f"{text}_pl")})
        for text in texts_of(model)
    )
    earlier = model.history.filter(reduce(or_, same), id=OuterRef("pk")).order_by()
    return in_department(model.objects.published().filter(Exists(earlier)), department), NOTHING, NOTHING


def _older_of(model, found):
    """The texts that are older in English, of the records `found` by their keys."""
    texts = texts_of(model)
    columns = [f"{text}_{language}" for text in texts for language in ("pl", "en")]
    versions = {}
    for row in model.history.filter(id__in=found).order_by("id", "history_id").values("id", *columns):
        versions.setdefault(row["id"], []).append(row)
    for key, rows in versions.items():
        for text in texts:
            if (before := _polish_then(rows, text)) is not None:
                yield Older(found[key], text, before, rows[-1][f"{text}_pl"])


def _polish_then(rows, text):
    """The Polish beside which the English of today was written, if that reads otherwise today; else None."""
    polish, english = f"{text}_pl", f"{text}_en"
    now, then = rows[-1], None
    for row in reversed(rows):
        if row[english] != now[english]:
            break
        then = row
    is_other = bool(now[english] and now[polish]) and (then[polish] or "") != now[polish]
    return (then[polish] or "") if is_other else None


@topic(ENGLISH)
def may_settle(user, model, record, text, state):
    """Whether the Polish still reads as it did when the person was asked."""
    if model not in public_models() or text not in texts_of(model) or not may_change(user, model):
        return False
    return digest(getattr(record, f"{text}_pl") or "") == state
