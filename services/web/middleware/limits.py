"""How many bytes any request may bring."""

from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

FORM_BYTES: Final = 1_000_000
UPLOAD_BYTES: Final = 30_000_000


class RequestTooLarge(Exception):
    """More was sent than any page takes."""


class BodyLimits:
    """Stop reading a request's body where it is longer than its kind may be."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; reading too much of it raises `RequestTooLarge` in the page."""
        limited = _limited(scope, receive) if scope["type"] == "http" else receive
        await self.app(scope, limited, send)


def limit_of(headers: Headers) -> int:
    """Return how many bytes a request of this kind may bring."""
    is_upload = headers.get("content-type", "").lower().startswith("multipart/form-data")
    return UPLOAD_BYTES if is_upload else FORM_BYTES


def _limited(scope: Scope, receive: Receive) -> Receive:
    headers = Headers(scope=scope)
    limit = limit_of(headers)
    is_too_long = _declared(headers) > limit
    taken = 0

    async def receive_within_limit() -> Message:
        nonlocal taken
        if is_too_long:
            raise RequestTooLarge
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > limit:
            raise RequestTooLarge
        return message

    return receive_within_limit


def _declared(headers: Headers) -> int:
    length = headers.get("content-length", "0")
    is_number = length.isascii() and length.isdigit() and len(length) <= 15
    return int(length) if is_number else UPLOAD_BYTES + 1
