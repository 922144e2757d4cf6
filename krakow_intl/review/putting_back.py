"""Records that stand again as history tells: each in its turn, once what stood in its way is gone or come again."""

from dataclasses import dataclass, field
from itertools import count

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Max, ProtectedError, UniqueConstraint
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from krakow_intl.core.address_words import may_stand_at
from krakow_intl.core.admin.desk import kind_and_name
from krakow_intl.core.admin.history import label_of, name_of_row, stored_value, tracked_fields
from krakow_intl.core.admin.publication import was_public
from krakow_intl.core.fields import ComputedField
from krakow_intl.core.internal import hidden_columns
from krakow_intl.core.records import writing
from krakow_intl.core.reviewing import CannotBeDone

PLACES = (models.PositiveSmallIntegerField, models.CharField)
OF_TEXTS = "pl"  # the language of a text that names none
LAST_PLACE = 32_767  # of a small number: where rows wait that change places with each other


@dataclass(frozen=True)
class Step:
    """What becomes of a record: it stands as a row of history tells, or is gone where that is None."""

    model: type
    key: int
    row: object
    values: dict = field(default_factory=dict)  # what stands in some columns instead of what the row tells
    is_counted: bool = False  # whether its version is counted up though it says the same
    version: int | None = None  # of the record as it is seen to stand, if any


class PuttingBack:
    """Takes steps, in a transaction; `told` says what could not stand as it did.

    Columns that `user` may not see stay as they are.
    """

    def __init__(self, reason, user=None):
        self.reason, self.user, self.told, self.coming = reason or None, user, [], set()

    def take(self, steps):
        """Those that fail are taken again after the others; CannotBeDone if none of them can be taken."""
        self.coming = {(step.model, step.key) for step in steps if step.row}
        left, is_parked = [*steps], False
        while left:
            failed = [pair for step in left if (pair := self._failed(step))]
            if len(failed) == len(left) and (is_parked or not _park([step for step, _why in failed])):
                raise CannotBeDone(*dict.fromkeys(str(reason) for _step, why in failed for reason in why))
            is_parked = is_parked or len(failed) == len(left)
            left = [step for step, _why in failed]
        for step in steps:
            self._follow_rows(step)

    def _failed(self, step):
        """(step, reasons) of one that cannot be taken yet, or None."""
        told = [*self.told]
        try:
            with transaction.atomic():
                self._take(step) if step.row else self._remove(step)
        except CannotBeDone as refused:
            reasons = refused.reasons
        except ProtectedError as error:
            reasons = [_held(step, error.protected_objects)]
        except IntegrityError:
            reasons = [_("It does not fit what stands in the register by now.")]
        else:
            return None
        self.told = told
        return step, reasons

    def _take(self, step):
        stored = step.model._base_manager.select_for_update().filter(pk=step.key).first()
        _refuse_what_changed(step, stored)
        with override(OF_TEXTS):
            record = step.row.instance
        record._state.adding = stored is None
        if stored is None:
            _refuse_what_is_forgotten(step)
            record.version = _last_version(step) + 1  # no number stands for two states
            self._leave_places_that_are_taken(record)
        else:
            record.version = stored.version
            for name in hidden_columns(self.user, step.model):
                if hasattr(stored, name):
                    setattr(record, name, getattr(stored, name))
            if hasattr(record, "slug") and was_public(stored):
                record.slug = stored.slug  # what was published stays at its address
        for name, value in step.values.items():
            setattr(record, name, value)
        self._leave_out_what_is_gone(step, record)
        if stored is None or step.is_counted or not _say_the_same(record, stored):
            self._save(record)

    def _save(self, record):
        record._change_reason = self.reason
        try:
            with override(OF_TEXTS):
                record.full_clean()
                record.save(force_insert=record._state.adding)
        except ValidationError as error:
            raise CannotBeDone(*(f"{record}: {message}" for message in error.messages)) from error

    def _remove(self, step):
        if record := step.model._base_manager.select_for_update().filter(pk=step.key).first():
            _refuse_what_changed(step, record)
            record._change_reason = self.reason
            with override(OF_TEXTS):
                record.delete()

    def _leave_places_that_are_taken(self, record):
        """Of a record that was gone: its word in the address, or its number, is another's by now."""
        for column in record._meta.concrete_fields:
            if not column.unique or column.primary_key or not column.editable or _is_free(record, column):
                continue
            before = getattr(record, column.attname)
            if isinstance(column, models.SlugField):
                record.slug = next(slug for n in count(2) if _is_free(record, column, slug := f"{before[:90]}-{n}"))
            elif column.blank:
                setattr(record, column.attname, None)
            else:
                continue
            words = _("%(name)s: “%(value)s” is another’s by now (%(column)s), and was given up.")
            self.told.append(words % {"name": record, "value": before, "column": label_of(column)})

    def _leave_out_what_is_gone(self, step, record):
        for column in record._meta.concrete_fields:
            value = getattr(record, column.attname)
            if not column.is_relation or value is None or _stands(column.related_model, value):
                continue
            if (column.related_model, value) in self.coming:
                raise CannotBeDone(_("What it names comes later."))
            name = _name_of(column.related_model, value)
            if not column.null:
                words = _("%(name)s cannot stand without what is gone: put that back first (%(gone)s).")
                raise CannotBeDone(words % {"name": name_of_row(step.row), "gone": name})
            setattr(record, column.attname, None)
            words = _("%(name)s: %(column)s stays empty, for it is gone (%(gone)s).")
            told = {"name": name_of_row(step.row), "column": capfirst(str(label_of(column))), "gone": name}
            self.told.append(words % told)

    @staticmethod
    def _follow_rows(step):
        if step.row and (record := step.model._base_manager.filter(pk=step.key).first()):
            with override(OF_TEXTS):
                record.note_rows()


