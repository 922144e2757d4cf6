"""A collection as a file says what its list says, in the forms that programs read."""

import csv
import io
import json

import openpyxl
import pytest
from django.urls import reverse

from krakow_intl.api.files import endings_of, file_columns
from krakow_intl.core.public_data import COLLECTIONS
from krakow_intl.core.resources import BYTE_ORDER_MARK
from tests.krakow_intl.api.test_views import walk
from tests.partners.factories import AgreementFactory, CityFactory, PartyFactory
from tests.records import make_published, make_world

pytestmark = pytest.mark.django_db


def file(client, collection, ending, query="", status=200):
    response = client.get(reverse("api:file", args=[collection, ending]) + query)
    assert response.status_code == status
    return response


def content(response):
    return b"".join(response)


def table(client, collection, query=""):
    text = content(file(client, collection, "csv", query)).decode()
    return [*csv.DictReader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK), newline=""))]


def test_every_collection_is_a_file_of_every_kind_with_as_many_records_as_its_list(client):
    make_world()
    for name, collection in COLLECTIONS.items():
        records = walk(client, reverse("api:list", args=[name]))
        assert json.loads(content(file(client, name, "json")))["records"] == records
        rows = table(client, name)
        assert [row["key"] for row in rows] == [record["key"] for record in records]
        assert [*rows[0]] == [column.name for column in file_columns(collection)]
        book = openpyxl.load_workbook(io.BytesIO(content(file(client, name, "xlsx"))))
        assert book.active.max_row == len(records) + 1
        assert "ods" in endings_of(collection)


def test_a_row_has_both_languages_keys_of_what_it_leads_to_and_its_own_rows_as_json(client):
    city = CityFactory(slug="lviv")
    agreement = AgreementFactory(slug="signed", city=city, title_pl="=Umowa", title_en="Agreement, “new”")
    PartyFactory(agreement=agreement, name_pl="Rada", name_en="Council")
    (row,) = table(client, "agreements")
    assert (row["city"], row["title_pl"], row["title_en"]) == ("lviv", "'=Umowa", "Agreement, “new”")
    assert json.loads(row["parties"])[0]["name"] == {"pl": "Rada", "en": "Council"}


def test_places_are_points(client):
    CityFactory(slug="there", latitude="50.06", longitude="19.94", country="PL")
    told = json.loads(content(file(client, "cities", "geojson", "?fields=key")))
    (feature,) = told["features"]
    assert (told["type"], feature["type"], feature["properties"]["key"]) == ("FeatureCollection", "Feature", "there")
    assert feature["geometry"] == {"type": "Point", "coordinates": [19.94, 50.06]}
    file(client, "agreements", "geojson", status=404)
    file(client, "cities", "docx", status=404)


def test_a_file_is_asked_like_its_list(client):
    CityFactory(slug="lviv", country="UA")
    CityFactory(country="DE")
    assert [row["key"] for row in table(client, "cities", "?country=UA&fields=key")] == ["lviv"]
    assert [*table(client, "cities", "?fields=key,name")[0]] == ["key", "name_pl", "name_en"]
    wrong = json.loads(content(file(client, "cities", "csv", "?limit=3&on=x", 400)))
    assert {*wrong["parameters"]} == {"limit", "on"}
    assert json.loads(content(file(client, "cities", "json", "?on=2006-04-30")))["as_of"] == "2006-04-30"


def test_a_file_asks_in_parts_however_long_it_is(client, monkeypatch, django_assert_max_num_queries):
    world = make_world([COLLECTIONS["cities"].model])
    for _ in range(5):
        make_published(COLLECTIONS["cities"].model, world)
    with django_assert_max_num_queries(20) as whole:
        table(client, "cities")
    monkeypatch.setattr("krakow_intl.api.files.AT_ONCE", 3)
    with django_assert_max_num_queries(2 * len(whole)) as parts:
        assert len(table(client, "cities")) == 6
    assert len(parts) > len(whole)
