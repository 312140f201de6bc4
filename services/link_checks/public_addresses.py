"""A connection to an address of the public internet, and to no machine of our own.

Each name is resolved once, every address it has is looked at, and the connection goes to the very
address that was looked at, so that a name cannot become another machine in between.
"""

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final

PATIENCE: Final = 10.0
# An IPv4 address written as another: what lies behind it is not seen by its own rules.
_TRANSLATED: Final = IPv6Network("64:ff9b::/96")


class NotToBeReached(Exception):
    """The address is none of the public web."""


def connected(host: str, port: int, *, allows_private: bool) -> socket.socket:
    """Connect to one of the host's addresses, where all of them may be reached."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [ip_address(str(one[4][0]).partition("%")[0]) for one in found]
    if not allows_private and not all(map(is_public, addresses)):
        raise NotToBeReached
    for address in addresses[:-1]:
        try:
            return socket.create_connection((str(address), port), timeout=PATIENCE)
        except OSError:
            continue
    return socket.create_connection((str(addresses[-1]), port), timeout=PATIENCE)


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Tell whether the address is of the public internet, and is not another one in disguise."""
    if isinstance(address, IPv6Address):
        hides = address.ipv4_mapped or address.sixtofour or address.teredo
        if hides or address in _TRANSLATED:
            return False
    return address.is_global and not address.is_multicast
