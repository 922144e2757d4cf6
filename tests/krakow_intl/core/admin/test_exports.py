"""Staff take away every list that they may read, as they see it, and nothing else."""

import csv
from datetime import date
from io import StringIO

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import override

from krakow_intl.core.admin import Exports, exports
from krakow_intl.core.admin.history import label_of, tracked_fields
from krakow_intl.core.workbooks import FORMATS
from krakow_intl.models import AccessibilityStatement, LoadedFixture, VisitorReport
from krakow_intl.review.models import PendingChange
from organizations.models import Organization
from partners.models import (
    Activity,
    ActivityCity,
    ActivityGoal,
    Agreement,
    Assessment,
    Benefit,
    CityName,
    PartnerCity,
    Recipe,
    SheetAlias,
    SheetImport,
)
from polonia.models import Campaign
from programme.models import Figure
from tests.organizations.factories import MembershipFactory
from tests.partners.factories import (
    ActivityFactory,
    AssessmentFactory,
    CityFactory,
    CityNameFactory,
    InstitutionFactory,
)
from tests.programme.factories import DepartmentFactory, GoalFactory
from tests.records import make_published, make_world
from tests.spreadsheets import calamine
from tests.staff import account, page_of, sign_in

pytestmark = pytest.mark.django_db
LISTS = sorted(
    (model for model, pages in admin.site._registry.items() if isinstance(pages, Exports)), key=lambda m: m._meta.label
)
OURS = [model for model in LISTS if model is not Agreement]  # whose sheet has columns of its own


def address(model, kind="csv", language="en"):
    options = model._meta
    with override(language):
        return reverse(f"admin:{options.app_label}_{options.model_name}_sheet", args=[kind])


def table(response, kind="csv"):
    """The rows of a download as lists of texts, numbers and days, its head first."""
    assert (response.status_code, response["Content-Type"]) == (200, FORMATS[kind])
    if kind != "csv":
        return next(iter(calamine.read(response.content).values()))
    divider = ";" if response.wsgi_request.path.startswith("/pl/") else ","
    return list(csv.reader(StringIO(response.content.decode("utf-8-sig"), newline=""), delimiter=divider))


def records(client, model, query="", kind="csv", language="en"):
    """[{column: what stands in it}] of a download."""
    head, *rows = table(client.get(address(model, kind, language) + query), kind)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_every_list_can_be_taken_away_but_accounts_reports_and_what_the_house_keeps_of_itself():
    assert {*admin.site._registry} - {*LISTS} == {
        User,
        VisitorReport,
        Recipe,
        SheetImport,
        LoadedFixture,
        PendingChange,
    }


@pytest.mark.parametrize("model", LISTS, ids=lambda model: model._meta.label)
def test_every_list_opens_as_a_sheet_of_every_kind(client, model):
    make_world([model])
    sign_in(client, "superuser")
    sheets = [table(client.get(address(model, kind, "pl")), kind) for kind in FORMATS]
    assert [len(rows) for rows in sheets] == [model.objects.count() + 1] * 3
    assert [rows[0] for rows in sheets] == [sheets[0][0]] * 3
    assert all(any(row) for rows in sheets for row in rows)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_the_columns_are_what_history_tells_of_and_the_rows_of_the_record(client, model):
    sign_in(client, "superuser")
    head = table(client.get(address(model)))[0]
    rows = [inline.model._meta.verbose_name_plural for inline in admin.site._registry[model].inlines]
    with override("en"):
        names = [capfirst(str(name)) for name in (*map(label_of, tracked_fields(model)), *rows)]
    assert sorted(head) == sorted(names)


def test_the_columns_of_cities_are_named_in_the_language_of_the_page(client):
    sign_in(client, "reader")
    english, polish = (table(client.get(address(PartnerCity, "csv", language)))[0] for language in ("en", "pl"))
    assert english[:4] == ["Name (Polish)", "Name (English)", "Address word", "Own name"]
    assert (english[-4:-1], english[-1]) == (["Passage", "Verified on", "Verified by"], "Other names of cities")
    assert (len(polish), polish[:2]) == (len(english), ["Nazwa (po polsku)", "Nazwa (po angielsku)"])


