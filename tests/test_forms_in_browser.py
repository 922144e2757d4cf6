"""The forms of the staff in a real browser: their boxes do not overlap, they tell what follows, they are not lost."""

import pytest
from django.contrib import admin

from krakow_intl.core.admin.records import RecordPages
from krakow_intl.core.records import PublicRecord
from partners.models import Agreement, PartnerCity
from tests.partners.factories import AgreementFactory, CityFactory
from tests.records import make_world
from tests.staff import page_of, pick

MODELS = sorted(
    (
        model
        for model, pages in admin.site._registry.items()
        if isinstance(pages, RecordPages) and model._meta.model_name not in ("visitorreport", "accessibilitystatement")
    ),
    key=lambda model: model._meta.label,
)
WIDTHS = (320, 390, 768, 1024, 1280, 1920)
# what stands in a form: of each visible box that somebody writes or chooses in, its name and where it is
OVERLAPS = """() => {
  const boxes = [...document.querySelectorAll(
    "#content-main form :is(input, select, textarea, .prose-editor, .select2-container, .submit-row button)"
  )].filter((box) => box.type !== "hidden" && !box.classList.contains("select2-hidden-accessible")
    && !box.closest(".empty-form") && !box.parentElement.closest(".prose-editor, .select2-container")
    && box.getClientRects().length);
  const at = boxes.map((box) => [box.id || box.name || box.className, box.getBoundingClientRect(), box]);
  const faults = [];
  for (const [name, a, box] of at) {
    if (a.right > innerWidth + 1 || a.left < -1) faults.push(`${name} is cut off`);
    const isText = box.matches("textarea, .prose-editor, .vTextField, .vURLField");
    if (isText && a.width < Math.min(200, innerWidth * 0.55) && !box.closest(".tabular")) {
      faults.push(`${name} is ${a.width} wide`);
    }
    for (const [other, b] of at) {
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (name < other && wide > 1 && high > 1) faults.push(`${name} overlaps ${other}`);
    }
  }
  if (document.documentElement.scrollWidth > innerWidth) {
    faults.push(`the page is ${document.documentElement.scrollWidth} wide`);
  }
  return faults;
}"""


def opened(page, address):
    page.goto(address)
    page.wait_for_load_state("load")
    return page


def faults_of_layout(page):
    faults = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if found := page.evaluate(OVERLAPS):
            faults[width] = found
    return faults


def test_no_two_boxes_of_a_form_overlap_and_each_can_be_written_in(signed_in):
    page = signed_in("superuser")
    faults = {}
    for model in MODELS:
        opened(page, page_of(model, "add", "pl"))
        if found := faults_of_layout(page):
            faults[f"add {model._meta.label}"] = found
    assert faults == {}, "\n".join(
        f"{form} {width} {found}" for form, some in faults.items() for width, found in some.items()
    )


def test_nor_do_those_of_a_form_that_is_filled_in(signed_in):
    page = signed_in("superuser")
    world = make_world([model for model in MODELS if issubclass(model, PublicRecord)])
    faults = {}
    for model in world:
        if model in MODELS:
            opened(page, page_of(world[model], "change", "en"))
            if found := faults_of_layout(page):
                faults[f"change {model._meta.label}"] = found
    assert faults == {}, "\n".join(
        f"{form} {width} {found}" for form, some in faults.items() for width, found in some.items()
    )
    assert page.said == []


@pytest.fixture
def kyiv(live_server):
    return AgreementFactory(
        city=CityFactory(name_pl="Kijów", name_en="Kyiv"),
        title_en="Agreement with Kyiv",
        signed_on="1993-02-19",
        publication="draft",
    )


