"""The staff's pages in a real browser: accessible, within the policy, usable with the keyboard and without scripts."""

from datetime import timedelta
from functools import partial

import pytest
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from krakow_intl.core.fields import ProseWidget
from krakow_intl.core.prose import sanitize
from krakow_intl.models import Page, VisitorReport
from krakow_intl.review.models import PendingChange
from krakow_intl.review.what_changed import tracked_models
from partners.models import Activity, Agreement, Assessment, Benefit, PartnerCity, SheetImport
from programme.models import Task
from tests.clipboard import SAMPLES, bare, expected, pasted
from tests.organizations.factories import MembershipFactory
from tests.partners.factories import (
    ActivityFactory,
    AgreementFactory,
    AgreementThemeFactory,
    AssessmentFactory,
    BenefitFactory,
    CityFactory,
    CityNameFactory,
    PartyFactory,
)
from tests.polonia.factories import EditionFactory
from tests.staff import WRITERS, account, cookie_of, page_of, pick, sign_in

PASSWORD = "Pan-Twardowski-99"
VIOLATIONS = {"resultTypes": ["violations"]}
EVERYBODY = "reviewer+importer+administrator"  # the roles of one who sees every page
OF_LOOKS = ["color-contrast", "link-in-text-block", "scrollable-region-focusable"]
PROSE = '<h2>Zob.</h2><p>Z miastem <a data-ref="city:lviv">Lwów</a> od <strong>1995</strong>.</p>'


@pytest.fixture
def lviv(live_server):
    names = {"name_pl": "Lwów", "name_en": "Lviv"}
    city = CityFactory(slug="lviv", **names, country="UA", description_pl=PROSE, publication="draft")
    CityNameFactory(city=city, name="Lemberg")
    return city


def open_quietly(page, address):
    """Opens a page and waits until its scripts have run; returns what it told its console."""
    page.said.clear()
    page.goto(address)
    page.wait_for_load_state("load")
    return list(page.said)


@pytest.fixture
def serious_faults(axe_faults):
    return partial(axe_faults, options=VIOLATIONS, impacts={"serious", "critical"})


def addresses(lviv, language):
    agreement = PartyFactory(agreement__city=lviv, agreement__publication="draft").agreement
    records = [
        lviv,
        agreement,
        ActivityFactory(cities=[lviv]),
        MembershipFactory().organization,
        EditionFactory().campaign,
    ]
    user = account("editor", username="anna")
    yield from (f"/{language}/admin/{page}" for page in ("", "partners/", "password_change/"))
    yield page_of(Agreement, "changelist", language) + "?kind__exact=partnership&q=umowa"
    yield from (page_of(model, "add", language) for model in (Agreement, Page, type(user)))
    yield from (page_of(record, "change", language) for record in [*records, user])
    yield from (page_of(agreement, page, language) for page in ("history", "delete"))
    yield page_of(lviv, "delete", language)
    yield page_of(user, "change", language).replace("change", "password")


@pytest.mark.parametrize(
    ("language", "scheme", "width", "rules"),
    [("pl", "light", 1280, {}), ("en", "dark", 320, {"runOnly": {"type": "rule", "values": OF_LOOKS}})],
)
def test_every_kind_of_page_keeps_the_policy_is_accessible_and_not_cut_off(
    signed_in, serious_faults, lviv, language, scheme, width, rules
):
    page = signed_in(EVERYBODY)
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    faults = []
    for address in addresses(lviv, language):
        faults += [(address, said) for said in open_quietly(page, address)]
        faults += [(address, *fault) for fault in serious_faults(page, options=VIOLATIONS | rules)]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            faults.append((address, "is cut off"))
    assert faults == []


@pytest.mark.parametrize("language", ["pl", "en"])
def test_the_page_to_sign_in_at_is_accessible_and_keeps_the_policy(signed_in, serious_faults, page, language):
    assert open_quietly(page, f"/{language}/admin/login/") == []
    assert serious_faults(page) == []


def write_at_the_end(page, text):
    """Types into the Polish history of a city; the editor puts the caret back 20 ms after it was clicked."""
    page.locator(".field-description_pl .ProseMirror").first.click()
    page.evaluate("new Promise(done => setTimeout(done, 50))")
    page.keyboard.press("Control+End")
    page.keyboard.type(text)


