"""What holds for every public page, whoever builds it: nothing held back, no cookie, nothing inline or foreign."""

import re
import zipfile
from datetime import timedelta
from html.parser import HTMLParser
from io import BytesIO
from itertools import groupby

import pytest
from django.db.models import CASCADE
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone
from django.utils.translation import override

from krakow_intl.api.fields import key_of
from krakow_intl.core.public_data import COLLECTIONS, collection_of
from krakow_intl.core.records import Publication, PublicRecord
from krakow_intl.models import Page
from partners.models import Agreement, Assessment, Document
from tests.records import PLAIN, is_public, make, make_published, make_world, models_of_the_house, relations

HELD_BACK = "Jawne heldback"
QUERIES = ("", "?on=2010-01-01", "?q=Jawne")
STATES = [state for state in Publication.values if state != Publication.PUBLISHED]
SLUGS = ["about", "privacy", "contact"]  # of the pages about the register, one a state
NOT_PAGES = {"admin"}  # namespaces that ask for a sign-in
# a kind of content that can be read: "text/csv; charset=utf-8", "application/json", "image/png"
TEXT = re.compile(r"text/|json|xml|spreadsheet|image/png|pdf")  # a picture says in its file what is drawn

pytestmark = pytest.mark.django_db


def patterns_of_pages(patterns=None, namespace=""):
    """{"partners:city_detail": {"slug": ...}} of all addresses that answer without a sign-in, with their converters."""
    found = {}
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if not isinstance(pattern, URLResolver):
            found[namespace + pattern.name] = pattern.pattern.converters
        elif pattern.namespace not in NOT_PAGES:
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            found |= patterns_of_pages(pattern.url_patterns, namespace + inner)
    return found


def addresses(client, records):
    """The addresses, in both languages, of all pages there are and of all pages about `records`."""
    models = groupby(sorted(records, key=model_of), key=model_of)
    of_models = [list(of_one) for _, of_one in models]
    for name, converters in patterns_of_pages().items():
        if not converters:
            yield from {address(language, name) + query for language in ("pl", "en") for query in QUERIES}
        for of_one in of_models if converters else ():
            found = [about for record in of_one for about in addresses_about(record, name, converters)]
            if found and client.head(found[0]).status_code == 200:
                yield from found


def addresses_for_programs(records):
    """Those at which programs read the collections, what became of them, and each of `records`."""
    yield from (
        f"{reverse('api:list', args=[name])}?limit=200{on}" for name in COLLECTIONS for on in ("", "&on=2010-01-01")
    )
    yield f"{reverse('api:changes')}?since={(timezone.now() - timedelta(days=1)).strftime('%Y-%m-%dT%H:%M:%SZ')}"
    for record in records:
        if collection := collection_of(type(record)):
            yield reverse("api:detail", args=[collection.name, key_of(collection, record)])


def model_of(record):
    return record._meta.label


def address(language, name, arguments=None):
    with override(language):
        return reverse(name, kwargs=arguments)


def addresses_about(record, name, converters):
    """The addresses of that name in both languages, if a record has what they ask for, such as a slug."""
    arguments = {argument: getattr(record, argument, None) for argument in converters}
    if isinstance(record, Document) and "language" in converters:
        arguments["slug"] = record.agreement.slug
    return [] if None in arguments.values() else [address(language, name, arguments) for language in ("pl", "en")]


def pages_of(records):
    """The addresses of the pages that records have to themselves."""
    own = [record for record in records if hasattr(record, "get_absolute_url")]
    return {record.get_absolute_url() for record in own if not isinstance(record, Page) or record.slug in SLUGS}


