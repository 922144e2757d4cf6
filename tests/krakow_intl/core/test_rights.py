"""Whoever is given a right, or loses one, is noted, whatever way it was done."""

from io import StringIO

import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command

from tests.audit import fill_the_disk, lines
from tests.staff import account, change, load_roles, page_of, sign_in

pytestmark = pytest.mark.django_db
PASSWORDS = {"usable_password": "true", "password1": "Pan-Twardowski-99", "password2": "Pan-Twardowski-99"}


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path


@pytest.fixture
def anna():
    return account("editor", username="anna")


@pytest.fixture
def administrator(client, anna):
    return sign_in(client, "administrator", username="jan")


def told(about="auth.user anna"):
    """What happened to an account or a role since its first role was given, and by whom."""
    return [(line["user"], line["outcome"], line.get("changed")) for line in lines("rights") if line["what"] == about]


def test_an_account_that_is_opened_is_noted(client):
    sign_in(client, "administrator", username="jan")
    client.post(page_of(User, "add"), {"username": "ewa", **PASSWORDS})
    assert told("auth.user ewa") == [("jan", "created", ["is_active", "is_staff"])]


def test_a_role_that_is_given_and_one_that_is_taken_are_noted(administrator, anna):
    change(administrator, anna, groups=[str(Group.objects.get(name="reviewer").pk)])
    assert sorted(told()[2:]) == [("jan", "added", ["reviewer"]), ("jan", "removed", ["editor"])]


def test_an_account_that_is_closed_is_noted(administrator, anna):
    change(administrator, anna, is_active="")
    assert told()[-1] == ("jan", "changed", ["is_active: True -> False"])


def test_another_name_of_an_account_is_noted_under_the_former_one(administrator, anna):
    change(administrator, anna, username="ania")
    assert told()[-1] == ("jan", "changed", ["username: anna -> ania"])


def test_a_password_that_an_administrator_sets_is_noted_and_never_told(administrator, anna):
    administrator.post(f"/en/admin/auth/user/{anna.pk}/password/", PASSWORDS)
    assert told()[-1] == ("jan", "changed", ["password"])
    assert "Twardowski" not in str(lines())


def test_a_password_of_ones_own_is_noted(client):
    user = account("editor", "ewa", password="Pan-Twardowski-98")
    client.force_login(user)
    new = {"new_password1": "Pan-Twardowski-99", "new_password2": "Pan-Twardowski-99"}
    client.post("/en/admin/password_change/", {"old_password": "Pan-Twardowski-98"} | new)
    assert told("auth.user ewa")[-1] == ("ewa", "changed", ["password"])


def test_a_password_that_is_taken_away_is_noted(anna):
    anna.set_password("Pan-Twardowski-99")
    anna.save()
    anna.set_unusable_password()
    anna.save()
    assert [changed for _user, _outcome, changed in told()[-2:]] == [["password"], ["password"]]


def test_a_password_that_is_stored_anew_when_its_owner_signs_in_is_no_change(anna, settings):
    settings.PASSWORD_HASHERS = [*settings.PASSWORD_HASHERS, "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    anna.password = make_password("Pan-Twardowski-99", hasher="pbkdf2_sha256")
    anna._password = "Pan-Twardowski-99"
    anna.save()
    before = told()
    assert User.objects.get(pk=anna.pk).check_password("Pan-Twardowski-99")
    assert told() == before


def test_rights_that_a_superuser_gives_beyond_the_roles_are_noted(client, anna):
    sign_in(client, "superuser", username="root")
    right = Permission.objects.get(codename="delete_user")
    change(client, anna, is_superuser="on", user_permissions=[right.pk])
    assert ("root", "changed", ["is_superuser: False -> True"]) in told()
    assert ("root", "added", ["auth.delete_user"]) in told()


def test_what_a_role_may_from_now_on_is_noted():
    load_roles()
    role, right = Group.objects.get(name="reader"), Permission.objects.get(codename="delete_user")
    role.permissions.add(right)
    role.permissions.add(right)
    right.group_set.remove(role)
    role.permissions.clear()
    assert told("auth.group reader")[0] == (None, "added", ["auth.delete_user"])
    assert told("auth.permission auth.delete_user") == [(None, "removed", ["reader"])]
    assert [outcome for _user, outcome, _changed in told("auth.group reader")] == ["added", "removed"]


def test_commands_are_noted_without_a_person(anna):
    call_command("createsuperuser", interactive=False, username="root", email="root@example.org", stdout=StringIO())
    assert told("auth.user root") == [(None, "created", ["is_active", "is_staff", "is_superuser"])]
    anna.delete()
    assert told()[-1] == (None, "deleted", None)


def test_what_leaves_rights_as_they_are_is_not_noted(administrator, anna):
    before = told()
    change(administrator, anna, first_name="Anna")
    anna.save(update_fields=["last_login"])
    assert told() == before


def test_no_right_is_given_that_cannot_be_noted(administrator, anna, monkeypatch):
    role = str(Group.objects.get(name="reviewer").pk)
    fill_the_disk(monkeypatch)
    administrator.raise_request_exception = False
    assert change(administrator, anna, groups=[role]).status_code == 503
    assert [group.name for group in anna.groups.all()] == ["editor"]
