"""Second factors as tests need them: an app for codes that knows its key, and what it shows."""

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.utils import timezone

KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def give_app(user):
    """The account has an app for codes; returns its row."""
    return TOTP.activate(user, KEY).instance


def give_recovery_codes(user):
    return RecoveryCodes.activate(user).generate_codes()


def code(steps=0, key=KEY):
    """What the app shows, now or so many half minutes later."""
    return format_hotp_value(hotp_value(key, int(timezone.now().timestamp()) // 30 + steps))


def wrong_code():
    return str((int(code()) + 1) % 10**6).zfill(6)
