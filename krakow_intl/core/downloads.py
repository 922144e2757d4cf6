"""A private file handed out as a download: whole, in part, or not at all to whoever has it already."""

import logging
import os
import re
from hashlib import sha256
from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date
from whitenoise.responders import SlicedFile

logger = logging.getLogger(__name__)

# One range of bytes: "bytes=0-99", "bytes=500-" from there on, "bytes=-500" the last ones.
RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})", re.IGNORECASE)
POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"  # the file never runs as one of our pages


def download(request, file, name, content_type, cache_control="no-cache"):
    """The answer that hands out a stored `file` under `name`; without the file it is no page, and the log says so."""
    try:
        return _answer(request, file, name, content_type, cache_control)
    except OSError as error:
        logger.error("A stored file cannot be read: %s", error)
        raise Http404 from None


def file_name(title, ending):
    """`title` as the name of a file: "Umowa 1/2" becomes "Umowa 1 2.pdf"."""
    letters = "".join(sign if sign.isprintable() and sign not in r"\/" else " " for sign in title)
    return " ".join(letters.split())[:150] + ending


def _answer(request, file, name, content_type, cache_control):
    found = os.stat(file.path)
    version = {"ETag": _etag(file.name, found), "Last-Modified": http_date(found.st_mtime)}
    response = get_conditional_response(request, version["ETag"], int(found.st_mtime))
    if response is None:
        response = _content(request, file, found.st_size, version.values())
        response["Content-Type"] = content_type
        response["Content-Disposition"] = content_disposition_header(True, name)
        response["Accept-Ranges"] = "bytes"
    kept = {"Cache-Control": cache_control, "Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff"}
    for header, value in (version | kept).items():
        response[header] = value
    return response


def _etag(name, found):
    """A file is never written anew under its name; size and time tell of one exchanged behind the register's back."""
    return f'"{sha256(f"{name} {found.st_size} {found.st_mtime_ns}".encode()).hexdigest()[:32]}"'


def _content(request, file, size, validators):
    if settings.INTERNAL_REDIRECT and "/" not in file.name:  # what the first version stored the proxy does not find
        return HttpResponse(headers={"X-Accel-Redirect": settings.INTERNAL_REDIRECT + quote(file.name)})
    if request.method == "HEAD":
        return HttpResponse(headers={"Content-Length": size})
    is_current = request.headers.get("If-Range") in (None, *validators)
    part = _part(request.headers.get("Range", ""), size) if is_current else None
    if part is None:
        return FileResponse(open(file.path, "rb"))
    if not part:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    return _slice(file.path, part, size)


def _part(requested, size):
    """The bytes asked for as a range; None: all of them, an empty one: there are none. More than one is all."""
    match = RANGE.fullmatch(requested.strip())
    first, last = match.groups() if match else ("", "")
    if not first and not last:
        return None
    if not first:
        return range(max(size - int(last), 0), size)
    if last and int(last) < int(first):
        return None
    return range(int(first), min(int(last or size) + 1, size))


def _slice(path, part, size):
    stored = open(path, "rb")  # noqa: SIM115 - the response closes it
    response = FileResponse(SlicedFile(stored, part[0], part[-1]), status=206)
    response["Content-Range"] = f"bytes {part[0]}-{part[-1]}/{size}"
    response["Content-Length"] = len(part)
    return response
