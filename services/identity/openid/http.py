"""How a provider is spoken to: by https, within a time and a size, following no redirect.

Each step of a connection has its own limit of time, and the whole of it another: a provider that
sends a byte now and then would otherwise hold the thread of a page for ever. No more than some
conversations run at once, and who finds that many running waits a moment for a turn and no longer,
so that one silent provider does not take every thread.
"""

import json
import ssl
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from dataclasses import dataclass
from threading import BoundedSemaphore
from time import monotonic
from typing import Any, Final

import httpx

from services.identity.openid import ProviderUnavailable
from services.identity.openid.addresses import is_safe

PATIENCE: Final = 5.0
LONGEST: Final = 10.0
MOST_BYTES: Final = 500_000
AT_ONCE: Final = 8
LONGEST_FOR_A_TURN: Final = 1.0


@dataclass(frozen=True, slots=True)
class ProviderAnswer:
    """What a provider answered, in the words by which Authlib reads an answer."""

    status_code: int
    content: bytes

    def raise_for_status(self) -> None:
        """Refuse the answer of a provider in trouble; a refusal (4xx) is JSON and is read."""
        if self.status_code >= 500 or self.status_code < 200 or 300 <= self.status_code < 400:
            raise ProviderUnavailable

    def json(self) -> dict[str, Any]:
        """Return the answer as the object of JSON that it has to be."""
        try:
            told = json.loads(self.content)
        except (ValueError, RecursionError):
            raise ProviderUnavailable from None
        if not isinstance(told, dict):
            raise ProviderUnavailable
        return told


class BoundedHttp:
    """Speaks to providers; shared by every thread of the process."""

    def __init__(
        self, *, allows_loopback: bool = False, patience: float = PATIENCE, longest: float = LONGEST
    ) -> None:
        self.allows_loopback = allows_loopback
        self._patience, self._longest = patience, longest
        self._trusted = ssl.create_default_context()
        self._at_once = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="openid")
        self._turns = BoundedSemaphore(AT_ONCE)

    def read(self, address: str) -> dict[str, Any]:
        """Return the object of JSON that lies at the address.

        Raises ProviderUnavailable for an address that is not to be spoken to, and where nothing
        that can be read came in time.
        """
        answer = self._asked("GET", address, {"Accept": "application/json"}, b"")
        if answer.status_code != httpx.codes.OK:
            raise ProviderUnavailable
        return answer.json()

    def post(
        self,
        url: str,
        *,
        data: Mapping[str, str],
        headers: Mapping[str, str],
        auth: Any,  # noqa: ANN401 - Authlib's ClientAuth, which has no types
    ) -> ProviderAnswer:
        """Post a form as Authlib's client has its session do, with how we show who we are."""
        body = str(httpx.QueryParams(dict(data)))
        url, shown, body = auth.prepare("POST", url, dict(headers), body)
        return self._asked("POST", url, shown, body.encode())

    def _asked(
        self, method: str, address: str, headers: Mapping[str, str], body: bytes
    ) -> ProviderAnswer:
        if not is_safe(address, allows_loopback=self.allows_loopback):
            raise ProviderUnavailable
        if not self._turns.acquire(timeout=LONGEST_FOR_A_TURN):
            raise ProviderUnavailable
        until = monotonic() + self._longest
        conversation = self._at_once.submit(self._talk, method, address, headers, body, until)
        # The turn ends with the conversation, which may outlast the wait for it.
        conversation.add_done_callback(lambda _ended: self._turns.release())
        try:
            return conversation.result(self._longest)
        except TooLate:
            conversation.cancel()
            raise ProviderUnavailable from None
        except (httpx.HTTPError, httpx.InvalidURL):
            raise ProviderUnavailable from None

    def _talk(
        self, method: str, address: str, headers: Mapping[str, str], body: bytes, until: float
    ) -> ProviderAnswer:
        content = bytearray()
        # They are few, and none leaves a connection behind.
        with (
            httpx.Client(verify=self._trusted, timeout=self._patience) as client,
            client.stream(method, address, headers=dict(headers), content=body) as answer,
        ):
            for piece in answer.iter_bytes():
                content += piece
                if len(content) > MOST_BYTES or monotonic() > until:
                    raise ProviderUnavailable
        return ProviderAnswer(answer.status_code, bytes(content))
