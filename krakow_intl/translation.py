"""Which texts of the house exist in both languages, and the history that follows them."""

from modeltranslation.translator import TranslationOptions, translator
from simple_history import register as register_history

from krakow_intl.fields import KeyField
from krakow_intl.models import Page


def translate(model, *fields, required=()):
    """Gives `fields` of `model` a column a language (`required` ones are needed in both), then records its history."""
    if fields:
        options = {"fields": fields, "required_languages": {"default": (), **dict.fromkeys(("pl", "en"), required)}}
        translator.register(model, type(f"{model.__name__}Translation", (TranslationOptions,), options))
    computed = [field.name for field in model._meta.get_fields() if isinstance(field, KeyField)]
    register_history(model, excluded_fields=computed)


translate(Page, "name", "lead", "body", required=("name",))
