"""The description of the API as OpenAPI 3.1, made from the same declarations as its answers."""

from django.conf import settings
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import override
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view, inline_serializer
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from krakow_intl.api.parameters import MAX_LIMIT, USUAL_LIMIT, asked_of, includable
from krakow_intl.api.serializers import serializer_of
from krakow_intl.api.views import Detail, List, PublicView
from krakow_intl.core.as_of import FIRST_YEAR, LAST_YEAR
from krakow_intl.core.public_data import COLLECTIONS
from krakow_intl.imports.nouns import NOUNS
from partners.filters import YearFilter


class FaultSerializer(serializers.Serializer):
    """What is answered where there is nothing to tell."""

    detail = serializers.CharField()


class WrongParametersSerializer(FaultSerializer):
    """What is answered to a question that cannot be read."""

    parameters = serializers.DictField(child=serializers.ListField(child=serializers.CharField()))


class Schema(PublicView):
    """The description itself, in English or, with `?lang=pl`, in Polish."""

    def get(self, request):
        language = request.GET.get("lang", "en")
        if {*request.GET} - {"lang"} or language not in dict(settings.LANGUAGES):
            known = ", ".join(dict(settings.LANGUAGES))
            message = _("The only parameter here is lang, with one of: %(known)s.") % {"known": known}
            raise ValidationError({name: [message] for name in request.GET})
        with override(language):
            return Response(document(request))


def document(request):
    """The whole description, in the active language."""
    generator = SchemaGenerator(patterns=[*_patterns()])
    return generator.get_schema(request=None, public=True)


def _patterns():
    for name, collection in COLLECTIONS.items():
        yield path(f"api/v1/{name}/", _list_view(collection).as_view())
        yield path(f"api/v1/{name}/<slug:key>/", _detail_view(collection).as_view())


def _list_view(collection):
    records = serializer_of(collection)(many=True)
    fields = {
        "as_of": serializers.DateField(help_text=_("The day as of which it is told.")),
        "next": serializers.URLField(allow_null=True),
        "previous": serializers.URLField(allow_null=True),
        "results": records,
        **_included(),
    }
    page = inline_serializer(f"{collection.model.__name__}Page", fields)
    described = extend_schema(
        operation_id=f"list-{collection.name}",
        summary=NOUNS[collection.name].title(),
        tags=[collection.name],
        parameters=[*_common(collection), *_of_a_list(), *_filters(collection)],
        responses={200: page, 400: WrongParametersSerializer},
    )
    return extend_schema_view(get=described)(
        type(f"{collection.model.__name__}List", (List,), {"schema": AutoSchema()})
    )


def _detail_view(collection):
    record = serializer_of(collection)
    fields = {**record._declared_fields, "as_of": serializers.DateField(), **_included()}
    answer = inline_serializer(f"{collection.model.__name__}Answer", fields)
    described = extend_schema(
        operation_id=f"read-{collection.name}",
        summary=NOUNS[collection.name].title(),
        tags=[collection.name],
        parameters=[*_common(collection)],
        responses={200: answer, 301: None, 400: WrongParametersSerializer, 404: FaultSerializer, 410: FaultSerializer},
    )
    return extend_schema_view(get=described)(
        type(f"{collection.model.__name__}Detail", (Detail,), {"schema": AutoSchema()})
    )


def _included():
    return {
        "included": serializers.DictField(child=serializers.ListField(child=serializers.DictField()), required=False)
    }


def _common(collection):
    fields, targets = serializer_of(collection)._declared_fields, includable(collection)
    yield OpenApiParameter(
        "on",
        {"type": "string", "format": "date"},
        description=_("The day as of which it is told; today if none is named."),
    )
    yield _listed("fields", fields, _("The fields that are told, divided by commas; all if none is named."))
    if targets:
        yield _listed("include", targets, _("Whose records come along, divided by commas."))


def _listed(name, known, description):
    schema = {"type": "array", "items": {"type": "string", "enum": [*known]}}
    return OpenApiParameter(name, schema, description=description, style="form", explode=False)


def _of_a_list():
    limit = {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": USUAL_LIMIT}
    yield OpenApiParameter("limit", limit, description=_("How many records a page has."))
    yield OpenApiParameter("cursor", str, description=_("A place in the list, as “next” and “previous” tell it."))


def _filters(collection):
    for name, one in asked_of(collection).items():
        yield OpenApiParameter(name, _schema_of(one), description=str(one.label or name))


def _schema_of(one):
    """Choices that depend on what is recorded today are no part of the description, which does not change with it."""
    is_year = isinstance(one, YearFilter)
    return {"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR} if is_year else {"type": "string"}
