"""A public kind of record is one entry: a made-up one is found wherever kinds are spoken of."""

from datetime import date
from io import BytesIO

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import override
from PIL import Image

from krakow_intl import urls
from krakow_intl.core.fields import ProseFormField
from krakow_intl.core.kinds import KINDS, Kind, kind_of, search_groups
from krakow_intl.core.references import linked
from krakow_intl.core.search.groups import SearchGroup
from programme.models import Department
from tests.records import make_world

TODAY = date(2026, 5, 5)
pytestmark = pytest.mark.django_db


# the address plan with a page of the made-up kind


def department(request, slug):
    return HttpResponse(get_object_or_404(Department.objects.public(), slug=slug).name)


urlpatterns = [
    *i18n_patterns(path("departments/<slug:slug>/", department, name="department_detail")),
    *urls.urlpatterns,
]
handler404 = urls.handler404


@pytest.fixture
def departments(settings, monkeypatch):
    """A made-up kind: the departments of the city hall, which have no pages."""
    settings.ROOT_URLCONF = __name__
    monkeypatch.setattr(Department, "get_absolute_url", lambda record: kind.address(record.slug), raising=False)
    kind = Kind(
        name="department",
        model=Department,
        page="department_detail",
        picture=lambda record: ("Department", ""),
        is_suggested=True,
        search=SearchGroup("departments", "Departments", lambda day: Department.objects.public()),
    )
    monkeypatch.setitem(KINDS, "department", kind)
    return kind


@pytest.fixture
def protocol_office(departments):
    return Department.objects.create(
        slug="protocol", name_pl="Biuro protokołu", name_en="Protocol office", publication="published"
    )


def test_prose_may_refer_to_a_made_up_kind(protocol_office):
    prose = ProseFormField().clean('<p><a href="department:protocol">the office</a></p>')
    with override("en"):
        assert linked(prose) == '<p><a href="/en/departments/protocol/">the office</a></p>'


def test_search_sitemap_and_suggestions_know_a_made_up_kind(client, protocol_office):
    assert "/en/departments/protocol/" in client.get("/sitemap-department-1.xml").content.decode()
    page = client.get("/en/search/?q=protocol").content.decode()
    assert "Departments" in page
    assert 'href="/en/departments/protocol/"' in page
    assert ["Protocol office", ""] in client.get("/en/search/names.json?q=prot").json()["names"]


def test_a_made_up_kind_has_pictures(client, protocol_office):
    picture = client.get("/en/share/department/protocol.png")
    assert Image.open(BytesIO(picture.content)).text["Title"] == "Protocol office"


def test_where_a_record_of_a_made_up_kind_stood_its_address_answers_for_ever(client, protocol_office):
    protocol_office.slug = "protocol-office"
    protocol_office.save()
    moved = client.get("/en/departments/protocol/")
    assert (moved.status_code, moved["Location"]) == (301, "/en/departments/protocol-office/")
    protocol_office.delete()
    assert client.get("/en/departments/protocol-office/").status_code == 410


def test_without_its_entry_nothing_knows_it(client):
    Department.objects.create(slug="protocol", name_pl="Biuro", name_en="Protocol office", publication="published")
    assert kind_of(Department) is None
    assert "Protocol office" not in client.get("/en/search/?q=protocol").content.decode()


# the search groups of the kinds that there are


def test_no_two_groups_have_one_key_or_one_kind_of_record():
    groups = search_groups()
    assert len({group.key for group in groups}) == len({group.records(TODAY).model for group in groups}) == len(groups)


def test_a_record_of_each_group_leads_to_where_it_is_shown(client):
    make_world()
    with override("en"):
        for group in search_groups():
            page, anchor = group.address(group.records(TODAY).first())
            response = client.get(page)
            assert response.status_code == 200, group.key
            assert not anchor or f'id="{anchor[1:]}"' in response.content.decode(), group.key


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if kind.page], ids=lambda kind: kind.name)
def test_each_kind_has_its_page_in_the_address_plan(kind):
    with override("en"):
        assert reverse(kind.page, args=["one"]) == kind.address("one")
