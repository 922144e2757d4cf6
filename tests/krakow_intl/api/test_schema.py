"""The description of the API says what is answered."""

import json

import jsonschema
import pytest
from django.urls import reverse

from krakow_intl.core.public_data import COLLECTIONS
from tests.records import make_world

pytestmark = pytest.mark.django_db


def described(client, query=""):
    return json.loads(client.get(reverse("api:schema") + query).content)


def test_it_describes_every_collection_in_both_languages(client):
    english, polish = described(client), described(client, "?lang=pl")
    assert english["openapi"] == "3.1.0"
    assert {*english["paths"]} == {f"/api/v1/{name}/{end}" for name in COLLECTIONS for end in ("", "{key}/")}
    assert english["paths"].keys() == polish["paths"].keys()
    assert english != polish
    assert client.get(reverse("api:schema"), {"lang": "de"}).status_code == 400


def test_what_is_answered_is_what_is_described(client):
    make_world()
    document = described(client)
    for name in COLLECTIONS:
        for page, path in ((reverse("api:list", args=[name]), f"/api/v1/{name}/"),):
            answer = json.loads(client.get(page).content)
            content = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
            validator = jsonschema.Draft202012Validator(content | {"components": document["components"]})
            assert [error.message for error in validator.iter_errors(answer)] == []
            alone = json.loads(client.get(answer["results"][0]["url"]).content)
            content = document["paths"][f"{path}{{key}}/"]["get"]["responses"]["200"]["content"]
            validator = jsonschema.Draft202012Validator(
                content["application/json"]["schema"] | {"components": document["components"]}
            )
            assert [error.message for error in validator.iter_errors(alone)] == []


def test_every_parameter_that_is_described_is_known_and_no_other(client):
    make_world()
    for path, operations in described(client)["paths"].items():
        if "{" in path:
            continue
        names = {parameter["name"] for parameter in operations["get"]["parameters"]}
        refusal = json.loads(client.get(path, {"none-such": "1"}).content)["parameters"]["none-such"][0]
        assert {*refusal.split(": ", 1)[1].rstrip(".").split(", ")} == names
