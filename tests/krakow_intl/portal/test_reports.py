import re
import secrets
from datetime import date, datetime, timedelta
from html import unescape

import psycopg
import pytest
from django.core import signing
from django.db import OperationalError
from django.test import Client
from django.urls import translate_url
from django.utils import timezone

from krakow_intl.models import VisitorReport
from krakow_intl.portal import reports, views
from tests.partners.factories import CityFactory
from tests.threads import at_once

PAGE = "/en/report-a-mistake/"
THANKS = PAGE + "thanks/"
OWN = {"origin": "http://testserver"}
SOMEWHERE = "81.2.69.160"

pytestmark = pytest.mark.django_db


def ticket_of(age):
    """A ticket as it was given `age` seconds ago."""
    return signing.Signer(salt="report-form").sign_object([secrets.token_hex(), timezone.now().timestamp() - age])


def send(client, headers=OWN, address="127.0.0.1", **changes):
    form = {
        "text": "The date is wrong.",
        "page": "/en/agreements/x/",
        "email": "",
        "website": "",
        "ticket": ticket_of(60),
    }
    return client.post(PAGE, form | changes, headers=headers, REMOTE_ADDR=address)


def thanked_at(response):
    """The page that somebody is led to, without the receipt."""
    return response["Location"].partition("?")[0]


def faults(response):
    return [str(fault) for faults in response.context["form"].errors.values() for fault in faults]


def test_a_report_lies_before_the_staff_and_its_sender_is_thanked(client):
    response = send(client, email="reader@example.org")
    assert (response.status_code, thanked_at(response)) == (302, THANKS)
    assert client.get(response["Location"]).status_code == 200
    report = VisitorReport.objects.get()
    kept = (report.text, report.page, report.email, report.language, report.status)
    assert kept == ("The date is wrong.", "/en/agreements/x/", "reader@example.org", "en", "open")


def test_while_the_register_is_away_what_was_typed_stands_in_the_form(client, monkeypatch):
    def away(form, request, now):
        raise OperationalError from psycopg.OperationalError("connection refused")

    monkeypatch.setattr(reports, "_keep", away)
    response = send(client, text="Typed with care.")
    assert (response.status_code, response["Retry-After"], faults(response)) == (503, "30", [str(reports.LATER)])
    assert "Typed with care.</textarea>" in response.content.decode()


def test_the_page_to_report_is_filled_in_from_the_address(client):
    assert 'value="/en/partner-cities/lviv/"' in client.get(PAGE, {"page": "/en/partner-cities/lviv/"}).content.decode()


def test_what_the_address_gives_is_escaped_and_cut(client):
    html = client.get(PAGE, {"page": '"><script>' + "x" * 1000}).content.decode()
    assert "<script>" not in html
    # the hidden field and what it holds: 'name="page" value="/en/about/"'
    assert unescape(re.search(r'name="page" value="([^"]*)"', html)[1]) == '"><script>' + "x" * 290


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
        ({"origin": "http://testserver:80"}, 302),
        ({"origin": "https://testserver:443"}, 302),
        ({"origin": "http://testserver."}, 302),
        ({"origin": "http://testserver", "host": "testserver."}, 302),
        ({"origin": "http://testserver", "host": "testserver.:80"}, 302),
        ({"origin": "https://testserver", "host": "TESTSERVER:443"}, 302),
        ({"origin": "http://testserver:8000", "host": "testserver:8000"}, 302),
        ({"origin": "http://testserver:8000"}, 403),
        ({"origin": "http://testserver", "host": "testserver:8000"}, 403),
        ({"origin": "http://testserver/"}, 403),
        ({"origin": "ftp://testserver"}, 403),
        ({"origin": "http://"}, 403),
        ({"origin": "http://:80"}, 403),
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
    assert VisitorReport.objects.exists() == (status == 302)
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
        (lambda: signing.TimestampSigner(salt="report").sign("form"), reports.TOO_LATE),
    ],
    ids=["at once", "after two seconds", "after a day", "forged", "missing", "nonsense", "of an earlier release"],
)
def test_a_form_that_no_person_filled_in_is_shown_again_with_what_was_typed(client, ticket, fault):
    response = send(client, ticket=ticket(), email="reader@example.org")
    assert (response.status_code, faults(response)) == (422, [fault])
    assert "The date is wrong." in response.content.decode()
    assert 'value="reader@example.org"' in response.content.decode()
    assert not VisitorReport.objects.exists()


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
    # words of the framework: the "Ensure" of "Ensure this value has at most 10 characters"
    assert not re.search("Ensure|Null|Enter", " ".join(faults(response)))  # the framework's own words
    assert not VisitorReport.objects.exists()