def test_a_reference_survives_the_editor_and_a_new_one_is_made_in_it(signed_in, lviv):
    page = signed_in("editor")
    CityFactory(slug="kyiv")
    open_quietly(page, page_of(lviv, "change"))
    text = page.locator(".field-description_pl .ProseMirror").first
    assert text.locator('a[href="city:lviv"]').inner_text() == "Lwów"
    write_at_the_end(page, " Kijów")
    for _letter in "Kijów":
        page.keyboard.press("Shift+ArrowLeft")
    page.locator('.field-description_pl [aria-label="link"]').first.click()
    page.locator("dialog input").first.fill("city:kyiv")
    page.keyboard.press("Enter")
    page.locator("[name=_save]").first.click()
    page.wait_for_load_state()
    lviv.refresh_from_db()
    link = '<a data-ref="city:kyiv">Kijów</a>'
    assert lviv.description_pl == PROSE.replace(".</p>", f". {link}</p>")
    assert page.said == []


PASTE = """html => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  const paste = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
  document.activeElement.dispatchEvent(paste);
}"""


def test_what_is_pasted_from_office_programs_keeps_its_lists_and_tables(signed_in, lviv):
    page = signed_in("editor")
    open_quietly(page, page_of(lviv, "change"))
    pages = {}
    for name in SAMPLES:
        page.locator(".field-description_pl .ProseMirror").first.focus()
        page.keyboard.press("Control+A")
        page.keyboard.press("Delete")
        page.evaluate(PASTE, pasted(name))
        pages[name] = bare(sanitize(page.locator("#id_description_pl").input_value()))
    assert pages == {name: expected(name) for name in SAMPLES}
    page.locator("[name=_save]").first.click()
    page.wait_for_load_state()
    lviv.refresh_from_db()
    assert bare(lviv.description_pl) == expected(SAMPLES[-1])
    assert page.said == []


def test_a_table_is_made_in_the_editor_and_read_by_keyboard_on_its_page(signed_in, serious_faults, lviv):
    page = signed_in("editor")
    open_quietly(page, page_of(lviv, "change"))
    write_at_the_end(page, "")
    page.keyboard.press("Enter")
    page.locator('.field-description_pl [aria-label="table"]').first.click()
    for word in ("Rok", "Co", "1995", "Zażółć"):
        page.keyboard.type(word)
        page.keyboard.press("Tab")
    said = list(page.said)
    assert serious_faults(page) == []
    page.locator("[name=_save]").first.click()
    page.wait_for_load_state()
    PartnerCity.objects.update(publication="published")
    page.set_viewport_size({"width": 320, "height": 800})
    open_quietly(page, "/en/partner-cities/lviv/")
    page.locator("summary", has_text="Read on").first.click()
    frame = page.get_by_role("group", name="Table: Rok, Co")
    frame.focus()
    assert frame.locator("th[scope=col]").all_inner_texts() == ["Rok", "Co"]
    assert page.evaluate("document.activeElement.className") == "table-frame"
    assert said + page.said == []
    assert serious_faults(page) == []


def test_the_editor_and_its_buttons_are_called_as_the_page_calls_them(signed_in, lviv):
    page = signed_in("editor")
    open_quietly(page, page_of(lviv, "change"))
    frame = page.locator(".prose-editor").first
    names = {button.get_attribute("aria-label") for button in frame.locator("button").all()}
    with override("en"):
        assert names == {str(name) for name in ProseWidget.BUTTONS.values()}
    assert frame.get_by_role("textbox").get_attribute("aria-label") == "History of the co-operation (Polish)"


def test_a_relation_is_chosen_with_the_keyboard(signed_in, lviv):
    page = signed_in("editor")
    open_quietly(page, page_of(Agreement, "add"))
    CityFactory(name_en="Kyiv")
    pick(page, ".field-city", "lemberg", "Lviv")
    assert page.locator("#id_city").input_value() == str(lviv.pk)
    assert page.said == []


def test_a_row_that_is_added_by_script_is_accessible(signed_in, serious_faults, lviv):
    page = signed_in("editor")
    open_quietly(page, page_of(AgreementFactory(city=lviv), "change"))
    page.locator("#parties-group .add-row a").click()
    page.locator("#id_parties-1-name_pl").fill("Rada")
    assert page.said == []
    assert serious_faults(page) == []


@pytest.mark.parametrize("elsewhere", [False, True], ids=["signed out", "signed in again in another tab"])
def test_what_was_written_while_the_sign_in_ended_is_saved(signed_in, serious_faults, page, lviv, elsewhere):
    account("editor", password=PASSWORD)
    page.goto("/en/admin/login/")
    sign_in_at(page, "#id_")
    open_quietly(page, page_of(lviv, "change", "pl"))
    write_at_the_end(page, " Dopisane.")
    page.locator("#names-group .add-row a").click()
    page.locator("#id_names-2-name").fill("Leopolis")
    page.context.clear_cookies(name="sessionid")
    if elsewhere:
        other = page.context.new_page()
        other.goto("/pl/admin/login/")
        sign_in_at(other, "#id_")
    press(page, "[name=_continue]")
    assert lviv.names.count() == 1
    assert serious_faults(page) == []
    page.said.clear()
    sign_in_at(page, "#id_sign-in-")
    lviv.refresh_from_db()
    assert lviv.description_pl == PROSE.replace(".</p>", ". Dopisane.</p>")
    assert {name.name for name in lviv.names.all()} == {"Lemberg", "Leopolis"}
    assert page.said == []


