"""Every public page as of an early day: nothing later stands outside a fold, and its links keep the day."""

import re
from functools import partial
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from factory.django import DjangoModelFactory

from programme.sourced import Sourced
from tests.crawl import in_turn, page_of
from tests.partners.factories import ActivityFactory, CityFactory
from tests.polonia.factories import CampaignFactory, EditionFactory
from tests.programme.factories import SourceFactory
from tests.sample import tell_everything
from tests.site_map import pages_of_site
from tests.test_page_types import PATHS

pytestmark = pytest.mark.once
DAY, BEFORE_ALL = "1998-06-01", "1900-01-01"
# pages about the register, which has no day
ABOUT = {"about", "data", "documentation", "accessibility", "privacy", "contact", "report", "report_received"}
# pages about no record: the rules by an example, the components; and of a document for the years 2006 to 2008
TIMELESS = {"partners:term_rules", "styleguide", "programme:programme_detail"}
SAMPLES = {"styleguide"}
FILES = {"partners:document_detail", "programme:source_scan"}
FOLDING = {
    "partners:agreement_detail",
    "partners:agreement_list",
    "partners:agreement_timeline",
    "partners:benefit_detail",
    "partners:benefit_list",
    "partners:city_detail",
    "partners:compare",
    "partners:institution_detail",
    "polonia:polonia_detail",
    "polonia:polonia_list",
    "programme:chapter_detail",
    "programme:figure_list",
    "programme:goal_detail",
    "programme:source_detail",
    "search",
}
PLACES = {  # classes of elements in which a later date may stand, and why
    "later": "it is folded away",
    "undated": "headed by the day of its source",
    "described": "the day of a source",
    "source": "the day of a source",
    "horizon": "up to which day something is known",
    "day-banner": "the day chosen",
    "day-form": "the days one can choose",
    "how-found": "when the editors linked something",
    "prose": "written later, and headed so",
    "lead": "written later, and headed so",
    "era__name": "headed by the day of its source",
    "entry--planned": "a plan speaks of days to come",
    "occasions": "the calendar of the days to come",
    "spans__axis": "the years beside a drawing",
    "colophon": "the foot of the page",
    "breadcrumbs": "names of pages",
}
ITS_OWN_DAY = {"programme:source_detail": {"2006", "2006-04-20"}, "programme:source_list": {"2006-04-20"}}
NAMES = ("head", "script", "h1", "form")  # elements: names of pages, and what one can ask for
AGREED = ("2001", "1998-07-17", "1998-05-03")  # ends of terms agreed before; the concert was by then
EMPTY = ("meta", "link", "input", "br", "wbr", "hr", "img", "path", "use", "circle", "rect", "line")
# a year: the "2004" of "September 2004"
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# a number: the "1" and the "1900" of "1 January 1900"
NUMBER = re.compile(r"\d+")


class Page(HTMLParser):
    """What a page tells outside of the places in which later dates may stand."""

    def __init__(self, html):
        super().__init__()
        self.open, self.dates, self.links, self.text = [], [], [], ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if not self.is_apart and tag == "time":
            self.dates.append(attrs["datetime"])
        if tag == "a" and not self.is_apart and "main" in (name for name, _apart in self.open):
            self.links.append(attrs["href"])
        if tag not in EMPTY:
            classes = (attrs.get("class") or "").split()
            self.open.append((tag, tag in NAMES or any(name in PLACES for name in classes)))

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if not self.is_apart:
            self.text += f" {data}"

    @property
    def is_apart(self):
        return any(apart for _name, apart in self.open)

    def later_than(self, day):
        years = {year for year in YEAR.findall(self.text) if year > day[:4]}
        return ({date for date in self.dates if date > day} | years) - {*AGREED}


def kinds_of(factory):
    """All factories that were made from one."""
    return [found for one in factory.__subclasses__() for found in (one, *kinds_of(one))]


