import re
from datetime import timedelta

import pytest
from django.core import signing
from django.utils import timezone

from krakow_intl import reports
from krakow_intl.models import Report

PAGE = "/en/report-a-mistake/"
THANKS = PAGE + "thanks/"
OWN = {"origin": "http://testserver"}
SOMEWHERE = "81.2.69.160"

pytestmark = pytest.mark.django_db


def ticket_of(age):
    """A ticket as it was given `age` seconds ago."""
    signer = signing.TimestampSigner(salt="report")
    signer.timestamp = lambda: signing.b62_encode(int(timezone.now().timestamp()) - age)
    return signer.sign("form")


def send(client, headers=OWN, address="127.0.0.1", **changes):
    form = {
        "text": "The date is wrong.",
        "page": "/en/agreements/x/",
        "email": "",
        "website": "",
        "ticket": ticket_of(60),
    }
    return client.post(PAGE, form | changes, headers=headers, REMOTE_ADDR=address)


def faults(response):
    return [str(fault) for faults in response.context["form"].errors.values() for fault in faults]


def test_a_report_lies_before_the_staff_and_its_sender_is_thanked(client):
    response = send(client, email="reader@example.org")
    assert (response.status_code, response["Location"]) == (302, THANKS)
    assert client.get(THANKS).status_code == 200
    report = Report.objects.get()
    kept = (report.text, report.page, report.email, report.language, report.status)
    assert kept == ("The date is wrong.", "/en/agreements/x/", "reader@example.org", "en", "open")


def test_the_page_to_report_is_filled_in_from_the_address(client):
    assert 'value="/en/partner-cities/lviv/"' in client.get(PAGE, {"page": "/en/partner-cities/lviv/"}).content.decode()


def test_what_the_address_gives_is_escaped_and_cut(client):
    html = client.get(PAGE, {"page": '"><script>' + "x" * 1000}).content.decode()
    assert "<script>" not in html
    assert re.search(r'name="page" value="([^"]*)"', html)[1] == "&quot;&gt;&lt;script&gt;" + "x" * 290


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_form_sets_no_cookie_and_is_kept_by_no_cache(client, method):
    response = getattr(client, method)(PAGE, headers=OWN)
    assert not response.cookies
    assert response["Cache-Control"] == "no-store"
    assert "csrfmiddlewaretoken" not in response.content.decode()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "http://testserver"}, 302),
        ({"sec-fetch-site": "same-origin"}, 302),
        ({"origin": "http://testserver", "sec-fetch-site": "same-origin"}, 302),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "http://testserver.evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": ""}, 403),
        ({"origin": "http://testserver", "sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({}, 403),
    ],
    ids=str,
)
def test_no_other_site_writes_in_a_visitors_name(client, headers, status):
    response = send(client, headers)
    assert response.status_code == status
    assert Report.objects.exists() == (status == 302)
    assert status == 302 or faults(response) == [reports.FROM_ELSEWHERE]
    assert status == 302 or "The date is wrong.</textarea>" in response.content.decode()  # nothing typed is lost


@pytest.mark.parametrize(
    ("ticket", "fault"),
    [
        (lambda: ticket_of(0), reports.TOO_EARLY),
        (lambda: ticket_of(2), reports.TOO_EARLY),
        (lambda: ticket_of(86_500), reports.TOO_LATE),
        (lambda: "x" + ticket_of(60), reports.TOO_LATE),
        (lambda: "", reports.TOO_LATE),
        (lambda: "form:\x00:ł", reports.TOO_LATE),
    ],
    ids=["at once", "after two seconds", "after a day", "forged", "missing", "nonsense"],
)
def test_a_form_that_no_person_filled_in_is_shown_again_with_what_was_typed(client, ticket, fault):
    response = send(client, ticket=ticket(), email="reader@example.org")
    assert (response.status_code, faults(response)) == (422, [fault])
    assert "The date is wrong." in response.content.decode()
    assert 'value="reader@example.org"' in response.content.decode()
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"text": ""},
        {"text": " \n "},
        {"text": "x" * 4001},
        {"text": "a\x00b"},
        {"email": "nobody"},
        {"email": f"{'x' * 300}@example.org"},
        {"page": "x" * 301},
    ],
    ids=["no text", "blanks", "too long", "NUL", "no address", "long address", "long page"],
)
def test_what_cannot_be_kept_is_said_beside_its_field(client, changes):
    response = send(client, **changes)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == list(changes)
    assert not re.search("Ensure|Null|Enter", " ".join(faults(response)))  # the framework's own words
    assert not Report.objects.exists()


