"""For whom a page speaks: nobody, until it is known in which partnership its reader acts (E-10)."""

from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from services.domain.cited import rules_gathered
from services.domain.labels.own_words import OwnWords, spoken_with

NOBODYS: Final[OwnWords] = {}


class SpokenFor:
    """Let each request speak for itself: no other has its words, or the rules behind them."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the framework's words, until the page knows whose it speaks with."""
        with spoken_with(NOBODYS), rules_gathered():
            await self.app(scope, receive, send)
