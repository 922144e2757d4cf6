import re
from datetime import date

import pytest
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import override

from krakow_intl.core.admin.desk import Desk
from krakow_intl.core.typography import NBSP
from krakow_intl.models import AccessibilityStatement, VisitorReport
from krakow_intl.portal.reminders import of_reports_about
from tests.partners.factories import CityFactory
from tests.staff import account, page_of, sign_in, typed

pytestmark = pytest.mark.django_db


def statement(**given):
    same = dict.fromkeys(("published_on", "updated_on", "drawn_up_on"), date(2025, 2, 1))
    return AccessibilityStatement.objects.create(
        **same, **{"reviewed_on": date(2026, 2, 1), "email": "a@example.org", "phone": "12", "contact_pl": "K"} | given
    )


def told(role, name, language="en"):
    """The lines of a section of the desk of somebody, as texts; none if they have no such section."""
    desk = Desk(account(role))
    with override(language):
        section = desk.section(name)
        lines = section.lines([*section.rows(desk)], desk) if section else ()
        return [" – ".join(filter(None, (line.text, line.why))).replace(NBSP, " ") for line in lines]


@pytest.fixture
def on(monkeypatch):
    """Sets today."""
    return lambda day: monkeypatch.setattr(timezone, "localdate", lambda: date.fromisoformat(day))


@pytest.mark.parametrize(
    ("today", "waits"), [("2026-12-31", 0), ("2027-01-01", 1), ("2027-03-31", 1), ("2027-06-01", 1), ("2030-01-01", 1)]
)
def test_the_statement_is_to_be_reviewed_by_the_end_of_march_of_every_year(on, today, waits):
    statement()
    on(today)
    due = f"The accessibility statement is to be reviewed by 31 March {today[:4]}. Last review: 1 February 2026."
    assert told("reviewer", "statement") == waits * [due]


@pytest.mark.parametrize("lacking", ["email", "phone"])
def test_a_statement_without_contact_is_to_be_completed(on, lacking):
    on("2026-05-01")
    statement(**{lacking: ""})
    assert "lacks" in told("reviewer", "statement")[0]


def test_a_missing_statement_is_to_be_written():
    assert told("reviewer", "statement") == ["The accessibility statement is missing."]


def test_open_reports_wait_for_whoever_may_answer_them():
    VisitorReport.objects.create(text="a", digest="1")
    VisitorReport.objects.create(text="b", digest="2", status="answered")
    assert [line.split(" – ")[0][-3:] for line in told("editor", "reports")] == [": a"]
    assert told("reader", "reports") == []


def test_the_first_page_of_the_admin_tells_what_waits(client):
    report = VisitorReport.objects.create(text="Wrong date", digest="1")
    page = sign_in(client, "editor").get("/en/admin/").content.decode()
    assert f'href="{page_of(report, "change")}">{report.number}: Wrong date</a>' in page


def test_what_was_set_apart_is_counted(client):
    VisitorReport.objects.create(text="a", digest="1", is_set_apart=True)
    VisitorReport.objects.create(text="b", digest="2", is_set_apart=True)
    assert told("editor", "reports") == []
    sign_in(client, "reviewer")
    assert "2 reports wait set apart." in client.get("/en/admin/").content.decode()


def test_an_answer_names_who_gave_it_and_forgets_who_asked(client):
    report = VisitorReport.objects.create(text="Wrong date", email="reader@example.org", page="/en/about/", digest="1")
    address = page_of(report, "change")
    shown = sign_in(client, "editor", first_name="Anna", last_name="Nowak").get(address)
    assert '<a href="/en/about/">' in shown.content.decode()
    response = client.post(address, typed(shown, status="answered", answer="Corrected."))
    assert response.status_code == 302
    report.refresh_from_db()
    kept = (report.status, report.answer, report.email, report.handled_by.get_full_name())
    assert kept == ("answered", "Corrected.", "", "Anna Nowak")
    history = client.get(page_of(report, "history")).content.decode()
    assert "reader@example.org" not in history


