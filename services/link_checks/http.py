"""A link checker that asks for the page by HTTP: public addresses only, within a time limit.

Each name is resolved once, every address it has is looked at, and the connection goes to the very
address that was looked at, so that a name cannot become another machine in between. A redirect is
followed by hand, as a new address. Nothing of a page is read; of a file its digest is taken.
"""

import ssl
from dataclasses import dataclass
from hashlib import sha256
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from threading import Thread
from typing import Final
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from services.link_checks.public_addresses import PATIENCE, NotToBeReached, connected

LONGEST: Final = 20.0
MOST_REDIRECTS: Final = 5
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
PORTS: Final = {"http": 80, "https": 443}
MOST_BYTES: Final = 60_000_000
CHUNK: Final = 65_536
FILES: Final = frozenset(
    {
        "application/pdf",
        "application/octet-stream",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    }
)
# What an address may hold as it is; a space or a letter of another script is written as UTF-8.
_KEPT: Final = "/%:@!$&'()*+,;=~?"
_HEADERS: Final = {"User-Agent": "Keyline link check", "Accept": "*/*"}


@dataclass(frozen=True, slots=True)
class AddressAnswer:
    """What an address answered: its status, where it leads on, and the digest of a file."""

    status: int
    onward: str = ""
    sha256: str = ""

    @property
    def is_there(self) -> bool:
        """Tell whether it answered with what was asked for."""
        return 200 <= self.status < 300


NOT_FOUND: Final = AddressAnswer(404)


@dataclass(frozen=True, slots=True)
class HttpLinkChecker:
    """Asks for the page; with ``allows_private`` also on a private network or this machine."""

    allows_private: bool = False
    longest: float = LONGEST

    @property
    def is_set_up(self) -> bool:
        """Tell that addresses are checked here."""
        return True

    def answers(self, address: str) -> bool:
        """Tell whether the page is there; a check that takes too long is given up."""
        return self._looked(address, reads=False).is_there

    def digest(self, address: str) -> str:
        """Return the SHA-256 of the file that is there; nothing of a page, or what is too large."""
        return self._looked(address, reads=True).sha256

    def _looked(self, address: str, *, reads: bool) -> AddressAnswer:
        found: list[AddressAnswer] = []
        # Resolving a name has no time limit of its own, so that the whole check gets one.
        check = Thread(target=lambda: found.append(self._found(address, reads=reads)), daemon=True)
        check.start()
        check.join(self.longest)
        return found[0] if found else NOT_FOUND

    def _found(self, address: str, *, reads: bool) -> AddressAnswer:
        try:
            for _ in range(MOST_REDIRECTS + 1):
                answer = self._asked(address, reads=reads)
                if answer.status not in REDIRECTS or not answer.onward:
                    return answer
                address = urljoin(address, answer.onward)
        except (OSError, HTTPException, ValueError, NotToBeReached):
            pass
        return NOT_FOUND

    def _asked(self, address: str, *, reads: bool) -> AddressAnswer:
        """Ask for the page; return the status, where it redirects to, and a file's digest."""
        parts = urlsplit(address)
        port = self._port(parts)
        assert parts.hostname is not None  # noqa: S101 - _port refuses an address without one
        link = HTTPConnection(parts.hostname, port, timeout=PATIENCE)
        if parts.scheme == "https":
            link = HTTPSConnection(parts.hostname, port, timeout=PATIENCE)
        link.sock = connected(parts.hostname, port, allows_private=self.allows_private)
        try:
            if parts.scheme == "https":
                trusted = ssl.create_default_context()
                link.sock = trusted.wrap_socket(link.sock, server_hostname=parts.hostname)
            path = quote(parts.path, safe=_KEPT) or "/"
            asked = f"{path}?{quote(parts.query, safe=_KEPT)}" if parts.query else path
            link.request("GET", asked, headers=_HEADERS)
            answer = link.getresponse()
            onward = answer.getheader("Location") or ""
            # A header is read as Latin-1, and an address in it is written as UTF-8.
            told = onward.encode("latin-1").decode("utf-8", "replace")
            return AddressAnswer(answer.status, told, _digest(answer) if reads else "")
        finally:
            link.close()

    def _port(self, parts: SplitResult) -> int:
        """Return the port of an address of the web; raise NotToBeReached for anything else."""
        if parts.scheme not in PORTS or not parts.hostname or parts.username or parts.password:
            raise NotToBeReached
        port = parts.port or PORTS[parts.scheme]
        if port not in PORTS.values() and not self.allows_private:
            raise NotToBeReached
        return port


def _digest(answer: HTTPResponse) -> str:
    """Return the digest of a file; nothing for a page, and for more bytes than a report has."""
    kind = (answer.getheader("Content-Type") or "").partition(";")[0].strip().lower()
    if kind not in FILES or not 200 <= answer.status < 300:
        return ""
    taken, left = sha256(), MOST_BYTES
    while chunk := answer.read(min(CHUNK, left + 1)):
        left -= len(chunk)
        if left < 0:
            return ""
        taken.update(chunk)
    return taken.hexdigest()
