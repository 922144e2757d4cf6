"""A request that is refused leaves one warning line in the log, whoever made it up."""

import io
import logging

import pytest

from partners.models import Agreement
from tests.staff import page_of, sign_in


@pytest.fixture
def log():
    """What the handler of the settings writes."""
    handler, written = next(each for each in logging.getLogger().handlers if each.name == "console"), io.StringIO()
    stream = handler.setStream(written)
    yield written
    handler.setStream(stream)


@pytest.mark.once
@pytest.mark.django_db
def test_a_refused_lookup_is_one_line(client, log):
    address = page_of(Agreement, "changelist")
    sign_in(client, "reader")
    assert client.get(f"{address}?city__department__slug=").status_code == 400
    [line] = log.getvalue().splitlines()
    assert "WARNING django.security.DisallowedModelAdminLookup" in line
    assert line.endswith("Filtering by city__department__slug not allowed")


def test_what_it_repeats_of_the_request_begins_no_line(log):
    logging.getLogger("django.security.SuspiciousOperation").error(
        "by %s", "a\n2026 INFO root: signed in", exc_info=True
    )
    assert len(log.getvalue().splitlines()) == 1
