"""Which texts of the house exist in both languages, and the history that follows them."""

from functools import cache

from modeltranslation import manager
from modeltranslation.translator import TranslationOptions, translator
from simple_history import register as register_history
from simple_history.manager import HistoryManager

from krakow_intl.core.fields import ComputedField
from krakow_intl.core.reviewed_history import KeptHistoricalQuerySet, ReviewedHistory
from krakow_intl.models import AccessibilityStatement, Page, VisitorReport


class HistoryManagerMadeOnce(HistoryManager):
    """The library makes a class whenever the history of a record is asked for; one does for all."""

    @classmethod
    @cache
    def from_queryset(cls, *arguments):
        return super().from_queryset(*arguments)


@cache
def _queryset_class(of_house):
    return make_queryset_class(of_house, instantiate=False)


def queryset_class_made_once(of_house, instantiate=True):
    """Of a class of QuerySets the one that knows languages, which the library makes anew for each question."""
    made = _queryset_class(of_house)
    return made() if instantiate else made


make_queryset_class = manager.multilingual_queryset_factory
manager.multilingual_queryset_factory = queryset_class_made_once


def translate(model, *fields, required=(), forgets=()):
    """Gives `fields` of `model` a column a language (`required` ones are needed in both), then records its history.

    What the history `forgets` can be erased from the register.
    """
    if fields:
        options = {"fields": fields, "required_languages": {"default": (), **dict.fromkeys(("pl", "en"), required)}}
        translator.register(model, type(f"{model.__name__}Translation", (TranslationOptions,), options))
    computed = [field.name for field in model._meta.get_fields() if isinstance(field, ComputedField)]
    made_of = {"history_manager": HistoryManagerMadeOnce, "historical_queryset": KeptHistoricalQuerySet}
    register_history(model, excluded_fields=[*computed, *forgets], bases=[ReviewedHistory], **made_of)


translate(Page, "name", "lead", "body", required=("name",))
translate(
    AccessibilityStatement, "shortcomings", "basis", "contact", "architecture", "communication", required=("contact",)
)
translate(VisitorReport, forgets=("text", "email", "sender", "provider", "digest"))
