"""What leaves the register as a sheet comes back unchanged, or only with what was changed in it."""

from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from django.urls import reverse
from django.utils.translation import override

from krakow_intl.core.dates import PartialDate
from krakow_intl.core.workbooks import Page, write_book
from krakow_intl.sheets import read
from partners.exports import columns_of
from partners.imports.planning.planner import plan_import
from partners.models import Agreement, AgreementLink, PartnerCity
from partners.resources import AgreementResource
from tests.partners.factories import (
    AgreementEventFactory,
    AgreementFactory,
    AgreementLinkFactory,
    AgreementThemeFactory,
    CityFactory,
    PartyFactory,
)
from tests.programme.factories import SourceFactory
from tests.staff import account, sign_in

pytestmark = pytest.mark.django_db
KINDS = ["xlsx", "ods", "csv"]
LANGUAGES = ["pl", "en"]
HEAD = [column.name(language) for column, language in columns_of("en")]
PUBLIC = {"xlsx": "partners:agreement_xlsx", "ods": "partners:agreement_ods", "csv": "partners:agreement_sheet"}
HAPPENED = [
    ("ratified", "1977", None, "home"),
    ("ratified", "1977", None, "partner"),
    ("registered", None, "1977-03", ""),
    ("suspended", "1980-02", "1980-03", "partner"),
    ("resumed", "1981-05-06", None, ""),
    ("will-to-end", "2001", "2002", ""),
    ("notice-given", "2002-03-04", "2003", "home"),
    ("terminated", "2002-03-04", "2003-12", "home"),
]


@pytest.fixture
def agreements():
    """Agreements of every sort: all that hangs on them, rough dates, tacit terms, texts that look like formulas."""
    kyiv = CityFactory(slug="kyiv", name_pl="Kijów", name_en="Kyiv", country="UA")
    first = AgreementFactory(city=kyiv, signed_on="1976-12-12", internal_notes="=1+1", resolution="+48 12")
    second = AgreementFactory(city=kyiv, signed_on="1993-02", twinning=True, title_en="", passage="@office")
    third = AgreementFactory(tacit=True, title_pl="'=cudzysłów", title_en="-5", signed_at_pl="Kraków; Rynek")
    fourth = AgreementFactory(undated=True, level="institutional", valid_until="2008", term="fixed")
    for agreement in (first, second, second, fourth):
        PartyFactory(agreement=agreement)
    PartyFactory(agreement=first, side="home")
    AgreementThemeFactory(agreement=first)
    AgreementThemeFactory(agreement=first)
    AgreementLinkFactory(agreement=second, earlier=first)
    AgreementLinkFactory(agreement=third, earlier=first, verb=AgreementLink.Verb.FOLLOWS)
    AgreementLinkFactory(agreement=third, earlier=second, verb=AgreementLink.Verb.REPLACES)
    for kind, taken, effective, side in HAPPENED:
        AgreementEventFactory(agreement=first, kind=kind, taken_on=taken, effective_on=effective, side=side)
    AgreementEventFactory(agreement=second, kind="withdrawn", taken_on=None, source=SourceFactory())
    PartnerCity.objects.update(publication="published")
    Agreement.objects.update(publication="published")
    return [first, second, third, fourth]


def admin_address(kind, language):
    with override(language):
        return reverse("admin:partners_agreement_sheet", args=[kind])


def public_address(kind, language):
    with override(language):
        return reverse(PUBLIC[kind])


def texts(data):
    """All cells of a downloaded list, as they are read back."""
    sheet = read(data, is_header=lambda names: len({"Number", "Title", "Numer", "Tytuł"} & set(names)) * 9)
    return [row.values for row in sheet.rows]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("address", [admin_address, public_address], ids=["admin", "public"])
def test_a_downloaded_list_comes_back_without_a_change(client, agreements, address, kind, language):
    sign_in(client, "editor")
    data = client.get(address(kind, language)).getvalue()
    with override(language):
        plan = plan_import(data)
    assert (plan.counts["unchanged"], plan.counts["rows"], plan.messages) == (4, 4, [])


@pytest.mark.parametrize("kind", KINDS)
def test_a_changed_cell_is_the_only_change(client, agreements, kind):
    sign_in(client, "editor")
    rows = texts(client.get(admin_address(kind, "en")).getvalue())
    rows[0][HEAD.index("Resolution")] = "XIV/132/93"
    plan = plan_import(write_book([Page("Agreements", [HEAD, *rows])], kind))
    assert (plan.counts["changed"], plan.counts["unchanged"]) == (1, 3)
    assert plan.written[0].changes == {"resolution": ("+48 12", "XIV/132/93")}


@pytest.mark.parametrize("kind", KINDS)
def test_the_day_up_to_which_agreements_are_known_leaves_but_is_not_read(client, agreements, kind):
    sign_in(client, "editor")
    rows = texts(client.get(admin_address(kind, "en")).getvalue())
    place = HEAD.index("Known to")
    assert str(rows[1][place]).startswith("2006-04-20")
    rows[1][place] = "2010-01-31"
    plan = plan_import(write_book([Page("Agreements", [HEAD, *rows])], kind))
    assert plan.counts["unchanged"] == 4
    assert [(message.code, message.row, message.column) for message in plan.messages] == [("not-read", 3, "Known to")]


