"""`make training`: a clerk's and a reviewer's day, in each language and at two widths, for docs/staff.md."""

import re
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.conftest import ARGUMENTS, CHROMIUM, NOT_RUN
from tests.soak.server import prepare, serving

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
SIZES = {1280: 800, 390: 844}  # width: height, pixels
COLOURS = 64  # of a picture, which is small then
LANGUAGES = ("en", "pl")
REASON = {"en": "letter of the city of 3 March", "pl": "pismo miasta z 3 marca"}
REMARK = {"en": "Which letter? Please name its number.", "pl": "Które pismo? Proszę podać jego numer."}
PASSAGE = {"en": "Vilnius Days are held every second year.", "pl": "Dni Wilna odbywają się co drugi rok."}
SHEET = """Miasto;Rodzaj aktu;Tytuł;Data podpisania
Lwów;umowa o współpracy;Umowa o wymianie nauczycieli;03.03.2026
Wilno;protokół;Protokół na lata 2026–2028;12.03.2026
Milan;partnership;Umowa o współpracy uczelni;wiosna 2026
Atlantyda;list intencyjny;List intencyjny;20.03.2026
"""
TITLE = {"en": "Agreement on the exchange of teachers", "pl": "Umowa o wymianie nauczycieli"}


class Day:
    """The pages that two members of the staff see one after the other, in one language."""

    def __init__(self, browser, start, language, passwords):
        self.browser, self.start, self.language, self.passwords = browser, start, language, passwords

    def open(self, path):
        self.page.goto(f"{self.start}/{self.language}/admin/{path}")

    def sign_in(self, role):
        self.page = self.browser.new_context(color_scheme="light").new_page()
        self.open("")
        self.page.fill("#id_username", role)
        self.page.fill("#id_password", self.passwords[role])

    def enter(self):
        self.follow("#login-form [type=submit]")

    def follow(self, what):
        """Presses what leads to another page."""
        with self.page.expect_navigation():
            self.page.click(what)

    def open_city(self, page="change"):
        self.open("partners/partnercity/?q=Vilnius")
        # the key in the address of a record: the "7" of "/en/admin/partners/partnercity/7/change/"
        key = re.search(r"partnercity/(\d+)/", self.page.content())[1]
        self.open(f"partners/partnercity/{key}/{page}/")

    def take(self, name, focus=None):
        """Pictures of the page as it stands, from the top or from what `focus` selects."""
        for width, height in SIZES.items():
            self.page.set_viewport_size({"width": width, "height": height})
            top = self.page.locator(focus).first.bounding_box()["y"] if focus else 0
            self.page.evaluate("by => window.scrollBy(0, by)", top - 90 if focus else -100_000)
            self.page.wait_for_timeout(150)
            keep(self.page.screenshot(), FOLDER / f"{name}-{self.language}-{width}.png")
        self.page.set_viewport_size({"width": 1280, "height": 800})


def keep(picture, path):
    image = Image.open(BytesIO(picture)).convert("RGB")
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    print(path.name, flush=True)


def address_of_change(page):
    """Where a change is looked at: "review/pendingchange/7/"."""
    # the end of its address: "/en/admin/review/pendingchange/7/change/"
    return re.search(r"review/pendingchange/\d+/", page.url)[0]


def morning_of_the_clerk(day):
    """Signs in, looks at the desk, changes what the public sees; returns where the change waits."""
    day.sign_in("editor")
    day.take("sign-in")
    day.enter()
    day.take("desk")
    day.open_city()
    day.take("city")
    lead = f"#id_lead_{day.language}"
    day.page.fill(lead, f"{day.page.input_value(lead)} {PASSAGE[day.language]}")
    day.page.fill("#id_change_reason", REASON[day.language])
    day.follow(".submit-row [name=_save]")
    day.take("handed-in")
    return address_of_change(day.page)


def noon_of_the_reviewer(day, change):
    """Sends the change back, and publishes it when it comes again."""
    day.sign_in("reviewer")
    day.enter()
    day.take("desk-of-the-reviewer")
    day.open(f"{change}change/")
    day.take("review", "#effects")
    day.page.fill("#send-back-remark", REMARK[day.language])
    day.take("decide", ".review__decisions")
    day.follow("#publish-form button")
    day.take("published")


def afternoon_of_the_clerk(day):
    """Begins a new agreement, brings a sheet in, looks at what became of a record, checks records one by one."""
    day.sign_in("editor")
    day.enter()
    day.open("partners/agreement/add/")
    day.page.fill(f"#id_title_{day.language}", TITLE[day.language])
    day.page.fill("#id_signed_on", "2026-03-03")
    day.take("new-agreement")
    day.open_city("glance")
    day.take("glance")
    day.open_city("history")
    day.take("history")
    day.open("changes/")
    day.take("what-changed")
    day.open("verification/")
    day.follow("#content-main form [type=submit]")
    day.take("round")


def afternoon_of_the_importer(day):
    day.sign_in("importer")
    day.enter()
    day.open("partners/sheetimport/add/")
    day.page.set_input_files("[type=file]", {"name": "umowy.csv", "mimeType": "text/csv", "buffer": SHEET.encode()})
    day.follow(".submit-row [type=submit]")
    day.take("sheet")


def main():
    if not CHROMIUM:
        sys.exit(NOT_RUN)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
            picture_a_day(playwright, Path(folder), language)
            print(language, flush=True)


def picture_a_day(playwright, folder, language):
    environment, passwords = prepare(folder, f"sqlite:///{folder / 'register.sqlite3'}")
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    with serving(folder, environment) as server:
        day = Day(browser, f"http://127.0.0.1:{server.port}", language, passwords)
        noon_of_the_reviewer(day, morning_of_the_clerk(day))
        afternoon_of_the_clerk(day)
        afternoon_of_the_importer(day)
    browser.close()


if __name__ == "__main__":
    main()
