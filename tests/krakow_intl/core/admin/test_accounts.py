"""Administrators open and close accounts; nobody gives a right to themselves; who guesses a password waits."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client

from krakow_intl.core import brake
from krakow_intl.core.roles import Role
from krakow_intl.models import SignInBrake
from tests.staff import account, change, load_roles, page_of, sign_in
from tests.threads import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PASSWORDS = {"usable_password": "true", "password1": "Pan-Twardowski-99", "password2": "Pan-Twardowski-99"}


def roles_of(user):
    return [group.name for group in user.groups.all()]


def key(role):
    return str(Group.objects.get(name=role).pk)


def test_an_administrator_opens_an_account_that_can_sign_in(client):
    sign_in(client, "administrator")
    client.post(page_of(User, "add"), {"username": "anna", **PASSWORDS})
    anna = User.objects.get(username="anna")
    change(client, anna, groups=[key("editor")], first_name="Anna")
    assert (anna.is_staff, anna.is_superuser, roles_of(anna)) == (True, False, ["editor"])
    assert client.login(username="anna", password=PASSWORDS["password1"])


@pytest.mark.parametrize("roles", [["editor"], ["reviewer", "importer"], ["administrator", "reviewer"], Role.values])
def test_an_administrator_gives_any_roles_and_what_they_may_adds_up(client, roles):
    anna = account("reader", username="anna")
    sign_in(client, "administrator")
    change(client, anna, groups=[key(role) for role in roles])
    assert {*roles_of(anna)} == {*roles}
    anna = User.objects.get(username="anna")
    rights = {name for role in roles for name in account(role, username=f"only-{role}").get_all_permissions()}
    assert anna.get_all_permissions() == rights


def test_an_administrator_looks_after_accounts_that_may_more_than_they_do(client):
    anna = account("reviewer+importer", username="anna")
    sign_in(client, "administrator")
    change(client, anna, is_active="")
    assert not anna.is_active


def test_an_administrator_gives_no_group_beyond_the_roles_that_may_more_than_they_do(client):
    anna = account("reader", username="anna")
    beyond = Group.objects.create(name="beyond")
    beyond.permissions.set(Permission.objects.filter(codename="delete_user"))
    sign_in(client, "administrator")
    assert change(client, anna, groups=[str(beyond.pk)]).status_code == 200
    assert roles_of(anna) == ["reader"]
    anna.groups.add(beyond)
    assert client.post(page_of(anna, "change"), {"username": "x"}).status_code == 403


@pytest.mark.parametrize("role", [role for role in Role.values if role != "administrator"])
def test_others_do_not_see_the_accounts(client, role):
    sign_in(client, role)
    assert client.get(page_of(User, "changelist")).status_code == 403
    assert client.get(page_of(account("superuser"), "change")).status_code == 403


def test_an_administrator_sets_a_new_password_and_the_old_sessions_end(client):
    anna = account("editor", username="anna")
    hers = type(client)()
    hers.force_login(anna)
    sign_in(client, "administrator")
    address = f"/en/admin/auth/user/{anna.pk}/password/"
    assert client.get(address).status_code == 200
    assert client.post(address, PASSWORDS).status_code == 302
    assert hers.get("/en/admin/").status_code == 302


def test_nobody_changes_his_own_rights(client):
    client.force_login(me := account("administrator"))
    change(client, me, groups=[key("reader")], is_active="", is_superuser="on", is_staff="", last_name="Lis")
    assert (me.last_name, me.is_active, me.is_superuser, roles_of(me)) == ("Lis", True, False, ["administrator"])


def test_an_administrator_neither_sees_nor_gives_what_goes_beyond_the_roles(client):
    anna = account("editor", username="anna")
    sign_in(client, "administrator")
    right = Permission.objects.get(codename="delete_user")
    response = client.get(page_of(anna, "change"))
    assert "is_superuser" not in response.context["adminform"].form.fields
    change(client, anna, is_superuser="on", user_permissions=[right.pk])
    assert (anna.is_superuser, anna.user_permissions.count()) == (False, 0)


def test_an_administrator_does_not_touch_a_superuser(client):
    root = account("superuser")
    sign_in(client, "administrator")
    assert client.post(page_of(root, "change"), {"username": "mine"}).status_code == 403
    assert client.post(f"/en/admin/auth/user/{root.pk}/password/", PASSWORDS).status_code == 403


def test_who_manages_accounts_gives_only_roles_whose_rights_he_has(client):
    load_roles()
    clerk = User.objects.create_user("clerk", is_staff=True)
    clerk.groups.add(Group.objects.get(name="reader"))
    clerk.user_permissions.set(Permission.objects.filter(codename__in=["view_user", "add_user", "change_user"]))
    anna = User.objects.create_user("anna", is_staff=True)
    client.force_login(clerk)
    assert change(client, anna, groups=[key("administrator")]).status_code == 200
    assert roles_of(anna) == []
    change(client, anna, groups=[key("reader")])
    assert roles_of(anna) == ["reader"]
    assert client.post(page_of(account("reviewer"), "change"), {"username": "x"}).status_code == 403


def test_an_account_is_closed_and_not_deleted(client):
    anna = account("editor", username="anna")
    sign_in(client, "superuser")
    assert client.post(page_of(anna, "delete"), {"post": "yes"}).status_code == 403
    change(client, anna, is_active="")
    assert not anna.is_active


@pytest.mark.parametrize("lost", ["is_active", "is_staff", "groups"])
def test_who_loses_his_right_loses_it_at_once(client, lost):
    client.force_login(anna := account("editor"))
    assert client.get("/en/admin/partners/agreement/").status_code == 200
    if lost == "groups":
        anna.groups.clear()
    else:
        User.objects.update(**{lost: False})
    assert client.get("/en/admin/partners/agreement/").status_code in {302, 403}


def test_the_list_of_accounts_asks_the_same_number_of_questions_however_long_it_is(
    client, django_assert_max_num_queries
):
    sign_in(client, "administrator")
    with django_assert_max_num_queries(16) as short:
        client.get(page_of(User, "changelist"))
    for role in Role.values:
        account(role, username=f"other-{role}")
    with django_assert_max_num_queries(len(short)):
        client.get(page_of(User, "changelist"))


# signing in

PASSWORD, SOMEWHERE = "Pan-Twardowski-99", "81.2.69.160"


def sign_in_with(password, username="anna", client=None, language="en"):
    data = {"username": username, "password": password}
    return (client or Client()).post(f"/{language}/admin/login/", data, REMOTE_ADDR=SOMEWHERE)


@pytest.fixture
def anna():
    return account("editor", username="anna", password=PASSWORD)


@pytest.fixture
def looked_at(monkeypatch):
    """The names of the accounts whose password was looked at."""
    from django.contrib.auth import forms

    names, authenticate = [], forms.authenticate

    def look(request, username, password):
        names.append(username)
        return authenticate(request, username=username, password=password)

    monkeypatch.setattr(forms, "authenticate", look)
    return names


def test_whoever_knows_the_password_gets_in(client, anna):
    assert sign_in_with(PASSWORD, client=client)["Location"] == "/en/admin/"
    assert client.get("/en/admin/").status_code == 200
    assert SignInBrake.objects.get(succeeded_at__isnull=False).failures == 0


@pytest.mark.parametrize("username", ["anna", "nobody"])
def test_after_five_wrong_passwords_even_the_right_one_waits_and_nobody_looks_at_it(clock, anna, looked_at, username):
    for number in range(5):
        assert sign_in_with(f"wrong-{number}", username).status_code == 200
    response = sign_in_with(PASSWORD, username)
    assert (response.status_code, response["Retry-After"]) == (429, "2")
    assert "no-store" in response["Cache-Control"]
    assert looked_at == [username] * 5
    html = response.content.decode()
    assert "Signing in has failed too often. Please try again in 2 seconds." in html
    assert f'name="username" value="{username}"' in html
    assert PASSWORD not in html


def test_forty_two_wrong_passwords_do_not_fit_into_a_minute(clock, anna, looked_at):
    for number in range(60):
        sign_in_with(f"wrong-{number}")
        clock.pass_by(seconds=1)
    assert len(looked_at) == 9
    assert sign_in_with(PASSWORD).status_code == 429


def test_the_wait_over_the_right_password_gets_in(clock, anna):
    for number in range(5):
        sign_in_with(f"wrong-{number}")
    clock.pass_by(seconds=2)
    assert sign_in_with(PASSWORD).status_code == 302


def test_an_account_that_is_not_for_staff_is_guessed_no_faster(clock, looked_at):
    User.objects.create_user("outsider", password=PASSWORD)
    User.objects.create_user("closed", password=PASSWORD, is_active=False)
    for username in ("outsider", "closed"):
        answers = [sign_in_with(PASSWORD, username).status_code for _ in range(6)]
        assert answers == [200] * 5 + [429]


def test_a_form_that_is_not_filled_in_is_no_try(clock, anna):
    for _ in range(30):
        assert sign_in_with("").status_code == 200
        assert sign_in_with(PASSWORD, "").status_code == 200
        assert sign_in_with(PASSWORD, "a\x00b").status_code == 200
    assert not SignInBrake.objects.exists()


def test_a_name_of_any_length_is_no_error(clock):
    assert sign_in_with("wrong", "ł" * 100_000).status_code == 200


def test_a_failed_try_stays_counted(client, anna):
    sign_in_with("wrong", client=client)
    assert set(SignInBrake.objects.values_list("failures", flat=True)) == {1}


@pytest.mark.django_db(transaction=True)
def test_twenty_passwords_tried_at_once_are_five(clock, anna, looked_at):
    answers = at_once(lambda number: sign_in_with(f"wrong-{number}").status_code, range(20))
    assert sorted(answers) == [200] * brake.MIN_PAIR + [429] * (20 - brake.MIN_PAIR)
    assert len(looked_at) == brake.MIN_PAIR
