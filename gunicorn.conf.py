"""How gunicorn serves the register."""

import logging
import os
import signal
import sys
from contextlib import suppress

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


def post_worker_init(worker):
    # gunicorn's own handler waits for a lock that the interrupted code may hold: then the worker never ends
    for number in (signal.SIGINT, signal.SIGQUIT):
        signal.signal(number, lambda *_: worker.method_queue.defer(sys.exit))


def child_exit(server, worker):
    """A worker that was killed may have left pages that a change of its own has overtaken."""
    from krakow_intl.core.content_version import renew

    with suppress(OSError):
        renew()


def when_ready(server):
    if sys.stdin.isatty():  # a terminal that closes ends the server; elsewhere the signal reloads it
        signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