def told(page):
    return page.locator(".computed__told").inner_text().replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_what_follows_is_told_while_somebody_types(signed_in, axe_faults, kyiv, width, scheme):
    page = signed_in("editor")
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    opened(page, page_of(kyiv, "change"))
    assert "In force" in told(page)
    page.locator("#id_term").select_option("fixed")
    page.locator("#id_valid_until").press_sequentially("31.12.2001")
    page.locator(".computed__told", has_text="Expired").wait_for()
    assert "31 December 2001" in told(page)
    page.locator("#id_valid_until").fill("31.12.2")
    page.locator(".computed__told", has_text="does not count yet").wait_for()
    assert page.said == []
    assert axe_faults(page) == []
    page.said.clear()  # of the styles that axe tries out
    page.locator("#id_valid_until").fill("")
    page.locator("#id_events-0-kind").select_option("terminated")
    page.locator("#id_events-0-taken_on").fill("1 May 2020")
    page.locator(".computed__told", has_text="Terminated").wait_for()
    kyiv.refresh_from_db()
    assert kyiv.version == 1
    assert page.said == []


def test_of_a_new_agreement_it_is_told_once_its_city_was_chosen(signed_in, kyiv):
    page = signed_in("editor")
    opened(page, page_of(Agreement, "add"))
    assert "Nothing follows yet" in told(page)
    page.locator("#id_signed_on").fill("2001")
    page.locator(".computed__told", has_text="Choose the city").wait_for()
    pick(page, ".field-city", "kyiv", "Kyiv")
    page.locator(".computed__told", has_text="In force").wait_for()
    assert Agreement.objects.count() == 1


def test_what_is_odd_is_ticked_with_the_keyboard(signed_in, axe_faults, kyiv):
    page = signed_in("editor")
    page.set_viewport_size({"width": 320, "height": 900})
    opened(page, page_of(kyiv, "change"))
    page.locator("#id_valid_from").fill("1.01.1993")
    page.locator("[name=_save]").first.click()
    page.wait_for_load_state("load")
    assert page.said == []
    assert axe_faults(page) == []
    page.said.clear()
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    box = page.get_by_role("checkbox", name="This is so, I have checked it")
    box.focus()
    page.keyboard.press("Space")
    page.locator("[name=_save]").first.click()
    page.wait_for_load_state("load")
    kyiv.refresh_from_db()
    assert kyiv.valid_from == "1993-01-01"
    assert page.said == []


LEAVE = "location.href = '/en/admin/'"


def leave(page, keep=False):
    """Goes to the desk; returns what was asked on the way."""
    asked = []

    def answer(dialog):
        asked.append(dialog.type)
        dialog.dismiss() if keep else dialog.accept()

    page.once("dialog", answer)
    page.evaluate(LEAVE)
    page.wait_for_timeout(1000)
    page.remove_listener("dialog", answer) if not asked else None
    return asked


def test_leaving_a_half_written_form_asks(signed_in, kyiv):
    page = signed_in("editor")
    address = page_of(kyiv, "change")
    opened(page, address)
    page.locator("#id_title_en").click()
    page.locator("#id_title_en").press_sequentially("x")
    assert leave(page, keep=True) == ["beforeunload"]
    assert page.locator("#id_title_en").input_value().endswith("x")
    page.keyboard.press("Backspace")
    assert leave(page) == []
    opened(page, address)
    page.locator("#id_title_en").click()
    assert leave(page) == []


def test_prose_that_is_half_written_counts_and_what_is_sent_does_not(signed_in, kyiv):
    page = signed_in("editor")
    city = CityFactory(publication="draft", description_pl="<p>Historia.</p>")
    opened(page, page_of(city, "change"))
    page.locator(".field-description_pl .ProseMirror").first.click()
    page.wait_for_timeout(60)
    page.keyboard.type("Dalej.")
    assert leave(page, keep=True) == ["beforeunload"]
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.locator("[name=_continue]").first.click()
    page.wait_for_load_state("load")
    assert asked == []
    assert "Dalej" in PartnerCity.objects.get(pk=city.pk).description_pl


def test_what_was_refused_and_is_shown_again_is_not_lost_either(signed_in, kyiv):
    page = signed_in("editor")
    opened(page, page_of(kyiv, "change"))
    page.locator("#id_title_pl").fill("")
    page.locator("[name=_save]").first.click()
    page.wait_for_load_state("load")
    page.locator("body").click(position={"x": 5, "y": 5})
    assert leave(page) == ["beforeunload"]
