"""What staff do keeps them signed in; what a page asks for by itself does not, and public pages open no session."""

import pytest
from django.conf import settings

from krakow_intl.core.middleware.staff_sessions import BY_ITSELF
from krakow_intl.models import StaffSession
from tests.staff import sign_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "headers", "is_seen"),
    [("/en/admin/", {}, True), ("/en/admin/", {BY_ITSELF: "1"}, False), ("/en/", {}, False)],
    ids=["the desk", "by itself", "a public page"],
)
def test_what_keeps_somebody_signed_in(client, clock, address, headers, is_seen):
    sign_in(client, "reader")
    clock.pass_by(minutes=10)
    client.get(address, headers=headers)
    assert (StaffSession.objects.get().last_seen_at == clock.now) is is_seen


def test_a_public_page_asks_for_no_session(client, django_assert_max_num_queries):
    sign_in(client, "reader")
    response = client.get("/en/")
    assert "Cookie" not in response.get("Vary", "")
    assert settings.SESSION_COOKIE_NAME not in response.cookies
