"""A whole collection as a file: CSV, JSON, GeoJSON, or a workbook of a spreadsheet program, written as it is read."""

import json
from collections.abc import Callable
from typing import NamedTuple

from django.conf import settings
from django.http import StreamingHttpResponse
from rest_framework import serializers

from krakow_intl.api.fields import BILINGUAL, LANGUAGES, SCHEMAS
from krakow_intl.api.serializers import PAGES, addresses_in, serializer_of, with_all
from krakow_intl.core.content_version import in_parts
from krakow_intl.core.resources import csv_lines
from krakow_intl.core.workbooks import FORMATS, Page, file_response, write_book
from krakow_intl.imports.nouns import NOUNS

AT_ONCE = 500  # records
PLACE = ("longitude", "latitude")
JSON, GEOJSON = "application/json", "application/geo+json"
LIST_SIGN = " "  # between the keys of what a cell lists; none of them holds one


class FileColumn(NamedTuple):
    """A column of a table: its name, what it reads of a record as JSON, what it means, and the schema of its values."""

    name: str
    read: Callable
    meaning: object
    schema: dict


def records_in_full(collection, question):
    """The records that are found, as JSON, one after the other."""
    found = question.records()
    for keys in in_parts(list(found.values_list("pk", flat=True)), AT_ONCE):
        some = list(with_all(collection, found.filter(pk__in=keys)))
        context = {"day": question.as_of.day, "fields": question.fields, "addresses": addresses_in(collection, some)}
        yield from serializer_of(collection)(some, many=True, context=context).data


def file_columns(collection, asked=()):
    """The `FileColumn`s of a collection, or of the fields of it that are asked for."""
    fields = serializer_of(collection)._declared_fields
    return [
        column for name, field in fields.items() if not asked or name in asked for column in _columns_of(name, field)
    ]


def _columns_of(name, field):
    if isinstance(field, serializers.ListSerializer):
        return [FileColumn(name, lambda record: _packed(record[name]), field.help_text, SCHEMAS["string"])]
    if field.schema in (BILINGUAL, PAGES):
        return [_in_language(name, language, field) for language in LANGUAGES]
    read = {"object": _key, "array": _keys}.get(_type_of(field.schema), _itself)
    return [FileColumn(name, lambda record: read(record[name]), field.help_text, _flat(field.schema))]


def _in_language(name, language, field):
    def read(record):
        return (record[name] or {}).get(language)

    return FileColumn(f"{name}_{language}", read, field.help_text, SCHEMAS["string"])


def _type_of(schema):
    return schema["type"] if isinstance(schema["type"], str) else schema["type"][0]


def _flat(schema):
    return SCHEMAS["string"] if _type_of(schema) in ("object", "array") else schema


def _itself(value):
    return value


def _key(linked):
    return linked and linked["key"]


def _keys(values):
    return LIST_SIGN.join(value if isinstance(value, str) else value["key"] for value in values)


def _packed(rows):
    """The rows of a part in one cell, as JSON; nothing where there are none."""
    return json.dumps(rows, ensure_ascii=False) if rows else None


# --- the files -------------------------------------------------------------------------------------------------------


def csv_file(collection, question):
    columns = file_columns(collection, question.fields)
    rows = ([_csv_cell(column.read(record)) for column in columns] for record in records_in_full(collection, question))
    lines = csv_lines([column.name for column in columns], rows)
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")


def _csv_cell(value):
    return str(value).lower() if isinstance(value, bool) else value


def json_file(collection, question):
    return StreamingHttpResponse(_json_lines(collection, question), content_type=JSON)


def _json_lines(collection, question):
    yield _head(question, {"collection": collection.name}) + ',"records":[\n'
    yield from _divided(records_in_full(collection, question))
    yield "\n]}\n"


def geojson_file(collection, question):
    question.fields += [name for name in ("id", *PLACE) if question.fields and name not in question.fields]
    return StreamingHttpResponse(_geojson_lines(collection, question), content_type=GEOJSON)


def _geojson_lines(collection, question):
    """RFC 7946: what has no place has no geometry."""
    yield _head(question, {"type": "FeatureCollection"}) + ',"features":[\n'
    yield from _divided(map(_feature, records_in_full(collection, question)))
    yield "\n]}\n"


def _feature(record):
    place = [record.pop(name) for name in PLACE]
    geometry = None if None in place else {"type": "Point", "coordinates": place}
    return {"type": "Feature", "id": record["id"], "geometry": geometry, "properties": record}


def _head(question, first):
    told = {"as_of": question.as_of.day.isoformat(), "license": settings.DATA_LICENSE_URL}
    return json.dumps(first | told, ensure_ascii=False)[:-1]


def _divided(records):
    for number, record in enumerate(records):
        yield (",\n" if number else "") + json.dumps(record, ensure_ascii=False)


def workbook_file(kind):
    def file(collection, question):
        columns = file_columns(collection, question.fields)
        page = Page(NOUNS[collection.name].title(), _sheet(collection, question, columns))
        return file_response(write_book([page], kind), kind, collection.name)

    return file


def _sheet(collection, question, columns):
    yield [column.name for column in columns]
    for record in records_in_full(collection, question):
        yield [column.read(record) for column in columns]


FILES = {
    "csv": csv_file,
    "json": json_file,
    "geojson": geojson_file,
    **{kind: workbook_file(kind) for kind in FORMATS if kind != "csv"},
}


def has_places(collection):
    """Whether its records stand on a map."""
    return "latitude" in serializer_of(collection)._declared_fields


def endings_of(collection):
    """The kinds of file in which it can be had."""
    return [ending for ending in FILES if ending != "geojson" or has_places(collection)]
