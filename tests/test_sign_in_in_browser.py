"""Signing in with a real browser: with an app for codes, with a passkey, and by pages that everybody can use."""

import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.utils.translation import override

from krakow_intl.core import second_factor
from tests.partners.factories import CityFactory
from tests.staff import account, page_of

PASSWORD = "Pan-Twardowski-99"
VIRTUAL = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def anna(live_server, settings):
    """An editor of a register that asks for a second factor."""
    settings.SECOND_FACTOR_REQUIRED = True
    return account("editor", username="anna", password=PASSWORD)


@pytest.fixture
def device(page):
    """A device with a finger on it; it can be asked `device("WebAuthn....")`."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    key = session.send("WebAuthn.addVirtualAuthenticator", {"options": VIRTUAL})["authenticatorId"]

    def ask(command, **arguments):
        return session.send(command, {"authenticatorId": key} | arguments)

    yield ask
    session.send("WebAuthn.disable")


def give_password(page, language="en"):
    page.goto(f"/{language}/admin/partners/")
    page.fill("[name=username]", "anna")
    page.fill("[name=password]", PASSWORD)
    page.click("[type=submit]")


def code_of(key, steps=0):
    """What an app shows that was given the key of the page, now or `steps` half minutes later."""
    return format_hotp_value(hotp_value(key.replace(" ", ""), int(time.time()) // 30 + steps))


def sign_out(page):
    page.click("#logout-form button")


def test_who_must_have_a_second_factor_sets_up_an_app_and_signs_in_with_its_codes(page, anna):
    give_password(page)
    page.click("text=Set up an app for codes")
    key = page.inner_text(".sign-in__key")
    page.fill("[name=code]", code_of(key))
    page.click("form .default")
    page.wait_for_selector(".recovery-codes")
    codes = page.locator(".recovery-codes code").all_inner_texts()
    assert len(codes) == 10
    with page.expect_download() as download:
        page.click("text=Download as a text")
    assert set(codes) < set(download.value.path().read_text().splitlines())
    page.click("text=I have kept them")
    assert page.url.endswith("/en/admin/partners/")
    sign_out(page)
    give_password(page)
    page.fill("[name=code]", code_of(key, 1))  # the one of before has been used
    page.click("[type=submit]")
    assert page.url.endswith("/en/admin/partners/")


def test_a_passkey_is_made_and_opens_the_account(page, anna, device):
    give_password(page)
    page.click("text=Set up a passkey")
    page.fill("[name=name]", "office laptop")
    page.click("text=Make a passkey")
    page.click("text=I have kept them")
    assert second_factor.authenticators(anna).get().wrap().name == "office laptop"
    [credential] = device("WebAuthn.getCredentials")["credentials"]
    assert credential["isResidentCredential"]
    sign_out(page)
    give_password(page)
    page.click("text=Use a passkey")
    page.wait_for_url("**/en/admin/partners/")


def test_a_passkey_without_the_person_opens_nothing(page, anna, device):
    give_password(page)
    page.click("text=Set up a passkey")
    page.fill("[name=name]", "office laptop")
    page.click("text=Make a passkey")
    page.click("text=I have kept them")
    sign_out(page)
    give_password(page)
    device("WebAuthn.setUserVerified", isUserVerified=False)
    page.click("text=Use a passkey")
    page.wait_for_selector("text=The passkey was not used.")
    assert "/login/second-step/" in page.url


def test_what_was_written_is_saved_after_a_sign_in_with_a_passkey(page, anna, device):
    city = CityFactory(name_en="Lviv", publication="draft")
    give_password(page)
    page.click("text=Set up a passkey")
    page.fill("[name=name]", "office laptop")
    page.click("text=Make a passkey")
    page.click("text=I have kept them")
    page.goto(page_of(city, "change"))
    page.fill("[name=name_en]", "Lwów, as it was called")
    page.context.clear_cookies(name="sessionid")
    page.click("[name=_continue]")
    page.fill("[name=sign-in-username]", "anna")
    page.fill("[name=sign-in-password]", PASSWORD)
    page.click("[type=submit]")
    page.click("text=Use a passkey")
    page.wait_for_url("**/change/**")
    page.wait_for_selector(".success")
    city.refresh_from_db()
    assert city.name_en == "Lwów, as it was called"


def pages_to_set_up(page, language):
    """Goes through the pages one after the other; yields after each has opened."""
    give_password(page, language)
    yield "overview"
    root = f"/{language}/admin/sign-in/"
    for address in ("app/", "passkey/"):
        page.goto(root + address)
        yield address
    page.goto(f"{root}app/")
    page.fill("[name=code]", "12")
    page.click("form .default")
    yield "a wrong code"
    page.fill("[name=code]", code_of(page.inner_text(".sign-in__key")))
    page.click("form .default")
    yield "recovery codes"
    page.click("[name=done]")
    for address in ("", "recovery-codes/", "confirm/", "sessions/"):
        page.goto(root + address)
        yield f"later {address}"
    page.goto(root)
    page.click(".sign-in__rows a")
    yield "remove"
    sign_out(page)
    give_password(page, language)
    yield "second step"
    page.fill("[name=code]", "12")
    page.click("[type=submit]")
    yield "a wrong second step"


@pytest.mark.parametrize(
    ("language", "scheme", "width"),
    [("pl", "light", 1280), ("en", "dark", 320)],
)
def test_every_page_of_signing_in_is_accessible_keeps_the_policy_and_is_not_cut_off(
    page, anna, axe_faults, language, scheme, width
):
    said = []
    page.on("console", lambda message: message.type in {"error", "warning"} and said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    faults = []
    with override(language):
        for name in pages_to_set_up(page, language):
            page.wait_for_load_state("load")
            faults += [(name, text) for text in said]
            said.clear()
            faults += [(name, *fault) for fault in axe_faults(page)]
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                faults.append((name, "is cut off"))
    assert faults == []