def test_a_program_that_fills_in_everything_is_thanked_and_forgotten(client):
    assert send(client, website="https://spam.example")["Location"] == THANKS
    assert not Report.objects.exists()


def test_the_same_form_sent_twice_is_one_report(client):
    ticket = ticket_of(60)
    locations = {send(client, ticket=ticket)["Location"] for _ in range(2)}
    assert locations == {THANKS}
    assert send(client, ticket=ticket, text="Another thing.")["Location"] == THANKS
    assert Report.objects.count() == 2


def test_one_network_may_not_flood_the_staff(client):
    for number in range(reports.MOST_OF_ONE):
        assert send(client, text=str(number), address=SOMEWHERE).status_code == 302
    response = send(client, text="One more", address="81.2.69.7")
    assert (response.status_code, faults(response)) == (429, [reports.TOO_MANY])
    assert "One more" in response.content.decode()
    assert send(client, address="8.8.8.8").status_code == 302
    assert send(client, address="2a02:a31a::1").status_code == 302


def test_all_networks_together_may_not_either(client):
    Report.objects.bulk_create(Report(text=str(number)) for number in range(reports.MOST_OF_ALL))
    assert send(client).status_code == 429


def test_one_network_behind_a_proxy_may_not_either(client):
    for number in range(reports.MOST_OF_ONE):
        seen = OWN | {"X-Forwarded-For": f"8.8.8.{number}, {SOMEWHERE}"}
        assert send(client, seen, "10.0.0.7", text=str(number)).status_code == 302
    assert send(client, seen, "10.0.0.7", text="One more").status_code == 429
    assert send(client, OWN | {"X-Forwarded-For": "8.8.8.8"}, "10.0.0.7").status_code == 302


def test_only_a_proxy_is_believed_whom_it_speaks_for(client):
    for number in range(reports.MOST_OF_ONE):
        send(client, OWN | {"X-Forwarded-For": f"8.8.{number}.8"}, SOMEWHERE, text=str(number))
    assert send(client, OWN | {"X-Forwarded-For": "9.9.9.9"}, SOMEWHERE, text="One more").status_code == 429


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.7", "", "no address"])
def test_behind_a_silent_proxy_visitors_are_not_counted_as_one(client, address):
    for number in range(reports.MOST_OF_ONE + 1):
        assert send(client, text=str(number), address=address).status_code == 302


def test_no_address_is_kept_and_its_hash_only_for_a_while(client):
    send(client, address=SOMEWHERE)
    first = Report.objects.get()
    assert len(first.sender) == 40
    assert SOMEWHERE not in str(first.__dict__)
    Report.objects.update(received_at=timezone.now() - timedelta(hours=2))
    send(client, text="Later", address=SOMEWHERE)
    assert list(Report.objects.order_by("pk").values_list("sender", flat=True)) == ["", first.sender]


def test_an_answered_report_forgets_who_sent_it_and_its_history_never_knew():
    report = Report.objects.create(text="Wrong", email="reader@example.org", sender="abc", digest="1")
    report.status = Report.Status.ANSWERED
    report.save()
    report.refresh_from_db()
    assert (report.email, report.sender) == ("", "")
    columns = {field.name for field in Report.history.model._meta.fields}
    assert columns.isdisjoint({"text", "email", "sender", "digest"})
