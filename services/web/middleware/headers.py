"""The security headers of every answer.

Pages carry no inline script, so the content policy needs neither nonce nor hash, and the same
page is the same bytes for everybody who may see it.
"""

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.orchestration.prefect_relay import SCREEN, SERVED_AT
from services.web.static_files import SERVED_AT as STATIC_FILES
from services.web.static_files import kept_for

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
# Prefect's pages set styles as they run, and their drawing of a run compiles its shaders. What they
# may reach is this site alone, as for our own.
POLICY_OF_PREFECT: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self'",
        "manifest-src 'self'",
        "connect-src 'self'",
        "worker-src 'self' blob:",
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
# An address there opens something: no other site and no index is told of it.
CALENDARS: Final = "/calendars/"
SECRET_ADDRESSES: Final = ("/collect/", "/invitations/", "/reset-password/", CALENDARS)
TOLD_TO_NO_ONE: Final = {"referrer-policy": "no-referrer", "x-robots-tag": "noindex, nofollow"}
HTTPS_ONLY: Final = "max-age=63072000; includeSubDomains"


class SecurityHeaders:
    """Set the headers on every answer, errors included; only static files may be cached."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self.app = app
        self.secure = secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and set the headers of its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._set(MutableHeaders(scope=message), scope["path"], scope["query_string"])
            await send(message)

        await self.app(scope, receive, send_with_headers)

    def _set(self, headers: MutableHeaders, path: str, query: bytes) -> None:
        is_secret = path.startswith(SECRET_ADDRESSES)
        for name, value in (EVERYWHERE | (TOLD_TO_NO_ONE if is_secret else {})).items():
            headers[name] = value
        if path.startswith(f"{SERVED_AT}/"):
            headers["content-security-policy"] = POLICY_OF_PREFECT
        headers["cache-control"] = _kept_for(path, query.decode("latin-1"))
        if self.secure:
            headers["strict-transport-security"] = HTTPS_ONLY


def _kept_for(path: str, query: str) -> str:
    """Return how long a browser may keep what is there: static files, by name those of Prefect.

    A program keeps a calendar that it subscribes to anyway, and asks whether it is still so.
    """
    if path.startswith(CALENDARS):
        return "private, no-cache"
    if path.startswith(STATIC_FILES):
        return kept_for(path, query)
    return "private, max-age=3600" if path.startswith(f"{SCREEN}/assets/") else "no-store"
