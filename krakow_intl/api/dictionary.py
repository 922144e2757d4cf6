"""The dictionary of the API: each field of each collection, what it means and what may stand there, in words."""

from typing import NamedTuple

from django.conf import settings
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from rest_framework import serializers

from krakow_intl.api.fields import BILINGUAL, LINKED, SCHEMAS
from krakow_intl.api.files import endings_of
from krakow_intl.api.parameters import MAX_LIMIT, USUAL_LIMIT, asked_of, includable
from krakow_intl.api.serializers import PAGES, serializer_of
from krakow_intl.core.address_plan import reverse
from krakow_intl.core.public_data import COLLECTIONS
from krakow_intl.core.site_url import absolute
from krakow_intl.imports.nouns import NOUNS

TYPES = [
    (BILINGUAL, _("a text in both languages: {pl, en}")),
    (PAGES, _("an address in each language: {pl, en}")),
    (LINKED, _("another record: {id, key, name, url}")),
    (SCHEMAS["date"], _("a day: 1993-02-19")),
    (SCHEMAS["partial-date"], _("a day, a month or a year: 1993-02-19, 1993-02, 1993")),
    (SCHEMAS["integer"], _("a whole number")),
    ({"type": "integer"}, _("a whole number")),
    (SCHEMAS["number"], _("a number")),
    (SCHEMAS["boolean"], _("true or false")),
]


class Entry(NamedTuple):
    """A field: `words` are [(code, what it means)], `parts` the fields of the rows that it lists."""

    name: str
    type: object
    meaning: object
    words: list
    parts: list


class Described(NamedTuple):
    """A collection as the dictionary tells it."""

    name: str
    title: str
    address: str
    entries: list
    files: list
    filters: list
    includes: list


@require_safe
def documentation(request):
    context = {
        "collections": [described(collection) for collection in COLLECTIONS.values()],
        "root": absolute(reverse("api:root")),
        "changes": absolute(reverse("api:changes")),
        "schema": absolute(reverse("api:schema")),
        "license": settings.DATA_LICENSE_URL,
        "limits": {"usual": USUAL_LIMIT, "max": MAX_LIMIT},
    }
    return render(request, "api/documentation.html", context)


def described(collection):
    return Described(
        collection.name,
        NOUNS[collection.name].title(),
        absolute(reverse("api:list", args=[collection.name])),
        _entries(serializer_of(collection)._declared_fields),
        [(ending, absolute(reverse("api:file", args=[collection.name, ending]))) for ending in endings_of(collection)],
        [(name, one.label or name) for name, one in asked_of(collection).items()],
        [*includable(collection)],
    )


def _entries(fields):
    return [_entry(name, field) for name, field in fields.items()]


def _entry(name, field):
    if isinstance(field, serializers.ListSerializer):
        return Entry(name, _("a list"), field.help_text, [], _entries(field.child._declared_fields))
    return Entry(name, _type_in_words(field.schema), field.help_text, field.words, [])


def _type_in_words(schema):
    if schema["type"] == "array":
        return _("several other records") if "properties" in schema["items"] else _("a list of codes")
    if "enum" in schema:
        return _("a code")
    return next((words for known, words in TYPES if known == schema), _("a text"))
