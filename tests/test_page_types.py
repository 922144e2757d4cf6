"""Every type of public page, in both languages: without a fault of accessibility, whole on every screen."""

import pytest
from django.utils.safestring import mark_safe

from krakow_intl.core.typography import typeset
from tests.sample import tell_everything

PATHS = [
    "",
    "?on=2006-04-30",
    "?on=2006-02-31",
    "partner-cities/",
    "partner-cities/lviv/",
    "partner-cities/lviv/?kind=visit&on=2006-04-30",
    "partner-cities/lviv/?kind=nonsense&theme=none",
    "partner-cities/frankfurt/",
    "compare/",
    "compare/?city=lviv&city=nowhere",
    "compare/?city=lviv&city=frankfurt",
    "agreements/",
    "agreements/?kind=nonsense&signed_from=tomorrow",
    "agreements/timeline/?on=1999-01-01",
    "agreements/renewed/",
    "agreements/renewed/?on=2001-01-01",
    "institutions/?side=home",
    "institutions/school/",
    "organizations/",
    "organizations/eurocities/",
    "polonia/",
    "polonia/easter/",
    "polonia/vilnius/",
    "programme/",
    "programme/chapters/cities/",
    "programme/goals/",
    "programme/goals/thematic-a/",
    "programme/figures/",
    "for-schools-firms-and-associations/",
    "search/",
    "search/?q=lviv",
    "search/?q=lvif+agreement",
    "search/?q=agreement&in=agreements",
    "about/",
    "data/",
    "accessibility/",
    "privacy/",
    "contact/",
    "report-a-mistake/?page=/en/about/",
    "report-a-mistake/thanks/",
    "styleguide/",
]
ERROR_PAGES = ["/pl/nie-ma-takiej-strony/", "/en/no-such-page/"]
WIDTHS = (320, 1280, 768)
ALL_RULES_IN = 2  # of the appearances: narrow and wide; in the others the rules that depend on width and colours
OF_LOOKS = {
    "runOnly": {
        "type": "rule",
        "values": ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"],
    }
}
APPEARANCES = [(width, {"color_scheme": "light", "forced_colors": "none"}) for width in WIDTHS]
OTHER_COLOURS = [
    (320, {"color_scheme": "dark", "forced_colors": "none"}),
    (1280, {"color_scheme": "dark", "forced_colors": "none"}),
    (1280, {"color_scheme": "light", "forced_colors": "active"}),
]  # no other in the other language
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


@pytest.fixture(autouse=True)
def _register(live_server):
    tell_everything()


@pytest.fixture
def faults_of(page, axe_faults):
    """Tells what is wrong with the page that is open, in some appearances and with the reader's own spacing."""

    def faults(appearances):
        page.evaluate(OPEN_ALL)
        found = page.evaluate(NAMED_TWICE)
        for number, (width, appearance) in enumerate(appearances):
            page.emulate_media(**appearance)
            page.set_viewport_size({"width": width, "height": 800})
            rules = {} if number < ALL_RULES_IN else {"options": OF_LOOKS}
            found += [[width, appearance, *fault] for fault in axe_faults(page, **rules)]
            found += [f"is cut off at {width}"] * page.evaluate(IS_CUT_OFF)
        page.set_viewport_size({"width": 320, "height": 800})
        page.evaluate(WIDEN_THE_TEXT)
        return [*found, *["is cut off when spaced"] * page.evaluate(IS_CUT_OFF), *page.evaluate(CLIPPED)]

    return faults


@pytest.mark.parametrize("path", PATHS)
def test_a_page_has_no_fault_in_any_appearance(page, faults_of, path):
    response = page.goto(f"/en/{path}")
    assert response.status == 200
    assert faults_of(APPEARANCES + OTHER_COLOURS) == []
    polish = page.goto(page.locator(".language-switch a[hreflang=pl]").get_attribute("href"))
    assert faults_of(APPEARANCES) == []
    body = mark_safe(polish.text().partition("<body>")[2])
    assert typeset(body, "pl") == body


@pytest.mark.parametrize("path", ERROR_PAGES)
def test_a_page_that_says_what_failed_has_no_fault_either(page, faults_of, path):
    assert page.goto(path).status == 404
    assert faults_of(APPEARANCES) == []
