"""The register as it is served: it answers, logs nothing while all is well, and ends when it is told to."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import tomllib
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = {"PATH": os.environ["PATH"], "SECRET_KEY": "only-for-the-tests-" * 4, "PYTHONWARNINGS": "default"}

SLOW_HANDS = """
import time
from concurrent.futures import ThreadPoolExecutor

add_thread = ThreadPoolExecutor._adjust_thread_count
ThreadPoolExecutor._adjust_thread_count = lambda pool: (add_thread(pool), time.sleep(0.3))
"""  # the server is still handing a request over when the answer has long gone out


@pytest.fixture
def port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
def server(port, tmp_path):
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}"]
    (tmp_path / "sitecustomize.py").write_text(SLOW_HANDS)
    own = {
        "DATABASE_URL": f"sqlite:///{tmp_path}/register.sqlite3",
        "WEB_CONCURRENCY": "1",  # the one that has answered
        "PYTHONPATH": str(tmp_path),
    }
    with subprocess.Popen(command, cwd=ROOT, env=ENVIRONMENT | own, stderr=subprocess.PIPE, text=True) as process:
        wait_for(port)
        yield process
        process.kill()


def wait_for(port):
    for _ in range(300):
        with socket.socket() as attempt:
            if attempt.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("the server does not listen")


@pytest.mark.once
@pytest.mark.slow
@pytest.mark.parametrize("signal_number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "Ctrl-C"])
def test_the_server_answers_and_ends_cleanly(server, port, signal_number):
    for method in ("GET", "HEAD"):
        request = urllib.request.Request(f"http://127.0.0.1:{port}/robots.txt", method=method)
        with urllib.request.urlopen(request) as response:
            assert response.status == 200
    server.send_signal(signal_number)
    _, log = server.communicate(timeout=20)
    assert server.returncode == 0
    # a line that tells of a fault: "WARNING django.request: …"
    assert [line for line in log.splitlines() if re.search(r"WARNING|ERROR|Traceback", line)] == []


def test_the_server_does_not_start_without_a_secret(tmp_path):
    command = [sys.executable, "-m", "gunicorn", "--bind", f"unix:{tmp_path}/socket"]
    process = subprocess.run(
        command, cwd=ROOT, env=ENVIRONMENT | {"SECRET_KEY": ""}, capture_output=True, text=True, timeout=30, check=False
    )
    assert process.returncode != 0
    assert "SECRET_KEY is empty" in process.stderr


def test_every_dependency_is_pinned_with_its_hash():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    for file, asked_for in {
        "requirements.txt": project["project"]["dependencies"],
        "requirements-dev.txt": project["dependency-groups"]["dev"],
    }.items():
        # a requirement with its hash: "django==5.2.8 \\\n    --hash=sha256:…"
        pinned = dict(re.findall(r"^([\w.-]+)==\S+.*\\\n\s+(--hash=sha256:)", (ROOT / file).read_text(), re.MULTILINE))
        # the name of a requirement: the "django-csp" of "django-csp~=4.0"
        names = {re.match(r"[\w-]+", requirement)[0] for requirement in asked_for}
        assert names - set(pinned) == set()
