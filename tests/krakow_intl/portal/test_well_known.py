from datetime import UTC, datetime, timedelta

import pytest

ADDRESS = "/.well-known/security.txt"


@pytest.mark.parametrize(
    ("security", "city_hall", "contact"),
    [
        ("security@city.example", "hall@city.example", "mailto:security@city.example"),
        ("", "hall@city.example", "mailto:hall@city.example"),
        ("", "", "https://register.example/en/contact/"),
    ],
)
def test_whom_to_tell_of_a_hole_is_said_and_not_out_of_date(client, settings, security, city_hall, contact):
    settings.SITE_URL, settings.SECURITY_EMAIL, settings.CITY_HALL_EMAIL = (
        "https://register.example",
        security,
        city_hall,
    )
    answer = client.get(ADDRESS)
    fields = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert (fields["Contact"], fields["Canonical"]) == (contact, f"https://register.example{ADDRESS}")
    left = datetime.fromisoformat(fields["Expires"]) - datetime.now(UTC)
    assert timedelta(days=60) < left < timedelta(days=365)


@pytest.mark.parametrize(("wanted", "language"), [("pl", "pl"), ("en-GB", "en"), ("", "pl")])
def test_a_program_finds_where_a_password_is_changed(client, wanted, language):
    answer = client.get("/.well-known/change-password", headers={"accept-language": wanted})
    assert (answer.status_code, answer["Location"]) == (302, f"/{language}/admin/password_change/")
    assert answer["Vary"] == "Accept-Language"