@pytest.mark.parametrize(
    ("age", "fault"),
    [(2.999, reports.TOO_EARLY), (3, None), (86_400, None), (86_400.001, reports.TOO_LATE)],
)
def test_a_form_is_good_from_three_seconds_to_a_day(client, clock, age, fault):
    response = send(client, ticket=ticket_of(age))
    assert response.status_code == (422 if fault else 302)
    assert not fault or faults(response) == [fault]


def test_what_a_program_seems_to_have_written_is_set_apart(client):
    assert thanked_at(send(client, website="https://spam.example")) == THANKS
    assert VisitorReport.objects.get().is_set_apart


def test_every_form_is_told_from_every_other(client, clock):
    assert len({client.get(PAGE).context["ticket"] for _ in range(50)}) == 50


def test_the_same_form_sent_twice_is_one_report(client):
    ticket = ticket_of(60)
    for _ in range(3):
        assert thanked_at(send(client, ticket=ticket, email="reader@example.org")) == THANKS
    assert VisitorReport.objects.count() == 1


def test_the_last_report_that_a_network_may_send_is_thanked_for_though_it_is_sent_twice(client):
    tickets = [ticket_of(60) for _ in range(reports.MAX_OF_NETWORK)]
    for ticket in [*tickets, tickets[-1]]:
        assert thanked_at(send(client, ticket=ticket, address=SOMEWHERE)) == THANKS
    assert VisitorReport.objects.count() == reports.MAX_OF_NETWORK


def test_an_answered_report_that_is_sent_again_is_still_the_same(client):
    ticket = ticket_of(60)
    send(client, ticket=ticket, email="reader@example.org")
    report = VisitorReport.objects.get()
    report.status = VisitorReport.Status.ANSWERED
    report.save()
    assert thanked_at(send(client, ticket=ticket, email="reader@example.org")) == THANKS
    assert VisitorReport.objects.count() == 1


@pytest.mark.parametrize(
    "changes",
    [{"text": "Another thing."}, {"page": "/en/"}, {"email": "reader@example.org"}],
    ids=lambda changes: next(iter(changes)),
)
def test_a_form_serves_once_and_a_new_one_brings_the_rest(client, monkeypatch, changes):
    ticket = ticket_of(60)
    send(client, ticket=ticket)
    response = send(client, ticket=ticket, **changes)
    assert (response.status_code, faults(response)) == (422, [reports.USED])
    assert next(iter(changes.values())) in response.content.decode()
    assert response.context["ticket"] != ticket
    monkeypatch.setattr(reports, "MIN_AGE", timedelta(0))
    assert thanked_at(send(client, ticket=response.context["ticket"], **changes)) == THANKS
    assert VisitorReport.objects.count() == 2


def test_one_network_may_not_flood_the_staff(client):
    for number in range(reports.MAX_OF_NETWORK):
        assert send(client, text=str(number), address=SOMEWHERE).status_code == 302
    response = send(client, text="One more", address="81.2.69.7", email="reader@example.org")
    assert response.status_code == 429
    assert "One more" in response.content.decode()
    assert 'value="reader@example.org"' in response.content.decode()
    assert not response.cookies
    assert send(client, address="8.8.8.8").status_code == 302
    assert send(client, address="2a02:a31a::1").status_code == 302


