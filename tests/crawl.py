"""A visitor who follows everything that pages print: links, pictures, stylesheets, files, the map of the site."""

import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

HOST = "http://testserver"
ENTRANCES = ("/pl/", "/en/", "/sitemap.xml")
# What is printed as an address of ours: href="/pl/", src="/static/…", content="http://testserver/…", <loc>http://…</loc>
PRINTED = re.compile(rf'(?:(?:href|src|data|action|content)="|<loc>)((?:{HOST})?/(?!/)[^"<]*)')
# the head of an address of the admin: "/pl/admin/"
OF_STAFF = re.compile(r"/(pl|en)/admin/")  # asks for a sign-in


def crawl(client):
    """Yields (address, the page that printed it, response, its text) of all that can be reached, each once.

    Of addresses that differ in the values of a query alone one is asked for, of the two pictures of a record one.
    """
    waiting, seen = dict.fromkeys(ENTRANCES, "outside"), set()
    while waiting:
        address, printed_on = waiting.popitem()
        if (sort := _sort(address)) in seen:
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


def _printed(text):
    addresses = (unescape(found).removeprefix(HOST).partition("#")[0] for found in PRINTED.findall(text))
    return [address for address in addresses if not OF_STAFF.match(address)]


def _sort(address):
    parts = urlsplit(address)
    # the address of a picture to share: the "/pl/share/" of "/pl/share/city/lviv.png"
    path = re.sub(r"/(pl|en)/share/", "/share/", parts.path)
    return path, *(name for name, _value in parse_qsl(parts.query))
