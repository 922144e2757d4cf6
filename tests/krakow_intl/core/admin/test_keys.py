"""An address of the staff's pages that holds no key of a record leads nowhere."""

from itertools import product

import pytest

from krakow_intl.core.jinja import PublicPage
from tests.routes import routes
from tests.staff import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]
WITH_KEYS = [route for route in routes() if {"pk", "id", "object_id"} & {*route.blanks()} and "/admin/" in route.path]
NO_KEYS = ["9" * 19, "9" * 400, "0x2a", "-1", "1.0", "None", "1_3B", "%D9%A3", "1%0A", "a/b", "__proto__", "_2F_2Fevil"]


@pytest.mark.parametrize(("method", "key"), [*product(["get"], NO_KEYS), *product(["post"], NO_KEYS[::4])])
def test_what_is_no_key_leads_to_no_page(client, monkeypatch, method, key):
    monkeypatch.setattr(PublicPage, "render", lambda *arguments, **options: "-")  # what says so is not drawn each time
    sign_in(client, "superuser")
    client.raise_request_exception = False
    values = {"pk": key, "id": key, "object_id": key, "kind": "csv", "language": "pl"}
    answers = {route.name: getattr(client, method)(route.filled(values)).status_code for route in WITH_KEYS}
    assert {name: status for name, status in answers.items() if status != 404} == {}


def test_whoever_is_not_signed_in_is_asked_to_first(client):
    assert client.get("/en/admin/partners/agreement/abc/change/").status_code == 302
