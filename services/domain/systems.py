"""Other systems that speak to Keyline by its API: what each is let do, and for how long at a time.

A system holds the role of one in a partnership, which two administrators give it as they give a
person theirs (decision 0064). It is no person: it declares nothing, so it is shown no words of a
case, and it decides nothing (decision 0115).
"""

from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

TOKEN_LASTS: Final = timedelta(hours=1)
CODE_LASTS: Final = timedelta(minutes=5)
NO_MAILBOX: Final = "@system.invalid"
"""The end of the address of a system's account: no mail goes there, and nobody signs in by it."""


class Scope(StrEnum):
    """What a system is let do; the last one it does only in the name of a person who is there."""

    READ = "read"
    REFER = "refer"
    RETURNS = "returns"
    PERSONS = "persons"


OF_ITS_OWN: Final = frozenset({Scope.READ, Scope.REFER, Scope.RETURNS})


def scopes_in(written: str) -> frozenset[Scope]:
    """Return the scopes that are written so, parted by blanks; what is none is passed over."""
    known = {one.value for one in Scope}
    return frozenset(Scope(one) for one in written.split() if one in known)


def scopes_written(scopes: Iterable[Scope]) -> str:
    """Return the scopes as they are kept and sent: their codes, in order, parted by blanks."""
    return " ".join(sorted(scopes))


def is_return_address(address: str) -> bool:
    """Tell whether a code may be sent there: https, no fragment, nobody named in it."""
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return False
    is_plain = not parts.fragment and not parts.username and address.isascii()
    return parts.scheme == "https" and bool(host) and is_plain and not set(address) & set(' \\"<>')