@pytest.mark.parametrize("page", ["javascript:alert(1)", "//evil.example/", "https://evil.example/", "/nothing", ""])
def test_what_is_no_page_of_the_register_is_no_link(client, page):
    report = VisitorReport.objects.create(text="x", page=page, digest="1")
    for address in (page_of(report, "change"), page_of(VisitorReport, "changelist")):
        client.logout()
        client.force_login(account("superuser", username=address))
        assert f'href="{page}"' not in client.get(address).content.decode() or not page


def test_the_statement_cannot_be_deleted_nor_written_twice(client):
    only = statement()
    sign_in(client, "reviewer")
    assert client.get(page_of(only, "delete")).status_code == 403
    assert client.get(page_of(AccessibilityStatement, "add")).status_code == 403
    assert client.get(page_of(only, "change")).status_code == 200


def waiting_at(client, record):
    """What the form of a record says of open reports, as text without tags."""
    html = client.get(page_of(record, "change")).content.decode().replace("</li>", " ")
    # the note above the form: '<div class="waiting">…</div>'
    found = re.search(r'<div class="waiting">(.*?)</div>', html, re.DOTALL)
    return " ".join(strip_tags(found[1]).replace(NBSP, " ").split()) if found else ""


def test_staff_see_the_open_reports_about_a_record_at_its_form(client, on, django_assert_num_queries):
    on("2026-05-20")
    lviv, other = CityFactory(slug="lviv"), CityFactory()
    for text, values in {
        "late": {"due_on": date(2026, 5, 18)},
        "<b>early": {"due_on": date(2026, 6, 1)},
        "undated": {},
        "done": {"status": "answered"},
        "apart": {"is_set_apart": True},
        "elsewhere": {"about": "city:elsewhere"},
    }.items():
        VisitorReport.objects.create(text=text, digest=text, **{"about": "city:lviv"} | values)
    late, early, undated = (VisitorReport.objects.get(text=text).number for text in ("late", "<b>early", "undated"))
    sign_in(client, "editor")
    assert waiting_at(client, lviv) == (
        f"3 open reports of visitors about this {late}, was due by 18 May 2026: late "
        f"{early}, due by 1 June 2026: &lt;b&gt;early {undated}: undated"
    )
    assert waiting_at(client, other) == ""
    with django_assert_num_queries(1):
        assert of_reports_about(lviv)["address"].endswith("?about__in=city%3Alviv&status__exact=open")
    client.logout()
    assert waiting_at(sign_in(client, "reader"), lviv) == ""


def test_a_report_stays_at_a_record_that_was_withdrawn_and_called_otherwise(client):
    city = CityFactory(slug="old-name")
    VisitorReport.objects.create(text="x", digest="1", about="city:old-name")
    city.publication, city.slug = "draft", "new-name"
    city.save()
    assert "1 open report of a visitor about this" in waiting_at(sign_in(client, "editor"), city)


def test_many_reports_are_counted_and_a_few_named():
    city = CityFactory(slug="lviv")
    VisitorReport.objects.bulk_create(VisitorReport(text="x", digest=str(n), about="city:lviv") for n in range(40))
    with override("en"):
        waiting = of_reports_about(city)
    assert (waiting["message"], len(waiting["links"])) == ("40 open reports of visitors about this", 5)


def test_what_should_have_been_answered_is_told_first(on):
    on("2026-05-20")
    statement()
    VisitorReport.objects.create(text="a", digest="1", due_on=date(2026, 5, 19))
    VisitorReport.objects.create(text="b", digest="2", due_on=date(2026, 5, 20))
    late, due = VisitorReport.objects.order_by("due_on")
    assert told("editor", "reports") == [
        f"{late.number}: a – It should have been answered by 19 May 2026.",
        f"{due.number}: b – Due by 20 May 2026.",
    ]