def _last_version(step):
    return step.model.history.filter(id=step.key).aggregate(last=Max("version"))["last"]


def _refuse_what_changed(step, stored):
    if stored and step.version not in (None, stored.version):
        raise CannotBeDone(_("Somebody wrote there at this very moment. Look again: %s.") % stored)


def _refuse_what_is_forgotten(step):
    """What is erased from history is erased for good; a record that needs it cannot stand again."""
    names = step.model.history.model._history_excluded_fields
    columns = [column for column in step.model._meta.concrete_fields if column.name in names]
    columns = [column for column in columns if not isinstance(column, ComputedField)]
    if any(not (column.blank or column.null or column.has_default()) for column in columns):
        words = _("%s: what it said is erased from the register for good, so it cannot come back.")
        raise CannotBeDone(words % name_of_row(step.row))


def _say_the_same(record, stored):
    columns = [*tracked_fields(type(stored)), *(f for f in stored._meta.concrete_fields if f.name == "publication")]
    return all(stored_value(record, column) == stored_value(stored, column) for column in columns)


def _stands(model, key):
    return model._base_manager.filter(pk=key).exists()


def _name_of(model, key):
    last = model.history.filter(id=key).first() if hasattr(model, "history") else None
    return kind_and_name(model, name_of_row(last) if last else f"#{key}")


def _is_free(record, column, value=None):
    """Whether no other record has a value in a unique column, nor stands, or once stood, at the address it makes."""
    value = getattr(record, column.attname) if value is None else value
    if type(record)._base_manager.filter(**{column.attname: value}).exclude(pk=record.pk).exists():
        return False
    return not isinstance(column, models.SlugField) or may_stand_at(record, value)


def _held(step, holders):
    names = "; ".join(sorted(kind_and_name(type(holder), str(holder)) for holder in holders))
    words = _("%(name)s cannot go, for others rest on it: %(holders)s.")
    return words % {"name": _name_of(step.model, step.key), "holders": names}


def _park(steps):
    """Has rows that change places with each other wait at places of nobody; False if there are no such rows."""
    parked = 0
    for step in steps:
        column = _place_column(step.model) if step.row else None
        stored = step.model._base_manager.filter(pk=step.key).first() if column else None
        if stored and getattr(stored, column.attname) != getattr(step.row, column.attname):
            nobodys = f"~{parked}" if isinstance(column, models.CharField) else LAST_PLACE - parked
            with writing([stored]):
                step.model._base_manager.filter(pk=step.key).update(**{column.attname: nobodys})
            parked += 1
    return bool(parked)


def _place_column(model):
    """The number, or the word, by which rows of a model have their places, each its own; None if neither tells them."""
    together = [name for one in model._meta.constraints if isinstance(one, UniqueConstraint) for name in one.fields]
    columns = (model._meta.get_field(name) for name in together)
    return next((column for column in columns if isinstance(column, PLACES) and not column.choices), None)
