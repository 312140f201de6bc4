"""Which names of this site a request may use: its `Host` header is checked before any page."""

from collections.abc import Callable
from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

# A monitor or a load balancer asks by the process's own address, and is told nothing of a case.
OPEN_TO_MACHINES: Final = frozenset({"/healthz", "/readyz", "/version"})


class KnownHosts:
    """Answer a request for another site with an error, on every path but the health checks."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        is_known: Callable[[str], bool],
        refuse: Callable[[Scope], ASGIApp],
    ) -> None:
        self.app = app
        self.is_known = is_known
        self.refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on if it names this site once."""
        if scope["type"] == "http" and not self._may_pass(scope):
            await self.refuse(scope)(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _may_pass(self, scope: Scope) -> bool:
        hosts = Headers(scope=scope).getlist("host")
        is_ours = len(hosts) == 1 and self.is_known(hosts[0])
        return is_ours or scope["path"] in OPEN_TO_MACHINES
