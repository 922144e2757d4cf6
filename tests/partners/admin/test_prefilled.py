"""The form of a new agreement with a city begins with what is known; nothing of it is stored before it is saved."""

import pytest

from partners.admin.prefilled import address_word
from partners.models import Agreement, Party
from tests.partners.factories import AgreementFactory, CityFactory, PartyFactory
from tests.staff import page_of, sign_in, typed

pytestmark = [pytest.mark.django_db, pytest.mark.once]
HOME = {"side": "home", "name_pl": "Miasto Kraków", "name_en": "City of Kraków"}


@pytest.fixture
def lviv(db):
    return CityFactory(name_pl="Lwów", name_en="Lviv", slug="lviv")


def new(client, **query):
    return typed(client.get(page_of(Agreement, "add"), query))


def test_number_address_word_and_both_parties_are_filled_in(client, lviv):
    for number, names in ((1, HOME), (2, HOME), (3, {**HOME, "name_pl": "Rada", "name_en": "Council"})):
        PartyFactory(agreement=AgreementFactory(number=number), **names)
    sign_in(client, "editor")
    form = new(client, city=lviv.pk, kind="protocol", signed_on="10.09.2024")
    assert (form["number"], form["slug"], form["kind"]) == ("4", "lviv-protocol-2024-09-10", "protocol")
    rows = [[form[f"parties-{row}-{name}"] for name in ("side", "position", "name_pl", "name_en")] for row in (0, 1)]
    assert rows == [["home", "1", "Miasto Kraków", "City of Kraków"], ["partner", "1", "Miasto Lwów", "City of Lviv"]]
    assert form["parties-TOTAL_FORMS"] == "3"
    assert Agreement.objects.count() == Party.objects.count() == 3


def test_what_is_filled_in_is_saved_with_the_form(client, lviv):
    PartyFactory(**HOME)
    sign_in(client, "editor")
    query = {"city": lviv.pk, "kind": "twinning", "signed_on": "2024"}
    sent = new(client, **query) | {"title_pl": "Umowa", "title_en": "Agreement"}
    assert client.post(page_of(Agreement, "add"), sent).status_code == 302
    agreement = Agreement.objects.get(slug="lviv-twinning-2024")
    assert [party.name_en for party in agreement.parties.order_by("side")] == ["City of Kraków", "City of Lviv"]


@pytest.mark.parametrize("query", [{}, {"city": "abc"}, {"city": "9" * 30}, {"city": "999999"}, {"city": "\x00"}])
def test_without_a_city_nothing_is_filled_in(client, query):
    sign_in(client, "editor")
    client.raise_request_exception = False
    response = client.get(page_of(Agreement, "add"), query)
    if response.status_code == 200:
        form = typed(response)
        assert (form["number"], form["slug"], form["parties-0-name_pl"]) == ("", "", "")
    assert response.status_code < 500


def test_what_a_link_says_goes_before_what_is_proposed(client, lviv):
    sign_in(client, "editor")
    form = new(client, city=lviv.pk, number="99", **{"parties-0-name_pl": "Rada", "parties-1-side": "home"})
    assert (form["number"], form["parties-0-name_pl"], form["parties-1-side"]) == ("99", "Rada", "home")
    assert "slug" in form


@pytest.mark.parametrize(
    ("kind", "signed_on", "word"),
    [
        ("twinning", "19 lutego 1993", "lviv-twinning-1993-02-19"),
        ("other", "2005-03", "lviv-agreement-2005-03"),
        ("protocol", "", "lviv-protocol-undated"),
        ("protocol", "31.02.2001", "lviv-protocol-undated"),
        ("friendship", "1999", "lviv-friendship-1999-3"),
    ],
)
def test_an_address_word_is_made_of_city_kind_and_date_and_is_free(lviv, kind, signed_on, word):
    for slug in ("lviv-friendship-1999", "lviv-friendship-1999-2", "lviv-friendship-1999-music"):
        AgreementFactory(slug=slug)
    assert address_word(lviv, kind, signed_on) == word


def test_an_address_word_is_never_too_long():
    assert len(address_word(CityFactory(slug="x" * 100), "cooperation-programme", "1999")) <= 100


def test_a_change_of_an_agreement_is_filled_in_with_no_parties(client, lviv):
    agreement = AgreementFactory(city=lviv)
    sign_in(client, "editor")
    form = typed(client.get(page_of(agreement, "change"), {"city": lviv.pk}))
    assert form["parties-0-name_pl"] == ""
