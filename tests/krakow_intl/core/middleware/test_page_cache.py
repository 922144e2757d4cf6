import gzip
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from random import randbytes

import psycopg
import pytest
from django.core.cache import caches
from django.db import OperationalError, transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone

from krakow_intl.core import content_version as content_version_module
from krakow_intl.core.content_version import content_version
from krakow_intl.core.middleware import page_cache
from krakow_intl.core.records import Publication
from partners.models import PartnerCity
from tests.partners.factories import CityFactory
from tests.staff import sign_in

KEPT = {
    name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": f"test-{name}"}
    for name in ("default", "pages", "answers")
}


@pytest.fixture(autouse=True)
def empty_cache(settings, tmp_path, monkeypatch):
    settings.CACHES, settings.VAR_DIR = KEPT, tmp_path / "var"
    monkeypatch.setitem(content_version_module._known, "asked_at", float("inf"))  # no other machine changes anything
    page_cache.Kept.recent.clear()
    monkeypatch.setattr(page_cache.Kept, "left_alone_until", float("-inf"))
    yield
    for cache in caches.all():
        cache.clear()


@pytest.fixture
def city(db):
    return CityFactory(slug="lviv", name_pl="Lwów", name_en="Lviv")


def page_of(city, client):
    return client.get(f"/pl/miasta-partnerskie/{city.slug}/")


def test_a_page_is_answered_again_without_a_query(city, client, django_assert_num_queries):
    first = page_of(city, client)
    with django_assert_num_queries(0):
        again = page_of(city, client)
    assert (first["Cache-Status"], again["Cache-Status"]) == ("register; fwd=miss; stored", "register; hit")
    assert again.content == first.content
    assert {**again.headers, "Cache-Status": ""} == {**first.headers, "Cache-Status": ""}


def test_a_browser_that_has_the_page_is_told_so(city, client, django_assert_num_queries):
    version = page_of(city, client)["ETag"]
    with django_assert_num_queries(0):
        again = client.get(f"/pl/miasta-partnerskie/{city.slug}/", headers={"if-none-match": version})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.once
@pytest.mark.parametrize(
    ("accepted", "is_packed"),
    [
        ("gzip", True),
        ("br, gzip;q=0.5", True),
        ("x-gzip", True),
        ("*", True),
        ("GZIP", True),
        ("xgzip", False),
        ("gzip;q=0", False),
        ("gzip; q=0.000, *", False),
        ("identity, *;q=0", False),
        (",;q=,gzip2", False),
        ("", False),
    ],
)
def test_everybody_is_told_the_same_page_kept_once(city, client, accepted, is_packed):
    plain = page_of(city, client)
    told = client.get(f"/pl/miasta-partnerskie/{city.slug}/", headers={"accept-encoding": accepted})
    assert told["Cache-Status"] == "register; hit"
    assert told.get("Content-Encoding") == ("gzip" if is_packed else None)
    assert (gzip.decompress(told.content) if is_packed else told.content) == plain.content
    assert told["Content-Length"] == str(len(told.content))
    assert len(entries()) == 1


def entries():
    return [*caches["pages"]._cache, *caches["answers"]._cache]


@pytest.mark.parametrize("address", ["?utm_source=x", "?utm_source=y&x=%00&%ff=1", "?kind=", "?on="])
def test_h08_what_no_page_reads_makes_no_page_of_its_own(city, client, address):
    first = page_of(city, client)
    again = client.get(f"/pl/miasta-partnerskie/{city.slug}/{address}")
    assert (again["Cache-Status"], again.content) == ("register; hit", first.content)
    assert len(entries()) == 1


def test_parameters_in_another_order_are_the_same_page(city, client):
    first = client.get("/en/agreements/?year_from=1990&kind=twinning")
    again = client.get("/en/agreements/?kind=twinning&year_from=1990&page=")
    assert (again["Cache-Status"], again.content) == ("register; hit", first.content)


@pytest.mark.once
def test_made_up_addresses_crowd_out_no_page(city, client):
    page_of(city, client)
    for year in range(1300, 1320):
        client.get(f"/pl/miasta-partnerskie/{city.slug}/?on={year}-01-01")
    assert len(caches["pages"]._cache) == 1
    assert page_of(city, client)["Cache-Status"] == "register; hit"


@pytest.mark.once
@pytest.mark.parametrize("host", ["localhost", "localhost:1234", "localhost.", "LOCALHOST", "127.0.0.1:80"])
def test_every_name_of_the_register_leads_to_the_canonical_address(city, client, settings, host):
    settings.SITE_URL = "https://register.example"
    first = page_of(city, client)
    again = client.get(f"/pl/miasta-partnerskie/{city.slug}/", headers={"host": host})
    assert (again["Cache-Status"], again.content) == ("register; hit", first.content)
    assert b'"https://register.example/pl/miasta-partnerskie/lviv/"' in first.content


@pytest.mark.parametrize("address", ["/en/partner-cities/lviv/", "/pl/miasta-partnerskie/lviv/?on=2006-04-30"])
def test_another_language_and_another_day_are_other_pages(city, client, address):
    first = page_of(city, client)
    assert client.get(address).content != first.content


