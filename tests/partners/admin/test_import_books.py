"""A workbook of several lists says which these are, and leads from one to the next."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from krakow_intl.core.workbooks import write_book
from krakow_intl.imports.nouns import NOUNS
from partners.models import SheetImport, Theme
from tests.partners.admin.sheets import address, apply, post, reply, send
from tests.partners.factories import AgreementFactory
from tests.staff import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def importer(client):
    return sign_in(client, "importer")


def workbook(*names):
    return write_book([NOUNS[name].page() for name in names], "xlsx")


def lists(response):
    return {one.noun.name: one for one in response.context["lists"]}


@pytest.fixture
def book(lviv):
    AgreementFactory(city=lviv)
    return workbook("agreements", "cities", "themes")


def test_the_lists_of_a_workbook_are_told_in_the_order_in_which_they_are_brought_in(admin_client, book):
    record, page = send(admin_client, book, "register.xlsx")
    assert ([*lists(page)], record.noun) == (["themes", "cities", "agreements"], "agreements")
    assert (record.counts["unchanged"], page.context["sheets"]) == (1, None)
    page = post(admin_client, "list", record, list="cities")
    cities = SheetImport.objects.latest("pk")
    assert (cities.noun, cities.name, cities.counts["unchanged"]) == ("cities", "register.xlsx", 1)
    assert lists(page)["cities"].is_here
    assert lists(page)["agreements"].record == record
    assert [message["code"] for message in cities.report["messages"]] == ["lists-left-out"]
    assert "Bring in" in page.content.decode()


def test_a_list_of_a_workbook_is_applied_like_any_other(admin_client, lviv):
    data = workbook("cities", "themes")
    Theme.objects.all().delete()
    record, _page = send(admin_client, data)
    post(admin_client, "list", record, list="themes")
    themes = SheetImport.objects.latest("pk")
    apply(admin_client, themes)
    page = admin_client.get(address("change", record.pk))
    assert lists(page)["themes"].record.state == "applied"


@pytest.mark.parametrize("name", ["gifts-of-nobody", "campaigns", ""])
def test_a_list_that_the_workbook_lacks_is_not_there(admin_client, book, name):
    record, _page = send(admin_client, book)
    assert admin_client.post(address("list", record.pk), {"list": name}).status_code == 404
    assert admin_client.get(address("list", record.pk)).status_code == 302


def test_who_may_not_bring_a_list_in_is_told_so(importer, book):
    record, page = send(importer, book)
    assert not lists(page)["cities"].may_bring_in
    assert "you may not bring this list in" in page.content.decode()
    assert importer.post(address("list", record.pk), {"list": "cities"}).status_code == 404


def test_a_file_of_one_list_says_nothing_of_lists(admin_client, lviv):
    _record, page = send(admin_client, workbook("cities"))
    assert page.context["lists"] == []


def test_of_a_turned_list_it_is_asked_on_its_page_where_the_names_stand(admin_client, lviv):
    data = b"slug;lviv\r\npopulation;700000\r\n"
    page = admin_client.post(
        address("add"), {"noun": "cities", "file": SimpleUploadedFile("cities.csv", data)}, follow=True
    )
    assert "the list is turned" in page.content.decode()
    record = SheetImport.objects.get()
    page = reply(admin_client, record, {"header": "0:turned"})
    assert page.context["report_view"].writes == 1
    assert "row B" in page.content.decode()
