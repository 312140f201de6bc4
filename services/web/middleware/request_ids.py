"""The id of each request: it brings a person's report, our log lines and emails together."""

from collections.abc import Callable
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.observability.request_ids import caused_by, is_well_formed, new_request_id

HEADER: Final = "x-request-id"


class RequestIds:
    """Take the id that a trusted proxy gave if it is well formed, else make one; send it back.

    What anybody else sends is not taken over: the id is kept with what the request orders, and
    stands in logs, where no word of a sender's own choice may come.
    """

    def __init__(
        self, app: ASGIApp, *, is_trusted: Callable[[str], bool] = lambda _address: False
    ) -> None:
        self.app = app
        self.is_trusted = is_trusted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Keep the id in the request's state and answer with it; all that is done says so."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = self._request_id(scope)
        scope.setdefault("state", {})["request_id"] = request_id

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[HEADER] = request_id
            await send(message)

        with caused_by(request_id):
            await self.app(scope, receive, send_with_id)

    def _request_id(self, scope: Scope) -> str:
        given = Headers(scope=scope).get(HEADER, "")
        came_from = (scope.get("client") or ("",))[0]
        is_taken = self.is_trusted(came_from) and is_well_formed(given)
        return given if is_taken else new_request_id()
