"""Words that many take for a password are none, in whatever dress."""

import secrets

import pytest
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

COMMON = [
    "krakow123456",
    "Kraków-2024!!",
    "KRAKOW-KRAKOW-1",
    "Haslo1234567",
    "hasłohasło12",
    "h@slo1234567",
    "P0lska-2024-!",
    "zaq12wsxcde3",
    "ZAQ!2wsxCDE#",
    "1q2w3e4r5t6y",
    "Qwertyuiop12",
    "2024Stanisław",
    "mamatatabrat1",
    "kochamCięMamo12",
    "urządmiasta2024",
    "Smok-Wawelski-77",
    "password2024",
    "aaaaaaaaaaaa",
    "121212121212",
    "małgosia19851",
    "Łódź-łódź-łódź",
]
GOOD = ["Pan-Twardowski-99", "Zamek-Niepolomice-8", "gruszka wieloryb tramwaj", "Zażółć gęślą jaźń", "Xk29-vb83-qq1"]


@pytest.mark.parametrize("password", COMMON)
def test_a_common_word_is_no_password_in_whatever_dress(password):
    with pytest.raises(ValidationError):
        validate_password(password)


@pytest.mark.parametrize("password", GOOD)
def test_what_nobody_guesses_is_a_password(password):
    validate_password(password)


def test_a_password_has_twelve_characters_at_least():
    validate_password("Xk29vb83qq1!")
    with pytest.raises(ValidationError, match="12"):
        validate_password("Xk29vb83qq1")


def test_a_password_is_not_like_the_name_of_its_account():
    with pytest.raises(ValidationError):
        validate_password("twardowski-99", User(username="twardowski99"))


def test_passwords_made_by_chance_are_not_refused():
    for _ in range(500):
        validate_password(secrets.token_urlsafe(12) + "x7")


def test_a_very_long_password_is_looked_at_in_no_time():
    validate_password("zupelnieniewiadomoco" * 50)
