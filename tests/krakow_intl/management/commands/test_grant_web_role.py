"""The command says what the web's role may do now, or why it cannot be granted anything."""

import os
import subprocess
import sys
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from tests.migrated import carry_to
from tests.postgres import cluster

pytestmark = pytest.mark.django_db


def grant(role, **options):
    call_command("grant_web_role", role, stdout=(output := StringIO()), **options)
    return output.getvalue()


def test_on_sqlite_it_says_that_there_is_nothing_to_grant():
    if connection.vendor == "sqlite":
        assert grant("web") == "SQLite knows no roles: nothing is to be granted.\n"


@pytest.mark.postgresql
def test_on_postgresql_it_grants_or_says_why_not():
    with pytest.raises(CommandError, match="There is no role “web”"):
        grant("web")
    with connection.cursor() as cursor:
        cursor.execute('CREATE ROLE "the web"')
    assert grant("the web") == "The role “the web” may now do what the web needs, and no more.\n"


@pytest.mark.postgresql
def test_a_role_is_made_with_the_password_that_stands_in_the_environment(monkeypatch):
    monkeypatch.delenv("WEB_DATABASE_PASSWORD", raising=False)
    with pytest.raises(CommandError, match="WEB_DATABASE_PASSWORD is missing"):
        grant("web", create=True)
    monkeypatch.setenv("WEB_DATABASE_PASSWORD", "secret")
    assert "may now do" in grant("web", create=True)


REWRITE = """
import django
django.setup()
from django.db import connection
from django.test import Client
from krakow_intl.models import Page
page = Page.objects.create(slug="about", name_pl="O rejestrze", name_en="About", publication="published")
page.save()
assert Client(SERVER_NAME="localhost").get("/en/about/").status_code == 200
assert page.history.count() == 2
connection.cursor().execute("DELETE FROM krakow_intl_historicalpage")
"""


@pytest.mark.postgresql
@pytest.mark.slow
def test_signed_in_as_the_web_the_register_lives_and_cannot_rewrite_its_history(tmp_path):
    own = {"SECRET_KEY": settings.SECRET_KEY, "VAR_DIR": str(tmp_path), "WEB_DATABASE_PASSWORD": "secret"}
    own |= {"DJANGO_SETTINGS_MODULE": "krakow_intl.settings", "DEBUG": "1"}
    with cluster() as owner:

        def run(address, *arguments):
            environment = {"PATH": os.environ["PATH"], **own, "DATABASE_URL": address}
            command = [sys.executable, *arguments]
            return subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True)

        web = owner.replace("register@", "web:secret@")
        carry_to(owner)
        assert run(owner, "manage.py", "grant_web_role", "web", "--create").returncode == 0
        refused = run(web, "-c", REWRITE).stderr.splitlines()[-1]
        assert refused == "django.db.utils.ProgrammingError: permission denied for table krakow_intl_historicalpage"
        assert "Only the owner" in run(web, "manage.py", "grant_web_role", "web").stderr
        backup = run(web, "manage.py", "backup", str(tmp_path / "register.tar"))
        assert (backup.returncode, backup.stderr) == (0, "")
