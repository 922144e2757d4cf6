"""`make screenshots`: every type of public page in each language, width and scheme, into var/screenshots/."""

import contextlib
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import sync_playwright

from tests.conftest import ARGUMENTS, CHROMIUM, NOT_RUN

FOLDER = Path(__file__).resolve().parent.parent / "var" / "screenshots"
WIDTHS = (320, 768, 1280)
SCHEMES = ("light", "dark")
PAGES = {
    "home": "",
    "home-2006": "?on=2006-04-30",
    "cities": "partner-cities/",
    "city": "partner-cities/nuremberg/",
    "city-honorary": "partner-cities/curitiba/",
    "city-next-to-nothing": "partner-cities/cusco/",
    "compare": "compare/?city=lviv&city=vilnius",
    "agreements": "agreements/",
    "timeline": "agreements/timeline/",
    "rules": "agreements/rules/",
    "agreements-none": "agreements/?city=kyiv&kind=title",
    "agreement": "agreements/rochester-cooperation-1973-07-18/",
    "agreement-renewed": "agreements/orleans-friendship-2002-05-07/",
    "institutions": "institutions/",
    "institution": "institutions/jagiellonian-university/",
    "organizations": "organizations/",
    "organization": "organizations/eurocities/",
    "polonia": "polonia/",
    "campaign": "polonia/families-from-kazakhstan/",
    "community": "polonia/vilnius/",
    "programme": "programme/",
    "chapter": "programme/chapters/cities-with-agreements/",
    "goals": "programme/goals/",
    "goal": "programme/goals/thematic-a/",
    "figures": "programme/figures/",
    "for-you": "for-you/",
    "for-schools": "for-you/schools/",
    "activities": "activities/",
    "activities-by-city": "activities/?sort=city&theme=education",
    "activity": "activities/leipzig-school-gym/",
    "gifts": "gifts/",
    "gift": "gifts/leipzig-school-gym/",
    "search": "search/?q=Lemberg",
    "search-nothing": "search/?q=qqqq",
    "about": "about/",
    "data": "data/",
    "documentation": "data/for-programs/",
    "report": "report-a-mistake/?page=/en/about/",
    "report-received": "report-a-mistake/thanks/",
    "accessibility": "accessibility/",
    "privacy": "privacy/",
    "contact": "contact/",
    "styleguide": "styleguide/",
    "not-found": "no-such-page/",
}


def main(names):
    """Takes the pages called `names`, all of them if none is named."""
    if not CHROMIUM:
        sys.exit(NOT_RUN)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for name in names or PAGES:
            for language, path in addresses(browser, address, PAGES[name]).items():
                take(browser, path, f"{name}-{language}")
                print(f"{name}-{language}", flush=True)


@contextlib.contextmanager
def served():
    """The register as `make run` serves it, on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    server = subprocess.Popen([sys.executable, "-m", "gunicorn", "--bind", address, "--log-level", "warning"])
    try:
        yield wait_for(f"http://{address}/en/")
    finally:
        server.terminate()
        server.wait()


def wait_for(address, patience=30):
    for _ in range(patience):
        with contextlib.suppress(OSError), urlopen(address):
            return address
        time.sleep(1)
    sys.exit("The register does not answer.")


def addresses(browser, start, path):
    """{language: address} of a page; where the Polish one is, its language switch tells, if it is a page at all."""
    page = browser.new_page()
    is_found = page.goto(start + path).ok
    polish = page.locator(".language-switch a[hreflang=pl]").get_attribute("href") if is_found else f"/pl/{path}"
    page.close()
    return {"en": start + path, "pl": start.removesuffix("/en/") + polish}


def take(browser, address, name):
    for scheme in SCHEMES:
        for width in WIDTHS:
            page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
            page.goto(address)
            page.screenshot(path=FOLDER / f"{name}-{width}-{scheme}.png", full_page=True)
            page.close()


if __name__ == "__main__":
    main(sys.argv[1:])
