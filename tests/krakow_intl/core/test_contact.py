import pytest

from krakow_intl.core.contact import host_of, postal_address, telephone_url
from krakow_intl.core.typography import NBSP


@pytest.mark.parametrize(
    ("phone", "dialled"),
    [
        ("12 616 12 34", "tel:+48126161234"),
        ("(12) 616-12-34", "tel:+48126161234"),
        ("+48 12 616 12 34", "tel:+48126161234"),
        ("+380 32 297 57 00", "tel:+380322975700"),
        ("12 616 12 34 do 36", ""),
        ("12 616 12 34, 12 616 12 35", ""),
        ("12 616 12 34-36", ""),
        ("616", ""),
        ("+48", ""),
        ("javascript:alert(1)", ""),
        ("", ""),
    ],
)
def test_a_number_is_dialled_if_it_is_one(phone, dialled):
    assert telephone_url(phone) == dialled


def test_a_postcode_stays_with_its_town_and_an_address_is_escaped():
    html = postal_address("ul. <b>1, 31-004 Kraków")
    assert html == f'ul. &lt;b&gt;1, <span class="contact__postcode">31-004</span>{NBSP}Kraków'


@pytest.mark.parametrize(
    ("address", "host"),
    [("https://www.bip.krakow.pl/", "bip.krakow.pl"), ("https://example.org:8443/a?b", "example.org"), ("x", "x")],
)
def test_a_web_address_is_called_by_its_host(address, host):
    assert host_of(address) == host
