"""The columns of lists, and of pages that are only read: what a record holds, as a person says it."""

from functools import cache

from django.contrib import admin
from django.db import models
from django.utils.html import format_html
from django.utils.translation import gettext as _
from modeltranslation.fields import TranslationField

from krakow_intl.core.admin.history import in_words, label_of
from krakow_intl.core.english import english_texts
from krakow_intl.core.fields import CountryField, PartialDateField, ProseField

DISPLAYED_IN_WORDS = (PartialDateField, CountryField, ProseField, TranslationField, models.DateField, models.FileField)


@cache
def display_column(model, name):
    """A column of lists and of pages that are only read, which tells a field as a person says it."""
    field = model._meta.get_field(name)

    @admin.display(description=label_of(field), ordering=name)
    def column(record):
        return in_words(field, getattr(record, name))

    column.__name__ = name
    return column


@cache
def marked_column(model, name):
    """A column of lists that tells a name, and whether it is there in Polish alone."""
    field = model._meta.get_field(name)

    @admin.display(description=label_of(field), ordering=name)
    def column(record):
        if getattr(record, f"{name}_en") or not getattr(record, f"{name}_pl"):
            return getattr(record, name)
        mark = _("no English")
        return format_html('{} <span class="no-english">({})</span>', getattr(record, name), mark)

    column.__name__ = name
    return column


def display_columns(model, names):
    """`names` of fields, perhaps in groups, with those whose stored form is not for people replaced by columns."""
    for name in names:
        if isinstance(name, (list, tuple)):
            yield tuple(display_columns(model, name))
        elif f"{name}_en" in english_texts(model):
            yield marked_column(model, name)
        elif isinstance(_field(model, name), DISPLAYED_IN_WORDS):
            yield display_column(model, name)
        else:
            yield name


def _field(model, name):
    return next((field for field in model._meta.concrete_fields if field.name == name), None)
