"""What is refused before anything else looks at it: control characters, and writing where none belongs."""

import re

from django.http import Http404, HttpResponseNotAllowed
from django.urls import Resolver404, resolve
from django.utils import translation

from krakow_intl.core.middleware.base import Middleware
from krakow_intl.core.middleware.language import language_of

# a character that is no text: the NUL of "Lw\x00ów"; not a tab, a line feed or a carriage return's companion in a form
CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# an address of the staff's pages: "/pl/admin/", "/en/admin/partners/agreement/"
ADMIN = re.compile(r"/(pl|en)/admin/")
# what is made for one person, who is known by the address: "/pl/calendar/secret.ics", "/en/preview/secret/", and those
FOR_ONE_PERSON = re.compile(r"/(pl|en)/(admin|calendar|preview)/")


class ControlCharactersMiddleware(Middleware):
    """No path holds one; out of queries they are taken (`parameters`)."""

    def __call__(self, request):
        if CONTROL_CHARACTERS.search(request.path_info):
            raise Http404
        return self.get_response(request)


class ReadOnlyMiddleware(Middleware):
    """Public pages are only read, forms and the staff's pages are sent to by POST; whatever else is asked gets 405.

    Django's `require_safe` around a view comes too late: CsrfViewMiddleware would speak of missing tokens first.
    """

    def __call__(self, request):
        if request.method in ("GET", "HEAD"):
            return self.get_response(request)
        allowed = ["GET", "HEAD", *_further_methods(request)]
        if request.method not in allowed:
            return HttpResponseNotAllowed(allowed)
        return self.get_response(request)


def _further_methods(request):
    """POST at the admin's addresses and at a public form, which checks by itself who writes; OPTIONS where programs of
    other sites ask.
    """
    if ADMIN.match(request.path_info):
        return ["POST"]
    try:
        with translation.override(language_of(request)):
            view = resolve(request.path_info).func
    except Resolver404:
        return []
    if getattr(view, "is_open_to_all_sites", False):
        return ["OPTIONS"]
    return ["POST"] if getattr(view, "csrf_exempt", False) else []
