"""Proves that a backup can be restored: elsewhere, compared row by row, with pages that answer."""

import os
import random
import secrets
import subprocess
import sys
import tempfile
from collections import defaultdict
from contextlib import closing, contextmanager
from itertools import chain, islice, zip_longest
from pathlib import Path
from time import perf_counter
from urllib.parse import urlsplit
from xml.etree import ElementTree

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, no_translations
from django.db import connection
from django.test import Client
from django.utils.translation import gettext as _

from krakow_intl.core.backups import guarded, summary, write_backup

PAGES = 20
LOCATION = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


class Command(BaseCommand):
    help = "Restores a backup into an empty database elsewhere, compares everything and asks 20 pages there."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, nargs="?", help="An archive; by default a fresh one.")
        parser.add_argument("--pages", action="store_true", help="Only ask 20 public pages of the register as it is.")

    @no_translations
    def handle(self, *args, file, pages, **options):
        if pages:
            self._ask_pages()
        else:
            self._drill(file)

    def _drill(self, file):
        with guarded():
            settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(prefix=".drill-", dir=settings.VAR_DIR) as folder:
                self._restore_below(Path(folder), file)
        self.stdout.write(self.style.SUCCESS(_("The drill succeeded.")))

    def _restore_below(self, folder, file):
        if not file:
            file = folder / "register.tar"
            with self._timed(_("Backup")):
                self.stdout.write(_("Backed up: %(summary)s.") % {"summary": summary(write_backup(file))})
        (folder / "var").mkdir()
        with empty_database(folder) as address:
            environment = elsewhere(address, folder / "var")
            with self._timed(_("Restore and comparison")):
                self._manage(environment, "restore", str(file.resolve()), "--verbosity=0")
            with self._timed(_("Pages")):
                self._manage(environment, "drill", "--pages")

    def _manage(self, environment, *arguments):
        command = [sys.executable, "manage.py", *arguments]
        process = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True)
        self.stdout.write(process.stdout, ending="")
        if process.returncode:
            raise CommandError(_("THE DRILL FAILED. %(why)s") % {"why": process.stderr.strip()})

    @contextmanager
    def _timed(self, part):
        start = perf_counter()
        yield
        self.stdout.write(_("%(part)s: %(seconds).1f s") % {"part": part, "seconds": perf_counter() - start})

    def _ask_pages(self):
        host = settings.ALLOWED_HOSTS[0].lstrip(".")
        client = Client(raise_request_exception=False, SERVER_NAME=host)
        parts = addresses_of(client.get("/sitemap.xml", secure=True))
        addresses = chosen(page for part in parts for page in addresses_of(client.get(part, secure=True)))
        answers = {address: client.get(address, secure=True).status_code for address in addresses}
        if wrong := [f"{address}: {status}" for address, status in answers.items() if status != 200]:
            raise CommandError(_("Pages that do not answer: %(pages)s") % {"pages": ", ".join(wrong)})
        if len(answers) < PAGES:
            raise CommandError(_("The sitemap names fewer than %(count)s pages.") % {"count": PAGES})
        self.stdout.write(_("Pages that answered: %(count)s.") % {"count": len(answers)})


def addresses_of(sitemap):
    """The addresses that a sitemap names; none if it does not answer."""
    if sitemap.status_code != 200:
        return []
    return [urlsplit(location.text).path for location in ElementTree.fromstring(sitemap.content).iter(LOCATION)]


def chosen(addresses):
    """Some addresses by chance, so that many drills see them all: half in each language, of as many kinds as can be."""
    kinds = defaultdict(lambda: defaultdict(list))
    for address in addresses:
        language, *words = address.strip("/").split("/")
        kinds[language][*words[:1], len(words)].append(address)
    return [address for of_language in kinds.values() for address in islice(_mixed(of_language), PAGES // 2)]


def _mixed(kinds):
    """One address of every kind, then a second one of each that has more, and so on."""
    groups = [random.sample(group, len(group)) for group in kinds.values()]
    random.shuffle(groups)
    return filter(None, chain.from_iterable(zip_longest(*groups)))


def elsewhere(address, folder):
    """The environment of a register with that database and that folder; it needs no collected static files."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "krakow_intl.settings",
        "DATABASE_URL": address,
        "VAR_DIR": str(folder),
        "SECRET_KEY": settings.SECRET_KEY,
        "ALLOWED_HOSTS": "localhost",
        "DEBUG": "1",
    }


@contextmanager
def empty_database(folder):
    """The address of an empty database of our kind, which is gone afterwards."""
    if connection.vendor != "postgresql":
        yield f"sqlite:///{folder / 'register.sqlite3'}"
        return
    name = f"register_drill_{secrets.token_hex(6)}"
    _on_server(f"CREATE DATABASE {name} TEMPLATE template0")
    try:
        yield urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    finally:
        _on_server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _on_server(statement):
    with closing(connection.copy()) as own, own.cursor() as cursor:
        cursor.execute(statement)