def sign_in_at(page, field):
    page.locator(f"{field}username").fill("editor")
    page.locator(f"{field}password").fill(PASSWORD)
    press(page, "#login-form [type=submit]")


def test_the_address_word_follows_the_english_name(signed_in):
    page = signed_in("editor")
    open_quietly(page, page_of(PartnerCity, "add"))
    page.locator("#id_name_en").press_sequentially("La Serena")
    assert page.locator("#id_slug").input_value() == "la-serena"


def test_a_clerk_without_scripts_corrects_a_date_and_adds_a_row(browser, live_server, lviv):
    agreement = AgreementFactory(city=lviv, signed_on="1995", publication="draft")
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    context.add_cookies([cookie_of(sign_in(Client(), "editor"), live_server)])
    page = context.new_page()
    page.goto(page_of(agreement, "change", "pl"))
    page.locator("#id_signed_on").fill("23 października 1995")
    page.locator("#id_parties-0-side").select_option("partner")
    page.locator("#id_parties-0-name_pl").fill("Miasto Lwów")
    page.locator("#id_parties-0-name_en").fill("City of Lviv")
    page.locator("[name=_save]").first.click()
    context.close()
    agreement.refresh_from_db()
    assert (agreement.signed_on, agreement.parties.get().name_pl) == ("1995-10-23", "Miasto Lwów")


SHEET = """Miasto;Rodzaj aktu;Tytuł;Data podpisania
Nowy Gród;protokół;Protokół o mostach;2004
Lwów;umowa;Umowa;31.02.2005
Lwów;umowa;Umowa o parkach;2006
"""


SEND_TWICE = """form => {
  let sent = 0;
  form.addEventListener("submit", (event) => { sent += !event.defaultPrevented; event.preventDefault(); });
  form.requestSubmit();
  form.requestSubmit();
  return [sent, form.querySelector("[role=status]").textContent];
}"""


def send_sheet(page, name="umowy.csv"):
    page.locator("#id_file").set_input_files({"name": name, "mimeType": "text/csv", "buffer": SHEET.encode()})
    page.locator("form[data-working] [type=submit]").click()
    page.wait_for_load_state("load")


def press(page, selector):
    page.locator(selector).first.click()
    page.wait_for_load_state("load")


@pytest.mark.parametrize(("language", "scheme", "width"), [("pl", "light", 1280), ("en", "dark", 320)])
def test_a_sheet_is_brought_in_answered_applied_and_taken_back(
    signed_in, serious_faults, lviv, settings, tmp_path, language, scheme, width
):
    settings.VAR_DIR = tmp_path
    page = signed_in(EVERYBODY)
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    faults = []

    def look():
        faults.extend(page.said)
        faults.extend(serious_faults(page))
        page.said.clear()  # what axe itself does to the page is refused as well
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            faults.append((page.url, "is cut off"))

    open_quietly(page, page_of(SheetImport, "add", language))
    look()
    send_sheet(page)
    for details in page.locator("#content details > summary").all():
        details.click()
    look()
    page.locator("select[name^=answer]").select_option("new-city")
    press(page, "section[aria-labelledby=questions] [type=submit]")
    look()
    page.locator("select[name^=answer]").select_option("lviv")
    press(page, "section[aria-labelledby=questions] [type=submit]")
    press(page, ".row-filter a >> nth=2")
    assert page.locator(".rows > .row").count() == 1
    look()
    press(page, "section.apply [type=submit]")
    assert {agreement.title_pl for agreement in lviv.agreements.all()} == {"Protokół o mostach", "Umowa o parkach"}
    look()
    press(page, "a[href$='/undo/']")
    look()
    press(page, "form[data-working] [type=submit]")
    assert lviv.agreements.count() == 0
    open_quietly(page, page_of(SheetImport, "changelist", language))
    look()
    assert faults == []


