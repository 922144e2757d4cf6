from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from krakow_intl.management.commands.create_demo_accounts import ROLES

pytestmark = pytest.mark.django_db


def create():
    output = StringIO()
    call_command("create_demo_accounts", stdout=output)
    return output.getvalue()


def printed_passwords(output):
    return dict(line.split() for line in output.splitlines()[1:])


def test_each_role_has_an_account_that_signs_in_with_the_printed_password(client):
    passwords = printed_passwords(create())
    assert tuple(passwords) == ROLES
    assert [role for role, password in passwords.items() if not client.login(username=role, password=password)] == []


def test_only_the_administrator_may_do_everything():
    create()
    assert [user.username for user in get_user_model().objects.filter(is_superuser=True)] == ["administrator"]


def test_no_two_passwords_are_alike():
    assert len(set(printed_passwords(create()).values())) == len(ROLES)


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
