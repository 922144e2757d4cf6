"""Whether a change of the code changes a page: `python -m tests.same_pages keep` before it, without `keep` after it.

Every address of the sitemap in both languages, today and on three other days, the lists under each of their filters,
files, pictures, error pages and the pages of the admin are asked over the same facts and the same clock. What they say
is compared without hashes of static files, what differs each time, and white space that no reader sees: of that within
a line of words it is told whether there is any. Lines that changed alike on many pages are told once, with their
number.
"""

import gzip
import os
import pickle
import re
import sys
import zipfile
from collections import Counter
from datetime import datetime
from difflib import unified_diff
from io import BytesIO
from pathlib import Path

from tests.site_map import pages_of_site

KEPT = Path(__file__).resolve().parent.parent / "var" / "same-pages.pickle.gz"
NOW = "2026-05-05T12:00:00+02:00"
DAYS = ("", "?on=2006-04-30", "?on=1991-06-01", "?on=1300-01-01")
SEARCHES = ("", "?q=Lwów", "?q=Nuremberg+1979", "?q=umowa+partnerska&in=agreements", "?q=qqqq", "?q=Lemberk")
OTHERS = (
    "/",
    "/admin/",
    "/robots.txt",
    "/favicon.ico",
    "/sitemap.xml",
    "/sitemap-agreement-1.xml",
    "/pl/nie-ma/",
    "/en/no-such-page/",
    "/en/agreements/nowhere/",
    "/en/agreements/?status=nonsense&year_from=1999&year_to=1990",
    "/en/partner-cities.csv?on=yesterday",
    "/pl/porownanie/?miasto=lwow&miasto=kijow&miasto=wilno",
    "/en/compare/?city=lviv&city=kyiv",
    "/en/report-a-mistake/?page=/en/about/",
    "/pl/styleguide/",
    "/en/styleguide/",
)
IMAGES = 20  # pictures are alike but for their words: some are enough
MAX_LINES = 400  # of the report

# what differs each time, and what it becomes: a token of a form, the hash of a file, when a workbook was made or
# somebody signed in, the number of a request
VARYING = (
    (r'(name="(?:csrfmiddlewaretoken|ticket)" value=")[^"]*', r"\1"),
    (r'(csrfmiddlewaretoken" value=")[^"]*', r"\1"),
    (r"(/static/[\w/.-]+?)\.[0-9a-f]{12}(\.\w+)", r"\1\2"),
    (r"(<dcterms:(?:created|modified)[^>]*>)[^<\s]+", r"\1"),
    (r"(?<=readonly\">)(?:\w+\.? \d+, \d{4}, [\d:]+ [ap]\.m\.|\d+ \w+ \d{4} [\d:]+)", "when"),
    (r"(?:Numer tego żądania|Number of this request): [0-9a-f]{8}", "number"),
    (r"&(?:#x27|#39|apos);", "'"),  # spellings of one sign
    (r"&(?:#34|#x22);", "&quot;"),
)
# spaces that part words, "  \n", but not one that forbids a break
SPACES = re.compile(r"[ \t\r\n]+")
# what stands within a line of words, so that a space beside it parts two words: "</a> <span>" is not "</a><span>"
INLINE = "a abbr b button cite code em i img input label mark q select small span strong sub sup svg time"
# a tag of a block, with the space around it, which nobody sees: " <p> "
SPACE_BESIDE_BLOCK = re.compile(rf"\s*(</?(?!(?:{'|'.join(INLINE.split())})[\s>/])[a-z!][^<>]*>)\s*")


def addresses(client):
    """Every address, the public ones first."""
    pages = pages_of_site(lambda path: client.get(path).content.decode())
    yield from (page + day for page in pages for day in DAYS)
    yield from OTHERS
    yield from filtered()
    yield from files_and_pictures(client, pages)


def filtered():
    """The lists with each choice of each filter, and searches."""
    from django.urls import reverse
    from django.utils.translation import override

    from partners.filters import AgreementFilter, CityFilter, InstitutionFilter
    from partners.models import Agreement, Institution, PartnerCity

    lists = {
        "partners:agreement_list": (AgreementFilter, Agreement.objects.published()),
        "partners:agreement_timeline": (AgreementFilter, Agreement.objects.published()),
        "partners:city_list": (CityFilter, PartnerCity.objects.published()),
        "partners:institution_list": (InstitutionFilter, Institution.objects.published()),
    }
    for language in ("pl", "en"):
        with override(language):
            for name, (filters, records) in lists.items():
                for field, form_field in filters({}, records).form.fields.items():
                    values = [value for value, _label in getattr(form_field, "choices", [("1995", ""), ("Lw", "")])]
                    yield from (f"{reverse(name)}?{field}={value}" for value in values)
            yield from (reverse("search") + query for query in SEARCHES)


