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
ZERO = re.compile(r"0(?:\.0*)?")  # the share of what is not accepted: "0", "0.000"


def refuse_control_characters(get_response):
    """No path holds one; out of queries they are taken (`parameters`)."""

    def middleware(request):
        if CONTROL_CHARACTERS.search(request.path_info):
            raise Http404
        return get_response(request)

    return middleware


def read_accepted_encodings(get_response):
    """What compresses answers looks for a name in the header; here it is read as it is meant: "gzip;q=0" is a no."""

    def middleware(request):
        accepted = _accepted_encodings(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        request.META["HTTP_ACCEPT_ENCODING"] = ", ".join(name for name in ("br", "gzip") if name in accepted)
        return get_response(request)

    return middleware


def accepts_gzip(request):
    """Whether an answer may be packed, after `read_accepted_encodings`."""
    return "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")


def _accepted_encodings(header):
    """The names a browser accepts: "br;q=1, gzip;q=0.5, xz;q=0" -> {"br", "gzip"}; "*" stands for gzip."""
    shares = {}
    for part in header.lower().split(","):
        name, *parameters = (text.strip() for text in part.split(";"))
        shares[name.removeprefix("x-")] = next((p[2:] for p in parameters if p.startswith("q=")), "1")
    accepted = {name for name, share in shares.items() if not ZERO.fullmatch(share)}
    return accepted | ({"gzip"} if "*" in accepted and "gzip" not in shares else set())


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
