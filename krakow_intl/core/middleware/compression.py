"""How an answer is packed on its way, and the name of its version, which is the same however it is packed."""

import re

from django.middleware import gzip
from django.utils.cache import patch_vary_headers, set_response_etag

from krakow_intl.core.middleware.base import Middleware

# the share of what is not accepted: "0" of "gzip;q=0", "0.000" of "br;q=0.000"
ZERO = re.compile(r"0(?:\.0*)?")


class AcceptedEncodingsMiddleware(Middleware):
    """Django and WhiteNoise look for a name in the header; here it is read as it is meant: "gzip;q=0" is a no."""

    def __call__(self, request):
        accepted = _accepted_encodings(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        request.META["HTTP_ACCEPT_ENCODING"] = ", ".join(name for name in ("br", "gzip") if name in accepted)
        return self.get_response(request)


def accepts_gzip(request):
    """Whether an answer may be packed, after `AcceptedEncodingsMiddleware`."""
    return "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")


def _accepted_encodings(header):
    """The names a browser accepts: "br;q=1, gzip;q=0.5, xz;q=0" -> {"br", "gzip"}; "*" stands for gzip."""
    shares = {}
    for part in header.lower().split(","):
        name, *parameters = (text.strip() for text in part.split(";"))
        shares[name.removeprefix("x-")] = next((p[2:] for p in parameters if p.startswith("q=")), "1")
    accepted = {name for name, share in shares.items() if not ZERO.fullmatch(share)}
    return accepted | ({"gzip"} if "*" in accepted and "gzip" not in shares else set())


class GZipMiddleware(gzip.GZipMiddleware):
    """Django's, but what may be asked for in parts is sent as it is: its ranges and its length count stored bytes."""

    def process_response(self, request, response):
        return response if response.has_header("Accept-Ranges") else super().process_response(request, response)


class WeakETagMiddleware(Middleware):
    """Names the version of a page before it is packed.

    Django's ConditionalGetMiddleware, which compares the names, would count them of the packed bytes: anew for each
    answer, and never alike, because Django's GZipMiddleware packs a different number of bytes each time.
    """

    def __call__(self, request):
        response = self.get_response(request)
        is_whole = response.status_code == 200 and not response.streaming
        if is_whole and not response.has_header("ETag") and "no-store" not in response.get("Cache-Control", ""):
            set_response_etag(response)
            response["ETag"] = f"W/{response['ETag']}"
            patch_vary_headers(response, ["Accept-Encoding"])
        return response
