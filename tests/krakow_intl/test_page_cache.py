import gzip
from datetime import date

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone

from krakow_intl import page_cache
from krakow_intl.models import Publication
from partners.models import PartnerCity
from tests.partners.factories import CityFactory
from tests.staff import sign_in

KEPT = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "pages"}}


@pytest.fixture(autouse=True)
def empty_cache(settings, tmp_path):
    settings.CACHES, settings.VAR_DIR = KEPT, tmp_path / "var"
    yield
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
    assert (again.content, again.headers) == (first.content, first.headers)


def test_a_browser_that_has_the_page_is_told_so(city, client, django_assert_num_queries):
    version = page_of(city, client)["ETag"]
    with django_assert_num_queries(0):
        again = client.get(f"/pl/miasta-partnerskie/{city.slug}/", headers={"if-none-match": version})
    assert (again.status_code, again.content) == (304, b"")


def test_each_form_of_a_page_is_kept_by_itself(city, client):
    for _ in range(2):
        plain, small = client.get("/pl/"), client.get("/pl/", headers={"accept-encoding": "br, gzip"})
        assert "Content-Encoding" not in plain
        assert gzip.decompress(small.content) == plain.content


@pytest.mark.parametrize("address", ["/en/partner-cities/lviv/", "/pl/miasta-partnerskie/lviv/?on=2006-04-30"])
def test_another_language_and_another_day_are_other_pages(city, client, address):
    first = page_of(city, client)
    assert client.get(address).content != first.content


def test_another_host_is_told_its_own_addresses(city, client):
    page_of(city, client)
    assert b"http://localhost/" in client.get("/pl/miasta-partnerskie/lviv/", headers={"host": "localhost"}).content


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
def test_every_change_makes_the_pages_anew(city, client, change, django_capture_on_commit_callbacks):
    page_of(city, client)
    with django_capture_on_commit_callbacks(execute=True):
        change(city)
    assert page_of(city, client).context is not None


@pytest.mark.django_db(transaction=True)
def test_what_is_held_back_is_gone_at_once(client):
    city = CityFactory()
    assert page_of(city, client).status_code == 200
    PartnerCity.objects.update(publication=Publication.DRAFT)
    assert page_of(city, client).status_code == 410


@pytest.mark.django_db(transaction=True)
def test_a_change_counts_when_it_is_committed_and_not_before():
    city = CityFactory()
    stands = page_cache._changes()
    with transaction.atomic():
        city.save()
        assert page_cache._changes() == stands
    assert page_cache._changes() > stands


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_taken_back_is_none():
    city = CityFactory()
    stands = page_cache._changes()
    with transaction.atomic():
        city.save()
        transaction.set_rollback(True)
    assert page_cache._changes() == stands


@pytest.mark.django_db(transaction=True)
def test_reading_changes_nothing(client):
    city = CityFactory()
    stands = page_cache._changes()
    with transaction.atomic(), transaction.atomic():
        page_of(city, client)
    assert page_cache._changes() == stands


@pytest.mark.django_db(transaction=True)
def test_a_page_that_a_change_overtakes_is_not_used(rf):
    city = CityFactory()
    answers = iter(["old", "new"])

    def answer(request):
        city.save()
        return HttpResponse(next(answers))

    pages = page_cache.keep_pages(answer)
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
        HttpResponse(b" " * (page_cache.LARGEST + 1)),
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
    pages = page_cache.keep_pages(lambda request: made.append(request) or response)
    for _ in range(2):
        pages(rf.get("/pl/"))
    assert len(made) == 2


def test_the_form_for_mistakes_and_the_admin_are_made_for_one_person(city, client):
    sign_in(client, "editor")
    for address in ("/en/report-a-mistake/", "/pl/admin/") * 2:
        assert client.get(address).context is not None
