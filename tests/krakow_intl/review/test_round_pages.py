"""The desk and a verification round in a real browser: by keyboard, without scripts, accessible, within the policy."""

import pytest
from django.test import Client

from krakow_intl.models import StaffDesk
from krakow_intl.review.models import RoundItem, VerificationRound
from krakow_intl.review.rounds import begin
from partners.models import Agreement
from tests.organizations.factories import MembershipFactory
from tests.partners.factories import AgreementFactory, AssessmentFactory, CityFactory
from tests.staff import account, cookie_of


@pytest.fixture
def anna(page, live_server):
    """The account as which the page is signed in; what the page tells its console stands in `page.said`."""
    user = account("editor", "anna", email="anna@example.org")
    client = Client()
    client.force_login(user)
    page.context.add_cookies([cookie_of(client, live_server)])
    page.said = []
    page.on("console", lambda message: message.type in {"error", "warning"} and page.said.append(message.text))
    return user


@pytest.fixture
def lviv(live_server):
    city = CityFactory(name_en="Lviv", name_pl="Lwów", lead_pl="Miasto", lead_en="A city", verified_on=None)
    city.lead_pl = "Inne miasto"
    city.save()
    AgreementFactory(city=city, term="fixed", valid_until="2035-01-01", verified_on=None)
    AgreementFactory(city=city, events=[{"kind": "suspended", "taken_on": "2022-03-02"}], verified_on=None)
    AssessmentFactory(city=city, verified_on=None)
    MembershipFactory(fee=100, currency="EUR")
    return city


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "light"), (320, "dark")])
def test_the_desk_and_the_round_have_no_faults(page, anna, lviv, axe_faults, width, scheme):
    current = begin(anna, city=lviv)
    StaffDesk.objects.create(user=anna, department=lviv.department.slug)
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    walk = f"/en/admin/verification/{current.pk}/"
    faults = {}
    for address in ("/en/admin/", "/en/admin/desk/unverified/", "/en/admin/desk/wishes/", walk, f"{walk}?end"):
        page.said.clear()
        page.goto(address)
        wider = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        said = [*page.said]
        if found := [*axe_faults(page), *said, *(["wider than the screen"] if wider else [])]:
            faults[address] = found
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1280, "height": 800})
    assert faults == {}


def press(page, key):
    with page.expect_navigation():
        page.keyboard.press(key)


def test_a_round_is_walked_with_single_keys(page, anna, lviv):
    current = begin(anna, city=lviv)
    page.goto(f"/en/admin/verification/{current.pk}/")
    press(page, "t")
    press(page, "s")
    page.keyboard.press("q")
    page.keyboard.type("Is the date of that right?")
    page.keyboard.press("Tab")
    press(page, "Enter")
    press(page, "c")
    assert "/change/" in page.url
    answers = [item.answer for item in current.items.all()]
    assert answers[:4] == ["true", "skipped", "asked", "corrected"]
    assert current.items.get(answer="asked").remark == "Is the date of that right?"


def test_a_round_is_walked_without_scripts(browser, anna, lviv, live_server):
    current = begin(anna, (Agreement,), city=lviv)
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    client = Client()
    client.force_login(anna)
    context.add_cookies([cookie_of(client, live_server)])
    page = context.new_page()
    page.goto(f"/en/admin/verification/{current.pk}/")
    page.click("text=Still true")
    page.click("button[value=skipped]")
    page.click("text=Hand the round in")
    assert "/review/pendingchange/" in page.url
    context.close()
    assert VerificationRound.objects.get().closed_at
    assert RoundItem.objects.filter(answer="true").count() == 1
