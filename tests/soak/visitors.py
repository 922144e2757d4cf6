"""Those who read the register: mostly pages that others read too, now and then something that nobody asked before."""

import random
from contextlib import suppress
from datetime import date, timedelta
from urllib.parse import quote

from tests.site_map import pages_of_site
from tests.soak.browser import Browser, Unexpected
from tests.words import words_of_fixtures

A_SECOND = 8  # requests of one visitor
COLD = 0.13  # of their requests: a search, another day, rare filters
RECORDS = 80  # pages of the sitemap that are read again and again, beside the lists
LISTS = {
    "page": ["/pl/", "/en/", "/pl/miasta-partnerskie/", "/en/partner-cities/", "/pl/umowy/", "/en/agreements/"],
    "filter": [
        "/pl/umowy/?status=in-force",
        "/en/agreements/?sort=-date",
        "/pl/miasta-partnerskie/?sort=country",
        "/en/partner-cities/?relation=twin",
        "/pl/instytucje/?side=home",
        "/en/institutions/?kind=school",
    ],
    "export": [
        "/pl/umowy.csv",
        "/en/agreements.csv",
        "/pl/umowy.xlsx",
        "/en/agreements.xlsx",
        "/pl/miasta-partnerskie.csv",
        "/en/partner-cities.csv",
    ],
}
SEARCHES = ["/pl/szukaj/?q=", "/en/search/?q="]
DATED = ["/pl/?", "/en/?", "/pl/umowy/?", "/en/agreements/?", "/pl/miasta-partnerskie/lviv/?", "/en/partner-cities/?"]
SORTED = ["/pl/umowy/?sort=", "/en/agreements/?sort="]
ORDERS = ["date", "-date", "end", "-end", "city", "-city", "kind", "-kind", "status", "-status"]
COLD_KINDS = ("search", "day", "rare filter")
WARM_KINDS = (*LISTS, "record")


def warm_addresses(browser):
    """(kind, path) of what is read again and again: lists, filters, exports and some records in both languages."""
    paths = pages_of_site(lambda path: browser.get("sitemap.xml", path)[1])
    lists = [(kind, path) for kind, some in LISTS.items() for path in some]
    return lists + [("record", path) for path in paths[:: max(1, len(paths) // RECORDS)]]


class ColdAddresses:
    """(kind, path) without end, hardly ever the same twice."""

    def __init__(self, seed):
        self.random, self.words = random.Random(seed), words_of_fixtures()

    def next(self, chance=random):
        kind = chance.choice(COLD_KINDS)
        return kind, {"search": self._search, "day": self._day, "rare filter": self._filter}[kind]()

    def _search(self):
        words = self.random.sample(self.words, self.random.randint(1, 3))
        return self.random.choice(SEARCHES) + "+".join(map(quote, words))

    def _day(self):
        day = date(1990, 1, 1) + timedelta(self.random.randrange(13_000))
        return f"{self.random.choice(DATED)}on={day}"

    def _filter(self):
        first = self.random.randint(1960, 2000)
        years = f"&year_from={first}&year_to={first + self.random.randint(1, 50)}"
        return self.random.choice(SORTED) + self.random.choice(ORDERS) + years


def visit(port, note, clock, warm, seed):
    """One visitor, who at the same moment of each cycle asks for something of the same kind."""
    browser, cold = Browser(port, note), ColdAddresses(seed)
    turn, turns_of_a_cycle = 0, round(clock.cycle * A_SECOND)
    while clock.wait_until(turn / A_SECOND):
        chance = random.Random(f"{seed} {turn % turns_of_a_cycle}")
        kind, path = cold.next(chance) if chance.random() < COLD else chance.choice(warm)
        with suppress(Unexpected):  # it is noted
            browser.get(kind, path)
        turn = max(turn + 1, int(clock.now() * A_SECOND))
    browser.close()
