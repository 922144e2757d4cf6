"""Two machines with folders of their own serve one register: one PostgreSQL, one volume of uploads, one Redis."""

import os
import shutil
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from partners.models import Agreement
from tests.krakow_intl.management.commands.conftest import address_of_database
from tests.partners.factories import CityFactory, DocumentFactory
from tests.proxy import ROOT, free_port
from tests.soak.staff import LOGIN, ROWS, SOME_CITIES
from tests.staff import account, sign_in
from tests.test_faults_ops import SETTINGS, Register
from tests.test_server import wait_for

pytestmark = [pytest.mark.postgresql, pytest.mark.slow]
UPLOADS = ("documents", "imports", "media", "pending")
PAGE = "/en/partner-cities/city-0/"
TOLD_WITHIN = 2  # seconds, in which a machine learns what another has changed
REDIS = shutil.which("redis-server") or shutil.which("valkey-server")
NOT_RUN = "Redis is not installed (Debian: apt-get install redis-server)"


@contextmanager
def redis(folder):
    """The address of a Redis of our own, and its process."""
    if not REDIS:
        (pytest.fail if "CI" in os.environ else pytest.skip)(NOT_RUN)
    port = free_port()
    command = [REDIS, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    process = subprocess.Popen(
        [*command, "--maxmemory", "10mb", "--maxmemory-policy", "allkeys-lru"], stdout=subprocess.DEVNULL
    )
    try:
        wait_for(port)
        yield f"redis://127.0.0.1:{port}/0", process
    finally:
        process.kill()
        process.wait()


@contextmanager
def machine(folder, name, session, **environment):
    """A register that is served from a folder of its own, with the uploads of all."""
    own = folder / name
    own.mkdir()
    for upload in UPLOADS:
        (folder / upload).mkdir(exist_ok=True)
        (own / upload).symlink_to(folder / upload)
    environment |= {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(folder),
        "DJANGO_SETTINGS_MODULE": "served_settings",
        "SECRET_KEY": settings.SECRET_KEY,
        "DATABASE_URL": address_of_database(),
        "VAR_DIR": str(own),
        "WEB_CONCURRENCY": "1",
    }
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}"]
    with open(own / "log", "w") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=log)
    register = Register(process, port, own, session)
    try:
        wait_for(port)
        yield register
    finally:
        register.browser.close()
        process.terminate()
        process.wait(timeout=20)


@pytest.mark.django_db(transaction=True)
def test_two_machines_know_of_each_other_what_they_must(tmp_path, settings):
    city, *_ = [CityFactory(slug=f"city-{n}", name_pl=name, name_en=name) for n, name in enumerate(SOME_CITIES)]
    account("editor", password="only-for-the-tests-12")
    (tmp_path / "served_settings.py").write_text(SETTINGS)
    session = sign_in(Client(), "reviewer+importer", username="anna").cookies["sessionid"].value
    with ExitStack() as stack:
        url, kept = stack.enter_context(redis(tmp_path))
        one, other = (stack.enter_context(machine(tmp_path, name, session, CACHE_URL=url)) for name in "ab")

        # pages: what one has made the other tells, and what one changes the other tells no more
        assert [how_it_was_answered(register) for register in (one, other)] == ["fwd=miss; stored", "hit"]
        settings.VAR_DIR = one.folder
        city.name_en = "Renamed"
        city.save()
        connection.close()
        assert "Renamed" in one.browser.get("page", PAGE)[1]
        time.sleep(TOLD_WITHIN)
        assert "Renamed" in other.browser.get("page", PAGE)[1]

        # uploads: what one has stored the other hands out
        scan = DocumentFactory(stored=True, agreement__city=city).get_absolute_url()
        assert other.status(scan) == 200

        # imports: what one has taken in the other applies, and both have it
        before = Agreement.objects.count()
        address, form = one.hand_in(1)
        other.browser.cookies |= one.browser.cookies
        other.browser.post("apply", address, form | {"what": "all"})
        assert Agreement.objects.count() == before + ROWS

        # limits: who guesses at one machine waits at the other
        for _ in range(5):
            guess(one, 200)
        guess(other, 429)

        # without its cache each goes on
        kept.kill()
        assert [register.status(PAGE) for register in (one, other)] == [200, 200]


def how_it_was_answered(register):
    return register.browser.get("page", PAGE)[0].headers["cache-status"].partition("; ")[2]


def guess(register, status):
    browser = type(register.browser)(register.port, register.answers.append)
    typed = browser.form("guess", LOGIN, "login-form") | {"username": "editor", "password": "mistyped"}
    browser.post("guess", LOGIN, typed, awaited=(status,))
    browser.close()
