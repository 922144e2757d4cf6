"""A city at a glance: all that is recorded with it, what waits and what is missing, to each as much as they may see."""

import pytest
from django.contrib.auth.models import Permission

from krakow_intl.core.reviewing import Proposal, desk
from krakow_intl.core.typography import NBSP
from krakow_intl.models import VisitorReport
from partners.admin import city_glance
from partners.models import Agreement, Benefit, PartnerCity
from tests.partners.factories import (
    ActivityFactory,
    AgreementFactory,
    AssessmentFactory,
    BenefitFactory,
    CityFactory,
    InstitutionFactory,
    PartyFactory,
)
from tests.programme.factories import DepartmentFactory, SourceFactory
from tests.staff import account, page_of, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def lviv(db):
    return CityFactory(name_pl="Lwów", name_en="Lviv", slug="lviv", country="UA")


def fill(city, number=0):
    """Something of every kind that the page tells of, some of it held back."""
    agreement = AgreementFactory(city=city, title_en=f"Treaty {number}", signed_on="1995-10-23")
    AgreementFactory(city=city, title_en=f"Draft treaty {number}", publication="draft")
    PartyFactory(agreement=agreement, institution=InstitutionFactory(name_en=f"Academy {number}"))
    InstitutionFactory(name_en=f"Opera {number}", city=city)
    activity = ActivityFactory(cities=[city], title_en=f"Visit {number}", starts_on="2001")
    benefit = BenefitFactory(city=city, what_en=f"Books {number}", activity=activity, publication="in-review")
    AssessmentFactory(city=city, assessed_on=f"2006-04-{number + 1:02}", next_step_en=f"Call them {number}")
    VisitorReport.objects.create(text=f"A mistake {number}", about="city:lviv")
    VisitorReport.objects.create(text=f"A fault {number}", about=f"agreement:{agreement.slug}")
    proposal = Proposal("publish", account("editor", f"anna-{number}"), Benefit, {}, "it is so")
    proposal.records = ((Benefit, benefit.pk, benefit.version),)
    desk().hand_in(proposal)
    return agreement


PUBLIC = ("Treaty 0", "Draft treaty 0", "Academy 0", "Opera 0", "Visit 0", "Books 0", "it is so")
INTERNAL = ("Call them 0", "A mistake 0", "A fault 0")


def glance(client, city, language="en"):
    return client.get(page_of(city, "glance", language)).content.decode()


@pytest.mark.parametrize(("role", "sees_all"), [("reader", False), ("importer", False), ("editor", True)])
def test_the_page_tells_what_is_recorded_and_what_is_internal_only_to_those_who_may_see_it(
    client, lviv, role, sees_all
):
    fill(lviv)
    AgreementFactory(title_en="Treaty of another city")
    sign_in(client, role)
    page = glance(client, lviv)
    assert [text for text in PUBLIC if text not in page] == []
    assert [text in page for text in INTERNAL] == [sees_all] * 3
    assert "another city" not in page


def test_each_section_is_for_those_who_may_see_its_records(client, lviv):
    fill(lviv)
    clerk = account("reader")
    clerk.groups.clear()
    clerk.user_permissions.add(Permission.objects.get(codename="view_partnercity"))
    client.force_login(clerk)
    page = glance(client, lviv)
    assert [text for text in (*PUBLIC, *INTERNAL) if text in page] == []
    assert "Lviv" in page
    clerk.user_permissions.clear()
    assert client.get(page_of(lviv, "glance")).status_code == 403


def test_every_line_leads_to_the_form_where_it_is_edited(client, lviv):
    agreement = fill(lviv)
    sign_in(client, "editor")
    page = glance(client, lviv)
    records = [agreement, Benefit.objects.get(), lviv.institutions.get(), lviv.assessments.get(), lviv]
    assert [record for record in records if f'href="{page_of(record, "change")}' not in page] == []


@pytest.mark.parametrize(
    ("language", "words"), [("pl", ["w mocy", "domniemane", "szkic"]), ("en", ["in force", "presumed", "draft"])]
)
def test_agreements_stand_on_the_timeline_with_status_basis_and_publication(client, lviv, language, words):
    AgreementFactory(city=lviv, signed_on="1995-10-23", publication="draft", term="not-recorded")
    sign_in(client, "reader")
    page = glance(client, lviv, language)
    assert 'class="span span--in-force"' in page
    assert 'class="span__bar"' in page
    assert [word for word in words if word not in page] == []


