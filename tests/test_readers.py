"""What readers meet who know nothing: answers within three clicks of home, and pages of cities that are soon read."""

from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connections, transaction
from django.urls import reverse
from django.utils.translation import override

from tests.facts import load_facts

QUESTIONS = {  # what a resident asks: the links they follow from home, the place of the answer, and what stands there
    "what Kraków received in total and from whom": (
        ["/en/", "See what was given and received"],
        "main",
        ["46 gifts", "CHF 10,000", "EUR 20,000", "124 cars", "31 gifts whose number or amount is not recorded"],
        ["Innsbruck 9 Nuremberg 8 Solothurn 8"],
    ),
    "which schools of Kraków work with Lviv": (
        ["/pl/", "Nauczyciele i szkoły", "Lwów"],
        "#with-lviv",
        ["Centrum Młodzieży im. dr. Henryka Jordana", "Akademia Pedagogiczna w Krakowie"],
        ["szkoła: w źródle bez nazwy"],
    ),
    "whom to write to about a school exchange with Edinburgh": (
        ["/en/", "Teachers and schools", "Edinburgh"],
        "main",
        ["Whom to ask Kraków City Hall", "pl. Wszystkich Świętych 3-4, 31-004 Kraków", "Write to the editors"],
        ["Nothing recorded, but an agreement covers it: Bratislava, Edinburgh"],
    ),
    "which relations have nothing recorded since 1990": (
        ["/pl/", "Miasta", "od 1990"],
        "main",
        ["Ostatnie zdarzenie przed 1990", "Fez", "Zagrzeb", "Cusco"],
        ["3 miasta"],
    ),
    "what is done for Poles in Kazakhstan": (
        ["/pl/", "Polonia", "Polacy w Kazachstanie"],
        "main",
        ["Rodziny z Kazachstanu", "Wakacje w Krakowie dla dzieci z Litwy i Kazachstanu"],
        ["20 kwietnia 2006"],
    ),
    "to share the page of the gym for the school for the deaf": (
        ["/en/", "See what was given and received", "Renovation of a school gym", "A gym for the school for the deaf"],
        "main",
        ["In: Kraków and the World. Register of international co-operation", "/en/activities/leipzig-school-gym/"],
        ["EUR 20,000"],
    ),
}


@pytest.fixture(scope="module")
def register(browser, django_db_setup, django_db_blocker):
    """The facts of the programme, loaded once the browser runs, for then connections are others; taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_facts()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def reader(register, db, client, browser):
    """A page of a browser that reads the register of all facts."""
    page = browser.new_page(base_url="http://testserver")
    connection = connections["default"]
    page.route("**/*", lambda route: answer(route, client, connection))
    yield page
    page.close()


def answer(route, client, connection):
    """A static file or a page, as the register answers; the browser asks from where no connection is open yet."""
    connections["default"] = connection
    address = urlsplit(route.request.url)
    if address.path.startswith(settings.STATIC_URL):
        route.fulfill(path=finders.find(address.path.removeprefix(settings.STATIC_URL)))
    else:
        response = client.get(f"{address.path}?{address.query}")
        route.fulfill(status=response.status_code, body=response.content, content_type=response["Content-Type"])


@pytest.mark.once
@pytest.mark.parametrize(("way", "place", "told", "besides"), QUESTIONS.values(), ids=QUESTIONS)
def test_what_a_resident_asks_is_answered_within_three_clicks_of_home(reader, way, place, told, besides):
    home, *links = way
    reader.goto(home)
    for words in links:
        reader.get_by_role("link", name=words).first.click()
        reader.wait_for_load_state()
    text = " ".join(reader.locator(place).first.inner_text().split())
    assert len(links) <= 3
    assert [words for words in [*told, *besides] if words not in text] == []


@pytest.mark.once
# of the thirty the longest, on one width or on the other
@pytest.mark.parametrize(("language", "slug"), [("pl", "nuremberg"), ("en", "nuremberg"), ("pl", "vienna")])
def test_the_page_of_a_city_is_short_before_anything_is_unfolded(reader, language, slug):
    with override(language):
        address = reverse("partners:city_detail", args=[slug])
    heights = {}
    for width in (1280, 360):
        reader.set_viewport_size({"width": width, "height": 900})
        assert reader.goto(address).status == 200
        heights[width] = reader.evaluate("document.documentElement.scrollHeight")
        assert reader.evaluate("document.documentElement.scrollWidth") == width
    assert heights[1280] < 3200
    assert heights[360] < 6050


@pytest.mark.once
@pytest.mark.parametrize("width", [360, 320])
def test_the_longest_field_of_co_operation_stays_within_a_phone(reader, width):
    reader.set_viewport_size({"width": width, "height": 900})
    assert reader.goto("/pl/przedsiewziecia/leipzig-school-gym/").status == 200
    assert reader.get_by_role("link", name="osoby z niepełnosprawnościami").is_visible()
    assert reader.evaluate("document.documentElement.scrollWidth") == width