def test_who_sent_too_much_is_told_when_to_come_again_and_is_heard_then(client, clock):
    for _ in range(reports.MAX_OF_NETWORK):
        send(client, address=SOMEWHERE)
        clock.pass_by(minutes=10)
    response = send(client, address=SOMEWHERE)
    assert response["Retry-After"] == "600"
    assert faults(response)[0].endswith("please send it in 10 minutes.")
    clock.pass_by(seconds=599)
    response = send(client, address=SOMEWHERE)
    assert response["Retry-After"] == "1"
    assert faults(response)[0].endswith("please send it in 1 minute.")
    clock.pass_by(seconds=1)
    assert send(client, address=SOMEWHERE).status_code == 302
    assert send(client, address=SOMEWHERE)["Retry-After"] == "600"


def test_midnight_opens_no_door(client, clock):
    clock.set(datetime.fromisoformat("2026-05-05T23:59:59+02:00"))
    for _ in range(reports.MAX_OF_NETWORK):
        send(client, address=SOMEWHERE)
    clock.pass_by(seconds=2)
    assert send(client, address=SOMEWHERE)["Retry-After"] == "3598"


@pytest.mark.parametrize(
    ("of_the_same", "elsewhere"),
    [("81.2.{}.9", "81.3.1.9"), ("2a02:a31a:{}::1", "2a02:a31b:1::1")],
    ids=["IPv4", "IPv6"],
)
def test_the_block_of_one_provider_may_not_flood_them_either(client, of_the_same, elsewhere):
    for number in range(reports.MAX_OF_PROVIDER):
        assert send(client, address=of_the_same.format(number)).status_code == 302
    assert send(client, address=of_the_same.format("77")).status_code == 429
    assert send(client, address=elsewhere).status_code == 302


def test_whatever_others_send_the_door_stays_open_and_the_rest_waits_apart(client):
    for number in range(reports.MAX_OF_ALL + 5):
        address = f"{20 + number // 5}.1.1.1"
        assert send(client, address=address, text=str(number)).status_code == 302
    assert thanked_at(send(client, text="An honest one", address=SOMEWHERE)) == THANKS
    apart = VisitorReport.objects.set_apart().order_by("pk").values_list("text", flat=True)
    assert list(apart) == [*map(str, range(100, 105)), "An honest one"]


def test_those_whose_network_is_not_known_are_set_apart_from_the_sixth_on(client, clock):
    for number in range(reports.MAX_OF_UNKNOWN + 2):
        assert send(client, text=str(number)).status_code == 302
    assert list(VisitorReport.objects.set_apart().order_by("pk").values_list("text", flat=True)) == ["5", "6"]
    send(client, text="Known", address=SOMEWHERE)
    clock.pass_by(hours=1)
    send(client, text="Later")
    assert not VisitorReport.objects.set_apart().filter(text__in=["Known", "Later"]).exists()


def test_what_is_set_apart_does_not_set_others_apart(client):
    VisitorReport.objects.bulk_create(
        VisitorReport(text="x", is_set_apart=True, digest=str(number)) for number in range(reports.MAX_OF_ALL)
    )
    send(client, text="An honest one")
    assert not VisitorReport.objects.get(text="An honest one").is_set_apart


def test_the_heap_set_apart_is_bounded_and_leaves_no_history(client, clock, monkeypatch):
    monkeypatch.setattr(reports, "MAX_SET_APART", 3)
    send(client, text="Of a person")
    for number in range(5):
        clock.pass_by(seconds=1)
        send(client, text=str(number), website="x")
    assert list(VisitorReport.objects.order_by("pk").values_list("text", flat=True)) == ["Of a person", "2", "3", "4"]
    assert {row.id for row in VisitorReport.history.all()} == {VisitorReport.objects.get(text="Of a person").pk}


def test_of_what_a_person_set_apart_history_says_that_it_gave_way(client, clock, monkeypatch):
    monkeypatch.setattr(reports, "MAX_SET_APART", 1)
    send(client, text="Of a person")
    report = VisitorReport.objects.get()
    report.is_set_apart = True
    report.save()
    clock.pass_by(seconds=1)
    send(client, text="Of a program", website="x")
    assert [report.text for report in VisitorReport.objects.all()] == ["Of a program"]
    assert [row.history_type for row in VisitorReport.history.all()] == ["-", "~", "+"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("most", "addresses"), [(5, ["81.2.69.1"] * 12), (3, [f"81.2.{n}.1" for n in range(12)])])
