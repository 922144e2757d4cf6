from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command

from krakow_intl.core.roles import Role
from krakow_intl.management.commands.create_demo_accounts import ACCOUNTS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def roles():
    for role in Role.values:
        Group.objects.create(name=role)


def create():
    output = StringIO()
    call_command("create_demo_accounts", stdout=output)
    return output.getvalue()


def printed_passwords(output):
    return dict(line.split() for line in output.splitlines()[1:])


def test_each_role_has_an_account_that_signs_in_with_the_printed_password(client):
    passwords = printed_passwords(create())
    assert list(passwords) == [*ACCOUNTS]
    assert [role for role, password in passwords.items() if not client.login(username=role, password=password)] == []


def test_an_account_may_what_its_role_may_and_nothing_beyond():
    create()
    accounts = get_user_model().objects.order_by("pk")
    assert [(user.username, *user.groups.values_list("name", flat=True)) for user in accounts] == [*ACCOUNTS.items()]
    assert not accounts.filter(is_superuser=True).exists()


def test_without_its_role_no_account_is_created():
    Group.objects.get(name="reviewer").delete()
    with pytest.raises(CommandError, match="no role “reviewer” yet"):
        create()
    assert get_user_model().objects.count() == 0


def test_no_two_passwords_are_alike():
    assert len(set(printed_passwords(create()).values())) == len(ACCOUNTS)


def test_a_second_run_creates_nothing_and_prints_nothing():
    create()
    before = list(get_user_model().objects.order_by("pk").values_list("username", "password"))
    assert create() == ""
    assert list(get_user_model().objects.order_by("pk").values_list("username", "password")) == before


def test_an_account_that_was_deleted_is_made_anew():
    create()
    get_user_model().objects.get(username="editor").delete()
    assert list(printed_passwords(create())) == ["editor"]


def test_a_public_register_gets_no_demo_accounts(settings):
    settings.IS_LOCAL = False
    with pytest.raises(CommandError, match="ALLOWED_HOSTS names a public host"):
        create()
    assert get_user_model().objects.count() == 0
