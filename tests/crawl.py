"""A visitor who follows everything that pages print: links, pictures, stylesheets, files, the map of the site."""

import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit
from zlib import crc32

from django.urls import Resolver404, resolve
from django.utils.translation import override

HOST = "http://testserver"
LANGUAGES = ("pl", "en")
ENTRANCES = ("/pl/", "/en/", "/sitemap.xml")
# What is printed as an address of ours: href="/pl/", src="/static/…", content="http://testserver/…", <loc>http://…</loc>
PRINTED = re.compile(rf'(?:(?:href|src|data|action|content)="|<loc>)((?:{HOST})?/(?!/)[^"<]*)')
# the head of an address of the admin: "/pl/admin/"
OF_STAFF = re.compile(r"/(pl|en)/admin/")  # asks for a sign-in
# the head of a public address: "/pl/umowy/"
OF_A_LANGUAGE = re.compile(r"/(pl|en)/")


def crawl(client, asks=lambda address: True):
    """Yields (address, the page that printed it, response, its text) of all that can be reached, each once.

    Of addresses that differ in the values of a query alone one is asked for, of the two pictures of a record one,
    and none that `asks` refuses.
    """
    waiting, seen = dict.fromkeys(ENTRANCES, "outside"), set()
    while waiting:
        address, printed_on = waiting.popitem()
        if (sort := _sort(address)) in seen or not asks(address):
            continue
        seen.add(sort)
        response = client.get(address, follow=True)
        text = response.getvalue().decode(errors="replace")
        yield address, printed_on, response, text
        # a kind of content in which addresses are printed: "text/html; charset=utf-8"
        if re.match("text/html|application/xml", response["Content-Type"]):
            waiting |= {other: address for other in _printed(text) if other not in waiting}


def dead_ends(pages):
    """{address: (status, the page that printed it)} of what does not answer."""
    return {a: (r.status_code, printed_on) for a, printed_on, r, _text in pages if r.status_code != 200}


def in_turn():
    """Tells of address after address whether to ask it: a record in one language, but every type of page in both."""
    told = set()

    def asks(address):
        view, slug, language = page_of(address)
        if slug and LANGUAGES[crc32(slug.encode()) % 2] != language and (view, language) in told:
            return False
        told.add((view, language))
        return True

    return asks


def page_of(address):
    """The name of a public page, the slug of its record and its language, each None if there is none."""
    path = urlsplit(address).path
    if not OF_A_LANGUAGE.match(path):
        return None, None, None
    try:
        with override(path[1:3]):
            match = resolve(path)
    except Resolver404:
        return None, None, path[1:3]
    return match.view_name, match.kwargs.get("slug"), path[1:3]


def _printed(text):
    addresses = (unescape(found).removeprefix(HOST).partition("#")[0] for found in PRINTED.findall(text))
    return [address for address in addresses if not OF_STAFF.match(address)]


def _sort(address):
    parts = urlsplit(address)
    # the address of a picture to share: the "/pl/share/" of "/pl/share/city/lviv.png"
    path = re.sub(r"/(pl|en)/share/", "/share/", parts.path)
    return path, *(name for name, _value in parse_qsl(parts.query))
