"""The pages in a real browser: keys, links and forms lead where they say, with the mouse and without."""

import gzip

import pytest

pytestmark = pytest.mark.usefixtures("small_register", "live_server")
WIDER_THAN_THEIR_COLUMNS = """() => [...document.querySelectorAll("thead th")].filter(head => {
    const words = document.createRange()
    words.selectNodeContents(head)
    return words.getBoundingClientRect().right > head.getBoundingClientRect().right
}).map(head => head.textContent)"""


def test_the_first_key_press_offers_to_skip_to_the_content(page):
    page.goto("/en/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_other_language_shows_the_same_page_with_the_same_query(page):
    page.goto("/en/search/?q=Lviv&on=2006-04-30")
    page.get_by_role("link", name="polski").click()
    assert page.url.endswith("/pl/szukaj/?on=2006-04-30&q=Lviv")
    assert page.locator("html").get_attribute("lang") == "pl"
    assert page.get_by_role("combobox", name="Szukaj").input_value() == "Lviv"


def test_a_day_is_chosen_kept_and_left_again(page):
    page.goto("/en/")
    page.get_by_text("Choose another day").click()
    page.get_by_label("A named day", exact=True).select_option("1994-12-31")
    page.get_by_role("form", name="named day").get_by_role("button").click()
    assert page.url.endswith("/en/?on=1994-12-31")
    page.wait_for_load_state()
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


def test_what_a_dot_shows_is_put_away_with_a_key(page):
    page.goto("/en/")
    dot = page.get_by_role("link", name="Lviv, twin city").first
    dot.focus()
    page.keyboard.press("Escape")
    assert not dot.locator(".dot__arc").is_visible()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert dot.locator(".dot__arc").is_visible()


def test_the_lines_from_krakow_are_drawn_on_demand(page):
    page.goto("/en/")
    page.get_by_label("Draw the lines from Kraków").check()
    assert all(arc.is_visible() for arc in page.locator(".dot__arc").all())


def test_a_search_field_proposes_names_for_the_letters_that_are_typed(page):
    page.goto("/en/search/")
    page.get_by_role("combobox").focus()
    assert page.locator("datalist option").count() == 0
    page.keyboard.type("lv")
    page.wait_for_selector("datalist option[value='Lviv']", state="attached")
    page.get_by_role("combobox").fill("")
    page.wait_for_function("!document.querySelector('datalist option')")


def test_a_history_is_filtered_by_keys_alone_and_shown_whole_again(page):
    page.goto("/en/partner-cities/lviv/?on=2006-04-30")
    page.get_by_text("Filter the history").press("Enter")
    page.get_by_label("Kind").focus()
    page.keyboard.type("concert")
    page.get_by_role("form", name="Filter the history").get_by_role("button").press("Enter")
    assert page.url.endswith("/en/partner-cities/lviv/?on=2006-04-30&kind=concert&theme=&goal=#history")
    page.wait_for_load_state()
    assert page.get_by_role("heading", level=4).count() == 1
    page.get_by_role("link", name="Show the whole history").click()
    assert page.url.endswith("/en/partner-cities/lviv/?on=2006-04-30#history")


@pytest.mark.parametrize("place", ["activity-concert", "benefit-concert"])
def test_an_address_of_what_is_folded_opens_the_fold(page, place):
    page.goto("/en/partner-cities/lviv/")
    assert not page.locator(f"#{place}").is_visible()
    page.goto(f"/en/partner-cities/lviv/#{place}")
    page.locator(f"#{place}").wait_for(state="visible")


def test_cities_are_ticked_and_compared(page):
    page.goto("/en/partner-cities/")
    page.get_by_label("Compare Lviv").check()
    page.get_by_label("Compare Frankfurt am Main").check()
    page.get_by_role("button", name="Compare the chosen cities").click()
    assert "/en/compare/?city=" in page.url
    page.get_by_role("main").get_by_role("link", name="Lviv").first.wait_for()


def test_axe_finds_the_faults_that_there_are(page, axe_faults):
    page.goto("/en/data/")
    assert axe_faults(page) == []
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"/favicon.ico\">')")
    assert [rule for rule, _html in axe_faults(page)] == ["image-alt"]


