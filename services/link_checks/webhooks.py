"""A message to another system, sent by HTTPS to the address that two administrators gave.

The address was typed by a person, so a message reaches no machine of our own: public addresses
only, the very address that was looked at, no redirect followed. Of the answer only the status is
taken, and at most so many bytes of headers are read.
"""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPSConnection
from threading import Thread
from typing import Final, Protocol
from urllib.parse import urlsplit

from services.link_checks.public_addresses import PATIENCE, NotToBeReached, connected

LONGEST: Final = 20.0
HTTPS: Final = 443
NO_ANSWER: Final = 0
_HEADERS: Final = {"User-Agent": "Keyline webhooks", "Content-Type": "application/json"}


class WebhookSender(Protocol):
    """What the courier asks of the way out to other systems; it never raises."""

    @property
    def is_set_up(self) -> bool:
        """Tell whether this installation sends anything out at all."""
        ...

    def send(self, address: str, headers: Mapping[str, str], body: bytes) -> int:
        """Return the status that was answered; 0 where nothing answered, or may not be asked."""
        ...


class NoWebhooks:
    """The installation has no way out to the internet: every message waits."""

    is_set_up = False

    def send(self, _address: str, _headers: Mapping[str, str], _body: bytes) -> int:
        """Say that nothing answered."""
        return NO_ANSWER


NO_WEBHOOKS: Final = NoWebhooks()


@dataclass(frozen=True, slots=True)
class HttpsWebhookSender:
    """Sends by HTTPS; with ``allows_private`` also to a private network or this machine.

    ``trusted`` says whose certificates are taken; the machine's own where nothing is said.
    """

    allows_private: bool = False
    longest: float = LONGEST
    trusted: ssl.SSLContext | None = field(default=None, compare=False)

    @property
    def is_set_up(self) -> bool:
        """Tell that messages are sent here."""
        return True

    def send(self, address: str, headers: Mapping[str, str], body: bytes) -> int:
        """Send it and return the status; what takes too long has not answered."""
        said: list[int] = []
        # Resolving a name has no time limit of its own, and an answer may come byte by byte.
        sending = Thread(target=lambda: said.append(self._sent(address, headers, body)))
        sending.daemon = True
        sending.start()
        sending.join(self.longest)
        return said[0] if said else NO_ANSWER

    def _sent(self, address: str, headers: Mapping[str, str], body: bytes) -> int:
        try:
            return self._asked(address, headers, body)
        except (OSError, HTTPException, ValueError, NotToBeReached):
            return NO_ANSWER

    def _asked(self, address: str, headers: Mapping[str, str], body: bytes) -> int:
        parts = urlsplit(address)
        port = parts.port or HTTPS
        if parts.scheme != "https" or not parts.hostname or parts.username:
            raise NotToBeReached
        if port != HTTPS and not self.allows_private:
            raise NotToBeReached
        link = HTTPSConnection(parts.hostname, port, timeout=PATIENCE)
        plain = connected(parts.hostname, port, allows_private=self.allows_private)
        try:
            trusted = self.trusted or ssl.create_default_context()
            link.sock = trusted.wrap_socket(plain, server_hostname=parts.hostname)
            path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
            link.request("POST", path, body, {**_HEADERS, **headers})
            return link.getresponse().status
        finally:
            plain.close()
            link.close()
