import re
from datetime import UTC, datetime

import pytest
from django.db import OperationalError
from prometheus_client.parser import text_string_to_metric_families

from krakow_intl.core import audit, metrics, schedule
from tests.partners.factories import CityFactory

pytestmark = [pytest.mark.once, pytest.mark.django_db]


def told():
    """{(name, labels in the order of their names): value} of all that is told."""
    families = text_string_to_metric_families(metrics.exposition().decode())
    return {
        (sample.name, *(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in families
        for sample in family.samples
    }


def grown(before):
    return {key: value - before.get(key, 0) for key, value in told().items() if value != before.get(key, 0)}


def test_a_request_is_counted_by_its_page_its_answer_and_what_it_cost(client):
    CityFactory(slug="lviv")
    before = told()
    client.get("/en/partner-cities/lviv/?on=2020-01-01&utm_source=secret")
    client.get("/en/partner-cities/nowhere/")
    counted = grown(before)
    assert counted["register_requests_total", "partners:city_detail", "200"] == 1
    assert counted["register_requests_total", "partners:city_detail", "404"] == 1
    assert counted["register_queries_total",] > 3
    assert counted["register_request_seconds_count", "made"] == 1
    assert counted["register_request_seconds_sum", "made"] > 0
    assert counted["register_request_seconds_bucket", "made", "+Inf"] == 1


@pytest.mark.parametrize(
    ("status", "cache"),
    [
        ("register; hit", "hit"),
        ("register; hit; detail=stale", "stale"),
        ("register; fwd=miss; stored", "made"),
        ("register; fwd=miss", "made"),
        (None, "none"),
    ],
)
def test_what_was_kept_is_counted_apart(status, cache):
    before = told()
    metrics.count_request("home", 200, status, 0.02, 0)
    counted = grown(before)
    assert counted["register_request_seconds_count", cache] == 1
    # a bucket that does not hold what took two hundredths of a second: 0.01
    assert {key[2] for key in counted if key[0].endswith("_bucket")}.isdisjoint({"0.005", "0.01"})


def test_whatever_is_asked_there_are_no_more_counts_than_pages_and_answers(client):
    client.get("/en/0/")
    before = told()
    for number in range(30):
        client.get(f"/en/{number}/?q={number}", headers={"user-agent": f"{number}"})
        client.get(f"/en/agreements/{number}/")
    assert len(told()) - len(before) <= 1  # the page of agreements that are none
    # a number that was part of an address: "/7/"
    assert not re.search(rb"/\d+/", metrics.exposition())


def test_what_the_audit_log_is_told_is_counted_without_a_name():
    before = told()
    audit.note("import", "applied", user="wisława", file="secret.xlsx")
    assert grown(before) == {("register_deeds_total", "import", "applied"): 1}
    assert "wisława".encode() not in metrics.exposition()


def test_when_the_scheduler_and_a_backup_were_done_is_told_unless_the_database_is_away(monkeypatch):
    assert not [key for key in told() if key[0] == "register_done_timestamp_seconds"]
    at = datetime(2026, 12, 1, 6, 30, tzinfo=UTC)
    monkeypatch.setattr(schedule.timezone, "now", lambda: at)
    schedule.note(schedule.DRILL)
    assert told()["register_done_timestamp_seconds", "backup"] == at.timestamp()

    def away():
        raise OperationalError

    monkeypatch.setattr(schedule, "last_done", away)
    assert ("register_done_timestamp_seconds", "backup") not in told()
