"""The roles of the staff are loaded with the facts, and are the house's own."""

import json

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Group, Permission

from krakow_intl.core.facts import load_file
from krakow_intl.core.internal import internal_columns
from krakow_intl.core.records import PublicRecord
from krakow_intl.core.roles import Role
from partners.models import Theme
from tests.records import models_of_the_house
from tests.staff import account, load_roles

pytestmark = pytest.mark.once
ROLES_FILE = settings.FIXTURES_DIR / "00-roles.json"


def rights(name):
    return {right.codename for right in Group.objects.get(name=name).permissions.all()}


@pytest.fixture
def roles(db):
    load_file(ROLES_FILE.name, ROLES_FILE.read_bytes())


def test_there_is_a_role_for_each_kind_of_work(roles):
    assert sorted(Group.objects.values_list("name", flat=True)) == sorted(Role.values)


def test_the_roles_of_other_tests_are_those_of_the_file(db):
    load_roles()
    made = {role: rights(role) for role in Role.values}
    load_file(ROLES_FILE.name, ROLES_FILE.read_bytes())
    assert {role: rights(role) for role in Role.values} == made


@pytest.mark.parametrize("role", Role.values)
def test_every_role_reads_all_but_internal_assessments_and_what_visitors_report(roles, role):
    pages = [page for model, page in admin.site._registry.items() if hasattr(model, "history")]
    models = [page.model for page in pages] + [row.model for page in pages for row in page.inlines]
    unseen = {f"view_{model._meta.model_name}" for model in models} - rights(role)
    assert unseen <= {"view_assessment", "view_visitorreport"}


def test_what_is_internal_is_for_those_who_write(roles):
    internal = {
        right.partition(".")[2] for model in models_of_the_house() for right in internal_columns(model).values()
    }
    assert internal == {"view_internal_notes"}
    for role in Role.values:
        assert internal <= rights(role) if role in {"editor", "reviewer", "importer"} else not internal & rights(role)


def test_who_publishes_may_publish_every_record_the_public_sees(roles):
    public = {f"publish_{m._meta.model_name}" for m in models_of_the_house() if issubclass(m, PublicRecord)}
    for role in Role.values:
        expected = public if role == "reviewer" else set()
        assert {right for right in rights(role) if right.startswith("publish_")} == expected


def test_each_role_may_all_that_the_one_below_it_may(roles):
    assert rights("reader") < rights("editor") < rights("reviewer")
    assert rights("reader") < rights("importer")
    assert {role for role in Role.values if "import_agreements" in rights(role)} == {"importer"}


def test_an_administrator_has_accounts_and_no_texts(roles):
    of_accounts = {"view_user", "add_user", "change_user", "view_loadedfixture"}
    assert rights("administrator") - rights("reader") == of_accounts
    assert rights("reader") < rights("administrator")
    assert {role for role in Role.values if "hurry_pendingchange" in rights(role)} == {"reviewer"}


def test_only_administrators_manage_accounts_and_nobody_the_roles(roles):
    about_accounts = set(Permission.objects.filter(content_type__app_label="auth").values_list("codename", flat=True))
    for role in Role.values:
        expected = {"view_user", "add_user", "change_user"} if role == "administrator" else set()
        assert rights(role) & about_accounts == expected


def test_a_new_version_of_the_file_sets_the_roles_whole(roles):
    Group.objects.get(name="reader").permissions.add(Permission.objects.get(codename="delete_agreement"))
    entries = json.loads(ROLES_FILE.read_text())
    assert load_file("00-roles.json", json.dumps(entries).encode())["changed"] == len(Role.values)
    assert "delete_agreement" not in rights("reader")


def test_an_account_keeps_its_role_when_the_roles_are_loaded_anew(db):
    user = account("editor")
    load_file("00-roles.json", json.dumps(json.loads(ROLES_FILE.read_text())).encode())
    assert [group.name for group in user.groups.all()] == ["editor"]


def test_what_staff_wrote_is_kept_whatever_reason_they_gave(db):
    entry = {"model": "partners.theme", "fields": {"slug": "sport", "name_pl": "sport", "name_en": "sport"}}
    load_file("01-themes.json", json.dumps([entry]).encode())
    field = Theme.objects.get()
    field.name_en = "sports"
    field._change_reason, field._history_user = "fixture list of a match", account("editor")
    field.save()
    entry["fields"]["name_en"] = "games"
    load_file("01-themes.json", json.dumps([entry]).encode())
    field.refresh_from_db()
    assert field.name_en == "sports"
