"""One page tells all that changed: saving by saving, narrowed down by person, kind, city, import and day."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from krakow_intl.review import what_changed
from krakow_intl.review.what_changed import models_seen_by, rows_of, savings_of
from partners.imports.writing.applying import apply_import
from partners.models import Activity, ActivityCity, Agreement, Assessment, CityName, PartnerCity, Party, SheetImport
from tests.partners.factories import (
    ActivityFactory,
    AgreementFactory,
    AssessmentFactory,
    CityFactory,
    CityNameFactory,
    PartyFactory,
    ThemeFactory,
)
from tests.partners.imports.conftest import load_words
from tests.staff import account, add, change, page_of, sign_in

pytestmark = pytest.mark.django_db
PAGE = "/en/admin/changes/"
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def at(moment, *records):
    """Has what history tells of records so far been written at a moment."""
    for record in records:
        QuerySet(record.history.model).filter(id=record.pk).update(history_date=moment)


def told(client, **given):
    """[(who, why, [names of records])] of the entries of the page."""
    response = client.get(PAGE, given)
    assert response.status_code == 200
    return [(e.user_name, e.reason, [str(t.name) for t in e.touched]) for e in response.context["entries"]]


def names(client, **given):
    return {name for _who, _why, some in told(client, **given) for name in some}


def kind_of(model):
    return ContentType.objects.get_for_model(model).pk


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


@pytest.fixture
def lviv():
    return CityFactory(name_en="Lviv")


@pytest.fixture
def staff(client):
    return sign_in(client, "reviewer")


def test_the_latest_stands_first_saving_by_saving(staff, lviv):
    at(NOW, lviv)
    agreement = AgreementFactory(city=lviv, title_en="Agreement")
    party = PartyFactory(agreement=agreement, name_en="City of Lviv")
    at(NOW + timedelta(hours=1), agreement, party)
    [first, second] = staff.get(PAGE, {"city": lviv.pk}).context["entries"]
    assert [str(t.name) for t in first.touched] == ["Agreement: Lviv: Agreement"]
    assert [(str(e.what), str(e.subject)) for e in first.touched[0].events] == [
        ("added", ""),
        ("added", "party: City of Lviv"),
    ]
    assert [str(t.name) for t in second.touched] == ["Partner city: Lviv"]


def test_what_was_changed_is_told_field_by_field_with_who_why_and_by_which_change(staff, client, lviv):
    at(NOW, lviv)
    sign_in(client, "editor", username="anna", first_name="Anna", last_name="Nowak")
    change(client, lviv, lead_en="A city of lions")
    client.force_login(account("reviewer", "ewa"))
    response = client.get(PAGE)
    entry = response.context["entries"][0]
    html = response.content.decode()
    assert (entry.user_name, entry.reason) == ("Anna Nowak", "as the original has it")
    assert "published by another person: zofia" in html
    assert entry.change.get_absolute_url() in html
    assert [str(c.label) for c in entry.touched[0].events[0].changes] == ["Lead (English)"]


def test_two_people_who_write_at_one_time_have_an_entry_each(staff, lviv):
    cities = [lviv, CityFactory(name_en="Kyiv"), CityFactory(name_en="Vilnius"), CityFactory(name_en="Leuven")]
    people = [account("editor", "anna"), account("editor", "jan")]
    for place, city in enumerate(cities):
        moment = NOW + timedelta(milliseconds=place)
        QuerySet(PartnerCity.history.model).filter(id=city.pk).update(
            history_date=moment, history_user=people[place % 2]
        )
    assert [len(some) for _who, _why, some in told(staff, kind=kind_of(PartnerCity))] == [2, 2]


def test_two_changes_that_are_carried_out_at_once_have_an_entry_each(staff, lviv):
    for number, city in enumerate([lviv, CityFactory(name_en="Kyiv")], 1):
        QuerySet(PartnerCity.history.model).filter(id=city.pk).update(history_date=NOW, pending_change=number)
    assert len(told(staff, kind=kind_of(PartnerCity))) == 2


def test_a_kind_of_record_is_told_with_its_rows(staff, lviv):
    CityNameFactory(city=lviv, name="Lemberg")
    AgreementFactory(city=lviv, title_en="Agreement")
    assert names(staff, kind=kind_of(PartnerCity)) == {"Partner city: Lviv"}
    assert "Lemberg" in staff.get(PAGE, {"kind": kind_of(PartnerCity)}).content.decode()
    assert names(staff, kind=kind_of(Agreement)) == {"Agreement: Lviv: Agreement"}


def test_to_a_city_belongs_what_points_to_it_directly_or_through_its_record(staff, lviv):
    kyiv = CityFactory(name_en="Kyiv")
    agreements = [AgreementFactory(city=city, title_en=city.name_en) for city in (lviv, kyiv)]
    for agreement in agreements:
        PartyFactory(agreement=agreement, name_en=f"Office of {agreement.title_en}")
    activity = ActivityFactory(title_en="Exchange")
    ActivityCity.objects.create(activity=activity, city=lviv)
    other = ActivityFactory(title_en="Elsewhere")
    ActivityCity.objects.create(activity=other, city=kyiv)
    AssessmentFactory(city=lviv)
    ThemeFactory(name_en="Culture")
    found = names(staff, city=lviv.pk)
    assert {"Partner city: Lviv", "Agreement: Lviv: Lviv", "Activity: Exchange"} <= found
    assert any(name.startswith("Assessment") for name in found)
    assert not [name for name in found if "Kyiv" in name or "Culture" in name or "Elsewhere" in name]
    html = staff.get(PAGE, {"city": lviv.pk}).content.decode()
    assert "Office of Lviv" in html
    assert "Office of Kyiv" not in html


def test_what_was_deleted_still_belongs_to_its_city_and_leads_to_its_states(staff, lviv):
    agreement = AgreementFactory(city=lviv, title_en="Gone", publication="draft")
    PartyFactory(agreement=agreement, name_en="Office of Lviv")
    key = agreement.pk
    agreement.delete()
    response = staff.get(PAGE, {"city": lviv.pk, "kind": kind_of(Agreement)})
    html = response.content.decode()
    assert "Office of Lviv" in html
    assert f"/en/admin/review/pendingchange/states/{kind_of(Agreement)}/{key}/" in html


def test_a_person_a_day_and_the_register_itself_can_be_chosen_together(staff, lviv):
    anna = account("editor", "anna")
    kyiv = CityFactory(name_en="Kyiv")
    QuerySet(PartnerCity.history.model).filter(id=kyiv.pk).update(history_user=anna, history_date=NOW)
    at(NOW - timedelta(days=3), lviv)
    assert names(staff, person=anna.pk) == {"Partner city: Kyiv"}
    assert names(staff, person="0", kind=kind_of(PartnerCity)) == {"Partner city: Lviv"}
    assert names(staff, since="2026-02-20", until="2026-02-28") == {"Partner city: Lviv"}
    assert names(staff, since="2026-03-01", until="2026-03-01") == {"Partner city: Kyiv"}
    assert names(staff, person=anna.pk, city=lviv.pk) == set()


def test_a_day_begins_and_ends_as_the_city_hall_counts_it(staff, lviv):
    at(datetime(2026, 2, 28, 23, 30, tzinfo=UTC), lviv)  # half past midnight of the first of March in Kraków
    assert names(staff, since="2026-03-01", until="2026-03-01") == {"Partner city: Lviv"}
    assert names(staff, until="2026-02-28") == set()


def test_what_an_import_wrote_and_took_back_is_told_with_the_way_to_it(staff):
    load_words()
    from tests.partners.admin.sheets import GOOD, csv

    city = CityFactory(name_pl="Lwów", name_en="Lviv")
    importer = account("importer", "jan")
    from partners.imports.writing.applying import preview, store_upload

    record = store_upload(csv(GOOD), "umowy.csv", importer)
    preview(record)
    apply_import(record, importer)
    record.refresh_from_db()
    assert record.state == SheetImport.State.APPLIED, city
    given = {"import": record.pk}
    found = names(staff, **given)
    assert found
    assert "Partner city: Lviv" not in found
    html = staff.get(PAGE, given).content.decode()
    assert f"/en/admin/partners/sheetimport/{record.pk}/change/" in html
    assert "umowy.csv" in html


def test_who_may_not_see_a_kind_of_record_reads_nothing_of_its_history(client, lviv):
    AssessmentFactory(city=lviv, reason="Only for us")
    sign_in(client, "reader")
    html = client.get(PAGE).content.decode()
    assert "Lviv" in html
    assert "ssessment" not in html
    assert "Only for us" not in html
    assert not client.get(PAGE, {"kind": kind_of(Assessment)}).context["entries"]


def test_who_may_see_nothing_sees_no_page(client):
    client.force_login(account("reader", "nobody"))
    user = account("reader", "stranger")
    user.groups.clear()
    client.force_login(user)
    assert client.get(PAGE).status_code == 403
    user.user_permissions.add(Permission.objects.get(codename="view_party"))
    client.force_login(type(user).objects.get(pk=user.pk))
    assert client.get(PAGE).status_code == 403  # a party is told with its agreement, which they may not see


def test_a_change_under_review_is_named_only_to_who_may_look_at_it(client, lviv):
    sign_in(client, "editor", username="anna")
    change(client, lviv, lead_en="A city of lions")
    user = account("reader", "jan")
    user.groups.clear()
    user.user_permissions.add(Permission.objects.get(codename="view_partnercity"))
    client.force_login(type(user).objects.get(pk=user.pk))
    html = client.get(PAGE).content.decode()
    assert "A city of lions" in html
    assert "Change under review" not in html


def test_pages_follow_each_other_without_gap_or_repetition(staff, monkeypatch):
    monkeypatch.setattr("krakow_intl.review.what_changed_pages.SAVINGS_ON_A_PAGE", 3)
    monkeypatch.setattr("krakow_intl.review.what_changed_pages.ROWS_ON_A_PAGE", 4)
    cities = [CityFactory(name_en=f"City {number}") for number in range(8)]
    for number, city in enumerate(cities):
        at(NOW + timedelta(minutes=number // 2), city)
    found, before = [], ""
    while True:
        response = staff.get(PAGE, {"before": before, "kind": kind_of(PartnerCity)})
        found += [str(t.name) for e in response.context["entries"] for t in e.touched]
        before = response.context["following"]
        if not before:
            break
    assert sorted(found) == sorted(f"Partner city: City {number}" for number in range(8))


def test_a_long_saving_is_cut_counted_and_told_whole_on_its_own_page(staff):
    cities = [CityFactory(name_en=f"City {number}") for number in range(15)]
    at(NOW, *cities)
    [entry] = staff.get(PAGE, {"kind": kind_of(PartnerCity)}).context["entries"]
    assert (len(entry.touched), [(str(kind), n) for kind, n in entry.rest]) == (10, [("Partner cities", 5)])
    assert len(names(staff, whole=entry.mark)) == 15


@pytest.mark.parametrize(
    "given",
    [
        {"whole": "nonsense"},
        {"whole": "1.2.3"},
        {"whole": "9" * 50 + ".1.1"},
        {"whole": "1.11." + "9" * 40},
        {"person": "x"},
        {"city": "99999"},
        {"since": "yesterday"},
        {"since": "0001-01-01"},
        {"until": "9999-12-31"},
        {"since": "2026-03-02", "until": "2026-03-01"},
        {"change": "9" * 30},
    ],
    ids=str,
)
def test_what_cannot_be_chosen_is_said_and_shows_nothing(staff, lviv, given):
    response = staff.get(PAGE, given)
    assert (response.status_code, response.context["entries"]) == (200, [])
    assert "correct the choice" in response.content.decode()


def test_a_made_up_place_begins_at_the_latest(staff, lviv):
    for before in ("x", "1.2", "9" * 60 + ".0.0", "-1.-1.-1", "1.2." + "9" * 40, "9" * 16 + f".{'9' * 40}.1"):
        assert staff.get(PAGE, {"before": before}).status_code == 200


def test_an_empty_page_says_what_to_do(staff):
    assert "Nothing has been written yet" in staff.get(PAGE).content.decode()
    assert "wider span of days" in staff.get(PAGE, {"until": "1999-01-01"}).content.decode()


def test_the_number_of_queries_does_not_grow_with_the_records(staff, lviv):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            staff.get(PAGE)
        return len(asked)

    def write(number):
        for n in range(number):
            agreement = AgreementFactory(city=CityFactory(name_en=f"City {n}"), title_en="Agreement")
            PartyFactory(agreement=agreement)
            activity = ActivityFactory()
            ActivityCity.objects.create(activity=activity, city=agreement.city)
            agreement.title_en = "Another"
            agreement.save()

    write(1)
    few = queries()
    write(6)
    assert queries() <= few


def test_savings_divide_at_a_pause(lviv):
    other = CityFactory()
    at(NOW, lviv)
    at(NOW + what_changed.PAUSE, other)
    savings, count = savings_of(rows_of([PartnerCity]))
    assert ([len(saving.rows) for saving in savings], count) == ([1, 1], 2)


def test_who_may_see_all_sees_every_kind(lviv):
    assert {Activity, Party, CityName, Assessment} <= {*models_seen_by(account("superuser", "root"))}


def test_the_page_is_found_from_the_desk_from_each_page_and_from_histories(staff, lviv):
    assert staff.get("/en/admin/").content.decode().count('href="/en/admin/changes/"') >= 2
    html = staff.get(page_of(lviv, "history")).content.decode()
    # what an address of the page chooses: the "city=1" of 'href="/en/admin/changes/?city=1"'
    chosen = re.findall(r'href="/en/admin/changes/\?([^"]*)"', html)
    assert chosen == [f"city={lviv.pk}", f"kind={kind_of(PartnerCity)}"]


def test_a_draft_that_is_added_at_a_form_is_told(client):
    sign_in(client, "editor")
    add(client, type(ThemeFactory.build()), name_pl="Kultura", name_en="Culture", slug="culture")
    assert "editor" in {who for who, _why, _some in told(client)}
