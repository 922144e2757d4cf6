"""Whose account somebody has whom the directory lets in; the whole way there and back is tried with its pages."""

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialLogin

from krakow_intl.core.directory import DirectoryAdapter, NoAccount, account_of
from tests.staff import account

pytestmark = pytest.mark.django_db


def login(uid="4711", emails=(("anna@um.example", True),), **claims):
    said = {"id_token": {"sub": uid}, "userinfo": {"sub": uid}} | claims
    person = SocialAccount(provider="directory", uid=uid, extra_data=said)
    addresses = [EmailAddress(email=email, verified=verified) for email, verified in emails]
    return SocialLogin(account=person, email_addresses=addresses)


@pytest.fixture
def anna():
    return account("editor", username="anna", email="anna@um.example")


def test_a_verified_e_mail_links_an_account_once(anna):
    assert account_of(login()) == anna
    assert account_of(login(emails=[])) == anna
    assert SocialAccount.objects.count() == 1


@pytest.mark.parametrize(
    "claims",
    [{"userinfo": {"sub": "0815"}}, {"userinfo": {}, "id_token": {}}, {"userinfo": {"email": "anna@um.example"}}],
    ids=["of another", "of nobody", "without a name"],
)
def test_claims_are_of_the_one_who_was_let_in(anna, claims):
    with pytest.raises(NoAccount):
        account_of(login(**claims))


def test_an_empty_e_mail_is_nobodys():
    account("reader", email="")
    with pytest.raises(NoAccount):
        account_of(login(emails=[("", True)]))


def test_nobody_signs_up():
    assert not DirectoryAdapter().is_open_for_signup(None, login())
