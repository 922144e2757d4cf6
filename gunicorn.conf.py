"""How gunicorn serves the register."""

import atexit
import logging
import os
import shutil
import signal
import sys
import tempfile
from contextlib import suppress
from itertools import count

import gunicorn.util

wsgi_app = "krakow_intl.wsgi:application"
preload_app = True  # a refused configuration ends the server at once
workers = int(os.environ.get("WEB_CONCURRENCY", 2))
threads = 4  # a browser holds connections open without asking for anything
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None
graceful_timeout = 8  # below the ten seconds after which a container is killed
limit_request_line = 8190
forwarder_headers = ""  # SCRIPT_NAME and PATH_INFO are no headers of ours: who sends them would move every link
control_socket_disable = True
logging.getLogger("gunicorn.http.wsgi").setLevel(logging.ERROR)  # a warning a HEAD request, for a body not sent

# Where workers count for /metrics: a folder of this server's own, though it reads this file anew.
server_pid, where_to_count = os.getpid(), "PROMETHEUS_MULTIPROC_DIR"  # which the library reads; nobody need set it
if f"-{server_pid}-" not in os.environ.get(where_to_count, ""):
    counts = os.environ[where_to_count] = tempfile.mkdtemp(prefix=f"krakow-intl-{server_pid}-", dir=worker_tmp_dir)
    atexit.register(lambda: os.getpid() == server_pid and shutil.rmtree(counts, ignore_errors=True))


def pre_fork(server, worker):
    """A worker counts on where the one before it ended: there are as many files as places, however many came."""
    taken = {other.place for other in server.WORKERS.values()}
    worker.place = next(place for place in count() if place not in taken)


def post_worker_init(worker):
    from krakow_intl.core import metrics
    from krakow_intl.core.middleware.security_headers import security_headers

    metrics.count_as(f"worker{worker.place}")
    gunicorn.util.write_error = _write_error_with(security_headers())
    # gunicorn's own handler waits for a lock that the interrupted code may hold: then the worker never ends
    for number in (signal.SIGINT, signal.SIGQUIT):
        signal.signal(number, lambda *_: worker.method_queue.defer(sys.exit))


def _write_error_with(headers):
    """What gunicorn says of a request that reaches no program, with the headers of every other answer."""

    def write_error(sock, status, reason, message):
        body = f"{status} {reason}\n".encode()
        own = {"Connection": "close", "Content-Type": "text/plain", "Content-Length": len(body)}
        head = "".join(f"{name}: {value}\r\n" for name, value in (own | headers).items())
        gunicorn.util.write_nonblock(sock, f"HTTP/1.1 {status} {reason}\r\n{head}\r\n".encode("latin1") + body)

    return write_error


def child_exit(server, worker):
    """A worker that was killed may have left pages that a change of its own has overtaken."""
    from krakow_intl.core.content_version import renew

    with suppress(OSError):
        renew()


def when_ready(server):
    if sys.stdin.isatty():  # a terminal that closes ends the server; elsewhere the signal reloads it
        signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
