"""The records of a collection as JSON, made from the columns of the list of its noun and from its facts."""

from functools import cache

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from krakow_intl.api.fields import (
    BILINGUAL,
    LANGUAGES,
    SCHEMAS,
    ReadField,
    api_address,
    field_of,
    key_of,
    pages_of,
    plain_json,
    target_of,
)
from krakow_intl.core.prose import references
from krakow_intl.core.records import public_records
from krakow_intl.core.references import addresses_of
from krakow_intl.imports.cells import LinkCell, LinksCell, ProseCell
from krakow_intl.imports.nouns import NOUNS

OF_THE_OFFICE = {"publication", "version"}
KEYS = {"slug"}  # told as `key`
KEY = _("What names the record in addresses; it never changes once the record was public.")
KNOWN_TO = _("The last day up to which the register knows of it.")
ADDRESS = {"type": "string", "format": "uri"}
PAGES = BILINGUAL | {"properties": dict.fromkeys(LANGUAGES, ADDRESS)}


class RecordSerializer(serializers.Serializer):
    # `fields` of the context are the names of those that are asked for, `day` is that as of which it is read
    def get_fields(self):
        fields, asked = super().get_fields(), self.context.get("fields")
        return {name: fields[name] for name in fields if name in asked} if asked else fields


@cache
def serializer_of(collection):
    """The serializer class of a collection."""
    fields = {
        "id": ReadField(lambda record: record.pk, {"type": "integer"}, _("A number that never changes.")),
        "key": ReadField(lambda record: key_of(collection, record), {"type": "string"}, KEY),
        "url": ReadField(lambda record: api_address(collection, record), ADDRESS, _("Where it stands in the API.")),
        "page": ReadField(pages_of, PAGES, _("The page about it that people read.")),
    }
    parts = {part.accessor for part in collection.parts}
    fields |= dict(field_of(column) for column in columns_of(collection) if _stands_alone(column, parts))
    fields |= {fact.name: _fact(fact) for fact in collection.facts}
    if hasattr(collection.model, "horizon"):
        fields["known_to"] = ReadField(lambda record: plain_json(record.horizon), SCHEMAS["date"], KNOWN_TO)
    for part in collection.parts:
        source = {"source": part.relation} if part.relation else {}
        fields[part.name] = part_serializer_of(part)(many=True, read_only=True, **source)
    name = collection.model.__name__
    return _named(name, type(f"{name}Serializer", (RecordSerializer,), fields))


class ShownRows(serializers.ListSerializer):
    """The rows of a part, without what is held back and what came later than the day that is asked about."""

    def to_representation(self, rows):
        shown = [row for row in rows.all() if self._is_shown(row)]
        return super().to_representation(shown)

    def _is_shown(self, row):
        return not row.is_later(self.context["day"]) and all(
            target_of(row, name) is not None for name in self.child.required_links
        )


@cache
def part_serializer_of(part):
    columns = part_columns(part)
    links = [column.cell for column in columns if isinstance(column.cell, LinkCell)]
    required = tuple(cell.name for cell in links if not cell.field.null)
    name = NOUNS[part.noun].model.__name__
    meta = type("Meta", (), {"list_serializer_class": ShownRows})
    fields = dict(map(field_of, columns)) | {"required_links": required, "Meta": meta}
    return _named(name, type(f"{name}Serializer", (serializers.Serializer,), fields))


def _named(name, serializer):
    return extend_schema_serializer(component_name=name)(serializer)


def columns_of(collection):
    """The columns of a collection that the public sees."""
    hidden = {*OF_THE_OFFICE, *KEYS, *collection.hidden}
    return _public(NOUNS[collection.name], hidden)


def part_columns(part):
    """The same of a part, without what leads back to its record."""
    noun = NOUNS[part.noun]
    back = noun.model.natural_key_fields[0]
    return _public(noun, {*OF_THE_OFFICE, *KEYS, back})


def _public(noun, hidden):
    columns = noun.resource.sheet_columns(is_public=True)
    return [column for column in columns if column.cell and column.code not in hidden]


def _stands_alone(column, parts):
    return not isinstance(column.cell, LinksCell) or column.cell.name not in parts


def _fact(fact):
    as_boolean = fact.type == "boolean"

    def read(record):
        value = fact.read(record)
        return bool(value) if as_boolean else plain_json(value)

    return ReadField(read, SCHEMAS[fact.type], fact.meaning)


# --- what is asked of the database -----------------------------------------------------------------------------------


def with_all(collection, records):
    """Records with all that they say; the number of questions does not depend on how many they are."""
    own = _links(columns_of(collection), {part.accessor for part in collection.parts})
    return records.prefetch_related(*own, *map(_part, collection.parts))


def _part(part):
    rows = public_records(NOUNS[part.noun].model).order_by("pk")
    return Prefetch(part.accessor, rows.prefetch_related(*_links(part_columns(part), ())))


def _links(columns, parts):
    cells = [column.cell for column in columns if _stands_alone(column, parts)]
    for cell in cells:
        if isinstance(cell, LinkCell):
            yield Prefetch(cell.name, public_records(cell.model))
        elif isinstance(cell, LinksCell):
            yield Prefetch(cell.name, _rows(cell))


def _rows(cell):
    rows = cell.model.objects.order_by("pk")
    if not isinstance(cell.cell, LinkCell):
        return rows
    return rows.prefetch_related(Prefetch(cell.cell.name, public_records(cell.cell.model)))


def addresses_in(collection, records):
    """{language: {"city:lviv": address}} of what the prose of records refers to, as far as it is public."""
    prose = [column.cell.name for column in columns_of(collection) if isinstance(column.cell, ProseCell)]
    names = {name for record in records for column in prose for name in references(getattr(record, column) or "")}
    addresses = {}
    for language in LANGUAGES:
        with override(language):
            addresses[language] = addresses_of(names) if names else {}
    return addresses
