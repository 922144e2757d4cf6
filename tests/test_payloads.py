"""No text that anybody writes is run, or refused by the policy as something that would run, on any page in Chromium.

Every address is opened with a record of its kind; RECORDS=60 opens as many more as it takes to show every text in
every column.
"""

import csv
import os
from datetime import timedelta
from io import StringIO
from itertools import chain, count, cycle
from urllib.parse import quote, urlencode

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from krakow_intl.models import AccessibilityStatement, Page, StaffSession
from krakow_intl.review.models import PendingChange, PreviewLink
from krakow_intl.review.preview_pages import token_of
from partners.imports.writing.applying import store_upload
from partners.imports.writing.background import read_sheet
from partners.models import Agreement, PartnerCity, SheetImport
from programme.models import Programme
from tests.partners.admin.sheets import HEAD
from tests.partners.factories import CityFactory
from tests.payloads import (
    NOT_WRITTEN,
    PAYLOADS,
    columns_without,
    filled_with_payloads,
    has_page,
    models_with_texts,
    packed,
    texts_of,
    write,
)
from tests.permissions import World
from tests.routes import routes
from tests.staff import errors, page_of, send_and_tick, typed

pytestmark = pytest.mark.slow
NO_ADDRESS = {"admin:logout", "admin:jsi18n", "robots", "favicon", "security_txt"}
FILES = (".png", ".csv", ".ods", ".xlsx", ".pdf", ".ics", ".json", ".txt", ".xml", ".ico")
NO_PAGE = ("Download is starting", "ERR_ABORTED")
MAX_QUERY = 100
MAX_RECORDS = int(os.environ.get("RECORDS") or 0)  # of a kind, whose pages are opened besides
FILTERS = ("q", "in", "on", "city", "kind", "theme", "sort", "goal", "state", "side", "country", "by", "term", "start")
# what runs, asks a question or is refused by the policy says so on the console
LISTENERS = """
window.r = number => console.error("RUN", number);
addEventListener("securitypolicyviolation", event =>
    console.error("REFUSED", event.violatedDirective, event.blockedURI, event.sample));
"""
# elements that would run something when they are used, and data for machines that cannot be read
ACTIVE = """() => {
    if (document.contentType !== "text/html") { return [] }
    const active = ({name, value}) => /^on|^srcdoc$/.test(name) ||
        /^(xlink:)?(href|src|action|formaction|data)$/.test(name) && /^\\s*(javascript|data:text|\\/\\/)/i.test(value)
    const elements = [...document.querySelectorAll("body *")].filter(each => [...each.attributes].some(active))
    const data = [...document.querySelectorAll("script[type$=json]")].filter(each => {
        try { JSON.parse(each.textContent) } catch { return true }
    })
    const foreign = document.querySelectorAll("base, object, embed, marquee, x, [http-equiv=refresh]")
    return [...elements, ...data, ...foreign].map(each => each.outerHTML.slice(0, 200))
}"""


@pytest.fixture
def watch(page):
    """Opens pages and tells what ran there, would run or was refused: {address: [what]}."""
    return Watch(page)


class Watch:
    def __init__(self, page):
        self.page, self.faults, self.said = page, {}, []
        page.add_init_script(LISTENERS)
        page.on("dialog", lambda dialog: (self.said.append(f"asks {dialog.message}"), dialog.dismiss()))
        page.on("console", lambda message: self._hear(message.text))

    def _hear(self, text):
        if text.startswith(("RUN", "REFUSED")) or "Content Security Policy" in text:
            self.said.append(text)

    def visit(self, address):
        from playwright.sync_api import Error

        self.said.clear()
        try:
            self.page.goto(address)
        except Error as error:
            if not any(said in str(error) for said in NO_PAGE):
                raise
            return
        self.look(address)

    def look(self, address):
        if found := [*self.page.evaluate(ACTIVE), *self.said]:
            self.faults[address] = found


