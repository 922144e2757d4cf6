"""What no column may hold, whatever writes it: a negative number, a day still to come, a year that nobody means."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.dates import PartialDate, PartialDateError
from krakow_intl.core.fields import DAY_TO_COME, is_to_come

NUMBERS = (models.IntegerField, models.DecimalField)
BELOW_ZERO = _("This number cannot be negative.")


class PossibleMixin:
    """Mixin of records: what they cannot hold is refused at its field."""

    may_be_negative = ()  # the columns of numbers that may lie below zero
    done_on = ()  # the columns of days on which something was done, which cannot be still to come

    def clean_fields(self, exclude=None):
        errors = impossible_values(self, exclude or ())
        try:
            super().clean_fields(exclude=exclude)
        except ValidationError as error:
            errors |= error.update_error_dict({})
        if errors:
            raise ValidationError(errors)


def impossible_values(record, exclude):
    """{name of a column that is not excluded: [why it cannot be so]}."""
    found = {}
    for field in record._meta.concrete_fields:
        value = getattr(record, field.attname) if isinstance(field, NUMBERS) else None
        if isinstance(value, int | Decimal) and value < 0 and field.name not in record.may_be_negative:
            found[field.name] = [ValidationError(BELOW_ZERO, code="negative")]
        day = getattr(record, field.attname) if type(field) is models.DateField and field.editable else None
        if isinstance(day, date) and (fault := _strange_year(day)):
            found[field.name] = [fault]
    for name in record.done_on:
        if (day := getattr(record, name)) and is_to_come(day):
            found[name] = [ValidationError(DAY_TO_COME, code="day_to_come")]
    return {name: errors for name, errors in found.items() if name not in exclude}


def _strange_year(day):
    """What is wrong with a day of a year that nobody means, as 206 for 2006; None of any other."""
    try:
        PartialDate.of(day)
    except PartialDateError as error:
        return ValidationError(error.message, code=error.code)
