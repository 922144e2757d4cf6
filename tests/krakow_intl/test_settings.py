import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SECRET = "0123456789abcdefghijklmnopqrstuvwxyz" * 2


def start(code="import krakow_intl.settings", folder=ROOT, **environment):
    """Runs `code` in a process of its own and returns it when it has ended."""
    kept = {"PATH": os.environ["PATH"]}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=kept | environment, capture_output=True, text=True, check=False
    )


REFUSED = {
    "empty secret": ({"SECRET_KEY": ""}, "SECRET_KEY is empty"),
    "short secret": ({"SECRET_KEY": "x" * 49}, "SECRET_KEY is shorter than 50 characters"),
    "debug in public": (
        {"SECRET_KEY": SECRET, "DEBUG": "1", "ALLOWED_HOSTS": "localhost,register.example"},
        "DEBUG is on while ALLOWED_HOSTS names a public host (localhost, register.example)",
    ),
    "any host": ({"SECRET_KEY": SECRET, "ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS holds a wildcard"),
    "no proxy's address": (
        {"SECRET_KEY": SECRET, "FORWARDED_ALLOW_IPS": "proxy"},
        "FORWARDED_ALLOW_IPS holds no address",
    ),
    "a host for a network": (
        {"SECRET_KEY": SECRET, "FORWARDED_ALLOW_IPS": "10.0.0.7/8"},
        "FORWARDED_ALLOW_IPS holds no address or network: 10.0.0.7/8 has host bits set",
    ),
    "no place for pages": ({"SECRET_KEY": SECRET, "CACHE_URL": "http://cache"}, "CACHE_URL is none of files, memory"),
    "no address of an office": (
        {"SECRET_KEY": SECRET, "CITY_HALL_ADDRESS": "31-004"},
        "CITY_HALL_ADDRESS is nothing such as pl. Wszystkich Świętych 3-4, 31-004 Kraków",
    ),
    "no address to deliver to": (
        {"SECRET_KEY": SECRET, "CITY_HALL_DELIVERY_ADDRESS": "AE:PL-1"},
        "CITY_HALL_DELIVERY_ADDRESS is nothing such as AE:PL-12345-67890-ABCDE-12",
    ),
    "no address in the web": (
        {"SECRET_KEY": SECRET, "CITY_BULLETIN_URL": "javascript:alert(1)"},
        "CITY_BULLETIN_URL is nothing such as https://bulletin.example/",
    ),
    "no number of days": (
        {"SECRET_KEY": SECRET, "REPORT_ANSWER_DAYS": "-1"},
        "REPORT_ANSWER_DAYS is nothing such as 14, a number of days",
    ),
    "half a directory": (
        {"SECRET_KEY": SECRET, "OIDC_CLIENT_ID": "register"},
        "OIDC_SERVER_URL, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET belong together",
    ),
    "a directory without https": (
        {
            "SECRET_KEY": SECRET,
            "OIDC_SERVER_URL": "http://login.city.example",
            "OIDC_CLIENT_ID": "register",
            "OIDC_CLIENT_SECRET": "secret",
        },
        "OIDC_SERVER_URL is no address such as https://login.city.example",
    ),
    "half a second factor": ({"SECRET_KEY": SECRET, "SECOND_FACTOR": "no"}, "SECOND_FACTOR is neither required nor"),
    "a mail server without a sender": (
        {"SECRET_KEY": SECRET, "EMAIL_HOST": "mail.example.org"},
        "EMAIL_HOST is set and EMAIL_FROM is not",
    ),
    "no sender": (
        {"SECRET_KEY": SECRET, "EMAIL_HOST": "mail.example.org", "EMAIL_FROM": "somebody"},
        "DEFAULT_FROM_EMAIL is nothing such as name@city.example",
    ),
    "no port": ({"SECRET_KEY": SECRET, "EMAIL_PORT": "smtp"}, "EMAIL_PORT is nothing such as 587"),
    "a replica of a file": (
        {"SECRET_KEY": SECRET, "DATABASE_REPLICA_URL": "postgres://db2/register"},
        "DATABASE_REPLICA_URL names a PostgreSQL beside another",
    ),
    "any host below one": ({"SECRET_KEY": SECRET, "ALLOWED_HOSTS": "*.example"}, "ALLOWED_HOSTS holds a wildcard"),
}


@pytest.mark.parametrize(("environment", "reason"), REFUSED.values(), ids=REFUSED)
def test_o09_the_register_refuses_to_start_and_says_why(environment, reason):
    process = start(**environment)
    assert process.returncode != 0
    assert f"ImproperlyConfigured: {reason}" in process.stderr


def test_a_missing_secret_is_named_as_missing(tmp_path):
    (tmp_path / "krakow_intl").mkdir()
    (tmp_path / "krakow_intl" / "settings.py").write_text((ROOT / "krakow_intl" / "settings.py").read_text())
    assert "ImproperlyConfigured: SECRET_KEY is missing" in start(folder=tmp_path).stderr


STARTED = {
    "on this machine": ({}, "False krakow_intl.core.sqlite False"),
    "on this machine, to develop": ({"DEBUG": "1"}, "False krakow_intl.core.sqlite True"),
    "in public": ({"ALLOWED_HOSTS": "register.example"}, "True krakow_intl.core.sqlite False"),
    "on PostgreSQL": ({"DATABASE_URL": "postgres://db/register"}, "False django.db.backends.postgresql False"),
}


@pytest.mark.parametrize(("environment", "result"), STARTED.values(), ids=STARTED)
def test_the_register_starts(environment, result):
    code = "from krakow_intl import settings as s; print(s.SECURE_SSL_REDIRECT, s.DATABASE['ENGINE'], s.DEBUG)"
    process = start(code, SECRET_KEY=SECRET, **environment)
    assert (process.stdout.strip(), process.stderr) == (result, "")


@pytest.mark.parametrize(
    ("environment", "proxies"),
    [
        ({}, ["127.0.0.1", "::1"]),
        ({"FORWARDED_ALLOW_IPS": ""}, []),
        ({"FORWARDED_ALLOW_IPS": "10.0.0.7, 192.168.0.0/24,"}, ["10.0.0.7", "192.168.0.0/24"]),
        ({"FORWARDED_ALLOW_IPS": "*"}, ["*"]),
    ],
    ids=str,
)
def test_the_proxies_are_those_that_gunicorn_believes(environment, proxies):
    code = "from krakow_intl import settings as s; print(s.TRUSTED_PROXIES)"
    assert start(code, SECRET_KEY=SECRET, **environment).stdout.strip() == str(proxies)


def test_a_replica_is_reached_as_its_primary_is_and_asked_behind_the_cache():
    code = """if True:
        from krakow_intl import settings as s
        primary, replica = s.DATABASES["default"], s.DATABASES["replica"]
        behind = s.MIDDLEWARE[s.MIDDLEWARE.index("krakow_intl.core.middleware.page_cache.PageCacheMiddleware") + 1]
        print(replica["HOST"], replica["NAME"], replica["CONN_MAX_AGE"] == primary["CONN_MAX_AGE"], behind)
    """
    urls = {"DATABASE_URL": "postgres://db/register", "DATABASE_REPLICA_URL": "postgres://db2/other"}
    process = start(code, SECRET_KEY=SECRET, **urls)
    assert process.stdout.strip() == "db2 other True krakow_intl.core.replica.ReplicaMiddleware", process.stderr


def test_whom_to_write_to_is_what_the_city_publishes_until_it_is_set_or_emptied():
    code = "from krakow_intl import settings as s; print(s.CITY_HALL_ADDRESS, s.CITY_HALL_PHONE, s.REPORT_ANSWER_DAYS)"
    assert start(code, SECRET_KEY=SECRET).stdout == "pl. Wszystkich Świętych 3-4, 31-004 Kraków  14\n"
    given = {"CITY_HALL_ADDRESS": "", "CITY_HALL_PHONE": "+48 12 345 67 89", "REPORT_ANSWER_DAYS": "30"}
    assert start(code, SECRET_KEY=SECRET, **given).stdout == " +48 12 345 67 89 30\n"


def test_what_a_machine_keeps_stands_where_it_says(tmp_path):
    code = "from krakow_intl import settings as s; print(s.MEDIA_ROOT, s.STATIC_ROOT, s.DATABASE['NAME'])"
    kept = start(code, SECRET_KEY=SECRET, VAR_DIR=str(tmp_path)).stdout.split()
    assert kept == [f"{tmp_path}/media", f"{tmp_path}/static", f"{tmp_path}/register.sqlite3"]
    assert start(code, SECRET_KEY=SECRET, VAR_DIR="").stdout.split()[0] == str(ROOT / "var" / "media")


@pytest.mark.parametrize(
    ("environment", "kept"),
    [
        ({}, "PageFiles /pages/pages PageFiles /pages/answers"),
        ({"CACHE_URL": "memory"}, "LocMemCache pages LocMemCache answers"),
        ({"CACHE_URL": "redis://cache:6379/0"}, "RedisCache redis://cache:6379/0 RedisCache redis://cache:6379/0"),
        ({"DEBUG": "1"}, "DummyCache pages DummyCache answers"),
    ],
)
def test_pages_are_kept_where_it_says(tmp_path, environment, kept):
    code = """
from krakow_intl.settings import CACHES
for name in ("pages", "answers"):
    print(CACHES[name]["BACKEND"].rpartition(".")[2], CACHES[name]["LOCATION"])
"""
    told = start(code, SECRET_KEY=SECRET, VAR_DIR=str(tmp_path), **environment).stdout
    assert " ".join(told.split()).replace(str(tmp_path), "") == kept


def test_the_example_explains_every_variable():
    read = [ROOT / "krakow_intl" / "settings.py", ROOT / "gunicorn.conf.py", ROOT / "docker-compose.yml"]
    # a variable that is read: 'environ["DEBUG"', 'environ.get("DEBUG"', "${DEBUG"
    variable = r"environ(?:\.get\(|\[)\"(\w+)|\$\{(\w+)"
    asked_for = {"".join(names) for path in read for names in re.findall(variable, path.read_text())}
    # a variable that is explained: the "DEBUG" of "DEBUG="
    explained = set(re.findall(r"^(\w+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert asked_for == explained


@pytest.mark.parametrize(
    ("environment", "is_required"),
    [
        ({}, False),
        ({"ALLOWED_HOSTS": "register.example"}, True),
        ({"ALLOWED_HOSTS": "register.example", "SECOND_FACTOR": "offered"}, False),
        ({"SECOND_FACTOR": "Required"}, True),
    ],
    ids=["on a machine of one's own", "in public", "in public as the city wishes", "as one wishes"],
)
def test_a_second_factor_is_required_in_public(environment, is_required):
    code = "from krakow_intl.settings import SECOND_FACTOR_REQUIRED; print(SECOND_FACTOR_REQUIRED)"
    assert start(code, SECRET_KEY=SECRET, **environment).stdout.strip() == str(is_required)


def test_the_directory_of_the_city_is_used_with_its_three_settings():
    code = "from krakow_intl.settings import SOCIALACCOUNT_PROVIDERS as p; print(len(p['openid_connect']['APPS']))"
    settings = {"OIDC_SERVER_URL": "https://login.city.example/realms/city/", "OIDC_CLIENT_ID": "register"}
    assert start(code, SECRET_KEY=SECRET).stdout.strip() == "0"
    assert start(code, SECRET_KEY=SECRET, **settings, OIDC_CLIENT_SECRET="secret").stdout.strip() == "1"