def test_the_page_of_a_city_is_small(page):
    received = []
    page.on("response", lambda response: received.append(response))
    page.goto("/en/partner-cities/lviv/", wait_until="networkidle")
    assert len(as_deployed(response.url for response in received)) <= 7
    assert sum(len(gzip.compress(response.body())) for response in received) <= 80_000


def test_a_span_is_reached_by_keyboard_and_leads_to_its_agreement(page):
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
    assert len(as_deployed(asked)) <= 7


def as_deployed(urls):
    """The addresses without those of the stylesheets that are handed out as one where they are collected."""
    return [url for url in urls if "/css/" not in url or url.endswith("/register.css")]


IS_SEEN_WITH_ITS_FOCUS = """() => {
    const element = document.activeElement
    if (element === document.body) return "left"
    const { left, top, width, height } = (element.querySelector(".dot__reach") ?? element).getClientRects()[0]
    const places = [0.1, 0.5, 0.9].flatMap(x => [0.2, 0.5, 0.8].map(y => [left + x * width, top + y * height]))
    const isUncovered = places.some(place => element.contains(document.elementFromPoint(...place)))
    const shows = [element, ...element.children].some(each => {
        const style = getComputedStyle(each)
        return style.outlineStyle !== "none" || style.stroke !== "none" && each.matches(".dot__reach")
    })
    return isUncovered && shows ? "" : element.outerHTML.slice(0, 100)
}"""


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize(
    "path", ["/en/", "/en/partner-cities/", "/en/partner-cities/lviv/", "/en/agreements/timeline/"]
)
@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
def test_the_focus_is_seen_wherever_keys_lead(page, path, width, key):
    page.set_viewport_size({"width": width, "height": 500})
    page.goto(path)
    if path == "/en/partner-cities/":
        page.get_by_label("Compare Lviv").check()  # now a bar follows at the foot of the screen
        page.evaluate("document.activeElement.blur()")
    seen = []
    while len(seen) < 150 and "left" not in seen:
        page.keyboard.press(key)
        seen.append(page.evaluate(IS_SEEN_WITH_ITS_FOCUS))
    assert len(seen) > 10
    assert [fault for fault in seen if fault not in ("", "left")] == []


def test_everything_works_without_scripts(browser, live_server):
    page = browser.new_context(base_url=live_server.url, java_script_enabled=False).new_page()
    page.goto("/en/")
    page.get_by_role("combobox").fill("Lwow")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("main").get_by_role("link", name="Lviv").first.click()
    page.get_by_text("Filter the history").click()
    page.get_by_label("Kind").select_option("concert")
    page.get_by_role("form", name="Filter the history").get_by_role("button").click()
    page.get_by_text("Choose another day").click()
    page.get_by_label("A day", exact=True).fill("1999-12-31")
    page.get_by_role("form", name="as of a day").get_by_role("button").click()
    assert page.url.count("kind=concert") == page.url.count("on=1999-12-31") == 1
    assert page.get_by_text("You are reading the register as of").is_visible()
    page.context.close()


def test_on_paper_only_the_content_is_left(page):
    page.goto("/en/about/")
    page.emulate_media(media="print")
    assert not page.get_by_role("navigation").first.is_visible()
    assert page.get_by_role("heading", level=1).is_visible()


@pytest.mark.parametrize("width", [768, 1024, 1152, 1280])
@pytest.mark.parametrize("address", ["/en/partner-cities/", "/pl/miasta-partnerskie/"])
def test_the_head_of_a_column_does_not_run_into_the_next(page, address, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address)
    assert page.evaluate(WIDER_THAN_THEIR_COLUMNS) == []
