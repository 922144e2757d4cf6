"""How long an import takes, beside the same file through stock django-import-export: `make bench-import`."""

import io
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from tests.memory import memory_of

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

SIZES = [int(size) for size in os.environ.get("SIZES", "1000 10000").split()]
MAX_AGAIN = 1_000  # rows that stock reads a second time: of 10 000 it would take as long as all else together
STAGES = ("preview", "apply", "again")
NAMES = {
    "Numer": "number",
    "Miasto": "city",
    "Rodzaj aktu": "kind",
    "Tytuł (PL)": "title_pl",
    "Tytuł (EN)": "title_en",
    "Data podpisania": "signed_on",
    "Przedłużanie": "term",
    "Okres (mies.)": "term_months",
    "Uchwała": "resolution",
    "Źródło": "passage",  # which stock import-export does not divide into a source and where it says so
}
RELATED = ("Strona krakowska", "Strona partnerska", "Dziedziny współpracy")
LINE = "{:10} {:>7} {:12} {:>9} {:>9} {:>9} {:>9} {:>7} {:>7}"
GOAL = "Goal for 10 000 rows: preview and apply at least 10 times as fast as stock, at most 5 s; at most 200 MiB."


def rows_of(size, cities, *, related=False):
    """A register of `size` agreements with the cities in turn, a few days apart."""
    kinds = ("umowa o partnerstwie", "deklaracja", "protokół", "list intencyjny")
    yield [*NAMES, *(RELATED if related else ())]
    for number in range(1, size + 1):
        city, kind = cities[number % len(cities)], kinds[number % len(kinds)]
        day = date(1990, 1, 1) + timedelta(number)
        title = (f"Umowa nr {number} z miastem {city}", f"Agreement no. {number} with {city}")
        row = [number, city, kind, *title, day.isoformat(), "czas określony", 12 + number % 48]
        row += [f"Uchwała nr {number}/{day.year}", "Program 2006, I.2"]
        bodies = ["Miasto Kraków; Rada Miasta Krakowa", f"Miasto {city}", "kultura; sport; edukacja"]
        yield row + (bodies if related else [])


def workbook(rows):
    from openpyxl import Workbook

    book, file = Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet("Umowy")
    for row in rows:
        sheet.append(row)
    book.save(file)
    return file.getvalue()


def ours(data):
    """Imports as the office does: taken in, previewed, applied; then all of it again."""
    from partners.imports.writing.applying import apply_import, preview, store_upload
    from partners.models import SheetImport

    def take():
        record = store_upload(data, "umowy.xlsx", None)
        preview(record)
        assert record.counts["refused"] + record.counts["doubtful"] == 0, record.report["messages"][:5]
        return record

    key = take().pk
    yield
    assert apply_import(SheetImport(pk=key), None).result == "applied"
    yield
    apply_import(take(), None)
    yield


def stock(data):
    """Imports as django-import-export's admin does: read and imported row by row in a dry run, then in earnest."""
    import tablib
    from import_export.fields import Field
    from import_export.resources import ModelResource
    from import_export.widgets import CharWidget, ForeignKeyWidget

    from partners.models import Agreement, PartnerCity

    class ByLabel(CharWidget):
        def __init__(self, choices):
            super().__init__()
            self.codes = {str(label): code for code, label in choices} | {"czas określony": "fixed"}

        def clean(self, value, row=None, **kwargs):
            return self.codes[value]

    widgets = {
        "city": ForeignKeyWidget(PartnerCity, "name_pl"),
        "kind": ByLabel(Agreement.Kind.choices),
        "term": ByLabel(Agreement.Term.choices),
    }

    class Resource(ModelResource):
        class Meta:
            model = Agreement
            fields = list(NAMES.values())
            import_id_fields = ["number"]
            clean_model_instances = skip_unchanged = True

        def init_instance(self, row=None):
            return Agreement(slug=f"agreement-{row['Numer']}")

    for column, name in NAMES.items():
        Resource.fields[name] = Field(name, column, widget=widgets.get(name))

    def run(dry_run):
        dataset = tablib.Dataset().load(data, format="xlsx")
        result = Resource().import_data(dataset, dry_run=dry_run, use_transactions=True)
        assert not result.has_errors(), result.row_errors()[0][1][0].error
        assert not result.has_validation_errors(), result.invalid_rows[0].error

    run(True)
    yield
    run(False)
    yield
    run(True)
    run(False)
    yield


