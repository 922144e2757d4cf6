"""What somebody shows besides a password: a code of an app, a passkey, or one of ten codes on paper."""

import base64
import json
import struct
from hashlib import sha256
from ipaddress import ip_address

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.internal import auth as webauthn
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

TOTP, PASSKEY, RECOVERY = Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN, Authenticator.Type.RECOVERY_CODES
MAX_PASSKEYS = 10
# what a library raises that reads nonsense where the answer of a passkey should stand
UNREADABLE = (
    *(ValueError, TypeError, LookupError, AttributeError, NotImplementedError, struct.error),
    *(ValidationError, InvalidSignature, UnsupportedAlgorithm, RecursionError),
)
LAST_STEP = "last_step"  # of a code that was used, in the row of its app


class SecondFactorAdapter(DefaultMFAAdapter):
    """What allauth is told by the house: secrets are stored encrypted, and names are those of accounts."""

    def encrypt(self, text):
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        """Raises `InvalidToken` where the secret of the register is another one than it was."""
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def _get_user_identifier(self, user):
        return user.get_username()

    def get_public_key_credential_user_entity(self, user):
        """Without the name of the person, which is nothing to the maker of a key."""
        return super().get_public_key_credential_user_entity(user) | {"display_name": user.get_username()}


def _cipher():
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([Fernet(_key_from(key)) for key in keys])


def _key_from(secret):
    return base64.urlsafe_b64encode(sha256(f"second factor {secret}".encode()).digest())


def authenticators(user, *types):
    return Authenticator.objects.filter(user=user, type__in=types or (TOTP, PASSKEY)).order_by("created_at")


def has_second_factor(user):
    """Whether an account has an app or a passkey; codes on paper alone are none."""
    return authenticators(user).exists()


def uses_codes(user):
    return authenticators(user, TOTP, RECOVERY).exists()


def _hold(user):
    """Nobody else changes the second factors of an account until this transaction ends."""
    get_user_model()._base_manager.select_for_update().get(pk=user.pk)


@transaction.atomic
def remove(user, pk):
    """Takes an app or a passkey from its account, and with the last one the codes on paper."""
    _hold(user)
    authenticators(user).filter(pk=pk).delete()
    if not has_second_factor(user):
        authenticators(user, RECOVERY).delete()


def remove_all(user):
    """Takes every second factor from an account; returns how many there were."""
    return authenticators(user, TOTP, PASSKEY, RECOVERY).delete()[0]


# codes


@transaction.atomic
def accept_code(user, code):
    """Whether `code` is one of the account's app or on its paper; it serves once, whichever process is asked."""
    rows = authenticators(user, TOTP, RECOVERY).select_for_update()
    return any(_accept_at(row, code) for row in rows)


def _accept_at(row, code):
    try:
        return RecoveryCodes(row).validate_code(code) if row.type == RECOVERY else _accept_totp(row, code)
    except InvalidToken:
        return False


def _accept_totp(row, code):
    step = step_of_code(decrypt(row.data["secret"]), code)
    if step is None or step <= row.data.get(LAST_STEP, -1):
        return False
    row.data[LAST_STEP], row.last_used_at = step, timezone.now()
    row.save(update_fields=["data", "last_used_at"])
    return True


def step_of_code(secret, code):
    """The half minute whose code this is, now or a step before or behind; None if it is of none."""
    now = int(timezone.now().timestamp()) // 30
    steps = range(now - settings.MFA_TOTP_TOLERANCE, now + settings.MFA_TOTP_TOLERANCE + 1)
    matching = [step for step in steps if _is_of_step(secret, step, code)]
    return matching[-1] if matching else None


def _is_of_step(secret, step, code):
    expected = totp.format_hotp_value(totp.hotp_value(secret, step))
    return totp.compare_user_code(actual=code, expected=expected)


@transaction.atomic
def add_app(user, secret, code):
    """An app that has shown `code` is the account's from now on, in the place of a former one; False if it is wrong."""
    step = step_of_code(secret, code)
    if step is None:
        return False
    _hold(user)
    authenticators(user, TOTP).delete()
    row = totp.TOTP.activate(user, secret).instance
    row.data[LAST_STEP] = step
    row.save(update_fields=["data"])
    return True


@transaction.atomic
def new_recovery_codes(user):
    """Ten new codes, in place of all former ones."""
    _hold(user)
    authenticators(user, RECOVERY).delete()
    return RecoveryCodes.activate(user).generate_codes()


def recovery_codes_left(user):
    """The codes on paper that were not used yet."""
    row = authenticators(user, RECOVERY).first()
    try:
        return RecoveryCodes(row).get_unused_codes() if row else []
    except InvalidToken:
        return []


# passkeys


def passkeys_work_at(request):
    """Whether browsers give and take passkeys at this address: they need a name, and https or the machine itself."""
    host = request.get_host().rpartition(":")[0] if ":" in request.get_host() else request.get_host()
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return request.is_secure() or host == "localhost"
    return False


def passkey_to_make(user):
    """What a browser is asked, to make a passkey that wants a finger, a face or a PIN."""
    return webauthn.begin_registration(user, passwordless=True)


def add_passkey(user, name, answer):
    """Takes what the browser answered, as JSON; raises `ValidationError` if that is to another question."""
    if authenticators(user, PASSKEY).count() >= MAX_PASSKEYS:
        raise ValidationError(_("This account has as many passkeys as it may have."))
    try:
        credential = json.loads(answer)
        webauthn.parse_registration_response(credential)
        webauthn.complete_registration(credential)
    except UNREADABLE as error:
        raise ValidationError(_("The passkey could not be read. Please try again.")) from error
    return webauthn.WebAuthn.add(user, name, credential).instance


def passkey_to_ask_for(user):
    return webauthn.begin_authentication(user)


def accept_passkey(user, answer):
    """Whether `answer`, as JSON, is one to the question this session was asked, by a passkey of the account."""
    try:
        credential = json.loads(answer)
        webauthn.parse_authentication_response(credential)
        row = webauthn.complete_authentication(user, credential)
    except UNREADABLE:
        return False
    row.record_usage()
    return True
