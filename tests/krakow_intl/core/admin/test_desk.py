"""The desk shows each person what waits for them, oldest first, as few queries tell however much there is."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from krakow_intl.core.admin.desk import Desk
from krakow_intl.core.typography import NBSP
from krakow_intl.models import SettledQuestion, StaffDesk, VisitorReport
from organizations.models import Membership
from partners.models import Agreement, Institution, PartnerCity
from tests.organizations.factories import MembershipFactory
from tests.partners.factories import (
    ActivityFactory,
    AgreementFactory,
    AssessmentFactory,
    CityFactory,
    InstitutionFactory,
)
from tests.programme.factories import DepartmentFactory
from tests.staff import account, errors, page_of, sign_in, typed

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 20)


@pytest.fixture(autouse=True)
def _on_a_day(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *moment: TODAY)


def lines_of(desk, name):
    """[(text, why)] of a section, or None where the person has it not."""
    with override("en"):
        section = desk.section(name)
        if section is None:
            return None
        found = section.lines(list(section.rows(desk)[:]), desk)
        return [(line.text, line.why.replace(NBSP, " ")) for line in found]


def desk_of(role="editor", **given):
    return Desk(account(role, **given), TODAY)


def shown_names(response):
    return [shown.name for _title, sections in response.context["groups"] for shown in sections]


def test_an_empty_desk_says_so_kindly(client):
    page = sign_in(client, "reader").get("/en/admin/").content.decode()
    assert "Nothing waits for you today." in page


def test_what_one_wrote_and_did_not_hand_in_waits_for_oneself_alone(client):
    anna, eve = account("editor", "anna"), account("editor", "eve")
    client.force_login(anna)
    values = {"name_pl": "Szkoła", "name_en": "School", "slug": "school", "kind": "university", "country": "PL"}
    response = client.post(page_of(Institution, "add"), typed(client.get(page_of(Institution, "add"))) | values)
    assert errors(response) == []
    assert [text for text, _why in lines_of(Desk(anna), "drafts")] == ["Institution: School"]
    assert lines_of(Desk(eve), "drafts") == []


def test_sections_are_for_those_who_may_do_something_about_them(client):
    AgreementFactory(verified_on=None)
    VisitorReport.objects.create(text="a", digest="1")
    sign_in(client, "reader")
    assert shown_names(client.get("/en/admin/")) == []
    assert client.get("/en/admin/desk/unverified/").status_code == 404
    assert client.get("/en/admin/desk/reports/").status_code == 404


def test_what_was_not_checked_for_a_year_stands_with_what_is_known_oldest_first():
    city = CityFactory(name_en="Kyiv", verified_on=date(2025, 5, 1), source=None)
    AgreementFactory(city=city, title_en="Old", verified_on=date(2024, 5, 1))
    AgreementFactory(city=city, title_en="New", verified_on=date(2026, 5, 1))
    told = [line for line in lines_of(desk_of(), "unverified") if line[1].startswith("Last")]
    assert told == [
        ("Agreement: Kyiv: Old", "Last checked on 1 May 2024."),
        ("Partner city: Kyiv", "Last checked on 1 May 2025."),
    ]


def test_what_has_no_page_of_its_own_leads_to_the_page_it_is_written_on():
    membership = MembershipFactory(verified_on=None)
    desk = desk_of()
    rows = [row for row in desk.section("unverified").rows(desk)[:] if row.model is Membership]
    with override("en"):
        assert rows[0].address == page_of(membership.organization, "change")


def test_a_text_without_english_is_named():
    CityFactory(name_en="Kyiv", lead_pl="Miasto", lead_en="")
    assert ("Partner city: Kyiv", "Lead") in lines_of(desk_of(), "english-missing")


def test_the_first_ten_of_many_lead_to_all_of_them(client):
    for _number in range(12):
        InstitutionFactory(city=None, verified_on=None)
    sign_in(client, "editor")
    page = client.get("/en/admin/")
    (shown,) = [s for _t, sections in page.context["groups"] for s in sections if s.name == "unverified"]
    assert (len(shown.lines), shown.is_cut) == (10, True)
    whole = client.get("/en/admin/desk/unverified/")
    assert len(whole.context["shown"].lines) == shown.count
    assert 'href="/en/admin/desk/unverified/"' in page.content.decode()


def test_a_long_section_is_cut_into_pages(client):
    for _number in range(52):
        InstitutionFactory(city=None, source=None, verified_on=None)
    sign_in(client, "editor")
    counts = [len(client.get(f"/en/admin/desk/unverified/?p={p}").context["shown"].lines) for p in (1, 2, "x")]
    assert counts[0] == 50
    assert counts[2] == 50
    assert counts[1] >= 2


def test_the_switch_shows_what_is_the_departments_and_stays(client):
    mine, other = DepartmentFactory(), DepartmentFactory()
    AgreementFactory(city__department=mine, title_en="Mine", verified_on=None)
    AgreementFactory(city__department=other, title_en="Other", verified_on=None)
    MembershipFactory(department=mine, fee=100, currency="EUR")
    MembershipFactory(department=other, fee=100, currency="EUR")
    sign_in(client, "editor")
    client.post("/en/admin/desk/wishes/", {"department": mine.slug})
    client.get("/en/admin/desk/scope/?of=department")
    assert StaffDesk.objects.get().is_of_department is False
    client.post("/en/admin/desk/scope/", {"of": "department"})
    desk = Desk(StaffDesk.objects.get().user, TODAY)
    told = lines_of(desk, "unverified")
    assert any("Mine" in text for text, _why in told)
    assert not any("Other" in text for text, _why in told)
    assert len(lines_of(desk, "fees")) == 1
    assert b'aria-pressed="true"' in client.get("/en/admin/").content
    client.post("/en/admin/desk/scope/", {"of": "all"})
    assert StaffDesk.objects.get().is_of_department is False


def test_a_department_that_is_gone_narrows_nothing(client):
    AgreementFactory(verified_on=None)
    user = account("editor")
    StaffDesk.objects.create(user=user, department="gone", is_of_department=True)
    assert Desk(user, TODAY).department is None
    client.force_login(user)
    assert "unverified" in shown_names(client.get("/en/admin/"))


def test_a_department_that_is_no_department_is_refused(client):
    sign_in(client, "editor")
    assert client.post("/en/admin/desk/wishes/", {"department": "nonsense"}).status_code == 200
    assert not StaffDesk.objects.exclude(department="").exists()


def test_a_fee_is_due_until_somebody_says_it_was_paid_this_year(client):
    membership = MembershipFactory(organization__name_en="League", fee=100, currency="EUR", fee_note_en="in May")
    MembershipFactory(fee=None)
    MembershipFactory(fee=5, currency="EUR", until="2020")
    sign_in(client, "editor")
    page = client.get("/en/admin/")
    (shown,) = [s for _t, sections in page.context["groups"] for s in sections if s.name == "fees"]
    (line,) = shown.lines
    assert (line.text, line.why.replace(NBSP, " "), line.button) == ("League", "EUR 100; in May", "Paid for 2026")
    client.get("/en/admin/desk/settle/", line.question)
    assert not SettledQuestion.objects.exists()
    client.post("/en/admin/desk/settle/", line.question)
    client.post("/en/admin/desk/settle/", line.question)
    assert SettledQuestion.objects.count() == 1
    assert "fees" not in shown_names(client.get("/en/admin/"))
    membership.refresh_from_db()
    assert membership.version == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "2025"},
        {"record": "x"},
        {"record": "9" * 30},
        {"kind": "0"},
        {"topic": "nothing"},
        {"record": "0"},
        {},
    ],
    ids=str,
)
def test_what_was_not_asked_is_not_settled(client, wrong):
    MembershipFactory(fee=100, currency="EUR")
    desk = desk_of()
    with override("en"):
        (line,) = desk.section("fees").lines(desk.section("fees").rows(desk), desk)
    if not wrong:  # asked by somebody who may not
        sign_in(client, "reader")
    else:
        client.force_login(desk.user)
    client.post("/en/admin/desk/settle/", line.question | wrong)
    assert not SettledQuestion.objects.exists()


def test_dormant_cities_tell_their_last_event_and_how_they_were_assessed(client):
    quiet = CityFactory(name_en="Quiet", name_pl="Cichy")
    AgreementFactory(city=quiet, signed_on="1998-03")
    AssessmentFactory(city=quiet, assessed_on=date(2006, 4, 20), grade="weak")
    AgreementFactory(city=CityFactory(name_en="Busy"), signed_on="2025-03-01")
    assert lines_of(desk_of(), "dormant") == [
        ("Quiet", "Last recorded: March 1998. Assessed on 20 April 2006 as weak.")
    ]
    assert lines_of(desk_of("importer"), "dormant") is None
    assert lines_of(desk_of("reader"), "dormant") is None


def test_after_how_many_years_a_city_is_dormant_is_everybodys_own_wish(client):
    AgreementFactory(city=CityFactory(name_en="Quiet"), signed_on="2019-03-01")
    sign_in(client, "editor")
    assert "dormant" in shown_names(client.get("/en/admin/"))
    client.post("/en/admin/desk/years/", {"dormant_years": "9"})
    assert "dormant" not in shown_names(client.get("/en/admin/"))
    client.post("/en/admin/desk/years/", {"dormant_years": "0"})
    assert StaffDesk.objects.get().dormant_years == 9


def full_world():
    city = CityFactory(lead_pl="Miasto", lead_en="")
    AgreementFactory(city=city, title_en="Same", signed_on="2000-01-01", term="fixed", valid_until="2026-12-31")
    AgreementFactory(city=city, title_en="Same", tacit=True, verified_on=None)
    AgreementFactory(city=city, term="not-recorded", signed_on="1999", publication="published")
    AgreementFactory(city=city, events=[{"kind": "suspended", "taken_on": "2022-03-02"}])
    ActivityFactory()
    MembershipFactory(fee=100, currency="EUR")
    AssessmentFactory(city=city)
    VisitorReport.objects.create(text="a", digest=str(VisitorReport.objects.count()))
    city.lead_pl, city.lead_en = "Miasto", "A city"
    city.save()
    city.lead_pl = "Inne miasto"
    city.save()


def queries_of(client):
    client.get("/en/admin/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/en/admin/")
    return len(queries)


def test_the_number_of_queries_does_not_grow_with_the_register(client):
    sign_in(client, "reviewer")
    full_world()
    few = queries_of(client)
    for _number in range(4):
        full_world()
    assert (queries_of(client), few < 60) == (few, True)


@pytest.mark.parametrize("language", ["pl", "en"])
def test_every_section_has_its_page(client, language):
    full_world()
    sign_in(client, "reviewer")
    names = shown_names(client.get(f"/{language}/admin/"))
    assert len(names) > 7
    assert {client.get(f"/{language}/admin/desk/{name}/").status_code for name in names} == {200}


def test_a_link_fills_in_an_event_and_stores_nothing(client):
    agreement = AgreementFactory(tacit=True)
    sign_in(client, "editor")
    address = f"{page_of(agreement, 'change')}?events-0-kind=notice-given&events-0-taken_on=2026-05-20"
    shown = client.get(address)
    assert typed(shown)["events-0-kind"] == "notice-given"
    assert typed(shown)["events-0-taken_on"] == "20 May 2026"
    assert not agreement.events.exists()
    response = client.post(address, typed(shown) | {"change_reason": "letter of today"})
    assert response["Location"].startswith("/en/admin/review/pendingchange/")


def test_a_link_fills_in_nothing_but_fields_of_a_row(client):
    agreement = AgreementFactory()
    sign_in(client, "editor")
    address = f"{page_of(agreement, 'change')}?events-0-verified_by=1&events-0-nonsense=1&events-0-id=7&title_en=Other"
    shown = client.get(address)
    assert shown.status_code == 200
    assert Agreement.objects.get().title_en == agreement.title_en
    assert PartnerCity.objects.count() == 1
