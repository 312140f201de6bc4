"""From which address a request came, where proxies stand between the person and this process."""

from collections.abc import Iterator
from functools import cache
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

from fastapi import Request

from services.domain.errors import Unavailable
from services.web.app_state import site_of

Network = IPv4Network | IPv6Network
_HEADER = "x-forwarded-for"
_IPV6_SITE = 64  # one household or office has so many bits to itself, and changes the rest at will


def client_address(request: Request) -> str:
    """Return the address nearest to the person that a trusted proxy names; an IPv6 site as one.

    `X-Forwarded-For` is read from its end, where our own proxy wrote, and no further than the
    first address that is no trusted proxy: what stands before that the sender may have made up.
    """
    trusted = trusted_networks(site_of(request).trusted_proxies)
    address = request.client.host if request.client else ""
    for hop in _hops(request):
        if not _is_in(address, trusted):
            break
        if _read(hop) is None:
            break
        address = hop
    return _site_of(address)


@cache
def trusted_networks(setting: str) -> tuple[Network, ...]:
    """Return the proxies that the setting names, one address or network after another."""
    try:
        return tuple(ip_network(one, strict=False) for one in setting.split())
    except ValueError:
        raise Unavailable(
            "KEYLINE_TRUSTED_PROXIES is one or more addresses or networks, such as 10.0.0.0/8."
        ) from None


def is_trusted_proxy(setting: str, address: str) -> bool:
    """Tell whether the address is one of the proxies that the setting names."""
    return _is_in(address, trusted_networks(setting))


def _hops(request: Request) -> Iterator[str]:
    """Yield the addresses that proxies wrote down, the nearest to this process first."""
    named = ",".join(request.headers.getlist(_HEADER)).split(",")
    return (one.strip() for one in reversed(named))


def _is_in(address: str, networks: tuple[Network, ...]) -> bool:
    found = _read(address)
    return found is not None and any(found in network for network in networks)


def _read(address: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(address)
    except ValueError:
        return None


def _site_of(address: str) -> str:
    found = _read(address)
    if not isinstance(found, IPv6Address):
        return address
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ip_network((found, _IPV6_SITE), strict=False))
