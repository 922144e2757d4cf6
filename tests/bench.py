"""What pages cost, as multiples of a constant page of 10 kB through the same gunicorn in the same run: `make bench`.

Cold, each is made anew; warm, it comes from the cache. Counted is the processor time of the process that answers, not
of a database server beside it. ROUNDS=9 and REQUESTS=200 measure longer.
"""

import os
import re
import sys
import tempfile
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path
from statistics import median

from tests.site_map import pages_of_site
from tests.soak.server import prepare, serving

ROUNDS, REQUESTS = int(os.environ.get("ROUNDS") or 3), int(os.environ.get("REQUESTS") or 40)
MANY = 10 * REQUESTS  # of what takes less than a tick
TICKS = os.sysconf("SC_CLK_TCK")  # of processor time a second
CONSTANT = ("tests.bench_constant:application", {})
COLD = ("krakow_intl.wsgi:application", {"DJANGO_SETTINGS_MODULE": "tests.bench_settings"})
WARM = ("krakow_intl.wsgi:application", {})
LISTS, SMALL, LARGEST, AGREEMENT, SEARCH = 35, 35, 60, 25, 60  # the goals, in constant pages
PAGES = {  # what each may cost
    "/en/": LISTS,
    "/en/partner-cities/": LISTS,
    "/en/agreements/": LISTS,
    "/en/activities/": LISTS,
    "/en/gifts/": LISTS,
    "/en/search/?q=lviv": SEARCH,
    "/en/search/?q=theatre+exhibition+school": SEARCH,
    "/en/search/?q=nothingofthekind": SEARCH,
}
WARM_GOAL = 0.75  # of the constant page's speed
LINE = "{:52} {:>9} {:>9} {:>6} {:>9} {:>9}"
# the page of a city, in English: "/en/partner-cities/lviv/"
CITY = re.compile(r"/en/partner-cities/[^/]+/")
# that of an agreement: "/en/agreements/lviv-1995/"
AN_AGREEMENT = re.compile(r"/en/agreements/[^/]+/")


class Visitor:
    """Asks one server over a connection that stays open."""

    def __init__(self, server):
        self.server, self.connection = server, HTTPConnection("127.0.0.1", server.port, timeout=60)

    def get(self, address):
        self.connection.request("GET", address)
        response = self.connection.getresponse()
        content = response.read()
        if response.status != 200:
            raise RuntimeError(f"{address} answers {response.status}")
        return content

    def cost(self, address, requests=REQUESTS):
        """Milliseconds of processor time a request."""
        self.connection.close()  # which the server closed while others were asked
        self.get(address)
        before = self._spent()
        for _ in range(requests):
            self.get(address)
        return (self._spent() - before) / requests * 1000

    def _spent(self):
        return sum(map(_seconds, self.server.workers()))


def _seconds(pid):
    # the 14th and 15th of the figures, after "(gunicorn)": ticks spent in the program and in the system for it
    figures = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(figures[11]) + int(figures[12])) / TICKS


def pages_of(visitor):
    """{address: what it may cost} of the pages that are measured: of cities the longest and the shortest."""
    pages = pages_of_site(lambda path: visitor.get(path).decode())
    cities, agreements = (
        sorted(filter(pattern.fullmatch, pages), key=lambda address: len(visitor.get(address)))
        for pattern in (CITY, AN_AGREEMENT)
    )
    return PAGES | {cities[0]: SMALL, cities[-1]: LARGEST, agreements[len(agreements) // 2]: AGREEMENT}


def measure(visitors, pages):
    """{address: ([constant], [cold], [warm])}, in milliseconds, a figure a round; one round goes over all of them."""
    costs = {address: ([], [], []) for address in pages}
    constant, cold, warm = visitors
    for _ in range(ROUNDS):
        for address, (of_constant, of_cold, of_warm) in costs.items():
            of_constant.append(constant.cost("/", MANY))
            of_cold.append(cold.cost(address))
            of_warm.append(warm.cost(address, MANY))
    return costs


def report(costs, pages):
    constant = median(cost for of_constant, *_ in costs.values() for cost in of_constant)
    print(f"\nThe constant page: {constant:.2f} ms of processor time.")
    print(LINE.format("page", "cold, ms", "x const.", "goal", "warm, ms", "speed"))
    for address, (_constant, cold, warm) in costs.items():
        of_cold, of_warm = median(cold), median(warm)
        speed = f"{constant / of_warm:.2f}" if of_warm else "-"
        row = (f"{of_cold:.1f}", f"{of_cold / constant:.0f}", pages[address], f"{of_warm:.2f}", speed)
        print(LINE.format(address, *row))
    print(f"Goal for warm pages: at least {WARM_GOAL} of the speed of the constant page.", flush=True)


def main():
    with tempfile.TemporaryDirectory(prefix="krakow-intl-bench-") as folder, ExitStack() as running:
        url = os.environ.get("DATABASE_URL") or f"sqlite:///{folder}/register.sqlite3"
        environment = prepare(Path(folder), url)[0] | {"WEB_CONCURRENCY": "1"}
        servers = (
            running.enter_context(serving(Path(folder), environment | of_its_own, application))
            for application, of_its_own in (CONSTANT, COLD, WARM)
        )
        visitors = [Visitor(server) for server in servers]
        pages = pages_of(visitors[1])
        print(url.partition(":")[0], end="")
        report(measure(visitors, pages), pages)


if __name__ == "__main__":
    sys.exit(main())
