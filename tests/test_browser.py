"""The house's pages in a real browser: accessible, not cut off, and their keys and links lead where they say."""

import gzip

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.krakow_intl.factories import PageFactory
from tests.partners.factories import (
    ActivityFactory,
    ActLinkFactory,
    AgreementFactory,
    BenefitFactory,
    CityFactory,
    FieldFactory,
    InstitutionFactory,
    PartyFactory,
)
from tests.programme.factories import ChapterFactory, FigureFactory, GoalFactory

APPEARANCES = [
    (320, {"color_scheme": "light"}),
    (768, {"color_scheme": "light"}),
    (1280, {"color_scheme": "light"}),
    (320, {"color_scheme": "dark"}),
    (1280, {"color_scheme": "dark"}),
    (1280, {"forced_colors": "active"}),
]


@pytest.fixture
def _register(live_server):
    PageFactory(body_en='<h2>What</h2><p>Text with a <a data-ref="city:lviv">link</a>.</p>')
    lviv = CityFactory(slug="lviv", name_pl="Lwów", name_en="Lviv", country="UA")
    act = AgreementFactory(city=lviv, establishes="twin", signed_on="1995-10-23")
    ActLinkFactory(
        act=AgreementFactory(slug="renewed", city=lviv, tacit=True, signed_on="2004-09"), earlier=act, verb="renews"
    )
    AgreementFactory(city=lviv, term="fixed", signed_on="1997", valid_until="2001")
    AgreementFactory(city=lviv, undated=True)
    CityFactory(slug="frankfurt", name_pl="Frankfurt nad Menem", name_en="Frankfurt am Main")
    tell_a_history(lviv)
    tell_the_programme()


def tell_the_programme():
    chapter = ChapterFactory(slug="cities", body_en="<h2>Twin cities</h2><p>Four.</p><h2>Partner cities</h2><p>20.</p>")
    ChapterFactory(slug="goals")
    whole = FigureFactory(chapter=chapter, label_en="delegations", precision="about", year="2005")
    FigureFactory(chapter=chapter, value=21, part_of=whole, year="2005")
    FigureFactory(chapter=chapter, label_en="delegations", value=90, year="2006", about="city:lviv")


def tell_a_history(city):
    school, field, goal = InstitutionFactory(slug="school", of_krakow=True), FieldFactory(), GoalFactory()
    InstitutionFactory(city=city, kind="house")
    PartyFactory(agreement=AgreementFactory(city=city, tacit=True), institution=school)
    for state in ("done", "ongoing", "planned"):
        ActivityFactory(cities=[city], institutions=[school], fields=[field], goals=[goal], state=state, kind="visit")
    concert = ActivityFactory(cities=[city], kind="concert", starts_on="1998-05-03")
    BenefitFactory(city=city, activity=concert, giver_institution=school, giver_pl="Szkoła", giver_en="School")
    BenefitFactory(city=city, direction="partner", amount=20_000, currency="EUR", given_on="2004")


pytestmark = pytest.mark.usefixtures("_register")


def open_details(page):
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")


@pytest.mark.parametrize(
    "path",
    [
        "/pl/",
        "/en/?on=2006-04-30",
        "/en/?on=2006-02-31",
        "/pl/o-rejestrze/",
        "/en/about/",
        "/en/for-schools-firms-and-associations/",
        "/pl/program/",
        "/en/programme/chapters/cities/",
        "/en/programme/goals/",
        "/pl/program/liczby/",
        "/pl/szukaj/?q=lemberg",
        "/en/search/?q=lvif+agreement",
        "/pl/szukaj/?q=umowa&in=agreements",
        "/en/search/?q=lviv",
        "/pl/miasta-partnerskie/",
        "/pl/miasta-partnerskie/lviv/",
        "/en/partner-cities/lviv/?kind=visit&on=2006-04-30",
        "/en/partner-cities/lviv/?kind=nonsense&field=none",
        "/pl/umowy/",
        "/en/agreements/timeline/",
        "/en/agreements/timeline/?on=1999-01-01",
        "/pl/umowy/renewed/",
        "/en/agreements/renewed/?on=2001-01-01",
        "/en/compare/?city=lviv&city=nowhere",
        "/en/compare/?city=lviv&city=frankfurt",
        "/en/institutions/?side=krakow",
        "/pl/instytucje/school/",
        "/pl/styleguide/",
        "/en/styleguide/",
        "/pl/nie-ma-takiej-strony/",
        "/en/no-such-page/",
    ],
)
def test_a_page_has_no_accessibility_fault_and_fits_every_screen(page, axe_faults, path):
    page.goto(path)
    open_details(page)
    faults = []
    for width, appearance in APPEARANCES:
        page.emulate_media(**appearance)
        page.set_viewport_size({"width": width, "height": 800})
        faults += [[width, appearance, *fault] for fault in axe_faults(page)]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            faults.append([width, "is cut off"])
    assert faults == []


@pytest.mark.parametrize("path", ["/pl/", "/en/styleguide/", "/en/about/"])
def test_what_can_be_pressed_is_large_enough_for_a_finger(page, path):
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(path)
    open_details(page)
    violations = Axe().run(page, options={"runOnly": ["target-size"]}).response["violations"]
    assert [node["html"] for violation in violations for node in violation["nodes"]] == []