def test_a_city_is_told_as_a_person_says_it(client):
    prose = "<h2>Dzieje</h2><ul><li>Umowa &amp; aneks</li></ul><p>Zob. <a data-ref='city:lviv'>Lwów</a></p>"
    department = DepartmentFactory(name_pl="Wydział Kultury", name_en="Culture Department")
    city = CityFactory(
        name_pl="Norymberga", name_en="Nuremberg", description_pl=prose, department=department, verified_on="2006-04-20"
    )
    for name in ("Norimberga", "Nürnberg", "Nuremberga"):
        CityNameFactory(city=city, name=name)
    sign_in(client, "reader")
    [told] = records(client, PartnerCity, kind="xlsx")
    assert told["Country"] == "Germany"
    assert told["Latitude"] == 49.4539
    assert told["Population"] == ""
    assert told["Coordinating department"] == "Culture Department"
    assert told["History of the co-operation (Polish)"] == "Dzieje\nUmowa & aneks\nZob. Lwów"
    assert (told["Publication"], told["Verified on"]) == ("published", date(2006, 4, 20))
    assert told["Other names of cities"] == "Norimberga; Nuremberga; Nürnberg"
    [told] = records(client, PartnerCity, language="pl")
    assert (told["Państwo"], told["Szerokość geograficzna"]) == ("Niemcy", "49,45390")


@pytest.mark.parametrize(
    ("written", "told"), [("1996", "1996"), ("2005-09", "2005-09"), ("1976-12-12", date(1976, 12, 12)), (None, "")]
)
@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_date_is_told_as_exactly_as_it_is_known(client, kind, written, told):
    ActivityFactory(starts_on=written)
    sign_in(client, "reader")
    assert records(client, Activity, kind=kind)[0]["From"] == told


def test_what_an_activity_has_to_do_with_is_told_by_name(client):
    activity = ActivityFactory(title_pl="Targi", title_en="", state=Activity.State.PLANNED)
    for city in (CityFactory(name_pl="Żory", name_en="Zory"), CityFactory(name_pl="Łódź", name_en="Lodz")):
        ActivityCity.objects.create(activity=activity, city=city)
    ActivityGoal.objects.create(activity=activity, goal=GoalFactory(name_pl="Cel", name_en="Goal"))
    sign_in(client, "reader")
    [told] = records(client, Activity)
    assert (told["Title (Polish)"], told["Title (English)"], told["State"]) == ("Targi", "", "planned")
    assert (told["Cities of activities"], told["Goals activities serve"]) == ("Lodz; Zory", "Goal")
    assert records(client, Activity, language="pl")[0]["Miasta przedsięwzięć"] == "Łódź; Żory"


def test_answers_and_amounts_are_told_in_words_and_in_numbers(client):
    world = make_world([Benefit])
    make_published(Benefit, world, is_promised=True, amount="1500.50", currency="EUR")
    sign_in(client, "reader")
    told = records(client, Benefit, "?is_promised__exact=1", kind="xlsx")[0]
    assert (told["Promised, not yet given"], told["Amount"], told["Currency"]) == ("yes", 1500.5, "EUR")


def test_memberships_stand_beside_their_organization(client):
    MembershipFactory(since="1992-05", organization__name_en="Eurocities")
    sign_in(client, "reader")
    assert records(client, Organization)[0]["Memberships"] == "Eurocities (1992-05)"


def test_rows_that_one_may_not_read_have_no_column(client):
    CityNameFactory(name="Norimberga")
    group = account("reader").groups.get()
    group.permissions.remove(group.permissions.get(codename="view_cityname"))
    client.force_login(User.objects.get(username="reader"))
    [told] = records(client, PartnerCity)
    assert "Other names of cities" not in told
    assert CityName.objects.count() == 1


