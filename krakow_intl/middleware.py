"""What every request passes: no control characters, the language of the path alone, no writing where none belongs."""

import re

from django.conf import settings
from django.http import Http404, HttpResponseNotAllowed
from django.middleware import gzip
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.cache import patch_vary_headers, set_response_etag
from django.utils.translation.trans_real import parse_accept_lang_header

CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
LANGUAGE = re.compile(r"/(pl|en)(?:/|$)")
ADMIN = re.compile(r"/(pl|en)/admin/")


def refuse_control_characters(get_response):
    """No page needs them and no database may store them: they are taken out of queries, and no path holds one."""

    def middleware(request):
        if CONTROL_CHARACTERS.search(request.path_info):
            raise Http404
        request.GET = _without_control_characters(request.GET)
        return get_response(request)

    return middleware


def refuse_to_write_outside_the_admin(get_response):
    """Public pages are only read; whatever else is asked of them gets 405 and no word about missing tokens."""

    def middleware(request):
        if request.method not in ("GET", "HEAD") and not _awaits_writing(request):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return get_response(request)

    return middleware


def _awaits_writing(request):
    """Whether it is the admin's address, or that of a public form, which checks by itself who writes."""
    if ADMIN.match(request.path_info):
        return True
    try:
        with translation.override(language_of(request)):
            return getattr(resolve(request.path_info).func, "csrf_exempt", False)
    except Resolver404:
        return False


class GZipMiddleware(gzip.GZipMiddleware):
    """Django's, but what may be asked for in parts is sent as it is: its ranges and its length count stored bytes."""

    def process_response(self, request, response):
        return response if response.has_header("Accept-Ranges") else super().process_response(request, response)


def name_the_version(get_response):
    """A weak ETag, for what is said stays the same however it is compressed on its way."""

    def middleware(request):
        response = get_response(request)
        is_whole = response.status_code == 200 and not response.streaming
        if is_whole and not response.has_header("ETag") and "no-store" not in response.get("Cache-Control", ""):
            set_response_etag(response)
            response["ETag"] = f"W/{response['ETag']}"
            patch_vary_headers(response, ["Accept-Encoding"])
        return response

    return middleware


def speak_the_language_of_the_path(get_response):
    """Neither a cookie nor a header changes what stands at an address, so that any cache may keep it."""

    def middleware(request):
        request.LANGUAGE_CODE = language_of(request)
        with translation.override(request.LANGUAGE_CODE):
            response = get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response

    return middleware


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


def _without_control_characters(query):
    if not any(CONTROL_CHARACTERS.search(text) for pair in query.lists() for text in (pair[0], *pair[1])):
        return query
    clean = query.copy()
    clean.clear()
    for name, values in query.lists():
        clean.setlist(CONTROL_CHARACTERS.sub("", name), [CONTROL_CHARACTERS.sub("", value) for value in values])
    return clean
