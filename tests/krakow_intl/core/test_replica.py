from contextlib import ExitStack
from time import monotonic, sleep

import pytest
from django.db import connection, connections, transaction

from krakow_intl.core import replica as module
from krakow_intl.core.middleware.request_log import Count
from krakow_intl.core.replica import PRIMARY, REPLICA, ReplicaRouter, connection_to_read
from partners.models import Agreement, PartnerCity
from tests.partners.factories import CityFactory
from tests.postgres import replica_of, start, stop
from tests.staff import sign_in

pytestmark = [pytest.mark.postgresql, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PAGE = "/en/partner-cities/lviv/"
BEHIND = "krakow_intl.core.middleware.page_cache.PageCacheMiddleware"


@pytest.fixture
def replica(settings, monkeypatch):
    """A real replica of the database of the tests, set up as the settings would; its folder."""
    with replica_of(connection.settings_dict["HOST"]) as folder:
        monkeypatch.setitem(connections.settings, REPLICA, connection.settings_dict | {"HOST": folder})
        monkeypatch.setitem(module._left_alone, "until", float("-inf"))
        settings.DATABASE_ROUTERS = ["krakow_intl.core.replica.ReplicaRouter"]
        place = settings.MIDDLEWARE.index(BEHIND) + 1
        added = "krakow_intl.core.replica.ReplicaMiddleware"
        settings.MIDDLEWARE = [*settings.MIDDLEWARE[:place], added, *settings.MIDDLEWARE[place:]]
        connections[REPLICA].connect()  # at once, for what opens one in between is refused to tests
        yield folder
        connections[REPLICA].close()
        del connections[REPLICA]


def on_replica(sql):
    with connections[REPLICA].cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def wait_for_replica():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_wal_insert_lsn()")
        (reached,) = cursor.fetchone()
    ends = monotonic() + 10
    while not on_replica(f"SELECT pg_last_wal_replay_lsn() >= '{reached}'"):
        assert monotonic() < ends
        sleep(0.02)


def asked(client, path=PAGE, **sent):
    """The answer, how often it asked the primary, and how often the replica."""
    counts = Count(), Count()
    with ExitStack() as counted:
        for alias, count in zip((PRIMARY, REPLICA), counts, strict=True):
            counted.enter_context(connections[alias].execute_wrapper(count))
        response = client.get(path, **sent)
    assert response.status_code == 200
    return response.content.decode(), *(count.number for count in counts)


def test_public_pages_are_read_from_a_replica_that_has_seen_everything_and_from_no_other(replica, client, monkeypatch):
    city = CityFactory(slug="lviv", name_en="Lviv of old")
    wait_for_replica()
    page, primary, read = asked(client)
    assert ("Lviv of old" in page, primary) == (True, 1)  # whether there is something new
    assert read > 3
    assert asked(client, "/en/search/?q=lviv")[1] == 1

    on_replica("SELECT pg_wal_replay_pause()::text")  # it lags behind
    city.name_en = "Lviv of today"
    city.save()
    page, primary, read = asked(client)
    assert ("Lviv of today" in page, read) == (True, 1)
    on_replica("SELECT pg_wal_replay_resume()::text")
    wait_for_replica()
    page, primary, read = asked(client)
    assert ("Lviv of today" in page, primary) == (True, 1)

    staff = sign_in(type(client)(), "editor")
    assert asked(staff, "/en/admin/partners/partnercity/")[2] == 0

    stop(replica)  # it is gone, and then the one question is not put again for a while
    assert asked(client)[1] > 3
    assert asked(client)[2] == 0
    client.raise_request_exception = False
    monkeypatch.setattr(module, "_has_seen_all", lambda: True)  # it went while a page was made
    assert "Lviv of today" in asked(client)[0]
    start(replica)


def test_what_writes_reads_from_the_primary_from_then_on_and_so_does_a_transaction():
    router = ReplicaRouter()
    with module._used():
        assert router.db_for_read(PartnerCity) == REPLICA
        with transaction.atomic():
            assert router.db_for_read(PartnerCity) == PRIMARY
        assert router.db_for_read(PartnerCity) == REPLICA
        assert router.db_for_write(Agreement) == PRIMARY
        assert router.db_for_read(PartnerCity) == PRIMARY
    assert connection_to_read().alias == PRIMARY
