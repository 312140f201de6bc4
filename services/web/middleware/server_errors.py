"""What an error that nothing foresaw becomes: a line in the log and a page without details."""

from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.web.middleware import access_log


class ServerErrors:
    """Log the error and answer with its page, unless an answer has begun."""

    def __init__(self, app: ASGIApp, *, failed: Callable[[Scope], ASGIApp]) -> None:
        self.app = app
        self.failed = failed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; an answer that has begun is cut off by raising again."""
        has_begun = False

        async def send_and_note(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await self.app(scope, receive, send_and_note)
        except Exception as error:
            if scope["type"] != "http":
                raise
            access_log.failure(scope, error)
            if has_begun:
                raise
            await self.failed(scope)(scope, receive, send)