def run(contender, file, *stages):
    """Prints of each stage the seconds, those of the processor and the peak in MiB so far, in a process of its own."""
    import django

    django.setup()
    from django.conf import settings
    from django.utils.translation import activate

    activate("pl")
    settings.VAR_DIR = Path(tempfile.mkdtemp(dir=os.environ["FOLDER"]))
    _clear()
    data = Path(file).read_bytes()
    steps, found = {"ours": ours, "stock": stock}[contender](data), []
    for _stage in stages:
        started, used = time.perf_counter(), _processor()
        next(steps)
        found += [time.perf_counter() - started, _processor() - used, memory_of("VmHWM")]
    print(*found)


def _processor():
    """The seconds that this process had of the processor; those of PostgreSQL are its own."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _clear():
    """Empties the tables of agreements and their history, which no application may, so that each starts alike."""
    from django.db import connection

    from partners.models import Agreement, AgreementLink, AgreementTheme, Party, SheetImport

    SheetImport.objects.all().delete()
    with connection.cursor() as cursor:
        for model in (AgreementLink, AgreementTheme, Party, Agreement):
            for table in (model, model.history.model):
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table._meta.db_table)}")


def prepare():
    """Makes the tables and loads the cities, the fields and the words of sheets."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from krakow_intl.core.facts import load_file

    call_command("migrate", verbosity=0)
    for path in sorted(settings.FIXTURES_DIR.glob("*.json")):
        if path.name[:2] in ("01", "02", "10", "11", "12"):
            load_file(path.name, path.read_bytes())


def measure(contender, size, *, related=False):
    from partners.models import PartnerCity

    file = Path(os.environ["FOLDER"]) / f"{size}-{related}.xlsx"
    if not file.exists():
        cities = list(PartnerCity.objects.order_by("pk").values_list("name_pl", flat=True))
        file.write_bytes(workbook(rows_of(size, cities, related=related)))
    stages = STAGES if contender == "ours" or size <= MAX_AGAIN else STAGES[:2]
    arguments = [sys.executable, "-m", "tests.bench_import", contender, file, *stages]
    found = subprocess.run(arguments, capture_output=True, text=True)
    if found.returncode:
        sys.exit(found.stderr)
    numbers = iter(map(float, found.stdout.split()))
    return list(zip(*[numbers] * 3, strict=True))


def compare():
    prepare()
    from django.db import connection

    print(f"{connection.vendor}: seconds a stage; rows a second, ratios and peak memory of preview and apply together")
    print(LINE.format("", "rows", "", *STAGES, "rows/s", "MiB", "again"), flush=True)
    for size in SIZES:
        ours = measure("ours", size)
        _tell("ours", size, "10 columns", ours)
        _tell("ours", size, "13 columns", measure("ours", size, related=True))
        stock = measure("stock", size)
        _tell("stock", size, "10 columns", stock)
        for what, column in (("ratio", 0), ("processor", 1)):
            ratios = [slow[column] / fast[column] for slow, fast in zip(stock, ours, strict=False)]
            _print(what, size, "", ratios, f"{_both(stock, column) / _both(ours, column):.1f}", [])
    print(GOAL)


def _tell(contender, size, what, found):
    """Two lines: what the clock says of each stage, and what the processor does."""
    seconds, used, peaks = zip(*found, strict=True)
    _print(contender, size, what, seconds, f"{size / _both(found, 0):.0f}", [f"{peak:.0f}" for peak in peaks[1:]])
    _print("processor", size, "", used, f"{size / _both(found, 1):.0f}", [])


def _print(contender, size, what, figures, rate, peaks):
    figures, peaks = [f"{figure:.2f}" for figure in figures], [*peaks, "", ""]
    print(LINE.format(contender, size, what, *[*figures, ""][:3], rate, *peaks[:2]), flush=True)


def _both(found, column):
    """Seconds of preview and apply together."""
    return found[0][column] + found[1][column]


def main(arguments):
    if arguments:
        run(*arguments)
        return
    with tempfile.TemporaryDirectory() as folder:
        os.environ["FOLDER"] = folder
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{Path(folder) / 'register.sqlite3'}")
        compare()


if __name__ == "__main__":
    main(sys.argv[1:])