def test_a_new_day_makes_the_page_anew(city, client, monkeypatch):
    page_of(city, client)
    monkeypatch.setattr(timezone, "localdate", lambda: date(2100, 1, 1))
    assert page_of(city, client).context is not None


@pytest.mark.parametrize(
    "change",
    [
        lambda city: city.save(),
        lambda city: PartnerCity.objects.filter(pk=city.pk).update(name_pl="Lemberg"),
        lambda city: PartnerCity.objects.bulk_update([city], ["slug"]),
        lambda city: city.names.create(name="Lemberg", language="de"),
    ],
    ids=["save", "update", "bulk", "something of it"],
)
@pytest.mark.django_db(transaction=True)
def test_every_change_makes_the_pages_anew(city, client, change):
    page_of(city, client)
    change(city)
    assert page_of(city, client).context is not None


@pytest.mark.django_db(transaction=True)
def test_what_is_held_back_is_gone_at_once(client):
    city = CityFactory()
    assert page_of(city, client).status_code == 200
    PartnerCity.objects.update(publication=Publication.DRAFT)
    assert page_of(city, client).status_code == 410


@pytest.mark.django_db(transaction=True)
def test_a_change_counts_when_it_is_committed():
    city = CityFactory()
    with transaction.atomic():
        city.save()
        stands = content_version()
    assert content_version() != stands


@pytest.mark.django_db(transaction=True)
def test_reading_changes_nothing(client):
    city = CityFactory()
    stands = content_version()
    with transaction.atomic(), transaction.atomic():
        page_of(city, client)
    assert content_version() == stands


@pytest.mark.django_db(transaction=True)
def test_a_page_that_a_change_overtakes_is_not_used(rf):
    city = CityFactory()
    answers = iter(["old", "new"])

    def answer(request):
        city.save()
        return HttpResponse(next(answers))

    pages = page_cache.PageCacheMiddleware(answer)
    assert [pages(rf.get("/pl/")).content for _ in range(2)] == [b"old", b"new"]


def _with(**headers):
    return HttpResponse(headers={name.replace("_", "-"): value for name, value in headers.items()})


def _with_cookie():
    response = HttpResponse()
    response.set_cookie("a", "b")
    return response


@pytest.mark.parametrize(
    "response",
    [
        HttpResponse(status=404),
        HttpResponse(randbytes(page_cache.MAX_BYTES + 1)),  # which no packing makes smaller
        StreamingHttpResponse([b""]),
        _with(Cache_Control="max-age=0, no-store"),
        _with(Vary="Accept-Encoding, Cookie"),
        _with(Vary="Accept-Language"),
        _with_cookie(),
    ],
    ids=["missing", "large", "streamed", "not to be stored", "personal", "by language", "with a cookie"],
)
def test_nothing_else_is_kept(rf, response):
    made = []
    pages = page_cache.PageCacheMiddleware(lambda request: made.append(request) or response)
    for _ in range(2):
        pages(rf.get("/pl/"))
    assert len(made) == 2


def test_a_long_page_is_kept_for_it_is_short_when_packed(rf):
    made, long = [], HttpResponse(b"Nuremberg " * page_cache.MAX_BYTES)
    pages = page_cache.PageCacheMiddleware(lambda request: made.append(request) or long)
    answers = [pages(rf.get("/pl/")) for _ in range(2)]
    assert len(made) == 1
    assert [answer.content for answer in answers] == [long.content] * 2


def test_the_form_for_mistakes_and_the_admin_are_made_for_one_person(city, client):
    sign_in(client, "editor")
    for address in ("/en/report-a-mistake/", "/pl/admin/") * 2:
        assert client.get(address).context is not None


def away():
    raise OperationalError("connection refused") from psycopg.OperationalError("connection refused")


def test_while_the_register_is_away_its_last_answer_is_told_as_stale(city, client, monkeypatch):
    client.raise_request_exception = False
    first = page_of(city, client)
    monkeypatch.setattr(page_cache, "FRESH", 0)
    monkeypatch.setattr(PartnerCity.objects, "public", away)
    monkeypatch.setattr("partners.views.city_called", lambda *asked: away())
    stale = page_of(city, client)
    assert (stale.status_code, stale.content) == (200, first.content)
    assert (stale["Warning"], stale["Age"]) == ('110 - "Response is Stale"', "0")
    assert client.get("/en/partner-cities/").status_code == 503


def test_what_was_made_anew_stands_in_the_place_of_what_a_process_had_at_hand(city, client):
    page_of(city, client)
    page_of(city, client)
    for page in page_cache.Kept.recent.values():
        page.made_at -= page_cache.FRESH
    assert page_of(city, client)["Cache-Status"] == "register; hit"


def test_what_is_stale_is_made_anew(city, client, monkeypatch):
    page_of(city, client)
    monkeypatch.setattr(page_cache, "FRESH", 0)
    assert page_of(city, client)["Cache-Status"] == "register; fwd=miss; stored"


