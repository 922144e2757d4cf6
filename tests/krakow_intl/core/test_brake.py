"""Guessing passwords becomes slow, and nobody is locked out by what others try."""

import logging
from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone
from django.utils.translation import override

from krakow_intl.core import brake
from krakow_intl.models import SignInBrake
from tests.threads import at_once

HERE, NEXT_DOOR, ELSEWHERE = "81.2.69.1", "81.2.69.200", "8.8.8.8"
UNKNOWN = "10.0.0.7"
pytestmark = pytest.mark.django_db


class WrongPassword(Exception):
    pass


def attempt(account="anna", address=HERE, is_right=False):
    """Tries to sign in; returns the seconds to wait, or 0 if the password was looked at."""
    try:
        with brake.attempt(RequestFactory().post("/", REMOTE_ADDR=address), account):
            if not is_right:
                raise WrongPassword
    except brake.Delayed as delayed:
        return delayed.seconds
    except WrongPassword:
        pass
    return 0


def fail(times, clock, accounts=("anna",), addresses=(HERE,)):
    """Fails `times` by the rules: waits whenever that is asked, and returns how long it waited."""
    waited = []
    for number in range(times):
        arguments = accounts[number % len(accounts)], addresses[number % len(addresses)]
        while wait := attempt(*arguments):
            waited.append(wait)
            clock.pass_by(seconds=wait)
    return waited


def many(pattern, count=200):
    return [pattern.format(number) for number in range(count)]


def test_whoever_mistypes_four_times_does_not_wait(clock):
    assert fail(4, clock) == []
    assert attempt(is_right=True) == 0


def test_from_the_fifth_failure_on_the_wait_doubles_up_to_a_quarter_of_an_hour(clock):
    assert fail(17, clock) == [2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]


def test_after_dozens_of_wrong_passwords_the_right_one_waits_too(clock):
    fail(42, clock)
    assert attempt(is_right=True) == 900


def test_a_try_that_comes_too_early_is_not_counted_and_does_not_lengthen_the_wait(clock):
    fail(5, clock)
    for _ in range(50):
        assert attempt() == 2
    clock.pass_by(seconds=1.5)
    assert attempt() == 1
    clock.pass_by(seconds=0.5)
    assert attempt(is_right=True) == 0


def test_success_starts_the_count_of_that_account_from_there_anew(clock):
    fail(9, clock)
    clock.pass_by(seconds=32)
    assert attempt(is_right=True) == 0
    assert fail(6, clock) == [2]


def test_a_day_without_a_failure_is_forgiven(clock):
    fail(9, clock)
    clock.pass_by(days=1)
    assert fail(5, clock) == []


def test_neighbours_in_one_network_share_the_count(clock):
    fail(5, clock, addresses=[HERE, NEXT_DOOR])
    assert attempt(address=NEXT_DOOR) == attempt(address=HERE) == 2


def test_who_guesses_elsewhere_does_not_hold_up_the_person(clock):
    attempt(is_right=True)
    fail(60, clock, addresses=[ELSEWHERE])
    fail(60, clock, addresses=many("9.9.{}.9"))
    assert attempt(is_right=True) == 0


def test_who_guesses_from_many_networks_waits_up_to_half_a_minute(clock):
    waited = fail(30, clock, addresses=many("9.9.{}.9"))
    assert waited == [2, 4, 8, 16, 30, 30, 30, 30, 30, 30]
    assert attempt(address="7.7.7.7", is_right=True) == 30


def test_who_guesses_many_accounts_from_one_network_waits_up_to_a_minute(clock):
    waited = fail(30, clock, accounts=many("account-{}"))
    assert waited == [2, 4, 8, 16, 32, 60, 60, 60, 60, 60]
    assert attempt("somebody-else", is_right=True) == 60
    assert attempt("somebody-else", ELSEWHERE, is_right=True) == 0


def test_a_colleague_who_signed_in_from_the_network_lately_is_not_held_up(clock):
    attempt("jan", is_right=True)
    clock.pass_by(days=29)
    fail(40, clock, accounts=many("account-{}"))
    assert attempt("jan", is_right=True) == 0
    assert attempt("ewa", is_right=True) == 60


def test_who_signed_in_a_month_ago_is_held_up_as_others_are(clock):
    attempt("jan", is_right=True)
    clock.pass_by(days=30)
    fail(20, clock, accounts=many("account-{}"))
    assert attempt("jan", is_right=True) == 2


def test_an_account_that_is_known_here_is_still_not_guessed_here(clock):
    attempt(is_right=True)
    fail(10, clock)
    assert attempt(is_right=True) == 64


def test_success_with_ones_own_account_does_not_help_to_guess_others(clock):
    for number in range(30):
        fail(1, clock, accounts=[f"account-{number}"])
        clock.pass_by(seconds=60)
        attempt("mallory", is_right=True)
    fail(1, clock, accounts=["account-98"])
    assert attempt("account-99") == 60


def test_where_the_network_is_not_known_nobody_waits_for_others(clock):
    fail(60, clock, accounts=many("account-{}"), addresses=[UNKNOWN])
    assert attempt("jan", UNKNOWN, is_right=True) == 0
    fail(5, clock, accounts=["ewa"], addresses=[UNKNOWN])
    assert attempt("ewa", "127.0.0.1") == 2


def test_a_forged_header_is_no_other_network(clock):
    for number in range(5):
        request = RequestFactory().post("/", REMOTE_ADDR=HERE, headers={"X-Forwarded-For": f"9.9.{number}.9"})
        with pytest.raises(WrongPassword), brake.attempt(request, "anna"):
            raise WrongPassword
    with pytest.raises(brake.Delayed), brake.attempt(request, "anna"):
        pass