def test_a_form_says_that_it_works_and_is_sent_once(signed_in, lviv, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    page = signed_in("importer")
    open_quietly(page, page_of(SheetImport, "add"))
    page.locator("#id_file").set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": SHEET.encode()})
    assert page.locator("form[data-working]").evaluate(SEND_TWICE) == [1, "The sheet is being read …"]


def test_a_clerk_without_scripts_brings_a_sheet_in_and_applies_it(browser, live_server, lviv, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    context.add_cookies([cookie_of(sign_in(Client(), "importer"), live_server)])
    page = context.new_page()
    page.goto(page_of(SheetImport, "add", "pl"))
    send_sheet(page)
    press(page, "section.apply [type=submit]")
    context.close()
    assert [agreement.title_pl for agreement in lviv.agreements.all()] == ["Umowa o parkach"]


@pytest.mark.parametrize(("language", "scheme"), [("pl", "light"), ("en", "dark")])
def test_what_changed_is_read_narrowed_down_and_taken_back_without_faults(
    signed_in, axe_faults, lviv, language, scheme
):
    for model in tracked_models():  # what made the city is another saving
        QuerySet(model.history.model).update(history_date=timezone.now() - timedelta(days=1))
    lviv.lead_en = "A city of lions"
    lviv.save()
    page = signed_in(WRITERS)
    page.emulate_media(color_scheme=scheme)
    found = f"/{language}/admin/changes/?city={lviv.pk}"
    for width in (320, 390, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for address in (found, f"{found}&until=1999-01-01", f"{found}&since=2026-02-02&until=2026-01-01"):
            assert open_quietly(page, address) == []
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            assert axe_faults(page) == []
    page.goto(found)
    page.locator(".changes__events summary").first.click()
    assert "A city of lions" in page.locator(".changes__events ins").first.inner_text()
    page.locator(".changes__back a").first.click()
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert axe_faults(page) == []
    page.fill("#change-reason", "a mistake")
    with page.expect_navigation():
        page.locator("#take-back-form button").click()
    lviv.refresh_from_db()
    assert not lviv.lead_en


def test_what_keeps_a_record_from_being_deleted_is_told_without_faults(signed_in, axe_faults):
    theme = AgreementThemeFactory(agreement__title_en="Agreement on co-operation").theme
    page = signed_in("reviewer")
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 700})
        page.goto(page_of(theme, "delete"))
        assert page.get_by_role("link", name="Agreement on co-operation").count() == 1
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert axe_faults(page) == []
    assert page.said == []


LISTS = (Agreement, PartnerCity, Activity, Benefit, Assessment, VisitorReport, PendingChange, SheetImport, Task)


@pytest.mark.parametrize("width", [390, 1280])
def test_lists_and_a_city_at_a_glance_have_room_for_a_finger(signed_in, axe_faults, lviv, width):
    AgreementFactory(city=lviv, term="not-recorded")
    ActivityFactory(cities=[lviv])
    BenefitFactory(city=lviv, currency="")
    AssessmentFactory(city=lviv)
    page = signed_in(WRITERS)
    page.set_viewport_size({"width": width, "height": 800})
    faults = []
    for address in (*(page_of(model, "changelist") for model in LISTS), page_of(lviv, "glance", "pl")):
        faults += [(address, said) for said in open_quietly(page, address)]
        faults += [(address, *fault) for fault in axe_faults(page)]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            faults.append((address, "is cut off"))
    assert faults == []


def test_a_clerk_without_scripts_looks_for_a_city_and_loses_nothing(browser, live_server, lviv, monkeypatch):
    monkeypatch.setattr("krakow_intl.core.admin.choosing.MAX_LISTED", 2)
    for letter in "ABC":
        CityFactory(name_en=f"City {letter}", name_pl=f"Miasto {letter}")
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    context.add_cookies([cookie_of(sign_in(Client(), "editor"), live_server)])
    page = context.new_page()
    page.goto(page_of(Agreement, "add"))
    page.locator("#id_title_pl").fill("Umowa")
    page.locator("#id_title_en").fill("Agreement")
    page.locator("#id_slug").fill("lviv-partnership-1995")
    page.locator("#id_kind").select_option("partnership")
    page.locator("#id_city-find").fill("lemberg")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert not Agreement.objects.exists()
    assert page.locator("#id_city").input_value() == str(lviv.pk)
    page.locator("[name=_save]").first.click()
    page.wait_for_load_state()
    context.close()
    assert [(each.title_pl, each.city) for each in Agreement.objects.all()] == [("Umowa", lviv)]


def test_an_earlier_agreement_is_picked_by_its_number(signed_in, lviv):
    earlier = AgreementFactory(city=lviv, signed_on="1991-09-10", number=12, title_en="Treaty", publication="draft")
    later = AgreementFactory(city=lviv, signed_on="2001", number=40, publication="draft")
    page = signed_in("editor")
    open_quietly(page, page_of(later, "change"))
    pick(page, "#links-group .field-earlier", "no. 12", "Lviv · 1991-09-10 · Treaty · no. 12")
    assert page.locator("#id_links-0-earlier").input_value() == str(earlier.pk)
    assert page.said == []
