"""What every answer carries, and how much any request may bring."""

import re
import secrets
import string
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.web import log

FORM_BYTES: Final = 1_000_000
UPLOAD_BYTES: Final = 30_000_000
_ID: Final = re.compile(r"[A-Za-z0-9-]{8,64}")
POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
EVERYWHERE: Final = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
}


class TooMuch(Exception):
    """More was sent than any page takes."""


class Guarded:
    """Give every answer its headers and its id, stop what is too much, answer what failed.

    Pages carry no inline script, so the content policy needs neither nonce nor hash and the
    same page is the same bytes for everybody who may see it.
    """

    def __init__(self, app: ASGIApp, *, secure: bool, failed: Callable[[Scope], ASGIApp]) -> None:
        self.app = app
        self.secure = secure
        self.failed = failed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, and write one line about it if it was to change something."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, request_id = perf_counter(), _request_id(Headers(scope=scope))
        scope.setdefault("state", {})["request_id"] = request_id
        outcome = Outcome()

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                outcome.status = message["status"]
                self._add(MutableHeaders(scope=message), scope["path"], request_id)
            await send(message)

        try:
            await self.app(scope, _measured(scope, receive), send_guarded)
        except Exception as error:
            log.failure(scope, error)
            if outcome.status:
                raise
            await self.failed(scope)(scope, receive, send_guarded)
        log.request(scope, outcome.status, perf_counter() - began)

    def _add(self, headers: MutableHeaders, path: str, request_id: str) -> None:
        for name, value in EVERYWHERE.items():
            headers[name] = value
        headers["x-request-id"] = request_id
        is_static = path.startswith("/static/")
        headers["cache-control"] = "public, max-age=3600" if is_static else "no-store"
        if self.secure:
            headers["strict-transport-security"] = "max-age=63072000; includeSubDomains"


@dataclass(slots=True)
class Outcome:
    """With which status the answer began, if it has."""

    status: int = 0


def most(headers: Headers) -> int:
    """Return how many bytes a request of this kind may bring."""
    is_upload = headers.get("content-type", "").lower().startswith("multipart/form-data")
    return UPLOAD_BYTES if is_upload else FORM_BYTES


def _measured(scope: Scope, receive: Receive) -> Receive:
    headers = Headers(scope=scope)
    limit = most(headers)
    is_too_long = _declared(headers) > limit
    taken = 0

    async def measured() -> Message:
        nonlocal taken
        if is_too_long:
            raise TooMuch
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > limit:
            raise TooMuch
        return message

    return measured


def _declared(headers: Headers) -> int:
    length = headers.get("content-length", "0")
    is_number = length.isascii() and length.isdigit() and len(length) <= 15
    return int(length) if is_number else UPLOAD_BYTES + 1


def _request_id(headers: Headers) -> str:
    given = headers.get("x-request-id", "")
    alphabet = string.ascii_lowercase + string.digits
    made = "".join(secrets.choice(alphabet) for _ in range(16))
    return given if _ID.fullmatch(given) else made
