"""Which record stands at an address that somebody came from or typed, as "city:lviv" names it."""

import re
from contextlib import suppress
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host
from django.urls import Resolver404, resolve
from django.utils.translation import override

from krakow_intl.core.former_addresses import kinds_at
from krakow_intl.core.kinds import KINDS
from krakow_intl.core.middleware.hardening import CONTROL_CHARACTERS
from krakow_intl.core.middleware.language import LANGUAGE

# an address in the web, whole or as people copy it: host and path of "https://register.example/pl/?on=2006-04-30"
WEB_ADDRESS = re.compile(r"(?:(?:https?:)?//)?([^/\s?#@\\]+)(/[^\s?#]*)(?:[?#].*)?", re.IGNORECASE)


def page_at(address):
    """The path of the page of the register to which an address leads, in whichever language; "" if to none."""
    path = _path_of(address.strip())
    return path if _match(path) else ""


def record_at(address):
    """(name of its kind, record) of what the public reads at an address of the register, else (None, None)."""
    if match := _match(_path_of(address.strip())):
        for kind in kinds_at(match):
            if record := kind.model.objects.public().filter(slug=match.kwargs.get("slug")).first():
                return kind.name, record
    return None, None


def reference_at(address):
    """The same in one word, "city:lviv"; "" where no record stands."""
    name, record = record_at(address)
    return f"{name}:{record.slug}" if record else ""


def records_named(references):
    """{"city:lviv": the record, held back or not} of those that are still there; one query a kind."""
    slugs = {}
    for name, _colon, slug in (reference.partition(":") for reference in references):
        slugs.setdefault(name, set()).add(slug)
    return {
        f"{name}:{slug}": record
        for name in slugs.keys() & KINDS.keys()
        for slug, record in KINDS[name].model.objects.in_bulk(slugs[name], field_name="slug").items()
    }


def _path_of(address):
    """The path in an address of the register, "" in any other."""
    if CONTROL_CHARACTERS.search(address):
        return ""
    if address.startswith("/") and not address.startswith("//"):
        return unquote(urlsplit(address).path)
    found = WEB_ADDRESS.fullmatch(address)
    return unquote(found[2]) if found and _is_ours(found[1]) else ""


def _is_ours(host):
    name, _port = split_domain_port(host)
    return bool(name) and validate_host(name, [*settings.ALLOWED_HOSTS, urlsplit(settings.SITE_URL).hostname])


def _match(path):
    """What the address plan has at a path that names its language; None if nothing."""
    if language := LANGUAGE.match(path):
        with override(language[1]), suppress(Resolver404):
            return resolve(path)
    return None
