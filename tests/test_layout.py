"""The pages on narrow screens and on paper: no word or date breaks, tables stand where they fit, nothing is cut off."""

from itertools import pairwise

import pytest
from django.conf import settings
from django.utils import timezone

from tests.partners.factories import AgreementFactory, CityFactory
from tests.programme.factories import SourceFactory

LONG = "Wspólne oświadczenie miasta Rzeczypospolitej Polskiej Krakowa i stolicy Republiki Austrii o współpracy"
A4 = 642  # pixels between margins of two centimetres
COMPARED = "/pl/porownanie/?miasto=lviv&miasto=nuremberg&miasto=frankfurt"
LISTS = ["/pl/umowy/", "/pl/miasta-partnerskie/", "/pl/miasta-partnerskie/?sort=name", COMPARED]

BROKEN_WORDS = """() => {
    const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT)
    const range = document.createRange(), found = []
    while (texts.nextNode()) {
        const text = texts.currentNode, head = text.parentElement.closest("thead")
        if (text.parentElement.closest("svg, option, script, .visually-hidden")) continue
        if (head && getComputedStyle(head).clipPath !== "none") continue  // the table became cards
        for (const { 0: word, index } of text.data.matchAll(/[^\\s-]+/g)) {
            if (word.includes("/")) continue  // addresses may break wherever they must
            range.setStart(text, index)
            range.setEnd(text, index + word.length)
            const lines = [...range.getClientRects()].filter(box => box.width > 1).map(box => Math.round(box.top))
            if (new Set(lines).size > 1) found.push([innerWidth, word])
        }
    }
    return found
}"""


@pytest.fixture(scope="module", autouse=True)
def _register(small_register, django_db_blocker):
    with django_db_blocker.unblock():
        nuremberg = CityFactory(slug="nuremberg", name_pl="Norymberga", country="US", longitude="11.07700")
        AgreementFactory(slug="long", city=nuremberg, title_pl=LONG, establishes="twin", signed_on="2000-10-24")
        AgreementFactory(slug="known", source=SourceFactory(known_to="2006-04-20"))


@pytest.fixture
def opened(page):
    """Opens a page so wide, on a screen or on paper."""

    def opened(path, width, media="screen"):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(media=media)
        page.goto(path)
        return page

    return opened


@pytest.mark.parametrize("path", [*LISTS, "/pl/umowy/os-czasu/", "/pl/umowy/long/"])
def test_no_word_or_date_breaks_within(opened, path):
    page = opened(path, 320)
    found = page.evaluate(BROKEN_WORDS)
    for width, media in [(360, "screen"), (768, "screen"), (1024, "screen"), (A4, "print")]:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(media=media)
        found += page.evaluate(BROKEN_WORDS)
    assert found == []


@pytest.mark.parametrize("path", LISTS)
def test_a_list_is_a_table_where_it_fits_and_cards_elsewhere(opened, path):
    page, displays = opened(path, 320), []
    for width, media in [(320, "screen"), (768, "screen"), (A4, "print")]:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(media=media)
        rows = page.locator(".table--cards tbody tr")
        displays += rows.evaluate_all("rows => [...new Set(rows.map(row => getComputedStyle(row).display))]")
    assert displays == ["block", "table-row", "table-row"]


def test_on_paper_a_list_says_which_part_it_is(opened):
    AgreementFactory.create_batch(50)
    page = opened("/en/agreements/", A4, "print")
    assert page.get_by_text("Page 1 of 2").is_visible()
    assert not page.get_by_role("link", name="Next").is_visible()
    page.emulate_media(media="screen")
    assert not page.get_by_text("Page 1 of 2").is_visible()
    assert page.get_by_role("link", name="Next").is_visible()


def test_on_paper_nothing_is_left_to_choose(opened):
    page = opened("/en/partner-cities/", A4, "print")
    assert not page.locator("main :is(input, select, button)").evaluate_all("all => all.some(e => e.checkVisibility())")
    assert not page.get_by_text("Compare", exact=True).first.is_visible()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", ["/en/agreements/long/", "/en/agreements/timeline/", "/en/partner-cities/lviv/"])
def test_the_years_beside_an_axis_keep_apart(opened, path, width):
    years = opened(path, width).locator(".spans__axis text:not(.spans__day)").all()
    boxes = [year.bounding_box() for year in years if year.is_visible()]
    assert len(boxes) > 1
    assert min(after["x"] - before["x"] - before["width"] for before, after in pairwise(boxes)) > 12


@pytest.mark.parametrize("width", [320, 1280])
def test_a_long_title_stays_on_one_line_of_the_way_to_the_page(opened, width):
    here = opened("/pl/umowy/long/", width).locator(".breadcrumbs [aria-current]")
    assert here.text_content().replace("\u00a0", " ") == f"{LONG}: Norymberga, 2000"
    assert here.bounding_box()["height"] < 30


def test_krakow_is_marked_within_the_frame_of_europe(opened):
    page = opened("/en/", 1280)
    mark, frame = (page.locator(f".map--world {part}").bounding_box() for part in (".dot--krakow rect", ".map__frame"))
    assert frame["x"] < mark["x"] < mark["x"] + mark["width"] < frame["x"] + frame["width"]
    assert frame["y"] < mark["y"] < mark["y"] + mark["height"] < frame["y"] + frame["height"]


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/pl/?on=2006-04-30", "/pl/?on=2006-04-30"),
        ("/en/agreements/renewed/", f"/en/agreements/renewed/?on={timezone.localdate()}"),
        ("/en/agreements/?status=in-force", f"/en/agreements/?status=in-force&on={timezone.localdate()}"),
        ("/en/about/", "/en/about/"),
    ],
)
def test_on_paper_a_page_says_at_which_address_it_is_read_again_as_of_its_day(opened, path, address):
    page = opened(path, A4, "print")
    printed = page.locator(".colophon__printed")
    assert printed.is_visible()
    assert printed.inner_text().endswith(settings.SITE_URL + address)
    page.emulate_media(media="screen")
    assert not printed.is_visible()


def test_on_paper_the_day_the_horizon_and_what_is_folded_away_are_told(opened):
    page = opened("/en/partner-cities/lviv/?on=1998-06-01", A4, "print")
    assert page.get_by_text("You are reading the register as of").is_visible()
    assert page.locator(".later > summary").first.is_visible()
    assert not page.get_by_role("link", name="Back to today").is_visible()
    page = opened("/en/agreements/known/", A4, "print")
    assert page.get_by_text("The register knows this up to 20").is_visible()


def test_on_paper_what_the_page_of_a_city_folds_is_told(opened):
    page = opened("/en/partner-cities/lviv/", A4, "print")
    folded = page.locator(".fold :is(.entry, .ledger__line)")
    assert folded.count() > 4
    assert folded.evaluate_all("all => all.every(each => each.getBoundingClientRect().height > 10)")
    assert not page.locator(".fold__preview").first.is_visible()
