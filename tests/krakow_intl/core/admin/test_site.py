"""The staff's entrance: its order, its languages, what it lets caches keep, who gets in."""

import pytest
from django.contrib import admin

from krakow_intl.core.admin.site import ORDER_OF_APPS
from krakow_intl.core.roles import Role
from tests.partners.factories import AgreementFactory
from tests.staff import ELSEWHERE, account, page_of, sign_in

RECORDS = ["PartnerCity", "Agreement", "Institution", "Activity", "Benefit", "Assessment", "Theme", "Audience"]
SHEETS = ["SheetAlias", "Recipe", "SheetImport"]
pytestmark = pytest.mark.django_db


def test_the_apps_and_their_records_stand_in_the_order_of_the_register(client):
    sign_in(client, "superuser")
    apps = client.get("/en/admin/").context["app_list"]
    assert tuple(app["app_label"] for app in apps) == ORDER_OF_APPS
    names = [model["object_name"] for model in apps[1]["models"]]
    assert names == [*RECORDS, *SHEETS]


@pytest.mark.parametrize(("language", "title"), [("pl", "Wyloguj się"), ("en", "Log out")])
def test_the_interface_is_in_both_languages(client, language, title):
    sign_in(client, "reader")
    assert f">{title}<" in client.get(f"/{language}/admin/").content.decode()


def test_the_language_switch_keeps_the_page_and_its_query(client):
    sign_in(client, "reader")
    page = client.get("/en/admin/partners/agreement/?kind__exact=twinning").content.decode()
    assert 'href="/pl/admin/partners/agreement/?kind__exact=twinning"' in page


@pytest.mark.parametrize("language", ["pl", "en"])
def test_who_has_not_signed_in_is_asked_to(client, language):
    response = client.get(f"/{language}/admin/partners/agreement/")
    assert response["Location"] == f"/{language}/admin/login/?next=/{language}/admin/partners/agreement/"
    assert "no-store" in client.get(response["Location"])["Cache-Control"]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_h27_signing_in_leads_to_no_other_host(client, target):
    account("reader", password="Pan-Twardowski-99")
    data = {"username": "reader", "password": "Pan-Twardowski-99", "next": target}
    assert client.post("/en/admin/login/", data)["Location"] == "/en/admin/"


def test_everybody_changes_his_own_password(client):
    client.force_login(account("reader", password="Pan-Twardowski-99"))
    new = {"new_password1": "Zamek-Niepolomice-8", "new_password2": "Zamek-Niepolomice-8"}
    client.post("/en/admin/password_change/", {"old_password": "Pan-Twardowski-99", **new})
    client.post("/en/admin/logout/")
    assert client.login(username="reader", password="Zamek-Niepolomice-8")


@pytest.mark.parametrize("role", ["reader", "importer", "administrator"])
def test_internal_assessments_are_not_for_everybody(client, role):
    sign_in(client, role)
    assert client.get("/en/admin/partners/assessment/").status_code == 403


@pytest.mark.parametrize("role", ["editor", "reviewer"])
def test_internal_assessments_are_for_who_works_with_them(client, role):
    sign_in(client, role)
    assert client.get("/en/admin/partners/assessment/").status_code == 200


MAY = {"view": set(Role.values), "change": {"editor", "reviewer", "importer"}, "delete": {"reviewer"}}


@pytest.mark.parametrize("role", Role.values)
def test_each_role_may_what_it_is_for(client, role):
    agreement = AgreementFactory(publication="draft")
    sign_in(client, role)
    statuses = {
        "view": client.get(page_of(agreement, "change")).status_code == 200,
        "change": client.post(page_of(agreement, "change"), {}).status_code == 400,  # it says not how many rows it has
        "delete": client.get(page_of(agreement, "delete")).status_code == 200,
    }
    assert statuses == {action: role in roles for action, roles in MAY.items()}


def test_every_model_of_the_admin_is_ours_or_an_account():
    labels = {model._meta.app_label for model in admin.site._registry}
    assert labels == set(ORDER_OF_APPS)