def test_reports_that_arrive_at_once_are_counted_one_by_one(monkeypatch, most, addresses):
    monkeypatch.setattr(reports, "MAX_OF_PROVIDER", most)
    tickets = [(address, ticket_of(60)) for address in addresses]
    answers = at_once(lambda sent: send(Client(), address=sent[0], ticket=sent[1]).status_code, tickets)
    assert sorted(answers) == [302] * most + [429] * (12 - most)
    assert VisitorReport.objects.count() == most


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_many_times_at_once_is_one_report():
    ticket = ticket_of(60)
    answers = at_once(lambda _: send(Client(), ticket=ticket, address=SOMEWHERE).status_code, range(8))
    assert answers == [302] * 8
    assert VisitorReport.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_no_more_than_the_total_is_laid_before_staff_when_all_write_at_once(monkeypatch):
    monkeypatch.setattr(reports, "MAX_OF_ALL", 4)
    tickets = [(f"{20 + number}.1.1.1", ticket_of(60)) for number in range(10)]
    answers = at_once(lambda sent: send(Client(), address=sent[0], ticket=sent[1]).status_code, tickets)
    assert answers == [302] * 10
    assert (VisitorReport.objects.not_set_apart().count(), VisitorReport.objects.set_apart().count()) == (4, 6)


def test_one_network_behind_a_proxy_may_not_either(client, settings):
    settings.TRUSTED_PROXIES = ["10.0.0.7"]
    for number in range(reports.MAX_OF_NETWORK):
        seen = OWN | {"X-Forwarded-For": f"8.8.8.{number}, {SOMEWHERE}"}
        assert send(client, seen, "10.0.0.7", text=str(number)).status_code == 302
    assert send(client, seen, "10.0.0.7", text="One more").status_code == 429
    assert send(client, OWN | {"X-Forwarded-For": "8.8.8.8"}, "10.0.0.7").status_code == 302


@pytest.mark.parametrize("forged", ["9.9.{}.9", "nonsense{}", "10.0.0.{}", "{}, 127.0.0.1", "[2a02:a31a:{}::1]:80"])
def test_what_a_visitor_writes_into_the_header_changes_nothing(client, settings, forged):
    settings.TRUSTED_PROXIES = ["10.0.0.7"]
    for number in range(reports.MAX_OF_NETWORK):
        send(client, OWN | {"X-Forwarded-For": forged.format(number)}, SOMEWHERE, text=str(number))
    assert send(client, OWN | {"X-Forwarded-For": forged.format(99)}, SOMEWHERE).status_code == 429
    through = OWN | {"X-Forwarded-For": forged.format(99) + f", {SOMEWHERE}"}
    assert send(client, through, "10.0.0.7").status_code == 429


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.7", "", "no address"])
def test_behind_a_silent_proxy_visitors_are_not_counted_as_one(client, address):
    for number in range(reports.MAX_OF_NETWORK + 1):
        assert send(client, text=str(number), address=address).status_code == 302


def test_no_address_is_kept_and_its_hash_only_for_a_while(client):
    send(client, address=SOMEWHERE)
    first = VisitorReport.objects.get()
    assert (len(first.sender), len(first.provider)) == (40, 40)
    assert SOMEWHERE not in str(first.__dict__)
    VisitorReport.objects.update(received_at=timezone.now() - timedelta(hours=2))
    send(client, text="Later", address=SOMEWHERE)
    kept = list(VisitorReport.objects.order_by("pk").values_list("sender", "provider"))
    assert kept == [("", ""), (first.sender, first.provider)]


