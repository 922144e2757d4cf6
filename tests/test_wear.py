"""What shows only with time: a connection opened over and over, threads that work at once, pages that are only read."""

import inspect
import random
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from django.db import connection
from django.db.backends.signals import connection_created
from django.test import Client

from krakow_intl.core.middleware import page_cache
from krakow_intl.core.search.index import search_words_of
from krakow_intl.core.search.stems import _stems, stems
from partners.models import Institution
from tests.partners.factories import CityFactory, InstitutionFactory
from tests.sample import tell_everything
from tests.soak.visitors import LISTS, ColdAddresses
from tests.words import words_of_fixtures

OPENED, DEEPEST = 300, 250  # what is wrapped anew at each opening fails by then, where calls may not go as deep
THREADS = 4
AT_ONCE = 4  # seconds
ERRORS = ["/pl/nie-ma/", "/en/no-such-page/", "/en/agreements/nowhere/", "/pl/%00/", "/favicon.ico", "/", "/robots.txt"]
OTHERS = [
    "/pl/szukaj/",
    "/en/search/?q=lvif",
    "/pl/szukaj/nazwy.json",
    "/en/report-a-mistake/",
    "/en/share/register.png",
]


@pytest.fixture
def shallow_calls():
    """Calls that go deeper than a query ever does fail."""
    usual = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack(0)) + DEEPEST)
    yield
    sys.setrecursionlimit(usual)


@pytest.fixture
def own_wrappers():
    """What a test hangs on the connection is gone after it."""
    before = [*connection.execute_wrappers]
    yield
    connection.execute_wrappers[:] = before


def what_hangs_on_the_connection():
    lists = connection.execute_wrappers, connection.run_on_commit, connection_created.receivers
    return [len(one) for one in lists]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_connection_that_is_opened_over_and_over_stays_as_it_was(own_wrappers, shallow_calls):
    InstitutionFactory()
    before = what_hangs_on_the_connection()
    for _ in range(OPENED):
        connection.close()
        connection.ensure_connection()
    assert what_hangs_on_the_connection() == before
    assert Institution.objects.count() == 1


@pytest.fixture
def hasty_threads():
    """Threads that take turns after a few instructions, so that they meet wherever they can."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


def stems_of(words):
    return {word: stems(word) for word in words}


@pytest.mark.once
@pytest.mark.slow
def test_threads_that_look_for_words_at_once_find_the_same_stems_as_one_alone(hasty_threads):
    words = words_of_fixtures()
    _stems.cache_clear()
    alone = stems_of(words)
    _stems.cache_clear()
    orders = [random.Random(seed).sample(words, len(words)) for seed in range(THREADS)]
    with ThreadPoolExecutor(THREADS) as threads:
        for together in threads.map(stems_of, orders):
            assert {word: found for word, found in together.items() if found != alone[word]} == {}


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_threads_that_search_and_save_at_once_store_what_one_alone_would(hasty_threads):
    city = CityFactory(slug="lviv", name_pl="Lwów", name_en="Lviv")
    bodies = [InstitutionFactory(city=city) for _ in range(THREADS)]
    _stems.cache_clear()
    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(search_and_save, bodies, range(THREADS)))
    _stems.cache_clear()
    stored = {body.pk: body.search_words for body in Institution.objects.all()}
    assert stored == {body.pk: search_words_of(body) for body in Institution.objects.all()}


def search_and_save(body, seed):
    chance, words, client, ends = random.Random(seed), words_of_fixtures(), Client(), time.monotonic() + AT_ONCE
    with closing(connection):  # that of this thread
        while time.monotonic() < ends:
            typed, description = chance.sample(words, 3), chance.sample(words, 100)
            assert client.get("/en/search/", {"q": " ".join(typed)}).status_code == 200
            body.description_pl = f"<p>{' '.join(description)}</p>"
            body.save()


def addresses_behind_no_link():
    cold = ColdAddresses(seed=1)
    lists = [path for some in LISTS.values() for path in some]
    return [*lists, *ERRORS, *OTHERS, *(cold.next()[1] for _ in range(30))]


@pytest.mark.once
def test_whatever_is_read_the_pages_stay_in_the_cache(db, client, django_capture_on_commit_callbacks):
    """As `test_links` has it of all pages that a link leads to."""
    tell_everything()
    renewed = []
    for address in addresses_behind_no_link():
        before = page_cache.content_version()
        with django_capture_on_commit_callbacks(execute=True):
            b"".join(client.get(address))
        if page_cache.content_version() != before:
            renewed.append(address)
    assert renewed == []
