"""Which addresses of a provider are used: https, and on a demonstration's own machine http."""

from typing import Final
from urllib.parse import urlsplit

LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
LONGEST: Final = 1_000


def is_safe(address: str, *, allows_loopback: bool) -> bool:
    """Tell whether the address may be spoken to, or a person be sent there; it never raises."""
    if len(address) > LONGEST or not address.isascii() or not address.isprintable():
        return False
    try:
        parts = urlsplit(address)
        has_port = parts.port is None or parts.port > 0
    except ValueError:
        return False
    if not parts.hostname or not has_port or parts.username is not None or " " in address:
        return False
    if parts.fragment or "\\" in address:
        return False
    is_here = allows_loopback and parts.hostname in LOOPBACK
    return parts.scheme == "https" or (parts.scheme == "http" and is_here)