@pytest.fixture(scope="module")
def register(django_db_setup, django_db_blocker):
    """A record of every type and some of other days, told once for these tests and taken back after the last."""
    for factory in kinds_of(DjangoModelFactory):
        factory.reset_sequence(force=True)  # or a city may be called "City 2007", which looks like a year
    with django_db_blocker.unblock(), transaction.atomic():
        tell_everything()
        EditionFactory(campaign=CampaignFactory(slug="later-campaign"), period="2005")
        written = {"source": SourceFactory(known_to="2006-04-20"), "cities": [CityFactory(lead_en="In 2006 …")]}
        for year in ("1996", None, "2005"):
            ActivityFactory(starts_on=year, **written)
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def addresses(register):
    """The addresses of all types of pages, and of every record, in both languages."""
    typed = [f"/en/{path}" for paths in PATHS.values() for path in paths if "on=" not in path]
    return sorted({*pages_of_site(partial(read, Client())), *typed})


@pytest.fixture(scope="module")
def told(addresses):
    """{address: the page as of the day} of every type in both languages, and of every record in one."""
    return pages(filter(in_turn(), addresses), DAY)


def pages(addresses, day):
    client = Client()
    return {address: read(client, with_day(address, day)) for address in addresses}


def with_day(address, day):
    return f"{address}{'&' if '?' in address else '?'}on={day}"


def read(client, address):
    return client.get(address).content.decode()


def view_name(address):
    return page_of(address)[0]


def test_nothing_later_than_the_day_stands_outside_a_fold(told):
    pages_told = {address: html for address, html in told.items() if view_name(address) not in ABOUT | TIMELESS}
    found = {address: later_on(address, html) for address, html in pages_told.items()}
    assert {address: later for address, later in found.items() if later} == {}
    assert {view_name(address) for address, html in told.items() if 'class="later"' in html} >= FOLDING


def later_on(address, html):
    return Page(html).later_than(DAY) - ITS_OWN_DAY.get(view_name(address), set())


def test_every_page_but_those_about_the_register_says_the_day_and_keeps_it_in_its_links(told):
    assert {view_name(address) for address, html in told.items() if 'class="day-banner"' not in html} == ABOUT
    lost = {
        address: [link for link in Page(html).links if loses_the_day(link, address)] for address, html in told.items()
    }
    assert {
        address: links for address, links in lost.items() if links and view_name(address) not in ABOUT | SAMPLES
    } == {}


def loses_the_day(link, address):
    """Whether a link from a page leads to a page of the register, but not as of the day."""
    is_ours = link.startswith(("/", "?")) and view_name(urlsplit(link).path or address) not in ABOUT | FILES
    return is_ours and f"on={DAY}" not in link


def test_before_anything_is_recorded_a_page_says_only_that(db, addresses):
    for address, html in pages(filter(in_turn(), addresses), BEFORE_ALL).items():
        if view_name(address) in ABOUT | TIMELESS - {"programme:programme_detail"}:
            continue
        main = html[html.index("<main") : html.index("</main>")]
        assert NUMBER.findall(Page(main.replace('class="lead"', "")).text) == ["1", "1900"], address
        assert "<section" not in main, address


WITHOUT_FACTS = {"programme:source_list", "programme:source_detail", "partners:term_rules", "styleguide"}
NOTHING_FOUND = {"/en/activities/?q=nothing"}
NOT_ASKED = {"/en/compare/", "/pl/porownanie/", "/en/compare/?city=lviv&city=nowhere", "/en/search/"} | NOTHING_FOUND


def test_a_page_of_a_later_day_says_up_to_which_one_it_knows_what_it_tells(db, addresses):
    source = SourceFactory(known_to="2006-04-20")
    for model in (model for model in apps.get_models() if issubclass(model, Sourced)):
        model.objects.update(source=source)
    told = pages(filter(in_turn(), addresses), "2010-01-01")
    silent = {address for address, html in told.items() if 'class="horizon"' not in html}
    assert {address for address in silent if view_name(address) not in ABOUT | WITHOUT_FACTS} == NOT_ASKED
