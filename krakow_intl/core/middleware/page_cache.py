"""Public pages, kept for all processes of a machine until public content changes, and for a moment by proxies."""

import gzip
import logging
import re
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from time import monotonic, time

from django.core.cache import caches
from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import has_vary_header, patch_vary_headers

from krakow_intl.core.content_version import content_version
from krakow_intl.core.middleware.base import Middleware
from krakow_intl.core.middleware.compression import accepts_gzip
from krakow_intl.core.middleware.hardening import ADMIN
from krakow_intl.core.release import release
from krakow_intl.core.turns import in_turn

# in Cache-Control, of what each answer is to be asked for anew: "max-age=0, no-cache, no-store"
NOT_KEPT = re.compile(r"no-store|no-cache|private")
PERSONAL = ("Cookie", "Accept-Language")
# Proxies keep a page for seconds, and tell it for an hour while the register is away; browsers ask each time.
PUBLIC = "public, max-age=0, s-maxage=5, stale-while-revalidate=5, stale-if-error=3600"
OF_STAFF = "private, no-store"
PATIENCE = 5  # seconds for which a visitor waits for a page that somebody else has asked for already
MAX_RECENT = 300  # pages that a process has at hand
PAUSE = 10  # seconds for which a cache that failed is left alone
MAX_BYTES = 100_000  # of a page as it is kept, packed; a spreadsheet of the whole register is made anew
FRESH = 300  # seconds; what was changed past Django is seen after these

logger = logging.getLogger(__name__)


@dataclass
class KeptPage:
    """A page as it was answered, packed once: the same bytes for everybody who can unpack them."""

    body: bytes
    headers: dict
    is_packed: bool
    route: str | None = None  # the name of what made it
    made_at: float = field(default_factory=time)

    @classmethod
    def of(cls, response, request):
        packed = gzip.compress(response.content, compresslevel=6, mtime=0)
        is_packed = len(packed) < len(response.content)
        headers = {name: value for name, value in response.items() if name != "Content-Length"}
        route = request.resolver_match and request.resolver_match.view_name
        return cls(packed if is_packed else response.content, headers, is_packed, route)

    @property
    def age(self):
        return int(time() - self.made_at)

    def answer(self, request, status):
        request.route = self.route
        is_packed = self.is_packed and accepts_gzip(request)
        body = self.body if is_packed or not self.is_packed else gzip.decompress(self.body)
        response = HttpResponse(body, headers=self.headers | {"Cache-Status": f"register; {status}"})
        patch_vary_headers(response, ["Accept-Encoding"])
        response["Content-Length"] = str(len(body))
        if is_packed:
            response["Content-Encoding"] = "gzip"
        return response

    def stale_answer(self, request):
        """What is told while the register itself cannot be asked."""
        response = self.answer(request, "hit; detail=stale")
        response["Age"], response["Warning"] = str(self.age), '110 - "Response is Stale"'
        return response


class PageCacheMiddleware(Middleware):
    """What was answered a moment ago is answered again, as long as the register stands as it stood then.

    Django's cache middleware would tell a withdrawn page until its time is up, and nothing while the database is away.
    """

    def __call__(self, request):
        if ADMIN.match(request.path_info):
            return _for_one_person(self.get_response(request))
        key = _key(request)
        if key is None:
            return self.get_response(request)
        pages = Kept("answers" if request.META.get("QUERY_STRING") else "pages")
        kept = pages.get(key)
        if kept and kept.age < FRESH:
            return kept.answer(request, "hit")
        with in_turn(key, PATIENCE):
            kept = pages.get(key) or kept  # somebody else may have made it meanwhile
            if kept and kept.age < FRESH:
                return kept.answer(request, "hit")
            return self._make(request, pages, key, kept)

    def _make(self, request, pages, key, kept):
        response = self.get_response(request)
        if kept and response.status_code == 503:
            return kept.stale_answer(request)
        if not _may_be_kept(response):
            return response
        response.headers.setdefault("Cache-Control", PUBLIC)
        made = KeptPage.of(response, request)
        is_stored = len(made.body) <= MAX_BYTES and pages.set(key, made)
        return made.answer(request, "fwd=miss; stored" if is_stored else "fwd=miss")


class Kept:
    """A cache, and what this process had from it; one that is away, full or damaged is named in the log."""

    recent = OrderedDict()  # {(cache, key): page}; a page never changes, for its key says how the register stood
    left_alone_until = float("-inf")  # all of them

    def __init__(self, name):
        self.name = name

    def get(self, key):
        place = (self.name, key)
        recent = Kept.recent.get(place)
        if recent and recent.age < FRESH:
            return recent
        if page := self._ask(lambda cache: cache.get(key)):
            Kept.recent[place] = page
            if len(Kept.recent) > MAX_RECENT:
                with suppress(KeyError):  # another thread was quicker
                    Kept.recent.popitem(last=False)
        return page or recent

    def set(self, key, page):
        """Whether it is stored."""
        return self._ask(lambda cache: cache.set(key, page) or True)

    def _ask(self, what):
        if monotonic() < Kept.left_alone_until:
            return None
        try:
            return what(caches[self.name])
        except Exception as error:
            Kept.left_alone_until = monotonic() + PAUSE
            logger.warning("no page is kept for %d s: %r", PAUSE, error)
            return None


def _for_one_person(response):
    if "no-store" not in response.get("Cache-Control", ""):
        response["Cache-Control"] = OF_STAFF
    return response


def _key(request):
    """All that a public page depends on. Read before the page is made: one that a change overtakes is never used.

    None for what is not kept, and for everything while this machine cannot tell which pages have changed.
    """
    if request.method not in ("GET", "HEAD"):
        return None
    request.get_host()  # one that is not ours is refused, whatever is kept
    try:
        state = f"{release()} {content_version()} {timezone.localdate()} {request.get_full_path()}"
    except OSError:
        return None
    return sha256(state.encode()).hexdigest()


def _may_be_kept(response):
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not response.has_header("Content-Encoding")
        and not NOT_KEPT.search(response.get("Cache-Control", ""))
        and not any(has_vary_header(response, header) for header in PERSONAL)
    )