def test_what_happened_is_forgotten_after_a_day_and_who_is_known_after_thirty(clock):
    attempt("jan", is_right=True)
    fail(50, clock, accounts=many("account-{}"), addresses=many("9.9.{}.9"))
    clock.pass_by(days=1)
    fail(1, clock, accounts=["ewa"], addresses=[ELSEWHERE])
    fail(1, clock, accounts=["ewa"], addresses=[ELSEWHERE])
    assert SignInBrake.objects.count() == 4  # three of ewa, and that jan is known
    clock.pass_by(days=30)
    attempt("eva", "7.7.7.7")
    assert SignInBrake.objects.count() == 3


def test_no_more_is_cleared_away_at_once_than_takes_a_moment(clock, monkeypatch):
    fail(10, clock, addresses=many("9.9.{}.9"))
    before = SignInBrake.objects.count()
    clock.pass_by(days=1)
    monkeypatch.setattr(brake, "MAX_DELETED", 4)
    brake._clear_away()
    assert SignInBrake.objects.count() == before - 4


def test_a_try_that_is_held_up_leaves_no_row(clock):
    fail(20, clock, accounts=many("account-{}"))
    before = SignInBrake.objects.count()
    for number in range(50):
        assert attempt(f"another-{number}") == 2
    assert SignInBrake.objects.count() == before


def test_the_table_names_neither_account_nor_network(clock):
    attempt()
    rows = str([*SignInBrake.objects.values()])
    assert "anna" not in rows
    assert "81.2" not in rows


def test_a_clock_that_was_put_back_makes_nobody_wait_longer(clock):
    fail(5, clock)
    clock.pass_by(hours=-3)
    assert attempt() == 2


def test_a_count_without_end_is_no_wait_without_end(clock):
    fail(5, clock)
    SignInBrake.objects.update(failures=2_000_000_000)
    assert attempt() == 900


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("tries", "looked_at"),
    [
        ([("anna", HERE)] * 20, brake.MIN_PAIR),
        ([(f"account-{number}", HERE) for number in range(30)], brake.MIN_NETWORK),
        ([("anna", f"9.9.{number}.9") for number in range(30)], brake.MIN_ACCOUNT),
    ],
    ids=["one account", "many accounts", "many networks"],
)
def test_tries_made_at_once_are_no_more_than_the_rule_allows(clock, tries, looked_at):
    waits = at_once(lambda arguments: attempt(*arguments), tries)
    assert waits.count(0) == looked_at
    assert set(waits) == {0, 2}


@pytest.mark.django_db(transaction=True)
def test_many_who_sign_in_well_at_once_all_get_in(clock):
    tries = [("anna", HERE)] * 4 + [(f"colleague-{number}", HERE) for number in range(12)]
    assert at_once(lambda arguments: attempt(*arguments, is_right=True), tries) == [0] * 16
    assert set(SignInBrake.objects.values_list("failures", flat=True)) == {0}


@pytest.mark.django_db(transaction=True)
def test_what_was_forgotten_is_cleared_away_while_others_try(clock):
    fail(30, clock, accounts=many("account-{}", 10), addresses=many("9.9.{}.9", 15))
    clock.pass_by(days=2)
    tries = [(f"account-{number % 10}", f"9.9.{number % 15}.9") for number in range(20)]
    assert at_once(lambda arguments: attempt(*arguments), tries) == [0] * 20
    assert SignInBrake.objects.filter(last_attempt_at__lt=timezone.now() - timedelta(days=1)).count() == 0


@pytest.mark.parametrize(
    ("seconds", "in_words"),
    [
        (1, "1 second."),
        (2, "2 seconds."),
        (90, "90 seconds."),
        (91, "2 minutes."),
        (128, "3 minutes."),
        (900, "15 minutes."),
    ],
)
def test_the_wait_is_told_in_words(seconds, in_words):
    with override("en"):
        assert brake.Delayed(seconds).in_words() == f"Signing in has failed too often. Please try again in {in_words}"


def logged(caplog):
    return [(record.levelname, record.getMessage()) for record in caplog.records if record.name == brake.logger.name]


def test_each_try_is_a_line_in_the_log(clock, caplog):
    caplog.set_level(logging.INFO, logger=brake.logger.name)
    attempt(is_right=True)
    fail(5, clock)
    attempt("ewa", UNKNOWN)
    attempt()
    assert logged(caplog)[0] == ("INFO", "sign-in succeeded: account 'anna', address 81.2.69.1")
    assert logged(caplog)[1:6] == [("WARNING", "sign-in failed: account 'anna', address 81.2.69.1")] * 5
    assert logged(caplog)[6:] == [
        ("WARNING", "sign-in failed: account 'ewa', address 10.0.0.7"),
        ("WARNING", "sign-in delayed by 2 s: account 'anna', address 81.2.69.1"),
    ]


def test_no_account_name_writes_lines_of_its_own_into_the_log(clock, caplog):
    attempt("anna\n2026-05-05 INFO sign-in succeeded\x1b[31m\u202e%s" + "x" * 10_000, "")
    [(_level, line)] = logged(caplog)
    assert line.startswith(r"sign-in failed: account 'anna\n2026-05-05 INFO sign-in succeeded\x1b[31m\u202e%sxxx")
    assert line.endswith("', address unknown")
    assert len(line) < 250


def test_the_log_of_the_register_takes_good_sign_ins_in(settings):
    assert settings.LOGGING["loggers"][brake.logger.name]["level"] == "INFO"
