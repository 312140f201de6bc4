"""The id of each request, by which a person's report and our log lines are brought together."""

import re
import secrets
import string
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADER: Final = "x-request-id"
_WELL_FORMED: Final = re.compile(r"[A-Za-z0-9-]{8,64}")
_ALPHABET: Final = string.ascii_lowercase + string.digits


class RequestIds:
    """Take the id that a proxy gave if it is well formed, else make one, and send it back."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Keep the id in the request's state and answer with it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = _request_id(Headers(scope=scope))
        scope.setdefault("state", {})["request_id"] = request_id

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[HEADER] = request_id
            await send(message)

        await self.app(scope, receive, send_with_id)


def _request_id(headers: Headers) -> str:
    given = headers.get(HEADER, "")
    made = "".join(secrets.choice(_ALPHABET) for _ in range(16))
    return given if _WELL_FORMED.fullmatch(given) else made
