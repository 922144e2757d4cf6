"""Those who write: two members of the staff keep a diary, the same in each cycle, and one entry is for the public."""

import re
from contextlib import suppress
from datetime import date, timedelta
from itertools import count

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from krakow_intl.core.roles import Role
from tests.soak.browser import Browser, Unexpected
from tests.soak.journal import PUBLISHED

ADMIN = "/en/admin/"
LOGIN = f"{ADMIN}login/?next={ADMIN}"
INSTITUTIONS, CITIES, IMPORTS = (f"{ADMIN}partners/{name}/" for name in ("institution", "partnercity", "sheetimport"))
CITY, ITS_PAGE = "Lviv", "/en/partner-cities/lviv/"
REPORT = "/en/report-a-mistake/"
WRITING = 4  # seconds; a report that is sent within three is taken for a program's
DRAFTS = 6  # times a draft is saved in a cycle
ROWS = 300
HEAD = ("Miasto", "Rodzaj aktu", "Tytuł", "Data podpisania")
SOME_CITIES = ("Lwów", "Kijów", "Mediolan", "Norymberga", "Lipsk")


class Desk:
    """Where the staff sit: their accounts, and where they note what happens."""

    def __init__(self, port, journal, clock, passwords):
        self.port, self.journal, self.clock, self.passwords = port, journal, clock, passwords

    def browser(self):
        return Browser(self.port, self.journal.answers.append)

    def sign_in(self, role):
        browser = self.browser()
        data = browser.form("sign-in", LOGIN, "login-form")
        browser.post("sign-in", LOGIN, data | {"username": role, "password": self.passwords[role]})
        browser.get("sign-in", ADMIN)
        return browser

    def sign_in_wrongly(self, cycle):
        """Somebody mistypes a password: another one each time, so that no account has to wait."""
        browser = self.browser()
        data = browser.form("wrong sign-in", LOGIN, "login-form")
        typed = {"username": Role.values[cycle % len(Role)], "password": "mistyped"}
        browser.post("wrong sign-in", LOGIN, data | typed, awaited=(200,))
        browser.close()

    def report(self, cycle):
        """A visitor reports a mistake; from the sixth in an hour on they may be asked to wait."""
        browser = self.browser()
        data = browser.form("report", REPORT)
        if self.clock.wait_until(self.clock.now() + WRITING):
            browser.post("report", REPORT, data | {"text": f"Is number {cycle} right?"}, awaited=(302, 429))
        browser.close()

    def keep_diary(self, entries):
        """Does to the end what stands in a diary: [(part of a cycle, what to do with the cycle's number)]."""
        for cycle in count():
            for part, do in sorted(entries, key=lambda entry: entry[0]):
                if not self.clock.wait_until((cycle + part) * self.clock.cycle):
                    return
                with suppress(Unexpected):  # it is noted
                    do(cycle)


def edits(desk):
    """The diary of an editor who saves a draft; somebody signs in, or fails to, and a visitor reports something."""
    browser = desk.sign_in("editor")
    draft = _new_draft(browser)

    def save(cycle):
        data = browser.form("draft", draft, "institution_form")
        browser.post("draft", draft, data | {"place_en": f"Moment {desk.clock.now():.3f}", "_continue": "1"})

    entries = [((place + 0.5) / DRAFTS, save) for place in range(DRAFTS)]
    return [
        *entries,
        (0.2, lambda cycle: desk.sign_in("reader").close()),
        (0.4, desk.sign_in_wrongly),
        (0.6, desk.report),
    ]


def _new_draft(browser):
    data = browser.form("draft", f"{INSTITUTIONS}add/", "institution_form")
    told = {"name_pl": "Szkoła", "name_en": "A school", "slug": "soak", "kind": "school", "country": "UA"}
    return browser.post("draft", f"{INSTITUTIONS}add/", data | told | {"_continue": "1"})


def publications_and_imports(desk):
    """The diary of a reviewer, who changes what the public reads, and of an importer, who takes back what came in."""
    reviewer, second, importer = map(desk.sign_in, ("reviewer", "reviewer-2", "importer"))
    found = reviewer.get("publish", f"{CITIES}?q={CITY}")[1]
    # the address of a record in a list: "/en/admin/partners/partnercity/7/change/"
    city = re.search(rf"{CITIES}\d+/change/", found)[0]
    publish = (0.1, lambda cycle: _publish(desk, reviewer, second, city))
    return [publish, (0.5, lambda cycle: _import(importer, cycle))]


def _publish(desk, author, second, city):
    """What one person hands in nobody reads; what a second one publishes is read at once, by whoever asks."""
    data = author.form("publish", city, "partnercity_form")
    text = f"Written into version {data['opened_version']}."
    change = author.post("hand in", city, data | {"lead_en": text, "change_reason": "soak", "_continue": "1"})
    if text in author.get("publish", ITS_PAGE)[1]:
        desk.journal.faults.append(f"{ITS_PAGE} says what nobody has looked at")
    seen = second.form("review", change, "publish-form")
    second.post(PUBLISHED, f"{change.removesuffix('change/')}publish/", seen)
    author.close()
    if text not in author.get("publish", ITS_PAGE)[1]:
        desk.journal.faults.append(f"{ITS_PAGE} does not say what was just published")


def _import(browser, cycle):
    """Rows come in as drafts and are taken back, so that the register does not grow."""
    data = browser.form("preview", f"{IMPORTS}add/")
    file = SimpleUploadedFile(f"list-{cycle}.csv", sheet(cycle), "text/csv")
    body = encode_multipart(BOUNDARY, data | {"file": file})
    letter = browser.post("preview", f"{IMPORTS}add/", body, MULTIPART_CONTENT)
    # the key in the address of an import: the "7" of "/en/admin/partners/sheetimport/7/change/"
    key = re.search(r"\d+", letter)[0]
    for step, address in (("apply", letter), ("undo", f"{IMPORTS}{key}/undo/")):
        browser.post(step, f"{IMPORTS}{key}/{step}/", browser.form(step, address) | {"what": "all"})


def sheet(number):
    """A list of agreements that the register does not know."""
    rows = (
        (
            SOME_CITIES[row % len(SOME_CITIES)],
            "protokół",
            f"Protokół {number}/{row}",
            f"{date(1990, 1, 1) + timedelta(number + 20 * row):%d.%m.%Y}",
        )
        for row in range(ROWS)
    )
    return "\r\n".join(";".join(row) for row in [HEAD, *rows]).encode()