def test_records_are_added_with_the_city_filled_in_by_those_who_may(client, lviv):
    sign_in(client, "editor")
    page = glance(client, lviv)
    assert f"/en/admin/partners/activity/add/?city_links-0-city={lviv.pk}" in page
    assert f"/en/admin/partners/benefit/add/?city={lviv.pk}" in page
    assert f'<input type="hidden" name="city" value="{lviv.pk}">' in page
    added = client.get(f"/en/admin/partners/activity/add/?city_links-0-city={lviv.pk}").content.decode()
    assert f'<option value="{lviv.pk}" selected>Lviv</option>' in added
    client.logout()
    sign_in(client, "reader")
    assert "/add/" not in glance(client, lviv).split('id="content-main"')[1]


@pytest.mark.parametrize("role", ["reader", "reviewer"])
def test_it_asks_the_same_number_of_questions_however_much_is_recorded(
    client, lviv, role, django_assert_max_num_queries
):
    fill(lviv)
    sign_in(client, role)
    glance(client, lviv)
    with django_assert_max_num_queries(30) as few:
        glance(client, lviv)
    for number in range(1, 6):
        fill(lviv, number)
    with django_assert_max_num_queries(len(few)):
        glance(client, lviv)


def test_a_city_with_nothing_and_no_place_is_shown_too(client):
    source = SourceFactory(known_to="2006-04-20")
    city = CityFactory(publication="draft", latitude=None, longitude=None, department=None, name_en="", source=source)
    sign_in(client, "editor")
    page = glance(client, city)
    assert ("nothing is recorded of it yet" in page, "20 April 2006" in page.replace(NBSP, " ")) == (True, False)
    assert "None is recorded." in page
    assert "It has no place on the map." in page
    assert "No department coordinates it." in page


def test_a_general_department_is_said_to_be_general_and_a_new_city_begins_with_it(client):
    general = DepartmentFactory(name_en="Co-operation unit", is_general=True)
    DepartmentFactory(name_en="Draft", is_general=True, publication="draft", slug="a")
    city = CityFactory(department=general)
    sign_in(client, "editor")
    page = glance(client, city)
    assert "Co-operation unit – the general one, for the sources name none" in page
    assert "No department coordinates it." not in page
    form = client.get(page_of(city, "change")).content.decode()
    assert "Its department is the general one, for the sources name none." in form
    added = client.get(page_of(PartnerCity, "add")).content.decode()
    assert f'<option value="{general.pk}" selected>Co-operation unit</option>' in added


def test_long_sections_are_folded_and_cut(client, lviv, monkeypatch):
    monkeypatch.setattr(city_glance, "MAX_ENTRIES", 5)
    monkeypatch.setattr(city_glance, "UNFOLDED", 2)
    for number in range(7):
        InstitutionFactory(name_en=f"Opera {number}", city=lviv)
    sign_in(client, "reader")
    page = glance(client, lviv)
    assert ("Opera 4" in page, "Opera 5" in page) == (True, False)
    assert "Only the first 5 are shown." in page
    assert "<summary>3 more</summary>" in page


def test_it_is_one_click_from_the_list_and_from_the_form(client, lviv):
    sign_in(client, "reader")
    for address in (page_of(PartnerCity, "changelist"), page_of(lviv, "change")):
        assert f'href="{page_of(lviv, "glance")}"' in client.get(address).content.decode()


def test_names_are_told_as_text(client, lviv):
    AgreementFactory(city=lviv, title_en="<script>alert(1)</script>")
    InstitutionFactory(city=lviv, name_en="<b>Opera</b>")
    Agreement.objects.update(title_pl="<i>x</i>")
    sign_in(client, "reader")
    page = glance(client, lviv)
    assert "<script>alert" not in page
    assert "<b>Opera" not in page


def test_a_city_that_is_not_there_answers_404(client):
    sign_in(client, "reader")
    assert client.get("/en/admin/partners/partnercity/999999/glance/").status_code == 404