def text_of(response):
    """The body of a response, however it is sent; what cannot be read as text cannot be searched either."""
    if response.status_code == 200:
        assert TEXT.search(response["Content-Type"]), f"cannot look into {response['Content-Type']}"
    body = b"".join(response)
    if zipfile.is_zipfile(BytesIO(body)):  # a sheet is an archive of texts
        with zipfile.ZipFile(BytesIO(body)) as sheet:
            body = b"".join(map(sheet.read, sheet.namelist()))
    # a kind of content that is no text: "image/png"
    is_text = not re.match("image/|application/pdf", response["Content-Type"])
    return body.decode("utf-8", "strict" if is_text else "replace")


def hold_back(model, state, world):
    """A record of `model` that is held back, the public ones that point to it, and the scans that are part of it."""
    slug = {"slug": SLUGS[STATES.index(state)]} if model is Page else {}
    record = make_published(model, world, HELD_BACK, publication=state, **slug)
    pointing, scans = [], []
    for field in [f for other in models_of_the_house() for f in relations(other) if f.related_model is model]:
        is_part = field.remote_field.on_delete is CASCADE and not is_public(field.model)
        other = make_published(field.model, world, HELD_BACK if is_part else PLAIN, **{field.name: record})
        pointing += [other] if isinstance(other, PublicRecord) else []
        scans += [other] if isinstance(other, Document) else []
    return record, pointing, scans


class Faults(HTMLParser):
    """Collects what a strict Content-Security-Policy would refuse, and what would be fetched from elsewhere."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        inline = tag == "style" or (tag == "script" and "src" not in given and "json" not in given.get("type", ""))
        by_attribute = any(name == "style" or name.startswith("on") for name in given)
        if inline or by_attribute or any(map(is_foreign, what_is_loaded(tag, given))):
            self.found.append(self.get_starttag_text())


def what_is_loaded(tag, given):
    """The addresses that a browser fetches for a tag by itself."""
    names = {"link": ["href"], "use": ["href"], "image": ["href"]}.get(tag, ["src", "srcset", "poster", "data"])
    fetched = tag != "link" or given.get("rel") not in {"alternate", "canonical"}
    return [given[name] for name in names if fetched and given.get(name)]


def is_foreign(address):
    # an address of the page or of the register: "#main", "/pl/", but not "//example.org/"
    return not re.match(r"#|/(?!/)", address)


def faults_of(response, text):
    parser = Faults()
    if response["Content-Type"].startswith("text/html"):
        parser.feed(text)
    faults = [f"sets the cookie {name}" for name in response.cookies]
    if "Cookie" in response.get("Vary", ""):
        faults.append("varies by cookie")
    if "default-src 'none'" not in response.get("Content-Security-Policy", ""):
        faults.append("has no strict Content-Security-Policy")
    return faults + parser.found


def test_h24_nothing_held_back_is_ever_public_and_no_page_sets_a_cookie_or_holds_anything_inline_or_foreign(client):
    world = make_world()
    records, held_back = list(world.values()), []
    for model in filter(is_public, models_of_the_house()):
        for state in STATES:
            record, pointing, scans = hold_back(model, state, world)
            held_back += [record, *scans]
            records += [*pointing, *scans]
    make_published(Assessment, world, HELD_BACK)
    Agreement.objects.update(internal_notes=HELD_BACK)

    shown, faults = {}, {}
    for page in [*addresses(client, records), *addresses_for_programs(records), "/pl/nie-ma/"]:
        response = client.get(page)
        text = text_of(response)
        if (place := text.lower().find("heldback")) >= 0:  # the word that held-back records hold
            shown[page] = text[max(0, place - 80) : place + 20]
        if found := faults_of(response, text):
            faults[page] = found
    for page in pages_of(held_back) - pages_of(world.values()):
        if client.head(page).status_code != 404:
            shown[page] = "is no 404"
    assert (shown, faults) == ({}, {})


def test_a_held_back_record_would_be_found_on_a_page(client):
    make(Page, HELD_BACK, slug="about", publication=Publication.PUBLISHED)
    assert any("heldback" in text_of(client.get(address)) for address in addresses(client, []))
