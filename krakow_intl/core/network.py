"""Who is at the other end of a request: an address that no visitor can make up, and the network it belongs to."""

import re
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac

NETWORK = {4: 24, 6: 48}  # the bits that the addresses of a household or an office share, by version
PROVIDER = {4: 16, 6: 32}  # those that the customers of a provider share
EVERY_PEER = "*"
# An address in brackets, with a zone and a port perhaps, "[fe80::1%eth0]:443"; or one with a port, "81.2.69.160:443".
DRESSED = re.compile(r"\[([0-9A-Fa-f.:]+)(?:%[^\]]*)?\](?::\d+)?|([\d.]+):\d+")


def client_address(request):
    """The address a request comes from; None where it cannot be read, or where a trusted proxy names nobody.

    X-Forwarded-For is read from the right, and only as far as the proxies of `settings.TRUSTED_PROXIES` wrote it.
    """
    peer = read_address(request.META.get("REMOTE_ADDR", ""))
    if EVERY_PEER not in settings.TRUSTED_PROXIES and not _is_proxy(peer):
        return peer
    named = map(read_address, reversed(request.headers.get("X-Forwarded-For", "").split(",")))
    return next((address for address in named if not _is_proxy(address)), None)


def client_network(request, size=NETWORK, day=None):
    """A hash of the network a request comes from, another one every day; "" where the network is not known."""
    network = network_of(client_address(request), size)
    return network and salted_hmac("network", f"{day or timezone.localdate()} {network}").hexdigest()


def network_of(address, size=NETWORK):
    """The network of an address, such as "81.2.69.0/24"; "" for none, and for those that never cross the internet.

    Behind a proxy that is not named as trusted all visitors would seem to come from one such address.
    """
    if address is None or not address.is_global:
        return ""
    return str(ip_network(f"{address}/{size[address.version]}", strict=False))


def read_address(text):
    """The address that a text names, IPv4 within IPv6 as IPv4; None if it names none."""
    dressed = DRESSED.fullmatch(text.strip())
    try:
        address = ip_address((dressed[1] or dressed[2]) if dressed else text.strip().partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _is_proxy(address):
    proxies = [ip_network(proxy) for proxy in settings.TRUSTED_PROXIES if proxy != EVERY_PEER]
    return address is not None and any(address in proxy for proxy in proxies)
