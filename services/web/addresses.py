"""Which addresses lead to this site: the one reader of `next`, `Origin` and `Host`.

What a browser or a stranger sends is read by a pattern and not by `urllib.parse`, which raises
on `//[` and reads characters as others do not.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from fastapi import Request

from services.domain.errors import Unavailable

FIRST_PAGE: Final = "/"
BEGUN_WORK: Final = "/#begun"
LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "[::1]"})
DEFAULT_PORTS: Final = {"http": 80, "https": 443}
# A page is printable ASCII without a backslash, which browsers read as a slash.
_ADDRESS: Final = re.compile(
    r"(?:(?P<scheme>https?):(?=//))?"
    r"(?://(?P<host>[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::(?P<port>[0-9]{1,5}))?)?"
    r"(?P<page>/(?!/)[ -\[\]-~]*)?",
    re.ASCII | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Address:
    """An address in its parts; those that it does not name are empty."""

    scheme: str
    host: str
    port: int | None
    page: str

    def has_host_of(self, origin: "Address") -> bool:
        """Tell whether it names the host and port of the origin, whose usual port may be left out.

        Its own scheme is not compared: a `Host` header has none.
        """
        usual = DEFAULT_PORTS.get(origin.scheme)
        return self.host == origin.host and (self.port or usual) == (origin.port or usual)


@dataclass(frozen=True, slots=True)
class SiteAddresses:
    """The origins at which people reach this installation."""

    origins: frozenset[Address]

    def has_host(self, header: str) -> bool:
        """Tell whether a `Host` header names this installation."""
        named = parse(f"//{header}")
        return named is not None and not named.page and any(map(named.has_host_of, self.origins))

    def has_origin(self, header: str) -> bool:
        """Tell whether an `Origin` header names this installation, scheme included."""
        named = parse(header)
        return (
            named is not None
            and not named.page
            and any(
                named.scheme == origin.scheme and named.has_host_of(origin)
                for origin in self.origins
            )
        )


def parse(text: str) -> Address | None:
    """Return the parts of an address, or nothing if it cannot be one; it never raises."""
    parts = _ADDRESS.fullmatch(text)
    if parts is None:
        return None
    port = parts["port"]
    return Address(
        scheme=(parts["scheme"] or "").lower(),
        host=(parts["host"] or "").lower(),
        port=int(port) if port else None,
        page=parts["page"] or "",
    )


def page_here(text: str) -> str:
    """Return the address if it is a page of this site; anything else becomes the first page."""
    address = parse(text)
    return address.page if address and address.page and not address.host else FIRST_PAGE


def page_asked(request: Request) -> str:
    """Return the page that a request asks to read; whatever is posted leads to the first page."""
    if request.method != "GET":
        return FIRST_PAGE
    query = f"?{request.url.query}" if request.url.query else ""
    return page_here(f"{request.url.path}{query}")


@cache
def site_addresses(base_urls: tuple[str, ...]) -> SiteAddresses:
    """Return the addresses that the settings name; a loopback name stands for all of them.

    On the machine itself a person may type `localhost` where the setting says `127.0.0.1`.
    """
    origins = set()
    for base_url in base_urls:
        origin = parse(base_url)
        if origin is None or not origin.scheme or not origin.host:
            raise Unavailable(f"{base_url} is not an address such as https://keyline.example.")
        names = LOOPBACK if origin.host in LOOPBACK else {origin.host}
        origins |= {Address(origin.scheme, name, origin.port, "") for name in names}
    return SiteAddresses(frozenset(origins))
