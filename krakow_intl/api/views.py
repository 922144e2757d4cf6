"""The API: what can be read, lists a page at a time, and records; it is never written to."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpResponsePermanentRedirect
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.generics import get_object_or_404
from rest_framework.pagination import CursorPagination
from rest_framework.response import Response
from rest_framework.views import APIView

from krakow_intl.api.changes import changes_since
from krakow_intl.api.errors import Gone
from krakow_intl.api.fields import api_address
from krakow_intl.api.files import FILES, endings_of
from krakow_intl.api.moments import moment, next_moment
from krakow_intl.api.parameters import MAX_LIMIT, Parameters, Question, includable
from krakow_intl.api.serializers import addresses_in, serializer_of, with_all
from krakow_intl.core.address_plan import reverse
from krakow_intl.core.former_addresses import last_holder
from krakow_intl.core.kinds import kind_of
from krakow_intl.core.public_data import COLLECTIONS
from krakow_intl.core.site_url import absolute


class PublicView(APIView):
    """Answers whoever asks, from any page of any site: there is nothing here that only some may read."""

    authentication_classes, permission_classes = (), ()
    parameters = None  # none is passed over in silence
    schema = None  # `schema.py` describes each collection by itself

    @classmethod
    def as_view(cls, **initial):
        view = super().as_view(**initial)
        view.parameters, view.is_open_to_all_sites = cls.parameters, True
        return view

    def options(self, request, *args, **kwargs):
        """What a browser asks before it lets a page of another site ask with headers of its own."""
        headers = {"Access-Control-Allow-Methods": "GET, HEAD", "Access-Control-Allow-Headers": "*"}
        return Response(status=204, headers=headers)

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        response["Link"] = (
            f'<{settings.DATA_LICENSE_URL}>; rel="license", <{absolute(reverse("api:schema"))}>; rel="service-desc"'
        )
        if response.status_code == 200:
            response["Content-Language"] = "pl, en"
        return response


class Root(PublicView):
    """The collections of the register and where they stand."""

    def get(self, request):
        Parameters(request, set()).refuse()
        return Response(
            {
                "collections": {name: absolute(reverse("api:list", args=[name])) for name in COLLECTIONS},
                "changes": absolute(reverse("api:changes")),
                "schema": absolute(reverse("api:schema")),
                "license": settings.DATA_LICENSE_URL,
            }
        )


class Pages(CursorPagination):
    """A page after the other in the order of primary keys: what is added or withdrawn meanwhile moves none of them."""

    ordering = "pk"

    def __init__(self, limit):
        self.page_size = limit

    def decode_cursor(self, request):
        try:
            return super().decode_cursor(request)
        except NotFound:
            message = _("This is no place in the list. Follow “next” from its first page.")
            raise ValidationError({"cursor": [message]}) from None

    def links(self):
        return {"next": _canonical(self.get_next_link()), "previous": _canonical(self.get_previous_link())}


class List(PublicView):
    """The records of a collection."""

    def get(self, request, collection):
        collection = _collection(collection)
        question = Question(collection, request, is_list=True)
        pages = Pages(question.limit)
        found = pages.paginate_queryset(with_all(collection, question.records()), request)
        told = {"as_of": question.as_of.day.isoformat(), **pages.links()}
        return Response(told | {"results": _written(collection, found, question)} | _included(found, question))


class File(PublicView):
    """The records of a collection as a file."""

    def get(self, request, collection, ending):
        collection = _collection(collection)
        if ending not in endings_of(collection):
            raise NotFound(_("It can be had as: %(endings)s.") % {"endings": ", ".join(endings_of(collection))})
        question = Question(collection, request, is_file=True)
        question.refuse()
        response = FILES[ending](collection, question)
        response["Content-Disposition"] = f'attachment; filename="{collection.name}.{ending}"'
        return response


class Detail(PublicView):
    """A record of a collection."""

    def get(self, request, collection, key):
        collection = _collection(collection)
        question = Question(collection, request)
        question.refuse()
        records = with_all(collection, collection.records(question.as_of))
        try:
            record = get_object_or_404(records, **_by_key(collection, key))
        except Http404:
            return _elsewhere(collection, key)
        (written,) = _written(collection, [record], question)
        return Response(written | {"as_of": question.as_of.day.isoformat()} | _included([record], question))


class Changes(PublicView):
    """What became public, changed, moved or was withdrawn since a moment; without one, only since when to ask."""

    def get(self, request):
        question = Parameters(request, {"since", "limit", "after"})
        since, limit = question.moment("since"), question.number("limit", MAX_LIMIT, MAX_LIMIT)
        question.refuse()
        after, again = request.GET.get("after", ""), next_moment()
        found = [change for change in changes_since(since) if change.place > after] if since else []
        shown, is_whole = found[:limit], len(found) <= limit
        told = {
            "next": None if is_whole else _changes_address(since, limit=limit, after=shown[-1].place),
            "ask_again": _changes_address(again) if is_whole else None,
            "results": [change.as_json() for change in shown],
        }
        return Response(told)


def _changes_address(since, **more):
    return absolute(f"{reverse('api:changes')}?{urlencode({'since': moment(since), **more})}")


def _collection(name):
    if name not in COLLECTIONS:
        raise NotFound(_("There is no such collection."))
    return COLLECTIONS[name]


def _by_key(collection, key):
    if collection.is_keyed_by_slug:
        return {"slug": key}
    return {"pk": int(key)} if key.isascii() and key.isdigit() and len(key) < 19 else {"pk__in": []}


def _elsewhere(collection, key):
    """What once was public under a key: where it stands now, or that it is gone."""
    kind = kind_of(collection.model)
    holder = last_holder([kind], key) if kind and collection.is_keyed_by_slug else None
    if holder is None:
        raise NotFound(_("There is no such record."))
    record = collection.model.objects.public().filter(pk=holder[1]).first()
    if record is None or record.slug == key:
        raise Gone
    return HttpResponsePermanentRedirect(api_address(collection, record))


def _written(collection, records, question):
    context = {
        "day": question.as_of.day,
        "fields": question.fields,
        "addresses": addresses_in(collection, records),
    }
    return serializer_of(collection)(records, many=True, context=context).data


def _included(records, question):
    """{"included": {name of a collection: [records]}} of what was asked to come along, each once."""
    if not question.included:
        return {}
    found = {}
    for name in question.included:
        target = includable(question.collection)[name]
        found.setdefault(target, set()).update(_keys(records, question.collection, name))
    included = {}
    for target, keys in found.items():
        records = with_all(target, target.records(question.as_of).filter(pk__in=keys).order_by("pk"))
        whole = {"day": question.as_of.day, "addresses": addresses_in(target, records)}
        included[target.name] = serializer_of(target)(records, many=True, context=whole).data
    return {"included": included}


def _keys(records, collection, name):
    read = serializer_of(collection)._declared_fields[name].read
    for record in records:
        links = read(record)
        yield from (link["id"] for link in (links if isinstance(links, list) else [links]) if link)


def _canonical(link):
    """A link to another page as it is for everybody, by whatever name the register was asked."""
    return link and f"{settings.SITE_URL}/{link.split('/', 3)[3]}"