@pytest.fixture
def world(live_server, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    world = World()
    world.records[SheetImport] = _sheet_of_payloads(world)
    world.filled = filled_with_payloads(world.records)
    for account, payload in zip(world.accounts.values(), cycle(PAYLOADS)):
        User.objects.filter(pk=account.pk).update(first_name=payload, last_name=payload[::-1])
    return world


def _sheet_of_payloads(world):
    """An import of a file with payloads for its name, for headings and in every cell, read and not applied."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow([*HEAD, *PAYLOADS[:8]])
    for number in range(len(PAYLOADS)):
        turned = PAYLOADS[number:] + PAYLOADS[:number]
        known = ["Lwów", "umowa o współpracy", turned[2], "12.05.2005"] if number % 3 else turned[:4]
        writer.writerow([*known, *turned[4:12]])
    record = store_upload(text.getvalue().encode(), f"{PAYLOADS[1]}.csv", world.author)
    read_sheet(record)
    return record


def is_asked_by_scripts(route):
    return route.name in NO_ADDRESS or "_computed" in route.name


def addresses_of_routes(world, is_of_staff):
    """Every address without a sign-in, or every one of the staff, in one language or the other."""
    for language in ("pl", "en"):
        for number, route in enumerate(route for route in routes(language) if not is_asked_by_scripts(route)):
            is_shown = (number % 2 == 0) is (language == "pl")
            address = world.address(route)
            if ("/admin/" in address) is is_of_staff and is_shown and not address.endswith(FILES):
                yield address


def addresses_with_payloads(world):
    """Those of records in one language, those of searches, of lists and of nothing at all with payloads in them."""
    for records in world.filled.values():
        for number, record in enumerate(records[: MAX_RECORDS or 1]):
            if has_page(record) and not isinstance(record, Page | Programme):
                with override("pl" if number % 2 else "en"):
                    yield record.get_absolute_url()
    for number, text in enumerate(packed(PAYLOADS, MAX_QUERY)):
        with override("pl" if number % 2 else "en"):
            yield f"{reverse('search')}?{urlencode({'q': text})}"
            yield f"{reverse('home')}{quote(text, safe='')}/"
    shift = count()
    for route in (route for route in routes() if not route.blanks() and "/admin/" not in f"/{route.path}"):
        values = {name: PAYLOADS[(next(shift) * 7) % len(PAYLOADS)] for name in FILTERS}
        if not route.path.endswith(FILES):
            yield f"{route.filled({})}?{urlencode(values)}"


def test_no_text_runs_on_a_public_page(watch, world):
    addresses = [*addresses_of_routes(world, is_of_staff=False), *addresses_with_payloads(world)]
    addresses.append(f"/en/preview/{token_of(shared(world.records[PartnerCity], world))}/")
    for address in chain(addresses, pages_in_turn()):
        watch.visit(address)
    assert watch.faults == {}


def shared(record, world):
    """A link to a preview of a record for people without an account."""
    kind, tomorrow = ContentType.objects.get_for_model(record), timezone.now() + timedelta(days=1)
    return PreviewLink.objects.create(content_type=kind, object_id=record.pk, made_by=world.author, expires_at=tomorrow)


def pages_in_turn():
    """The pages of which there is one of a kind, again and again with the next texts, in one language or the other."""
    for number in range(min(MAX_RECORDS or 1, max(len(texts) for texts in texts_of(Page).values()))):
        for model in (Page, Programme, AccessibilityStatement):
            for shift, record in enumerate(model.objects.order_by("pk")):
                write(record, texts_of(model), number + (shift if model is Page else 0))
        with override("pl" if number % 2 else "en"):
            names = ("about", "data", "privacy", "contact", "accessibility", "programme:programme_detail")
            yield from map(reverse, names)


def test_no_text_runs_on_a_page_of_the_staff(watch, world, live_server):
    sign_in(watch, world.accounts["superuser"], live_server.url)
    change = hand_in_payloads(world)
    addresses = [*addresses_of_routes(world, is_of_staff=True), *addresses_of_records(world)]
    addresses += [page_of(change, "change"), f"/en/admin/review/pendingchange/{change.pk}/preview/pl/"]
    for address in addresses:
        watch.visit(address)
    choose_among_payloads(watch)
    assert watch.faults == {}


def sign_in(watch, account, address):
    client = Client()
    client.force_login(account)
    session = client.cookies["sessionid"].value
    StaffSession.objects.update(browser=PAYLOADS[0], network=PAYLOADS[1])
    watch.page.context.add_cookies([{"name": "sessionid", "value": session, "url": address}])


def addresses_of_records(world):
    """Forms of records, and of one of each model its history, what deleting it would do, its states and its preview.

    What is too short for more than one text at once stands in lists too: its forms are opened as long as others are.
    """
    payloads = cycle(PAYLOADS)
    for model, records in world.filled.items():
        if model not in admin.site._registry or not MAX_RECORDS:
            continue
        yield from (page_of(record, "change", "pl" if record.pk % 2 else "en") for record in records[:MAX_RECORDS])
        yield from (page_of(records[-1], page) for page in ("history", "delete"))
        yield f"{page_of(model, 'changelist')}?{urlencode({'q': next(payloads)})}"
        kind = ContentType.objects.get_for_model(model).pk
        yield f"/en/admin/review/pendingchange/states/{kind}/{records[-1].pk}/"
        if has_page(records[-1]):
            yield f"/en/admin/review/pendingchange/of/{kind}/{records[-1].pk}/pl/"


def hand_in_payloads(world):
    """What an editor changes of a published city: all its texts, for a reason that is none."""
    city, columns = CityFactory(slug="kyiv"), texts_of(PartnerCity)
    client = Client()
    client.force_login(world.accounts["editor"])
    data = typed(client.get(page_of(city, "change")))
    texts = {name: texts[-1] for name, texts in columns.items() if name in data}
    response = send_and_tick(client, page_of(city, "change"), texts | {"change_reason": PAYLOADS[2]})
    assert errors(response) == []
    return PendingChange.objects.get(author=world.accounts["editor"])


def choose_among_payloads(watch):
    """Opens the list of cities to choose from, which a script fills."""
    watch.visit(page_of(Agreement, "add"))
    watch.page.locator(".field-city .select2-selection").first.focus()
    watch.page.keyboard.press("Enter")
    watch.page.locator(".select2-results__option", has_text="svg").first.wait_for()
    watch.look("choices of a city")


def test_every_column_of_text_holds_every_text_that_may_stand_in_it():
    without = {name for model in models_with_texts() for name in columns_without(model)}
    assert without == set(NOT_WRITTEN)
    for model in models_with_texts():
        for name, texts in texts_of(model).items():
            assert all(len(text) <= (model._meta.get_field(name).max_length or 100_000) for text in texts)


def unsafe_page(watch, policy):
    """A page that prints every payload as it is, in an element and in an attribute, under a policy or none."""
    html = "".join(f"<section>{payload}<p title={payload!r}></p></section>" for payload in PAYLOADS)
    headers = {"Content-Security-Policy": policy} if policy else {}
    watch.page.route("**/unsafe/", lambda route: route.fulfill(body=html, headers=headers, content_type="text/html"))
    watch.visit("/unsafe/")
    watch.page.unroute("**/unsafe/")
    return watch.faults.get("/unsafe/", [])


def test_a_page_that_is_not_safe_is_found_by_what_runs(watch, live_server):
    assert any(fault.startswith("RUN") for fault in unsafe_page(watch, policy=""))


def test_a_page_that_only_the_policy_makes_safe_is_found_by_what_it_refuses(watch, live_server):
    faults = unsafe_page(watch, policy="default-src 'none'; script-src 'self'")
    assert any(fault.startswith("REFUSED") for fault in faults)
    assert not any(fault.startswith("RUN") for fault in faults)


@pytest.mark.parametrize("number", range(len(PAYLOADS)))
def test_each_text_is_told_from_plain_words_somewhere(number):
    assert any(sign in PAYLOADS[number] for sign in "<>&%\\{}()")