def test_an_answered_report_forgets_who_sent_it_and_its_history_never_knew():
    report = VisitorReport.objects.create(
        text="Wrong", email="reader@example.org", sender="abc", provider="ab", digest="1", is_set_apart=True
    )
    report.status = VisitorReport.Status.ANSWERED
    report.save()
    report.refresh_from_db()
    assert (report.email, report.sender, report.provider, report.is_set_apart) == ("", "", "", False)
    columns = {field.name for field in VisitorReport.history.model._meta.fields}
    assert columns.isdisjoint({"text", "email", "sender", "provider", "digest"})


# what it is about, its number, and when it is answered


@pytest.mark.parametrize(
    ("page", "about"),
    [("/en/partner-cities/lviv/?on=2006-04-30", "city:lviv"), ("https://evil.example/en/partner-cities/lviv/", "")],
)
def test_a_report_knows_the_record_from_whose_page_it_came(client, page, about):
    CityFactory(slug="lviv")
    send(client, page=page, about="city:other")  # what is posted is not believed
    report = VisitorReport.objects.get()
    assert (report.page, report.about) == (page, about)


def test_the_form_names_the_record_it_came_from_and_none_that_is_held_back(client):
    lviv = CityFactory(slug="lviv", name_pl="Lwów", name_en="Lviv")
    there = {"page": "/pl/miasta-partnerskie/lviv/"}
    assert '<a href="/en/partner-cities/lviv/">Lviv</a>' in client.get(PAGE, there).content.decode()
    faulty = send(client, text="", page=there["page"]).content.decode()
    assert '<a href="/en/partner-cities/lviv/">Lviv</a>' in faulty
    lviv.publication = "draft"
    lviv.save()
    assert "Lviv" not in client.get(PAGE, there).content.decode()


@pytest.mark.parametrize("language", ["en", "pl"])
def test_the_thanks_name_the_number_and_the_day_and_are_kept_by_no_cache(client, clock, language):
    clock.set(datetime.fromisoformat("2026-05-04T12:00:00+02:00"))
    location = send(client)["Location"].replace(THANKS, translate_url(THANKS, language))
    response = client.get(location)
    report = VisitorReport.objects.get()
    assert (report.number, report.due_on) == (f"2026-{report.pk:05}", date(2026, 5, 18))
    text = response.content.decode()
    assert report.number in text
    assert '<time datetime="2026-05-18">' in text
    assert (response["Cache-Control"], bool(response.cookies)) == ("no-store", False)


def test_the_number_is_the_same_however_often_and_by_whom_it_was_sent(client):
    ticket = ticket_of(60)
    assert len({send(client, ticket=ticket)["Location"] for _ in range(3)}) == 1
    apart = client.get(send(client, website="https://spam.example")["Location"])
    report = VisitorReport.objects.set_apart().get()
    assert report.number in apart.content.decode()


@pytest.mark.parametrize(
    "receipt",
    [
        "",
        "2026-00001",
        "x" * 5000,
        "a:b",
        "ł:\x00",
        signing.Signer(salt="report-form").sign_object(["2026-00001", "2026-05-18"]),
        reports.ticket(),
    ],
    ids=["none", "a number", "long", "no signature", "odd signs", "salt of a form", "a form"],
)
def test_a_receipt_that_we_did_not_write_confirms_nothing(client, receipt):
    response = client.get(THANKS, {"receipt": receipt})
    assert (response.status_code, response["Location"]) == (302, PAGE)


@pytest.mark.parametrize(
    ("received", "days", "due"),
    [
        ("2026-05-04", 14, "2026-05-18"),
        ("2026-05-08", 1, "2026-05-11"),
        ("2026-05-09", 1, "2026-05-11"),
        ("2026-12-31", 3, "2027-01-04"),
    ],
)
def test_an_answer_is_due_on_a_working_day(settings, received, days, due):
    settings.REPORT_ANSWER_DAYS = days
    assert reports.answer_due_on(date.fromisoformat(received)) == date.fromisoformat(due)


def test_the_form_opens_while_the_database_cannot_say_what_stands_at_an_address(client, monkeypatch):
    def away(address):
        raise OperationalError from psycopg.OperationalError("connection refused")

    monkeypatch.setattr(views, "record_at", away)
    assert client.get(PAGE, {"page": "/en/partner-cities/lviv/"}).status_code == 200
