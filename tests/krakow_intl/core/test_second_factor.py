"""A code serves once and for half a minute; what cannot be read is no passkey; secrets are stored encrypted."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.test import RequestFactory
from django.utils.translation import override

from krakow_intl.core import second_factor
from tests.second_factors import KEY, code, give_app, give_recovery_codes, wrong_code
from tests.staff import account
from tests.threads import at_once

pytestmark = pytest.mark.django_db
NONSENSE = [
    "",
    "x",
    "null",
    "[]",
    "{}",
    "7",
    '"text"',
    "[" * 20_000,
    '{"id": 1, "rawId": null, "response": []}',
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}),
    json.dumps(
        {
            "id": "AA",
            "rawId": "AA",
            "type": "public-key",
            "response": {"clientDataJSON": "AAAA", "attestationObject": "AAAA"},
            "clientExtensionResults": {},
        }
    ),
    json.dumps(
        {
            "id": "AA",
            "rawId": "AA",
            "type": "public-key",
            "response": {"clientDataJSON": "e30", "authenticatorData": "AA", "signature": "AA", "userHandle": "AA"},
            "clientExtensionResults": {},
        }
    ),
]


@pytest.fixture
def anna():
    return account("editor", username="anna")


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_clock_may_be_half_a_minute_wrong(clock, anna, steps):
    give_app(anna)
    assert second_factor.accept_code(anna, code(steps))


@pytest.mark.parametrize("steps", [-3, -2, 2, 3])
def test_a_clock_that_is_more_wrong_opens_nothing(clock, anna, steps):
    give_app(anna)
    assert not second_factor.accept_code(anna, code(steps))


def test_a_code_serves_once_and_so_do_those_before_it(clock, anna):
    give_app(anna)
    assert second_factor.accept_code(anna, code())
    assert not second_factor.accept_code(anna, code())
    assert not second_factor.accept_code(anna, code(-1))
    assert second_factor.accept_code(anna, code(1))


@pytest.mark.django_db(transaction=True)
def test_a_code_that_is_sent_many_times_at_once_serves_once(clock, anna):
    give_app(anna)
    shown = code()
    assert sum(at_once(lambda _number: second_factor.accept_code(anna, shown), range(8))) == 1


@pytest.mark.django_db(transaction=True)
def test_a_recovery_code_that_is_sent_many_times_at_once_serves_once(anna):
    give_app(anna)
    [first, *_others] = give_recovery_codes(anna)
    assert sum(at_once(lambda _number: second_factor.accept_code(anna, first), range(8))) == 1


def test_ten_recovery_codes_serve_once_each(anna):
    give_app(anna)
    codes = second_factor.new_recovery_codes(anna)
    assert len({*codes}) == 10
    assert [second_factor.accept_code(anna, each) for each in codes] == [True] * 10
    assert not any(second_factor.accept_code(anna, each) for each in codes)
    assert second_factor.recovery_codes_left(anna) == []


def test_new_recovery_codes_take_the_place_of_the_former(anna):
    give_app(anna)
    former = second_factor.new_recovery_codes(anna)
    second_factor.new_recovery_codes(anna)
    assert not any(second_factor.accept_code(anna, each) for each in former)


@pytest.mark.parametrize("typed", ["", " ", "żółw", "１２３４５６", "0" * 400, "\u202e123456", "-1", "None"])
def test_what_is_no_code_opens_nothing(anna, typed):
    give_app(anna)
    give_recovery_codes(anna)
    assert not second_factor.accept_code(anna, typed)


def test_a_code_may_be_typed_with_a_space(clock, anna):
    give_app(anna)
    assert second_factor.accept_code(anna, f"{code()[:3]} {code()[3:]}")


def test_codes_of_others_open_nothing(clock, anna):
    give_app(account("reader"))
    assert not second_factor.accept_code(anna, code())


def test_an_app_is_added_once_it_shows_a_code_and_that_code_has_been_used(clock, anna):
    assert not second_factor.add_app(anna, KEY, wrong_code())
    assert not second_factor.has_second_factor(anna)
    assert second_factor.add_app(anna, KEY, code())
    assert not second_factor.accept_code(anna, code())


def test_another_app_takes_the_place_of_the_former(clock, anna):
    second_factor.add_app(anna, KEY, code())
    other = "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU"
    second_factor.add_app(anna, other, code(key=other))
    assert not second_factor.accept_code(anna, code(1))
    assert second_factor.accept_code(anna, code(1, key=other))


def test_codes_on_paper_alone_are_no_second_factor_and_go_with_the_last_one(anna):
    row = give_app(anna)
    give_recovery_codes(anna)
    second_factor.remove(anna, row.pk)
    assert not second_factor.has_second_factor(anna)
    assert not Authenticator.objects.exists()


def test_nobody_removes_what_is_of_another(anna):
    row = give_app(account("reader"))
    second_factor.remove(anna, row.pk)
    assert Authenticator.objects.filter(pk=row.pk).exists()


def test_the_table_holds_neither_key_nor_codes(anna):
    give_app(anna)
    codes = give_recovery_codes(anna)
    stored = str([*Authenticator.objects.values()])
    assert not any(secret in stored for secret in [KEY, *codes])


def test_with_a_new_secret_of_the_register_codes_open_nothing_unless_it_keeps_the_former(clock, anna, settings):
    give_app(anna)
    codes = give_recovery_codes(anna)
    former, settings.SECRET_KEY = settings.SECRET_KEY, "another-secret-" * 5
    assert not second_factor.accept_code(anna, code())
    assert not second_factor.accept_code(anna, codes[0])
    assert second_factor.recovery_codes_left(anna) == []
    settings.SECRET_KEY_FALLBACKS = [former]
    assert second_factor.accept_code(anna, code())


ADDRESSES = {
    "localhost": ("localhost:8000", False, True),
    "a name with https": ("register.example", True, True),
    "a name without": ("register.example", False, False),
    "a number": ("127.0.0.1:8000", True, False),
    "a number of version 6": ("[::1]:8000", True, False),
}


@pytest.mark.parametrize(("host", "is_secure", "works"), ADDRESSES.values(), ids=ADDRESSES)
def test_passkeys_work_where_browsers_let_them(settings, host, is_secure, works):
    settings.ALLOWED_HOSTS = ["*"]
    request = RequestFactory().get("/", secure=is_secure, headers={"Host": host})
    assert second_factor.passkeys_work_at(request) is works


@pytest.fixture
def in_a_request(rf):
    """The library reads the request that is being answered."""
    from allauth.core.context import request_context

    request = rf.get("/", headers={"Host": "localhost"})
    request.session = {}
    with request_context(request):
        yield request


@pytest.mark.parametrize("answer", NONSENSE, ids=range(len(NONSENSE)))
def test_nonsense_is_no_passkey(anna, in_a_request, answer):
    second_factor.passkey_to_make(anna)
    with pytest.raises(ValidationError):
        second_factor.add_passkey(anna, "key", answer)
    second_factor.passkey_to_ask_for(anna)
    assert not second_factor.accept_passkey(anna, answer)


def test_a_passkey_is_asked_for_with_the_person(anna, in_a_request):
    made = second_factor.passkey_to_make(anna)["publicKey"]
    selection = made["authenticatorSelection"]
    assert (selection["userVerification"], selection["residentKey"]) == ("required", "required")
    assert (made["user"]["name"], made["user"]["displayName"], made["rp"]["id"]) == ("anna", "anna", "localhost")


def test_an_account_has_a_bounded_number_of_passkeys(anna, in_a_request, monkeypatch):
    monkeypatch.setattr(second_factor, "MAX_PASSKEYS", 0)
    with override("en"), pytest.raises(ValidationError, match="as many"):
        second_factor.add_passkey(anna, "key", "{}")
