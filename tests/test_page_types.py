"""Every type of public page, in both languages: without a fault of accessibility, whole on every screen."""

import pytest
from django.utils.safestring import mark_safe

from krakow_intl.core.typography import typeset
from tests.conftest import ALL_RULES

pytestmark = pytest.mark.usefixtures("small_register", "live_server")
PATHS = {
    "cities": [
        "partner-cities/",
        "partner-cities/lviv/",
        "partner-cities/lviv/?kind=visit&on=2006-04-30",
        "partner-cities/lviv/?kind=nonsense&theme=none",
        "partner-cities/frankfurt/",
    ],
    "comparison": ["compare/", "compare/?city=lviv&city=nowhere", "compare/?city=lviv&city=frankfurt"],
    "agreements": [
        "agreements/",
        "agreements/?kind=nonsense&sort=place",
        "agreements/timeline/?on=1999-01-01",
        "agreements/rules/",
        "agreements/rules/?start=31.02.1999&term=fixed&months=abc&day=2006",
        "agreements/renewed/",
        "agreements/renewed/?on=2001-01-01",
    ],
    "activities": [
        "activities/",
        "activities/?sort=city&on=2006-04-30",
        "activities/?kind=nonsense&year_from=2005&year_to=1999",
        "activities/?q=nothing",
        "activities/concert/",
        "activities/concert/?on=1997-01-01",
    ],
    "gifts": [
        "gifts/",
        "gifts/?by=city&on=2005-01-01",
        "gifts/?by=institution",
        "gifts/?city=nowhere&year_from=tomorrow",
        "gifts/concert/",
        "gifts/concert/?on=1990-01-01",
    ],
    "bodies": [
        "institutions/?side=home",
        "institutions/school/",
        "institutions/school/?on=1998-06-01",
        "organizations/",
        "organizations/eurocities/",
    ],
    "Polonia": ["polonia/", "polonia/?on=1992-06-01", "polonia/easter/", "polonia/vilnius/"],
    "programme": [
        "programme/",
        "programme/chapters/cities/",
        "programme/goals/",
        "programme/goals/thematic-a/",
        "programme/goals/thematic-a/?on=1998-06-01",
        "programme/figures/",
        "programme/figures/?on=1998-06-01",
    ],
    "for you": ["for-you/", "for-you/schools/", "for-you/schools/?on=1998-06-01", "for-you/poles-abroad/"],
    "home": ["", "?on=2006-04-30", "?on=2006-02-31", "?on=1900-01-01"],
    "search": ["search/", "search/?q=lviv", "search/?q=lvif+agreement", "search/?q=agreement&in=agreements"],
    "the register": [
        *("about/", "data/", "accessibility/", "privacy/", "contact/"),
        *("report-a-mistake/?page=/en/about/", "report-a-mistake/thanks/", "styleguide/"),
    ],
}
ERROR_PAGES = ["/pl/nie-ma-takiej-strony/", "/en/no-such-page/"]
WIDTHS = (1280, 768, 320)
OF_LOOKS = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]
LOOKS = {"resultTypes": ["violations"], "runOnly": {"type": "rule", "values": OF_LOOKS}}
OF_LANGUAGE = ["html-has-lang", "html-lang-valid", "html-xml-lang-mismatch", "valid-lang"]
SPEECH = {"resultTypes": ["violations"], "runOnly": {"type": "rule", "values": OF_LANGUAGE}}
LIGHT = {"color_scheme": "light", "forced_colors": "none"}
DARK = LIGHT | {"color_scheme": "dark"}
# in which width and colours what is asked; how a page looks and is built does not depend on its language
APPEARANCES = {"en": [(320, LIGHT, ALL_RULES), (1280, DARK, LOOKS)], "pl": [(1280, LIGHT, SPEECH)]}
FORCED = [(1280, LIGHT | {"forced_colors": "active"}, LOOKS), (320, DARK, LOOKS)]  # asked of every component
OPEN_ALL = "document.querySelectorAll('details').forEach(details => { details.open = true })"
IS_CUT_OFF = "document.documentElement.scrollWidth > innerWidth"
NAMED_TWICE = """() => [...document.querySelectorAll("[id]")].map(element => element.id)
    .filter((id, place, all) => all.indexOf(id) < place)"""
WIDEN_THE_TEXT = """() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }`)
    document.adoptedStyleSheets = [sheet]
}"""
CLIPPED = """() => [...document.querySelectorAll("body *:not(svg *, select, input)")].filter(element => {
    const style = getComputedStyle(element)
    const hides = ["hidden", "clip"].includes(style.overflowY) && style.clipPath === "none"
    return hides && element.scrollHeight > element.clientHeight + 1 && element.clientHeight > 1
}).map(element => element.outerHTML.slice(0, 80))"""


@pytest.fixture
def faults_of(page, axe_faults):
    """Tells what is wrong with the page that is open, in some appearances and with the reader's own spacing."""

    def faults(appearances):
        page.evaluate(OPEN_ALL)
        found = page.evaluate(NAMED_TWICE)
        for width, colours, rules in appearances:
            page.emulate_media(**colours)
            page.set_viewport_size({"width": width, "height": 800})
            found += [[width, colours, *fault] for fault in axe_faults(page, rules)]
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            found += [f"is cut off at {width}"] * page.evaluate(IS_CUT_OFF)
        page.evaluate(WIDEN_THE_TEXT)
        return [*found, *["is cut off when spaced"] * page.evaluate(IS_CUT_OFF), *page.evaluate(CLIPPED)]

    return faults


@pytest.mark.parametrize("paths", PATHS.values(), ids=PATHS)
def test_a_page_has_no_fault_in_any_appearance(page, faults_of, paths):
    found = {}
    for path in paths:
        assert page.goto(f"/en/{path}").status == 200
        found[path] = faults_of(APPEARANCES["en"] + (FORCED if path == "styleguide/" else []))
        polish = page.goto(page.locator(".language-switch a[hreflang=pl]").get_attribute("href"))
        found[polish.url] = faults_of(APPEARANCES["pl"])
        body = mark_safe(polish.text().partition("<body>")[2])
        assert typeset(body, "pl") == body
    assert not any(found.values()), found


@pytest.mark.parametrize("path", ERROR_PAGES)
def test_a_page_that_says_what_failed_has_no_fault_either(page, faults_of, path):
    assert page.goto(path).status == 404
    assert faults_of(APPEARANCES[path[1:3]]) == []