def test_events_leave_in_the_language_of_the_sheet_and_in_the_order_of_time(client, agreements):
    rows = texts(client.get(public_address("csv", "en")).getvalue())
    place = [column.name("en") for column in AgreementResource.written_columns(is_public=True)].index("Events")
    assert rows[0][place].split("; ") == [
        "ratified 1977 (Kraków side)",
        "ratified 1977 (partner side)",
        "registered, effective from 1977-03",
        "suspended 1980-02, effective from 1980-03 (partner side)",
        "resumed 1981-05-06",
        "will to end it declared 2001, effective from 2002",
        "notice given 2002-03-04, in force until 2003 (Kraków side)",
        "terminated by notice 2002-03-04, in force until 2003-12 (Kraków side)",
    ]
    assert rows[1][place] == "withdrawn by agreement, source: programme-2006"
    polish = texts(client.get(public_address("csv", "pl")).getvalue())
    assert "zawieszono 1980-02, ze skutkiem od 1980-03" in polish[0][place]


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_edited_since_the_download_is_asked_about_field_by_field(client, agreements, kind):
    sign_in(client, "editor")
    data = client.get(admin_address(kind, "en")).getvalue()
    agreement = Agreement.objects.get(pk=agreements[0].pk)
    agreement.resolution, agreement.signed_on = "CI/1/76", PartialDate("1976-12-13")
    agreement.save()
    with override("en"):
        plan = plan_import(data)
    numbers = {message.row for message in plan.messages}
    assert (plan.counts["doubtful"], plan.counts["changed"], len(numbers)) == (1, 0, 1)
    conflicts = {message.column for message in plan.messages if message.code == "conflict"}
    assert conflicts == {"Resolution", "Signed on"}


def test_no_cell_of_a_workbook_is_a_formula_and_numbers_stay_numbers(client, agreements):
    sign_in(client, "editor")
    book = openpyxl.load_workbook(BytesIO(client.get(admin_address("xlsx", "en")).getvalue()))
    cells = [cell for row in book.active.iter_rows(min_row=2) for cell in row]
    written = {cell.value for cell in cells if isinstance(cell.value, str)}
    assert {"'=1+1", "'+48 12", "'@office", "'-5", "'=cudzysłów"} - written <= {"'=cudzysłów"}
    assert "f" not in {cell.data_type for cell in cells}
    assert {cell.data_type for cell in cells if cell.column == 1} == {"n"}


@pytest.mark.parametrize("kind", ["ods", "csv"])
def test_formulas_are_neutralized_in_the_other_formats_too(kind):
    starts = ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", "=cmd|' /C calc'!A0"]
    data = write_book([Page("p", [["Text"], *[[text] for text in starts], [-5]])], kind)
    if kind == "csv":
        assert data.decode("utf-8-sig").count("'") == len(starts) + 2
        assert "\r\n-5\r\n" in data.decode()
    else:
        content = ZipFile(BytesIO(data)).read("content.xml").decode()
        assert "formula" not in content
        assert content.count("<text:p>'") == len(starts)
        assert 'office:value="-5"' in content


def test_the_public_list_holds_no_internal_notes_and_no_draft(client, agreements):
    Agreement.objects.filter(pk=agreements[0].pk).update(publication="draft")
    rows = texts(client.get(public_address("csv", "en")).getvalue())
    told = str(rows)
    assert ("=1+1" in told, len(rows)) == (False, 3)
    assert str(agreements[0].number) not in [row[0] for row in rows]


def test_the_filters_of_the_public_list_apply_to_its_sheets(client, agreements):
    rows = texts(client.get(public_address("xlsx", "en") + "?city=kyiv").getvalue())
    assert len(rows) == 2
    response = client.get(public_address("xlsx", "en") + "?on=31.02.2006")
    assert (response.status_code, response["Content-Type"]) == (400, "text/plain; charset=utf-8")


def test_the_filters_of_the_staff_list_apply_to_its_sheets(client, agreements):
    sign_in(client, "reader")
    assert len(texts(client.get(admin_address("csv", "en") + "?kind__exact=twinning").getvalue())) == 1
    assert len(texts(client.get(admin_address("csv", "en") + "?q=cudzysłów").getvalue())) == 1
    assert client.get(admin_address("csv", "en") + "?kind__nonsense=1").status_code == 302
    assert client.get(admin_address("pdf", "en")).status_code == 404


def test_the_staff_list_is_for_those_who_may_see_agreements(client, agreements):
    client.force_login(person := account("reader"))
    assert client.get(admin_address("csv", "en")).status_code == 200
    person.groups.clear()
    assert client.get(admin_address("csv", "en")).status_code == 403


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_links_to_the_sheets_keep_the_filters(client, agreements, language):
    with override(language):
        page = client.get(reverse("partners:agreement_list") + "?city=kyiv&on=2006-04-30").content.decode()
    for kind in KINDS:
        assert f'href="{public_address(kind, language)}?city=kyiv&amp;on=2006-04-30"' in page
