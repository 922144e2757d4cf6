"""The query parameters that a public page reads; whatever else stands in an address changes nothing of the page."""

from functools import lru_cache
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import Resolver404, resolve
from django.utils import translation

from krakow_intl.core.middleware.base import Middleware
from krakow_intl.core.middleware.hardening import ADMIN, CONTROL_CHARACTERS
from krakow_intl.core.middleware.language import language_of

EVERYWHERE = frozenset({"on"})


def reads(*names, filters=None):
    """Decorator of a public view: it reads these parameters, and those that `filters`, a FilterSet, asks for."""

    def decorate(view):
        view.parameters = EVERYWHERE | {*names} | {*(filters.base_filters if filters else ())}
        return view

    return decorate


class QueryParametersMiddleware(Middleware):
    """A page, its links and its place in caches are the same whatever is appended to its address.

    No control characters either: no page needs them, and no database may store them.
    """

    def __call__(self, request):
        if asked := request.META.get("QUERY_STRING"):
            read = urlencode(_read_of(request))
            if read != asked:
                request.META["QUERY_STRING"], request.GET = read, QueryDict(read)
        return self.get_response(request)


def _read_of(request):
    """The (name, value) pairs of a query that are read, in one order; the admin reads what it likes."""
    pairs = [(_clean(name), _clean(value)) for name, values in request.GET.lists() for value in values]
    if ADMIN.match(request.path_info):
        return pairs
    read = _parameters_of(request.path_info, language_of(request))
    known = (pair for pair in pairs if read is None or (pair[0] in read and pair[1]))
    return sorted(known, key=lambda pair: pair[0])


def _clean(text):
    return CONTROL_CHARACTERS.sub("", text)


@lru_cache(maxsize=250)
def _parameters_of(path, language):
    """Those that the page of a path reads, told by the address plan alone; None of one that answers for all itself."""
    try:
        with translation.override(language):
            return getattr(resolve(path).func, "parameters", EVERYWHERE)
    except Resolver404:
        return ()
