"""Whoever runs the register lets somebody in again whom no administrator can help."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client

from tests.second_factors import give_app, give_recovery_codes
from tests.staff import account

pytestmark = pytest.mark.django_db


def run(name):
    output = StringIO()
    call_command("remove_second_factor", name, stdout=output)
    return output.getvalue()


def test_the_second_factor_goes_and_the_sessions_end():
    anna = account("superuser", username="anna")
    give_app(anna)
    give_recovery_codes(anna)
    client = Client()
    client.force_login(anna)
    assert run("anna") == "anna: second factor removed\n"
    assert not Authenticator.objects.exists()
    assert client.get("/en/admin/").status_code == 302
    assert run("anna") == "anna: there was no second factor\n"


def test_a_name_that_nobody_has_is_said():
    with pytest.raises(CommandError, match="There is no account “nobody”"):
        run("nobody")
