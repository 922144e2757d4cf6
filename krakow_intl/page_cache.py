"""Public pages, kept in the memory of the process that made them until anything in the register changes."""

import re
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import has_vary_header

READING = re.compile(r"\s*(SELECT|BEGIN|SAVEPOINT|RELEASE|ROLLBACK|PRAGMA|SET|SHOW|EXPLAIN)\b", re.IGNORECASE)
NOT_KEPT = re.compile(r"no-store|no-cache")  # in Cache-Control: of what each answer is to be asked for anew
PERSONAL = ("Cookie", "Accept-Language")
LARGEST = 100_000  # bytes; a spreadsheet of the whole register is made anew


def keep_pages(get_response):
    """Middleware: what was answered a moment ago is answered again, as long as the register stands as it stood then."""

    def middleware(request):
        if request.method not in ("GET", "HEAD"):
            return get_response(request)
        key = _key(request)
        if kept := cache.get(key):
            content, headers = kept
            return HttpResponse(content, headers=headers)
        response = get_response(request)
        if _may_be_kept(response):
            cache.set(key, (response.content, dict(response.items())))
        return response

    return middleware


def note_changes(execute, sql, params, many, context):
    """Wrapper of a database connection: whatever may have changed something is noted once it is committed."""
    result = execute(sql, params, many, context)
    if not READING.match(sql):
        context["connection"].on_commit(_note_change, robust=True)
    return result


def watch(connection, **kwargs):
    """Receiver of `connection_created`."""
    connection.execute_wrappers.append(note_changes)


def _key(request):
    """All that a public page depends on. Read before the page is made: one that a change overtakes is never used."""
    is_compressed = "gzip" in request.headers.get("Accept-Encoding", "")
    state = f"{_changes()} {timezone.localdate()} {is_compressed} {request.build_absolute_uri()}"
    return sha256(state.encode()).hexdigest()


def _may_be_kept(response):
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not NOT_KEPT.search(response.get("Cache-Control", ""))
        and not any(has_vary_header(response, header) for header in PERSONAL)
        and len(response.content) <= LARGEST
    )


def _changes():
    """How often the register has changed: the size of a file that all processes share."""
    try:
        return (settings.VAR_DIR / "changes").stat().st_size
    except FileNotFoundError:
        return 0


def _note_change():
    settings.VAR_DIR.mkdir(exist_ok=True)
    with open(settings.VAR_DIR / "changes", "ab") as changes:
        changes.write(b".")
