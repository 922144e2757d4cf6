"""What pages cost as the register grows: `make grow` prints a table of each database and draws `docs/growth-*.svg`.

Registers of 30, 300 and 3 000 cities, each with five agreements and five activities, stand beside the facts of the
programme. Told are milliseconds of processor time of the process that answers, no page being kept, and queries; of what
leaves as a file or comes in as one also the memory that it takes, in MiB. SIZES="30 300" measures others.
"""

import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from math import log10
from pathlib import Path

from tests.memory import memory_of
from tests.soak.server import STATIC

SIZES = tuple(map(int, (os.environ.get("SIZES") or "30 300 3000").split()))
FACTS = "facts"  # what the registers have in common
ROUNDS = 3  # of which the quickest counts
ROWS = 1000  # of the import
DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGES = {  # name: (address, goal in the largest register: milliseconds, or 0 for what it takes in the smallest)
    "home": ("/en/", 60),
    "cities": ("/en/partner-cities/", 60),
    "cities of a country": ("/en/partner-cities/?country=DE", 40),
    "largest city": ("/en/partner-cities/nuremberg/", 0),
    "small city": ("/en/partner-cities/grown-7/", 0),
    "agreements": ("/en/agreements/", 60),
    "agreement": ("/en/agreements/grown-7-agreement-1/", 20),
    "timeline of agreements": ("/en/agreements/timeline/", 0),
    "activities": ("/en/activities/", 60),
    "gifts": ("/en/gifts/", 60),
    "institutions": ("/en/institutions/", 60),
    "search: one word": ("/en/search/?q=theatre", 40),
    "search: three words": ("/en/search/?q=theatre+festivals+weber", 60),
    "search: nothing found": ("/en/search/?q=nothingofthekind", 40),
    "suggestions": ("/en/search/names.json?q=alb", 20),
    "map of the site": ("/sitemap.xml", 0),
    "a part of it": ("/sitemap-agreement-1.xml", 0),
    "staff: agreements": ("/en/admin/partners/agreement/", 0),
    "staff: a search there": ("/en/admin/partners/agreement/?q=theatre", 300),
    "staff: form of a city": ("/en/admin/partners/partnercity/{city}/change/", 0),
}
FILES = {
    "cities, CSV": "/en/partner-cities.csv",
    "agreements, CSV": "/en/agreements.csv",
    "agreements, XLSX": "/en/agreements.xlsx",
}
HEAD = ["Miasto", "Rodzaj aktu", "Tytuł (PL)", "Tytuł (EN)", "Data podpisania"]
LINE = "{:24}" + " {:>9} {:>7}" * len(SIZES) + " {:>8}"


def main(arguments):
    if arguments:
        print(json.dumps(measured(int(arguments[0])) if arguments != [FACTS] else prepare()))
        return
    server, found = os.environ.get("DATABASE_URL", ""), {}
    with tempfile.TemporaryDirectory(prefix="krakow-intl-grow-") as folder:
        (Path(folder) / "static").symlink_to(STATIC)
        for what in (FACTS, *SIZES):
            found[what] = _in_a_process_of_its_own(what, folder, _new_database(server or folder, what))
    name = "PostgreSQL" if server else "SQLite"
    report(name, found)
    (DOCS / f"growth-{name.lower()}.svg").write_text(drawn(name, found))


def _new_database(where, what):
    """The address of a database on a server or in a folder: of the facts an empty one, of a size a copy of that."""
    import psycopg

    if "://" not in where:
        if what != FACTS:
            shutil.copy(f"{where}/{FACTS}.sqlite3", f"{where}/{what}.sqlite3")
        return f"sqlite:///{where}/{what}.sqlite3"
    with psycopg.connect(where, autocommit=True) as connection:
        template = "" if what == FACTS else f" TEMPLATE grown_{FACTS}"
        connection.execute(f"CREATE DATABASE grown_{what}{template}")
    return where.rpartition("/")[0] + f"/grown_{what}"


def _in_a_process_of_its_own(what, folder, database):
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.bench_settings",
        "SECRET_KEY": "only-for-measuring-" * 4,
        "DATABASE_URL": database,
        "VAR_DIR": folder,
        "ALLOWED_HOSTS": "testserver",
    }
    command = [sys.executable, "-m", "tests.grow", str(what)]
    output = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
    return json.loads(output.splitlines()[-1])