def files_and_pictures(client, pages):
    from django.urls import reverse
    from django.utils.translation import override

    files = ("city_csv", "agreement_csv", "agreement_xlsx", "agreement_ods", "agreement_sheet")
    for language in ("pl", "en"):
        with override(language):
            yield from (reverse(f"partners:{name}") + day for name in files for day in DAYS)
            yield reverse("suggestions")
    shown = {picture for page in pages for picture in pictures_of(client.get(page))}
    yield from sorted(shown)[:: max(1, len(shown) // IMAGES)]


def pictures_of(response):
    # the picture that networks show: content="http://testserver/pl/share/city/lviv.png"
    return re.findall(r'content="https?://[^/"]+(/[^"]+\.png)"', response.content.decode())


def admin_addresses():
    """The pages of the admin: lists, forms, histories, deletions, exports."""
    from django.contrib import admin
    from django.urls import reverse
    from django.utils.translation import override

    for language in ("pl", "en"):
        with override(language):
            yield from (reverse(f"admin:{name}") for name in ("index", "password_change", "jsi18n"))
            for model in admin.site._registry:
                stem = f"admin:{model._meta.app_label}_{model._meta.model_name}"
                yield from (reverse(f"{stem}_changelist") + query for query in ("", "?q=Lw", "?o=-1"))
                yield reverse(f"{stem}_add")
                for record in model._base_manager.order_by("pk")[:2]:
                    yield from (reverse(f"{stem}_{p}", args=[record.pk]) for p in ("change", "history", "delete"))


def said(response):
    """What an answer says, as lines: its status, its type, where it leads, its text."""
    head = [str(response.status_code), response.get("Content-Type", ""), response.get("Location", "")]
    body = b"".join(response) if response.streaming else response.content
    if zipfile.is_zipfile(BytesIO(body)):
        with zipfile.ZipFile(BytesIO(body)) as archive:
            body = b"\n".join(archive.read(name) for name in sorted(archive.namelist()))
    if response.get("Content-Type", "").startswith("image/"):
        return [*head, body.hex()]
    text = body.decode("utf-8", "replace")
    for pattern, kept in VARYING:
        # one of `VARYING`: the ".0123456789ab" of "/static/css/register.0123456789ab.css"
        text = re.sub(pattern, kept, text)
    if response.get("Content-Type", "").startswith("text/html"):
        text = SPACE_BESIDE_BLOCK.sub(r"\1", SPACES.sub(" ", text)).replace("<", "\n<")
    return head + [line for line in (SPACES.sub(" ", line) for line in text.split("\n")) if line.strip()]


def ask():
    """{address: what it says} over the facts of the programme."""
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.test import Client

    call_command("load_register", verbosity=0)
    client = Client(raise_request_exception=False)
    found = {address: said(client.get(address)) for address in addresses(client)}
    client.force_login(get_user_model().objects.create_superuser("same-pages"))
    return found | {address: said(client.get(address)) for address in admin_addresses()}


def differences(before, after):
    """The lines of a report, none if all is the same."""
    gone, new = sorted(before.keys() - after.keys()), sorted(after.keys() - before.keys())
    yield from (f"gone: {address}" for address in gone)
    yield from (f"new: {address}" for address in new)
    changed, first = Counter(), {}
    for address in sorted(before.keys() & after.keys()):
        for line in changed_lines(before[address], after[address]):
            changed[line] += 1
            first.setdefault(line, address)
    yield from (f"{number:5} × {line[:300]}   ({first[line]})" for line, number in changed.most_common())


def changed_lines(before, after):
    """The lines that are gone or new: "-<h1>Agreements", "+<h1>Agreements"."""
    if before == after:
        return []
    lines = unified_diff(before, after, n=0, lineterm="")
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


def over_the_facts(do):
    """Calls `do` with a database of its own and a clock that stands still."""
    import django
    from django.conf import settings
    from django.test.utils import get_runner
    from django.utils import timezone

    django.setup()
    now = datetime.fromisoformat(NOW)
    timezone.now = lambda: now
    runner = get_runner(settings)(verbosity=0, interactive=False)
    runner.setup_test_environment()
    databases = runner.setup_databases()
    try:
        return do()
    finally:
        runner.teardown_databases(databases)


def main(arguments):
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    found = over_the_facts(ask)
    if "keep" in arguments:
        KEPT.parent.mkdir(exist_ok=True)
        KEPT.write_bytes(gzip.compress(pickle.dumps(found), 1))
        print(f"{len(found)} pages are kept.")
        return 0
    report = [*differences(pickle.loads(gzip.decompress(KEPT.read_bytes())), found)]
    print(*report[:MAX_LINES], sep="\n")
    print(f"{len(found)} pages, {len(report)} differences.")
    return 1 if report else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
