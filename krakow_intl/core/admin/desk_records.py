"""What waits about records of every kind: own drafts, what nobody checked for a year, what is odd."""

from datetime import date

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Substr
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from krakow_intl.core.admin.assembled import NOTHING, Assembled, as_text, public_models
from krakow_intl.core.admin.desk import (
    Group,
    Line,
    Section,
    form_of,
    in_department,
    kind_and_name,
    may_change,
    section,
)
from krakow_intl.core.admin.filters import A_YEAR
from krakow_intl.core.dates import format_in_sentence, format_partial_date
from krakow_intl.core.records import Publication

ODDITIES = []  # (model, what tells all odd records of it)


def oddities(model):
    """Enters what tells all odd records of a queryset of a model: [(record, what it is called, [sentences])]."""

    def enter(tell):
        ODDITIES.append((model, tell))
        return tell

    return enter


def writable_models(user):
    return [model for model in public_models() if may_change(user, model)]


class OfManyModels(Section):
    """A section of records of every kind that the person may write in."""

    def is_for(self, user):
        return any(may_change(user, model) for model in public_models())


@section
class Drafts(OfManyModels):
    name, title, group = "drafts", gettext_lazy("My drafts"), Group.PEOPLE
    about = gettext_lazy("What you wrote and nobody but staff sees. Hand it in when it is ready.")

    def rows(self, desk):
        return Assembled(drafts_of, writable_models(desk.user), desk.user.pk)

    def lines(self, rows, desk):
        for found in rows:
            yield Line(found.title, found.address, _("You last wrote in it %s.") % _on(found.day))


def drafts_of(model, user):
    """What a person, given by their key, wrote of a model and nobody has handed in."""
    mine = model.history.filter(history_user=user).order_by()
    last = mine.filter(id=OuterRef("pk")).order_by("-history_date").values("history_date")[:1]
    drafts = model.objects.filter(publication=Publication.DRAFT, pk__in=mine.values("id"))
    return drafts, Substr(as_text(Subquery(last)), 1, 10), NOTHING


@section
class Unverified(OfManyModels):
    name, title = "unverified", gettext_lazy("Not verified for a year")
    about = gettext_lazy("A verification round leads through it record by record.")

    def rows(self, desk):
        models = [model for model in writable_models(desk.user) if _is_sourced(model)]
        return Assembled(unverified_of, models, desk.today - A_YEAR, desk.department)

    def lines(self, rows, desk):
        for found in rows:
            yield Line(found.title, found.address, _why_unverified(found))


def unverified_of(model, before, department):
    """What was not checked since a day."""
    due = Q(verified_on=None) | Q(verified_on__lt=before)
    records = in_department(model.objects.published().filter(due), department)
    return records, as_text(Coalesce("verified_on", "source__known_to")), as_text("verified_on")


def _is_sourced(model):
    return {"verified_on", "source"} <= {field.name for field in model._meta.concrete_fields}


def _why_unverified(found):
    if found.note:
        return _("Last checked %s.") % _on(found.note)
    if found.day:
        return _("Never checked; its source reports up to %s.") % _until(found.day)
    return _("Never checked, and without a source.")


def _on(day):
    return format_in_sentence(date.fromisoformat(day[:10]), "on") if day else "—"


def _until(day):
    return format_partial_date(date.fromisoformat(day[:10]))


@section
class Odd(OfManyModels):
    name, title = "odd", gettext_lazy("Odd, though it may be right")

    def rows(self, desk):
        found = []
        for model, tell in ODDITIES:
            if may_change(desk.user, model):
                found += tell(desk.within(model.objects.published()))
        return found

    def lines(self, rows, desk):
        for record, name, sentences in rows:
            yield Line(kind_and_name(type(record), name), form_of(record), " ".join(map(str, sentences)))
