"""With which status an answer began, for what is said of a request after it was served."""

from starlette.types import Message, Send


class SentStatus:
    """Passes an answer on; the status is the given one until the answer has begun."""

    def __init__(self, send: Send, status: int) -> None:
        self._send = send
        self.status = status

    async def __call__(self, message: Message) -> None:
        """Pass on one message of the answer."""
        self.status = message.get("status", self.status)
        await self._send(message)
