"""The language of a page, told by its address alone."""

import re

from django.conf import settings
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from krakow_intl.core.middleware.base import Middleware

# the language at the head of a path: "pl" of "/pl/miasta-partnerskie/", "en" of "/en"; none of "/PL/" or "/plan/"
LANGUAGE = re.compile(r"/(pl|en)(?:/|$)")


class LanguageMiddleware(Middleware):
    """Speaks the language of the path, so that any cache may keep what stands there.

    Django's LocaleMiddleware would ask a cookie and the browser about addresses without a language: it turns a missing
    page into a redirect, has no cache keep the sitemap, and leaves its choice to the next request of the thread.
    """

    def __call__(self, request):
        request.LANGUAGE_CODE = language_of(request)
        with translation.override(request.LANGUAGE_CODE):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response


def language_in_path(request):
    match = LANGUAGE.match(request.path_info)
    return match and match[1]


def language_of(request):
    return language_in_path(request) or preferred_language(request)


def preferred_language(request):
    """What the browser asks for; English for whoever asks for neither language, Polish for whoever asks for none."""
    wanted = [code.split("-")[0] for code, _ in parse_accept_lang_header(request.headers.get("Accept-Language", ""))]
    known = (code for code in wanted if code in dict(settings.LANGUAGES))
    return next(known, "en" if any(code != "*" for code in wanted) else settings.LANGUAGE_CODE)