@pytest.mark.django_db(transaction=True)
def test_while_no_page_can_be_renewed_nothing_is_withdrawn(client, settings):
    city = CityFactory()
    assert page_of(city, client).status_code == 200
    (content_version_module.pages_folder() / "changes").unlink()
    (content_version_module.pages_folder() / "changes").mkdir()  # which cannot be written, whoever tries
    with pytest.raises(OSError, match="var/pages/changes cannot be written"):
        PartnerCity.objects.update(publication=Publication.DRAFT)
    assert PartnerCity.objects.get().is_published
    assert page_of(city, client).status_code == 200


def test_a_process_that_cannot_tell_what_changed_keeps_nothing(city, client, monkeypatch):
    def unknown():
        raise PermissionError

    page_of(city, client)
    monkeypatch.setattr(page_cache, "content_version", unknown)
    assert "Cache-Status" not in page_of(city, client)


@pytest.fixture
def as_files(settings, tmp_path):
    backend = "krakow_intl.core.page_files.PageFiles"
    settings.CACHES = {name: {"BACKEND": backend, "LOCATION": tmp_path / name} for name in KEPT}


def test_another_process_finds_the_page_that_one_has_made(city, client, as_files, django_assert_num_queries):
    first = page_of(city, client)
    page_cache.Kept.recent.clear()
    with django_assert_num_queries(0):
        again = page_of(city, client)
    assert (again["Cache-Status"], again.content) == ("register; hit", first.content)


@pytest.mark.django_db(transaction=True)
def test_no_process_finds_a_page_that_was_withdrawn(client, as_files):
    city = CityFactory()
    page_of(city, client)
    PartnerCity.objects.update(publication=Publication.DRAFT)
    page_cache.Kept.recent.clear()
    assert page_of(city, client).status_code == 410


def test_another_release_tells_no_page_of_the_last_one(city, client, as_files, monkeypatch):
    page_of(city, client)
    monkeypatch.setattr(page_cache, "release", lambda: "another")
    assert page_of(city, client)["Cache-Status"] == "register; fwd=miss; stored"


def test_a_page_that_many_ask_for_at_once_is_made_once(rf, as_files):
    made = []

    def answer(request):
        made.append(request)
        time.sleep(0.1)
        return HttpResponse("page")

    pages = page_cache.PageCacheMiddleware(answer)
    with ThreadPoolExecutor(50) as visitors:
        answers = [*visitors.map(lambda _: pages(rf.get("/pl/")).content, range(200))]
    assert (len(made), {*answers}) == (1, {b"page"})


def test_who_waited_for_what_is_not_kept_waits_for_nobody_else(rf):
    def answer(request):
        time.sleep(0.2)
        return HttpResponse(headers={"Cache-Control": "no-store"})

    pages, begun = page_cache.PageCacheMiddleware(answer), time.monotonic()
    with ThreadPoolExecutor(20) as visitors:
        [*visitors.map(lambda _: pages(rf.get("/pl/")), range(20))]
    assert time.monotonic() - begun < 20 * 0.2 / 2


class Broken:
    def get(self, key):
        raise ConnectionError("no cache is there")


def test_o04_without_its_cache_the_register_answers_all_the_same(city, client, monkeypatch, caplog):
    monkeypatch.setattr(page_cache.Kept, "left_alone_until", float("-inf"))
    monkeypatch.setattr(page_cache, "caches", {"pages": Broken(), "answers": Broken()})
    answers = [page_of(city, client) for _ in range(3)]
    assert [(answer.status_code, answer["Cache-Status"]) for answer in answers] == [(200, "register; fwd=miss")] * 3
    assert [record.message.partition(":")[0] for record in caplog.records] == ["no page is kept for 10 s"]


def test_a_process_has_so_many_pages_at_hand_and_no_more(rf, monkeypatch):
    monkeypatch.setattr(page_cache, "MAX_RECENT", 5)
    pages = page_cache.PageCacheMiddleware(lambda request: HttpResponse(request.path))
    for _ in range(2):
        answers = [pages(rf.get(f"/pl/{number}/")).content for number in range(9)]
    assert answers == [f"/pl/{number}/".encode() for number in range(9)]
    assert len(page_cache.Kept.recent) == 5


def test_proxies_keep_a_public_page_for_seconds_and_nobody_keeps_what_the_staff_see(city, client):
    assert page_of(city, client)["Cache-Control"] == page_cache.PUBLIC
    assert client.get("/en/agreements/?kind=twinning")["Cache-Control"] == page_cache.PUBLIC
    sign_in(client, "editor")
    for address in ("/pl/admin/", "/pl/admin/partners/partnercity/", "/pl/admin/nothing/"):
        told = client.get(address)["Cache-Control"]
        assert {"private", "no-store"} <= {*told.replace(" ", "").split(",")}


def test_of_a_kept_page_it_is_known_what_made_it(rf):
    made = page_cache.KeptPage.of(HttpResponse("page"), rf.get("/pl/"))
    made.route, request = "home", rf.get("/pl/")
    made.answer(request, "hit")
    assert request.route == "home"
