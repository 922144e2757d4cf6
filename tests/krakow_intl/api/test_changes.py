"""What became of the register since a moment, as a copy of it hears."""

import importlib.util
import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from krakow_intl.api.changes import changes_since
from krakow_intl.core.records import Publication
from tests.partners.factories import AgreementFactory, CityFactory, InstitutionFactory, PartyFactory

pytestmark = pytest.mark.django_db
MIRROR = Path(__file__).parents[3] / "docs" / "mirror.py"


@pytest.fixture
def mirror():
    spec = importlib.util.spec_from_file_location("mirror", MIRROR)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def read(client):
    def read(address):
        response = client.get(address)
        return json.loads(response.content) if response.status_code == 200 else None

    return read


def told(since):
    return [(change.what, change.collection, change.key) for change in changes_since(since)]


def publish(record, publication=Publication.PUBLISHED, **values):
    for name, value in {"publication": publication, **values}.items():
        setattr(record, name, value)
    record.save()


def test_it_is_told_what_was_published_changed_moved_and_withdrawn_and_nothing_of_drafts():
    changed, moved, gone, draft = (CityFactory(slug=slug) for slug in ("changed", "moved", "gone", "draft"))
    publish(draft, Publication.DRAFT)
    never = CityFactory(slug="never", publication=Publication.DRAFT)
    since = timezone.now()
    publish(changed, lead_en="Anew")
    publish(moved, Publication.DRAFT)
    publish(moved, slug="moved-there")
    publish(gone, Publication.ARCHIVED)
    publish(draft, Publication.DRAFT, lead_en="Not yet")
    publish(never, Publication.DRAFT, lead_en="Not yet")
    publish(CityFactory(slug="new", publication=Publication.DRAFT))
    assert told(since) == [
        ("changed", "cities", "changed"),
        ("moved", "cities", "moved-there"),
        ("withdrawn", "cities", "gone"),
        ("published", "cities", "new"),
    ]
    assert told(timezone.now()) == []


def test_what_only_the_office_sees_is_no_change():
    agreement = AgreementFactory(slug="noted")
    since = timezone.now()
    publish(agreement, internal_notes="Only for us")
    assert told(since) == []


def test_what_belongs_to_a_record_goes_and_comes_with_it_and_its_rows_are_part_of_it():
    agreement = AgreementFactory(slug="signed")
    since = timezone.now()
    PartyFactory(agreement=agreement)
    assert told(since) == [("changed", "agreements", "signed")]
    since = timezone.now()
    publish(agreement.city, Publication.DRAFT)
    assert {what for what, _collection, _key in told(since)} == {"withdrawn"}
    assert ("withdrawn", "agreements", "signed") in told(since)
    since = timezone.now()
    publish(agreement.city)
    assert ("published", "agreements", "signed") in told(since)


def test_what_is_deleted_is_withdrawn():
    city = CityFactory(slug="deleted")
    since = timezone.now()
    city.delete()
    assert told(since) == [("withdrawn", "cities", "deleted")]


def test_the_list_of_changes_is_told_in_pages(read):
    since = timezone.now() - timedelta(seconds=1)
    for number in range(5):
        CityFactory(slug=f"city-{number}")
    address, keys = f"{reverse('api:changes')}?since={since.strftime('%Y-%m-%dT%H:%M:%S.%fZ')}&limit=2", []
    while address:
        page = read(address)
        assert len(page["results"]) <= 2
        assert bool(page["next"]) != bool(page["ask_again"])
        keys += [change["key"] for change in page["results"]]
        address = page["next"]
    assert keys == [f"city-{number}" for number in range(5)]


NO_MOMENTS = [
    "",
    "yesterday",
    "2026-02-30T00:00:00Z",
    "2026-11-01T00:00:00",
    "2020-01-01T00:00:00Z",
    "2999-01-01T00:00:00Z",
]


@pytest.mark.parametrize("since", NO_MOMENTS)
def test_what_is_no_moment_of_the_last_year_is_refused(client, since):
    response = client.get(reverse("api:changes"), {"since": since})
    assert response.status_code == 400
    assert {*json.loads(response.content)["parameters"]} == {"since"}


def test_a_copy_that_follows_is_what_is_public_while_staff_publish(mirror, read):
    InstitutionFactory()
    cities = [CityFactory(slug=f"city-{number}") for number in range(3)]
    agreement = AgreementFactory(city=cities[0])

    def while_it_is_copied(address):
        answer = read(address)
        if "/institutions/" in address:  # the cities are copied by now
            publish(cities[0], Publication.DRAFT)
            publish(cities[1], lead_en="Anew")
            CityFactory(slug="late")
        return answer

    copy = mirror.copied(reverse("api:root"), while_it_is_copied)
    assert str(agreement.pk) not in copy["records"]["agreements"]
    copy = mirror.follow(copy, read)
    assert copy["records"] == mirror.copied(reverse("api:root"), read)["records"]
    publish(cities[0])
    publish(cities[1], Publication.ARCHIVED)
    cities[2].delete()
    PartyFactory(agreement=agreement)
    assert mirror.follow(copy, read)["records"] == mirror.copied(reverse("api:root"), read)["records"]
