"""The pages the law asks for, and those that tell of the data: nothing of them can get lost."""

import re
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.conf import settings

from krakow_intl.core.facts import load_file
from krakow_intl.core.typography import NBSP
from krakow_intl.models import AccessibilityStatement, Page, VisitorReport
from krakow_intl.portal import reports
from partners.display import RESOURCES

IDS = [
    *("a11y-wstep", "a11y-podmiot", "a11y-zakres", "a11y-url", "a11y-data-publikacja", "a11y-data-aktualizacja"),
    *("a11y-status", "a11y-kontakt", "a11y-email", "a11y-telefon", "a11y-procedura", "a11y-data-sporzadzenie"),
    *("a11y-architektura", "a11y-komunikacja"),
]
DATES = [name for name in IDS if "-data-" in name]
STATEMENT = {"pl": "/pl/dostepnosc/", "en": "/en/accessibility/"}
PAGES = "90-pages.json"
EMPTY = ["shortcomings", "basis", "architecture", "communication", "email", "phone"]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _pages(db):
    load_file(PAGES, (settings.FIXTURES_DIR / PAGES).read_bytes())


class Elements(HTMLParser):
    """Collects {id: [the texts within it, the names of the elements within it]} of a page."""

    def __init__(self, html):
        super().__init__()
        self.ids, self.found, self.open = [], {}, []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        name = dict(attributes).get("id")
        self.ids += [name] if name else []
        for outer in self.open:
            self.found[outer[1]][1].append(tag)
        if tag not in ("meta", "link", "br", "input", "img", "path", "circle", "use", "rect"):
            self.open.append((tag, name or "-"))
            self.found.setdefault(name or "-", [[], []])

    def handle_endtag(self, tag):
        if any(tag == opened for opened, _name in self.open):
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data):
        for _tag, name in self.open:
            self.found[name][0].append(data)


def elements_of(client, path):
    return Elements(client.get(path).content.decode())


@pytest.mark.parametrize("filled", [True, False], ids=["as loaded", "emptied by staff"])
@pytest.mark.parametrize("language", ["pl", "en"])
def test_the_accessibility_statement_has_each_part_of_the_technical_conditions_once(client, language, filled):
    if not filled:
        texts = {f"{name}{suffix}": "" for name in EMPTY[:4] for suffix in ("_pl", "_en")}
        AccessibilityStatement.objects.update(**texts, email="", phone="")
    elements = elements_of(client, STATEMENT[language])
    assert sorted(name for name in elements.ids if name.startswith("a11y-")) == sorted(IDS)
    assert [name for name in IDS if not "".join(elements.found[name][0]).strip()] == []
    assert [name for name in DATES if elements.found[name][1] != ["time"]] == []


@pytest.mark.parametrize("status", AccessibilityStatement.Status)
def test_the_statement_says_how_far_the_register_conforms(client, status):
    AccessibilityStatement.objects.update(status=status)
    said = "".join(elements_of(client, STATEMENT["en"]).found["a11y-status"][0])
    words = {"full": "conforms fully", "partial": "conforms in part", "none": "does not conform"}
    assert words[status] in said


def test_the_contact_of_the_statement_can_be_followed(client):
    AccessibilityStatement.objects.update(email="office@example.org", phone="+48 12 345 67 89")
    html = client.get(STATEMENT["pl"]).content.decode().replace(NBSP, " ")
    assert '<a href="mailto:office@example.org">office@example.org</a>' in html
    assert '<a href="tel:+48123456789">+48 12 345 67 89</a>' in html


def test_without_a_statement_there_is_no_such_page(client):
    AccessibilityStatement.objects.all().delete()
    assert client.get(STATEMENT["pl"]).status_code == 404


@pytest.mark.parametrize(
    ("table", "columns"),
    [(table, resource.data()) for table, resource in RESOURCES.items()],
    ids=RESOURCES,
)
def test_every_column_of_the_tables_is_explained(client, table, columns):
    # without what its codes mean: "<details class="overview">…</details>"
    html = re.sub(r"<details.*?</details>", "", client.get("/en/data/").content.decode(), flags=re.DOTALL)
    # the list that explains a table: '<dl class="facts" data-columns="agreements">…</dl>'
    listed = re.search(rf'<dl [^>]*data-columns="{table}">(.*?)</dl>', html, re.DOTALL)[1]
    # a column that is explained: the "valid_from" of "<dt><code>valid_from"
    assert re.findall(r"<dt[^>]*>\s*([a-z_]+)", listed) == [column.name for column in columns]


@pytest.mark.parametrize("path", ["/pl/kontakt/", "/en/contact/", "/pl/prywatnosc/", "/en/data/", STATEMENT["pl"]])
def test_every_page_leads_to_the_form_that_reports_a_mistake_on_it(client, path):
    # the link to the form: 'href="/en/report-a-mistake/?page=/en/contact/"'
    assert re.search(rf'href="/{path[1:3]}/[a-z-]+/\?page={path}"', client.get(path).content.decode())


@pytest.mark.parametrize("slug", ["about", "data", "privacy", "contact"])
def test_the_pages_about_the_register_stand_in_both_languages(slug):
    about = Page.objects.published().get(slug=slug)
    assert all((about.name_pl, about.name_en, about.lead_pl, about.lead_en, about.body_pl, about.body_en))


# in a browser


def test_a_mistake_is_reported_from_the_page_it_stands_on(page, axe_faults, monkeypatch):
    page.goto("/en/about/")
    page.get_by_role("link", name="Report a mistake on this page").click()
    page.get_by_label("Your e-mail address").fill("nobody")
    page.get_by_role("button", name="Send", exact=True).click()
    page.wait_for_load_state()
    assert page.get_by_role("alert").get_by_role("listitem").count() == 3  # no text, no address, too quick
    assert axe_faults(page) == []
    page.get_by_role("alert").get_by_role("link", name="What is wrong").click()
    page.keyboard.type("The date is wrong.")
    page.get_by_label("Your e-mail address").fill("")
    monkeypatch.setattr(reports, "MIN_AGE", timedelta(seconds=-1))
    page.get_by_role("button", name="Send", exact=True).click()
    assert page.get_by_role("heading", name="Thank you").is_visible()
    assert page.context.cookies() == []
    assert list(VisitorReport.objects.values_list("page", "text")) == [("/en/about/", "The date is wrong.")]