def prepare():
    """A register with the facts of the programme alone."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("prepare", verbosity=0, stdout=io.StringIO())


def measured(size):
    """{name: (milliseconds of processor time, queries, MiB or None)} in a register of so many cities."""
    import django

    django.setup()
    from django.contrib.auth import get_user_model
    from django.test import Client

    from tests.grown import grow

    city = grow(size)[-1]
    _analyze()
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("measures"))
    found = {name: cost(client, address.format(city=city.pk)) for name, (address, _goal) in PAGES.items()}
    found |= {name: cost(client, address, rounds=1) for name, address in FILES.items()}
    return found | {f"import of {ROWS} rows": cost_of_import()}


def cost(client, address, rounds=ROUNDS):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        _read(client, address)
    queries, memory = len(captured), _Memory()
    took = min(_timed(_read, client, address) for _ in range(rounds))
    return took, queries, memory.taken() if rounds == 1 else None


def cost_of_import():
    from partners.models import PartnerCity
    from tests.bench_import import ours, workbook

    cities = list(PartnerCity.objects.filter(slug__startswith="grown-").values_list("name_pl", flat=True)[:30])
    steps = ours(workbook([HEAD, *(_row(number, cities[number % len(cities)]) for number in range(ROWS))]))
    memory = _Memory()
    return sum(_timed(next, steps) for _stage in ("preview", "apply")), None, memory.taken()


def _row(number, city):
    """An agreement of a day before all others."""
    day = date(1900, 1, 1) + timedelta(number)
    return [city, "deklaracja", f"Deklaracja {number}", f"Declaration {number}", day.isoformat()]


def _read(client, address):
    response = client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address} answers {response.status_code}")
    for _part in response if response.streaming else ():
        pass


def _timed(do, *arguments):
    started = time.process_time()
    do(*arguments)
    return round((time.process_time() - started) * 1000, 1)


class _Memory:
    """What the process takes more of than at the start, at its height; only Linux tells."""

    def __init__(self):
        Path("/proc/self/clear_refs").write_text("5")  # the height is measured anew
        self.before = memory_of("VmRSS")

    def taken(self):
        return round(memory_of("VmHWM") - self.before)


def _analyze():
    """So that the database knows how much there is, as after a night of a server."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def report(database, found):
    print(f"\n{database}: ms of processor time and queries, of files and the import MiB; by number of cities")
    print(LINE.format("", *(each for size in SIZES for each in (size, "")), "goal"))
    for name in found[SIZES[0]]:
        goal = goal_of(name, found)
        cells = []
        for size in SIZES:
            ms, queries, mib = found[size][name]
            cells += [f"{ms:.0f}", queries if mib is None else f"{mib} MiB"]
        print(LINE.format(name, *cells, "" if goal is None else f"{goal:.0f}"))
    sys.stdout.flush()


def goal_of(name, found):
    return (PAGES[name][1] or found[SIZES[0]][name][0]) if name in PAGES else None


# the drawing: a line a page, the smallest register on the left, time upwards, both in powers of ten

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 900, 640, 60, 230, 40, 40
TIMES = (1, 10, 100, 1_000, 10_000, 100_000)  # milliseconds


def drawn(database, found):
    title = f"Milliseconds of processor time by number of cities, {database}"
    xs = {size: _between(size, SIZES[0], SIZES[-1], LEFT, WIDTH - RIGHT) for size in SIZES}
    lines = {name: [(x, _y(found[size][name][0])) for size, x in xs.items()] for name in found[SIZES[0]]}
    parts = [f"<title>{title}</title>", f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>']
    parts += [_text(LEFT, 22, title, size=15)]
    parts += [f'<path d="M{LEFT} {_y(ms):.0f}H{WIDTH - RIGHT}" stroke="#ddd"/>' for ms in TIMES]
    parts += [_text(LEFT - 8, _y(ms) + 4, f"{ms:,}", anchor="end") for ms in TIMES]
    parts += [_text(x, HEIGHT - 14, f"{size:,}", anchor="middle") for size, x in xs.items()]
    parts += [_path(points) for points in lines.values()]
    ends = sorted((points[-1][1], name) for name, points in lines.items())
    parts += [_text(WIDTH - RIGHT + 8, y + 4, name) for y, name in _apart(ends)]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif">'
    return "\n".join([head, *parts, "</svg>\n"])


def _text(x, y, words, anchor="start", size=12):
    return f'<text x="{x:.0f}" y="{y:.0f}" font-size="{size}" text-anchor="{anchor}" fill="#333">{words}</text>'


def _path(points):
    way = "L".join(f"{x:.0f} {y:.1f}" for x, y in points)
    return f'<path d="M{way}" fill="none" stroke="#7a2e2a" stroke-opacity=".6" stroke-width="1.500"/>'


def _y(ms):
    return _between(max(ms, TIMES[0]), TIMES[0], TIMES[-1], HEIGHT - BOTTOM, TOP)


def _between(value, least, most, start, end):
    return start + (end - start) * log10(value / least) / log10(most / least)


def _apart(names, line=13):
    """[(height, name)] of names beside the ends of their lines, a line of text apart from each other."""
    placed = []
    for y, name in names:
        placed.append((max(y, placed[-1][0] + line if placed else 0), name))
    return placed


if __name__ == "__main__":
    main(sys.argv[1:])
