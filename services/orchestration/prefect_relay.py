"""Prefect's own pages and answers, passed on byte for byte; only here its login is added.

Whoever calls has decided before that the path may be asked for.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import httpx

from services.domain.errors import PrefectUnavailable
from services.orchestration.prefect_client import login_headers

# Where Keyline serves Prefect's pages: every server of ours builds their addresses so
# (PREFECT_SERVER_UI_SERVE_BASE, `deployments/prefect_settings.py`).
SERVED_AT: Final = "/operations/prefect"
# The newer of its two sets of pages; the older one is not passed on.
SCREEN: Final = f"{SERVED_AT}/v2"
SETTINGS: Final = "ui-settings"
# The largest file of its pages has 2 MB, the longest list that they ask for far less.
MOST_BYTES: Final = 20_000_000
PATIENCE: Final = httpx.Timeout(20.0, connect=2.0)
PASSED_ON: Final = ("accept", "accept-encoding", "content-type", "x-prefect-ui")
PASSED_BACK: Final = ("content-type", "content-encoding", "content-length", "location")
NOT_SERVED: Final = (
    f"Prefect's server does not serve its pages at {SERVED_AT}: PREFECT_SERVER_UI_SERVE_BASE is to "
    "say so there."
)


@dataclass(frozen=True, slots=True)
class Relayed:
    """What the server answered: the headers that may be passed back, and the bytes as they come."""

    status: int
    headers: Mapping[str, str]
    pieces: Iterator[bytes]


@dataclass(frozen=True, slots=True)
class RelayedQuestion:
    """A request for the server: its path below the API or the pages, and what came with it."""

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] | None = None
    body: bytes = b""


@dataclass(frozen=True)
class PrefectRelay:
    """One Prefect server; the authentication is its user and password with a colon between."""

    api_url: str
    auth: str = ""

    def api(self, question: RelayedQuestion) -> Relayed:
        """Pass on a question to its API; silence is PrefectUnavailable, a refusal is an answer."""
        return self._passed_on(f"{self.api_url.rstrip('/')}/{question.path}", question)

    def page(self, question: RelayedQuestion) -> Relayed:
        """Pass on a request for a page or a file of its pages.

        A server that is set to serve them elsewhere answers any page with one that stays empty, so
        it is asked first how it is set.
        """
        if "." not in question.path.rpartition("/")[2]:
            self.page_settings()
        return self._passed_on(f"{self._pages}/{question.path}", question)

    def page_settings(self) -> dict[str, Any]:
        """Return what the pages ask first: they are to ask Keyline, and nobody for a password."""
        found = self._passed_on(f"{self._pages}/{SETTINGS}", RelayedQuestion("GET", SETTINGS))
        try:
            told = json.loads(b"".join(found.pieces))
        except ValueError:
            raise PrefectUnavailable(NOT_SERVED) from None
        return {
            **told,
            "api_url": f"{SERVED_AT}/api",
            "auth": None,
            "available_uis": ["v2"],
            "default_ui": "v2",
            "v1_base_url": None,
            "v2_base_url": SCREEN,
        }

    def close(self) -> None:
        """Hang up."""
        self._http.close()

    @property
    def _pages(self) -> str:
        return self.api_url.rstrip("/").removesuffix("/api") + SERVED_AT

    def _passed_on(self, url: str, question: RelayedQuestion) -> Relayed:
        given = question.headers or {}
        headers = {name: given[name] for name in PASSED_ON if name in given}
        request = self._http.build_request(
            question.method,
            httpx.URL(url, query=question.query.encode() or None),
            headers={"accept-encoding": "identity"} | headers | login_headers(self.auth),
            content=question.body or None,
        )
        try:
            heard = self._http.send(request, stream=True)
        except httpx.HTTPError as error:
            raise PrefectUnavailable(f"Prefect did not answer: {type(error).__name__}.") from None
        back = {name: heard.headers[name] for name in PASSED_BACK if name in heard.headers}
        if "location" in back:  # the server names itself, by an address that is not ours
            back["location"] = back["location"].removeprefix(self._pages.removesuffix(SERVED_AT))
        if not back.get("location", SERVED_AT).startswith(SERVED_AT):
            heard.close()
            raise PrefectUnavailable("Prefect's server led to an address that is not ours.")
        return Relayed(heard.status_code, back, _within_limit(heard))

    @cached_property
    def _http(self) -> httpx.Client:
        return httpx.Client(timeout=PATIENCE, follow_redirects=False, trust_env=False)


def _within_limit(heard: httpx.Response) -> Iterator[bytes]:
    """Yield the bytes as they were sent; an answer that is longer than any of its is cut off."""
    taken = 0
    try:
        for piece in heard.iter_raw():
            taken += len(piece)
            if taken > MOST_BYTES:
                raise PrefectUnavailable("Prefect's answer is longer than any that is passed on.")
            yield piece
    except httpx.HTTPError as error:
        raise PrefectUnavailable(f"Prefect broke off: {type(error).__name__}.") from None
    finally:
        heard.close()
