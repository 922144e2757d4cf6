"""No visitors choose the address by which they are counted."""

from datetime import date

import pytest
from django.test import RequestFactory
from django.utils import timezone

from krakow_intl.core.network import PROVIDER, client_address, client_network, network_of, read_address

PROXY, SECOND, VISITOR = "10.0.0.7", "10.0.0.8", "81.2.69.160"


def request(peer, *forwarded):
    headers = {"HTTP_X_FORWARDED_FOR": ", ".join(forwarded)} if forwarded else {}
    return RequestFactory().get("/", REMOTE_ADDR=peer, **headers)


def address(peer, *forwarded):
    found = client_address(request(peer, *forwarded))
    return found and str(found)


@pytest.fixture
def proxies(settings):
    """Names the proxies that are trusted."""

    def name(*addresses):
        settings.TRUSTED_PROXIES = [*addresses]

    name(PROXY)
    return name


@pytest.mark.parametrize("peer", [VISITOR, "10.0.0.9", "127.0.0.1", "::1", "2a02:a31a::1"])
def test_nobody_is_believed_who_is_no_proxy_of_ours(proxies, peer):
    assert address(peer, "9.9.9.9") == address(peer) == peer


@pytest.mark.parametrize(
    ("forwarded", "found"),
    [
        ([VISITOR], VISITOR),
        (["9.9.9.9", VISITOR], VISITOR),
        (["9.9.9.9", VISITOR, PROXY], VISITOR),
        (["9.9.9.9", VISITOR, PROXY, PROXY], VISITOR),
        (["9.9.9.9", VISITOR, SECOND], SECOND),
        (["nonsense", VISITOR], VISITOR),
        ([VISITOR, "nonsense"], None),
        ([VISITOR, ""], None),
        ([VISITOR, "unknown"], None),
        ([VISITOR, "81.2.69.160.1"], None),
        ([VISITOR, "٨١.2.69.160"], None),
        ([PROXY], None),
        ([""], None),
        ([], None),
        (["9.9.9.9"] * 500 + [VISITOR] + [PROXY] * 500, VISITOR),
        ([f"{VISITOR}:50123"], VISITOR),
        ([" 2a02:a31a::1 "], "2a02:a31a::1"),
        (["[2a02:a31a::1]"], "2a02:a31a::1"),
        (["[2a02:a31a::1]:50123"], "2a02:a31a::1"),
        ([f"::ffff:{VISITOR}"], VISITOR),
        ([f"[::ffff:{VISITOR}]:1"], VISITOR),
    ],
)
def test_a_proxy_of_ours_says_for_whom_it_asks(proxies, forwarded, found):
    assert address(PROXY, *forwarded) == found


def test_several_headers_are_one_list_in_their_order(proxies):
    assert address(PROXY, "9.9.9.9,8.8.8.8", f"7.7.7.7 ,{VISITOR}") == VISITOR


def test_a_chain_of_proxies_is_followed_back_to_the_first_stranger(proxies):
    proxies(PROXY, "192.168.0.0/24", "2001:db8::/32")
    assert address(PROXY, "9.9.9.9", VISITOR, "192.168.0.200", "2001:db8::5") == VISITOR
    assert address(f"::ffff:{PROXY}", VISITOR) == VISITOR


def test_whoever_connects_is_believed_for_the_last_entry_if_every_peer_is_trusted(proxies):
    proxies("*")
    assert address("172.17.0.1", "9.9.9.9", VISITOR) == VISITOR
    assert address("", "9.9.9.9", VISITOR) == VISITOR  # a socket in the file system has no address
    assert address("172.17.0.1") is None


def test_with_no_proxy_nobody_is_believed(proxies):
    proxies()
    assert address("127.0.0.1", VISITOR) == "127.0.0.1"


@pytest.mark.parametrize("text", ["", "nonsense", "81.2.69", "[81.2.69.160", "1.2.3.4:port", "[]", "[]:80", "a" * 8000])
def test_what_is_no_address_names_nobody(text):
    assert read_address(text) is None


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("81.2.69.1", "81.2.69.254", True),
        ("81.2.69.1", "81.2.70.1", False),
        ("81.2.69.1", "::ffff:81.2.69.254", True),
        ("2a02:a31a:1:1::1", "2a02:a31a:1:ffff::1", True),
        ("2a02:a31a:1::1", "2a02:a31a:2::1", False),
    ],
)
def test_a_network_is_what_a_household_or_an_office_has(one, other, is_same):
    networks = [client_network(request(address)) for address in (one, other)]
    assert (networks[0] == networks[1]) is is_same


def test_a_provider_has_a_wider_one():
    assert network_of(read_address("81.2.69.1"), PROVIDER) == "81.2.0.0/16"
    assert network_of(read_address("2a02:a31a:1::1"), PROVIDER) == "2a02:a31a::/32"


@pytest.mark.parametrize(
    "peer",
    ["127.0.0.1", "::1", "10.1.2.3", "172.17.0.1", "192.168.1.1", "100.64.0.1", "fe80::1%eth0", "fd00::1", "", "x"],
)
def test_an_address_that_many_may_share_is_no_known_network(peer):
    assert client_network(request(peer)) == ""


def test_a_proxy_that_names_nobody_has_no_network_although_its_address_is_public(proxies):
    proxies(VISITOR)
    assert client_network(request(VISITOR)) == ""


def test_a_network_is_told_by_a_hash_that_differs_every_day(monkeypatch):
    today = client_network(request(VISITOR))
    assert (len(today), VISITOR[:6] in today) == (40, False)
    assert client_network(request(VISITOR), day=timezone.localdate()) == today
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2100, 1, 1))
    assert client_network(request(VISITOR)) != today
