"""A browser without a screen: it keeps its connection and its cookies, reads forms, and notes every answer."""

import gzip
import http.client
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode, urljoin

from tests.staff import FormReader

IDLE = 1  # second after which a connection is opened anew: the server closes those that ask for nothing
TURNS = 40  # requests on one connection, so that each browser meets every worker
TIMEOUT = 60


class Unexpected(Exception):
    """An answer with which nobody can go on."""


@dataclass
class Answer:
    """One request as it went; `status` 0 stands for no answer at all."""

    kind: str
    path: str
    at: float  # seconds since the epoch
    seconds: float
    status: int = 0
    headers: dict = field(default_factory=dict)
    fault: str = ""  # of the connection, or an answer that was not awaited

    @property
    def until(self):
        return self.at + self.seconds

    @property
    def is_hit(self):
        return "; hit" in self.headers.get("cache-status", "")


class Browser:
    def __init__(self, port, note):
        self.port, self.note, self.cookies = port, note, {}
        self.connection, self.turns, self.used_at = None, 0, 0.0

    def get(self, kind, path, awaited=(200,)):
        return self._ask(kind, "GET", path, None, {}, awaited)

    def post(self, kind, path, data, content_type="application/x-www-form-urlencoded", awaited=(302,)):
        """Sends a form; the answer's address of what to look at next."""
        body = data if isinstance(data, bytes) else urlencode(data, doseq=True).encode()
        headers = {"Content-Type": content_type, "Origin": f"http://127.0.0.1:{self.port}"}
        answer, _page = self._ask(kind, "POST", path, body, headers, awaited)
        return urljoin(path, answer.headers.get("location", path))

    def form(self, kind, path, form_id=None):
        """What a browser would send of a form."""
        reader = FormReader(form_id)
        reader.feed(self.get(kind, path)[1])
        return reader.data

    def close(self):
        if self.connection:
            self.connection.close()
            self.connection = None

    def _ask(self, kind, method, path, body, headers, awaited):
        answer = Answer(kind, path, time.time(), 0)
        started = time.perf_counter()
        try:
            page = self._exchange(answer, method, path, body, headers)
        except (OSError, http.client.HTTPException) as error:
            self.close()
            answer.fault = repr(error)
        answer.seconds = time.perf_counter() - started
        if not answer.fault and answer.status not in awaited:
            answer.fault = f"answered {answer.status}, not {' or '.join(map(str, awaited))}"
        self.note(answer)
        if answer.fault:
            raise Unexpected(f"{kind} {path}: {answer.fault}")
        return answer, page

    def _exchange(self, answer, method, path, body, headers):
        cookies = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        sent = {"Accept-Encoding": "gzip", **headers} | (cookies if self.cookies else {})
        connection = self._connected()
        connection.request(method, path, body, sent)
        response = connection.getresponse()
        content = response.read()
        answer.status = response.status
        answer.headers = {name.lower(): value for name, value in response.getheaders()}
        for name, _, value in (
            line.partition(";")[0].partition("=") for line in response.msg.get_all("Set-Cookie", [])
        ):
            self.cookies[name] = value
        return (gzip.decompress(content) if response.headers["Content-Encoding"] == "gzip" else content).decode(
            errors="replace"
        )

    def _connected(self):
        now = time.perf_counter()
        if self.connection and (self.turns >= TURNS or now - self.used_at > IDLE):
            self.close()
        if not self.connection:
            self.connection, self.turns = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT), 0
        self.turns, self.used_at = self.turns + 1, now
        return self.connection
