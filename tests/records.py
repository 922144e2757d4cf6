"""Records made from the columns of a model alone, so that the models of tomorrow are tested too."""

from datetime import date, timedelta
from itertools import count

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import models
from modeltranslation.translator import NotRegistered, translator

from krakow_intl.core.dates import PartialDate
from krakow_intl.core.fields import CountryField, PartialDateField
from krakow_intl.core.records import Publication, PublicRecord

HOUSE = ("krakow_intl", "programme", "partners", "organizations", "polonia")
PLAIN = "Jawne publicznie"
numbers = count(1)


def models_of_the_house():
    """All models of our own apps but the histories."""
    return [m for app in HOUSE for m in apps.get_app_config(app).get_models() if not hasattr(m, "history_type")]


def is_public(model):
    return issubclass(model, PublicRecord)


def make(model, text=PLAIN, **given):
    """A saved record of `model`: required columns filled, texts with `text`, relations as `given` by name."""
    number = next(numbers)
    originals = _translated(model)
    record = model()
    for field in model._meta.concrete_fields:
        if field.name in given:
            setattr(record, field.name, given[field.name])
        elif field.editable and not field.primary_key and field.name not in originals:
            _fill(record, field, text, number)
    record.save()
    return record


def make_world(models=None):
    """One published record of every model, or of `models` and what they point to, all related; {model: record}."""
    world = {}
    for model in models or models_of_the_house():
        _make_with_relations(model, world)
    return world


def _make_with_relations(model, world):
    for field in relations(model):
        if field.related_model not in {model, *world}:
            _make_with_relations(field.related_model, world)
    if model not in world:
        world[model] = make_published(model, world)


def make_published(model, world, text=PLAIN, **given):
    """A record of `model`, published if it can be, that points to `world` unless `given` says otherwise."""
    publication = {"publication": Publication.PUBLISHED} if is_public(model) else {}
    return make(model, text, **publication | _pointers(model, world, given) | given)


def relations(model):
    related = [field for field in model._meta.concrete_fields if field.is_relation]
    return [field for field in related if field.related_model is not ContentType]


def _pointers(model, world, given):
    """The relations of a model, by name; what links two records of one model (two agreements) gets a second one."""
    pointers = {}
    for field in [field for field in relations(model) if field.name not in given]:
        record = world.get(field.related_model)
        if record and record in pointers.values() and not field.null:
            record = make_published(field.related_model, world)
        pointers[field.name] = record
    return pointers


def _translated(model):
    try:
        return set(translator.get_options_for_model(model).all_fields)
    except NotRegistered:
        return set()


def _fill(record, field, text, number):
    if field.related_model is ContentType:  # of a model that there is
        setattr(record, field.name, ContentType.objects.get_for_model(apps.get_model("partners", "PartnerCity")))
        return
    value = _value(field, text, number)
    if value is not None:
        setattr(record, field.name, value)


def _value(field, text, number):
    """What a column is filled with; None: it keeps its default."""
    day = date(2001, 1, 1) + timedelta(days=number % 3000)
    if isinstance(field, PartialDateField):
        first = next(f for f in field.model._meta.concrete_fields if isinstance(f, PartialDateField))
        return PartialDate(day.isoformat()) if field is first else None
    if isinstance(field, models.EmailField):
        return f"{text.split()[-1]}@example.org"
    if isinstance(field, models.URLField):
        return f"https://example.org/{text.split()[-1]}"
    if isinstance(field, models.FileField):
        return ContentFile(f"%PDF-1.7 {text}".encode(), f"{text.split()[-1]}.pdf")
    if isinstance(field, models.TextField):
        return text
    if isinstance(field, models.CharField) and (field.max_length or 0) >= 30 and not field.choices:
        return f"{field.model._meta.model_name}-{number}" if isinstance(field, models.SlugField) else text
    if isinstance(field, models.IntegerField) and not field.null:
        return number
    if field.blank or field.has_default() or (field.null and not isinstance(field, models.DecimalField)):
        return None
    if field.choices:
        return field.choices[0][0]
    if isinstance(field, CountryField):
        return "DE"
    if isinstance(field, models.DateField):
        return day
    if isinstance(field, models.DecimalField):
        return 1
    return str(number)[-(field.max_length or 3) :]