@pytest.mark.parametrize("kind", FORMATS)
def test_a_text_that_would_run_as_a_formula_stands_behind_an_apostrophe(client, kind):
    InstitutionFactory(of_krakow=True, name_pl="=HYPERLINK(1)", name_en="@SUM(A1)", place_pl="-2+3")
    sign_in(client, "reader")
    [told] = records(client, InstitutionFactory._meta.model, kind=kind)
    assert [*told.values()][:2] == ["'=HYPERLINK(1)", "'@SUM(A1)"]
    assert told["Seat (Polish)"] == "'-2+3"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Łódź", "Odessa", "Żory"]),
        ("?country=PL&o=-1", ["Żory", "Łódź"]),
        ("?q=lodz", ["Łódź"]),
        ("?publication__exact=draft", ["Odessa"]),
        ("?q=nowhere", []),
    ],
)
def test_a_sheet_holds_what_the_list_shows_in_its_order(client, query, found):
    CityFactory(name_pl="Żory", country="PL")
    CityFactory(name_pl="Łódź", country="PL")
    CityFactory(name_pl="Odessa", country="UA", publication="draft")
    sign_in(client, "reader")
    cities = records(client, PartnerCity, query, language="pl")
    assert [city["Nazwa (po polsku)"] for city in cities] == found


def test_the_buttons_of_a_list_keep_its_filters(client):
    sign_in(client, "reader")
    for model in (PartnerCity, Agreement, AccessibilityStatement, SheetAlias):
        page = client.get(page_of(model, "changelist") + "?q=x&p=1").content.decode()
        assert [kind for kind in FORMATS if f'href="{address(model, kind)}?q=x"' in page] == [*FORMATS]


@pytest.mark.parametrize(
    ("role", "model", "status"),
    [
        ("reader", PartnerCity, 200),
        ("reader", Figure, 200),
        ("reader", Assessment, 403),
        ("editor", Assessment, 200),
        ("editor", Campaign, 200),
        ("importer", PartnerCity, 200),
        ("importer", Assessment, 403),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_a_sheet_is_for_those_who_may_read_the_list(client, role, model, status):
    AssessmentFactory()
    sign_in(client, role)
    assert client.get(address(model)).status_code == status


def test_a_sheet_is_for_nobody_else(client):
    assert client.get(address(PartnerCity)).url.startswith("/en/admin/login/")
    client.force_login(User.objects.create_user("no-role", is_staff=True))
    assert {client.get(address(model)).status_code for model in LISTS} == {403}


@pytest.mark.parametrize("model", [User, VisitorReport], ids=lambda model: model.__name__)
def test_there_is_no_sheet_of_people(client, model):
    sign_in(client, "superuser")
    assert client.get(page_of(model, "changelist") + "sheet/csv/").status_code in (302, 404)


def test_odd_requests_are_sent_back_to_the_list(client):
    sign_in(client, "reader")
    assert client.get(address(PartnerCity, "pdf")).status_code == 404
    assert client.get(address(PartnerCity) + "?country__nonsense=1").url == page_of(PartnerCity, "changelist")


def test_a_list_that_is_too_long_is_to_be_narrowed_down(client, monkeypatch):
    CityFactory.create_batch(3, country="DE")
    monkeypatch.setattr(exports, "MAX_RECORDS", 2)
    sign_in(client, "reader")
    response = client.get(address(PartnerCity) + "?country=DE")
    assert response.url == page_of(PartnerCity, "changelist") + "?country=DE"
    assert [str(m) for m in get_messages(response.wsgi_request)] == [
        "A sheet holds at most 2 records: narrow the list down first."
    ]


@pytest.mark.parametrize("model", LISTS, ids=lambda model: model._meta.label)
def test_a_sheet_asks_the_same_number_of_questions_however_long_it_is(client, model):
    sign_in(client, "superuser")
    rows = [inline.model for inline in admin.site._registry[model].inlines]
    world = make_world([model, *rows])

    def questions(more):
        for number in range(more):
            record = {model: make_published(model, world, text=f"Jawne {more} {number}")}
            for row in rows:
                make_published(row, world | record)
        with CaptureQueriesContext(connection) as asked:
            client.get(address(model))
        return len(asked)

    assert questions(more=2) == questions(more=5)