def test_the_first_key_press_offers_to_skip_to_the_content(page):
    page.goto("/en/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_other_language_shows_the_same_page_with_the_same_query(page):
    page.goto("/en/search/?q=Lviv&on=2006-04-30")
    page.get_by_role("link", name="polski").click()
    assert page.url.endswith("/pl/szukaj/?q=Lviv&on=2006-04-30")
    assert page.locator("html").get_attribute("lang") == "pl"
    assert page.get_by_role("combobox", name="Szukaj").input_value() == "Lviv"


def test_a_day_is_chosen_kept_and_left_again(page):
    page.goto("/en/")
    page.get_by_text("Choose another day").click()
    page.get_by_label("A named day", exact=True).select_option("1994-12-31")
    page.get_by_role("form", name="named day").get_by_role("button").click()
    assert page.url.endswith("/en/?on=1994-12-31")
    assert page.locator(".city-wall__twin").count() == 0
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Cities").click()
    assert page.url.endswith("/en/partner-cities/?on=1994-12-31")
    page.get_by_role("link", name="Back to today").click()
    assert page.url.endswith("/en/partner-cities/")


def test_a_search_is_typed_and_leads_to_the_city(page):
    page.goto("/en/")
    page.get_by_role("combobox", name="Find a city").fill("lwow")
    page.keyboard.press("Enter")
    page.get_by_role("main").get_by_role("link", name="Lviv").first.click()
    assert page.url.endswith("/en/partner-cities/lviv/")


def test_the_map_is_walked_with_the_keyboard_and_names_its_dots(page):
    page.goto("/en/")
    dot = page.get_by_role("group", name="Map of the partner cities in Europe").get_by_role(
        "link", name="Lviv, twin city"
    )
    assert not dot.locator(".dot__arc").is_visible()
    dot.focus()
    assert dot.locator(".dot__arc").is_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/partner-cities/lviv/")


def test_the_lines_from_krakow_are_drawn_on_demand(page):
    page.goto("/en/")
    page.get_by_label("Draw the lines from Kraków").check()
    assert all(arc.is_visible() for arc in page.locator(".dot__arc").all())


def test_a_search_field_proposes_names_once_it_is_entered(page):
    page.goto("/en/search/")
    assert page.locator("datalist option").count() == 0
    with page.expect_response("**/search/names.json"):
        page.get_by_role("combobox").focus()
    page.wait_for_selector("datalist option[value='Lviv']", state="attached")


def test_a_history_is_filtered_by_keys_alone_and_shown_whole_again(page):
    page.goto("/en/partner-cities/lviv/?on=2006-04-30")
    page.get_by_label("Kind").focus()
    page.keyboard.type("concert")
    page.get_by_role("form", name="Filter the history").get_by_role("button").press("Enter")
    assert page.url.endswith("/en/partner-cities/lviv/?on=2006-04-30&kind=concert&field=&goal=#history")
    assert page.get_by_role("heading", level=4).count() == 1
    page.get_by_role("link", name="Show the whole history").click()
    assert page.url.endswith("/en/partner-cities/lviv/?on=2006-04-30#history")


def test_cities_are_ticked_and_compared(page):
    page.goto("/en/partner-cities/")
    page.get_by_label("Compare Lviv").check()
    page.get_by_label("Compare Frankfurt am Main").check()
    page.get_by_role("button", name="Compare the chosen cities").click()
    assert "/en/compare/?city=" in page.url
    assert page.get_by_role("main").get_by_role("link", name="Lviv").count()


def test_the_page_of_a_city_is_small(page):
    received = []
    page.on("response", lambda response: received.append(response))
    page.goto("/en/partner-cities/lviv/", wait_until="networkidle")
    assert len(received) <= 12
    assert sum(len(gzip.compress(response.body())) for response in received) <= 80_000


def test_a_span_is_reached_by_keyboard_and_leads_to_its_act(page):
    page.goto("/en/agreements/timeline/?city=lviv")
    span = page.locator('.span[href="/en/agreements/renewed/"]')
    span.focus()
    assert span.evaluate("element => getComputedStyle(element).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/agreements/renewed/")


def test_a_bar_lies_over_the_years_it_lasts(page):
    page.goto("/en/agreements/timeline/?city=lviv&on=2010-01-01")
    bar = page.locator(".spans .span__over").bounding_box()  # from the end of 1997 to the beginning of 2001
    boxes = [line.bounding_box() for line in page.locator(".spans__grid line:not([class])").all()]
    years = page.locator(".spans__axis text:not([class])").all_text_contents()
    assert years == ["1980", "1990", "2000", "2010"]
    assert [bar["x"] < box["x"] < bar["x"] + bar["width"] for box in boxes] == [False, False, True, False]


def test_two_cities_are_chosen_and_compared(page):
    page.goto("/en/compare/")
    page.get_by_label("First city").select_option("lviv")
    page.get_by_label("Second city").select_option("frankfurt")
    page.get_by_role("button", name="Compare").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Lviv, Frankfurt am Main"
    page.get_by_role("link", name="polski").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Lwów, Frankfurt nad Menem"


def test_a_page_asks_for_little_and_only_of_this_server(page, live_server):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/en/", wait_until="networkidle")
    assert all(url.startswith(live_server.url) for url in asked)
    assert len(asked) <= 12  # with each stylesheet by itself, as before they are joined


def test_on_paper_only_the_content_is_left(page):
    page.goto("/en/about/")
    page.emulate_media(media="print")
    assert not page.get_by_role("navigation").first.is_visible()
    assert page.get_by_role("heading", level=1).is_visible()
